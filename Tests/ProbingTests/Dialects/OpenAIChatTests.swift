import Cases
import Foundation
import Probing
import Testing

struct OpenAIChatTests {
  private func read(_ body: String, status: Int = 200) -> DialectReading {
    OpenAIChat().read(status: status, body: Array(body.utf8))
  }

  private static func choice(_ message: String, finish: String = "stop", more: String = "") -> String {
    #"{"model":"m-1","system_fingerprint":"fp_2","choices":[{"index":0,"finish_reason":"\#(finish)","message":\#(message)\#(more)}],"usage":{"prompt_tokens":9,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":1}}}"#
  }

  @Test(
    "the outcome follows from content, refusal and finish reason",
    arguments: [
      (#"{"content":"Hi"}"#, "stop", .ok, "Hi"), (#"{"content":""}"#, "stop", .empty, ""),
      (#"{"content":null}"#, "stop", .empty, ""), ("{}", "stop", .empty, ""),
      (#"{"content":"Hal"}"#, "length", .truncated, "Hal"), (#"{"content":""}"#, "length", .empty, ""),
      (#"{"content":null,"refusal":"I cannot."}"#, "stop", .refused, "I cannot."),
      (#"{"content":"Ha"}"#, "content_filter", .filtered, "Ha"),
      (#"{"content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}"#, "stop", .ok, "AB"),
      (#"{"content":" \n"}"#, "stop", .ok, " \n"),
    ] as [(String, String, Attempt.Outcome, String)])
  func outcomes(message: String, finish: String, outcome: Attempt.Outcome, text: String) {
    guard case .answer(let found, let answer) = read(Self.choice(message, finish: finish)) else {
      Issue.record("no answer")
      return
    }
    #expect(found == outcome && answer.text == text)
    #expect(answer.finish == finish && answer.nativeFinish == finish)
    #expect(answer.promptTokens == 9 && answer.completionTokens == 2 && answer.reasoningTokens == 1)
    #expect(answer.declaredModel == "m-1" && answer.fingerprint == "fp_2")
  }

  @Test(
    "reasoning is found wherever servers put it, in the documented order",
    arguments: [
      (
        #"{"content":"A","reasoning_details":[{"type":"reasoning.text","text":"D"}],"reasoning_content":"C"}"#, "D",
        "reasoning_details", "A"
      ),
      (#"{"content":"A","reasoning_content":"C","reasoning":"R"}"#, "C", "reasoning_content", "A"),
      (#"{"content":"A","reasoning":"R","thinking":"T"}"#, "R", "reasoning", "A"),
      (#"{"content":"A","thinking":"T"}"#, "T", "thinking", "A"),
      (#"{"content":"<think>hm</think>\n\nA"}"#, "hm", "<think>", "A"),
      (#"{"content":"<think>hm"}"#, "hm", "<think>", ""),
      (#"{"content":"hm\n</think>\n\nA"}"#, "hm\n", "<think>", "A"),
      (
        #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"A"}]}"#, "hm",
        "content.thinking", "A"
      ),
    ])
  func reasoning(message: String, reasoning: String, source: String, text: String) {
    guard case .answer(_, let answer) = read(Self.choice(message)) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.reasoning == reasoning && answer.reasoningSource == source && answer.text == text)
  }

  @Test("log-probabilities keep ids and bytes; a sentinel and an absent number are no numbers")
  func logprobs() {
    let tokens = #"""
      ,"logprobs":{"content":[
        {"id":184,"token":"�","bytes":[181],"logprob":-1.5,"top_logprobs":[{"token":"O","bytes":[79],"logprob":-9999.0}]},
        {"token":"x","bytes":null,"logprob":null},{"token":"y","bytes":[300],"logprob":"-1"},{"no":"token"}]}
      """#
    guard case .answer(_, let answer) = read(Self.choice(#"{"content":"A"}"#, more: tokens)) else {
      Issue.record("no answer")
      return
    }
    #expect(
      answer.tokens == [
        TokenLogprob(
          token: "�", id: 184, bytes: [181], logprob: -1.5,
          top: [TokenLogprob(token: "O", bytes: [79], logprob: nil)]),
        TokenLogprob(token: "x", logprob: nil), TokenLogprob(token: "y", logprob: nil),
      ])
  }

  @Test(
    "a failure is classified",
    arguments: [
      (429, #"{"error":{"code":"rate_limit_exceeded"}}"#, .throttle), (429, "slow", .throttle), (529, "", .throttle),
      (503, #"{"error":{"status":"RESOURCE_EXHAUSTED"}}"#, .throttle), (503, "", .transient),
      (500, "<html>", .transient),
      (408, "", .transient), (409, "", .transient), (429, #"{"error":{"code":"insufficient_quota"}}"#, .exhausted),
      (402, "", .exhausted), (429, #"{"error":{"message":"Quota: RequestsPerDay"}}"#, .exhausted),
      (400, "", .configuration), (404, #"{"object":"error","message":"no model"}"#, .configuration),
      (413, "", .configuration), (422, "", .configuration), (307, "", .configuration), (501, "", .configuration),
      (401, "", .authentication), (403, #"{"error":"forbidden"}"#, .authentication),
      (200, #"{"error":{"code":429,"message":"x"}}"#, .throttle), (200, #"{"error":{"code":"401"}}"#, .authentication),
      (200, #"{"error":{"type":"invalid_request_error"}}"#, .configuration), (200, #"{"error":"boom"}"#, .transient),
      (200, #"{"object":"error","message":"x","code":400}"#, .configuration), (200, "", .transient),
      (200, #"{"choices":[]}"#, .transient), (200, "[]", .transient), (200, "null", .transient),
      (200, #"{"choices":[{"message":{"content":"A"}}]}"#, .transient),
      (200, #"{"choices":[{"finish_reason":"stop"}]}"#, .transient),
      (200, #"{"choices":[{"finish_reason":"error","message":{"content":""}}]}"#, .transient),
    ] as [(Int, String, FailureClass)])
  func failures(status: Int, body: String, kind: FailureClass) {
    guard case .failure(let found, _, _) = read(body, status: status) else {
      Issue.record("an answer")
      return
    }
    #expect(found == kind)
  }

  @Test("a prompt that Azure withholds is filtered, not failed")
  func azure() {
    guard case .answer(.filtered, let answer) = read(#"{"error":{"code":"content_filter"}}"#, status: 400) else {
      Issue.record("no outcome")
      return
    }
    #expect(answer.text.isEmpty)
  }

  @Test("no bytes crash the reader, and half a response is never an answer", arguments: 0..<10)
  func anyBytes(round: Int) {
    let whole = Array(
      Self.choice(
        #"{"content":"A","reasoning":"R","refusal":null}"#,
        more: #","logprobs":{"content":[{"token":"x","bytes":[120],"logprob":-0.5,"top_logprobs":[]}]}"#
      ).utf8)
    for cut in whole.indices {
      guard case .failure = OpenAIChat().read(status: 200, body: Array(whole[..<cut])) else {
        Issue.record("\(cut) bytes were taken for an answer")
        continue
      }
    }
    for _ in 0..<500 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8) { bytes[Int.random(in: bytes.indices)] = .random(in: .min ... .max) }
      _ = OpenAIChat().read(status: [200, 400, 429, 500].randomElement() ?? 200, body: bytes)
      _ = OpenAIChat().read(status: .random(in: 0..<999), body: (0..<60).map { _ in .random(in: .min ... .max) })
    }
    for value in ["null", "1", "[]", "{}", #""x""#, "true", "1e308"] {
      for key in [
        "choices", "message", "content", "finish_reason", "usage", "logprobs", "prompt_tokens", "error", "model",
      ] {
        let text = String(decoding: whole, as: UTF8.self)
        _ = read(text.replacing("\"\(key)\":", with: "\"\(key)\":\(value),\"was\":"))
      }
    }
  }
}
