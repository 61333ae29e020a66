import Cases
import Formats
import Foundation
import Probing
import Testing

/// A stream of each dialect, and the response that it amounts to. Those of llama.cpp are as its server sent them, shortened;
/// the others are from the vendors' documentation, since no server of theirs can run here.
struct StreamFixture: Sendable, CustomTestStringConvertible {
  let name: Endpoint.DialectName
  let stream: String
  /// The text behind which the stream is complete.
  let end: String
  let text: String
  let reasoning: String?
  let counts: [Int?]
  let tokens: [String]
  let finish: String

  var testDescription: String { name.rawValue }

  private static func events(_ lines: [String]) -> String { lines.map { "data: \($0)\n\n" }.joined() }

  static let all = [
    StreamFixture(
      name: .openAIChat,
      stream: ": keep-alive\n\n"
        + events([
          #"{"model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}"#,
          #"{"model":"m-1","choices":[{"index":0,"delta":{"reasoning_content":"h"},"finish_reason":null}]}"#,
          #"{"model":"m-1","choices":[{"index":0,"delta":{"reasoning_content":"m"},"finish_reason":null}]}"#,
          #"{"model":"m-1","choices":[{"index":1,"delta":{"content":"not this"},"finish_reason":null}]}"#,
          #"{"model":"m-1","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi","id":7,"bytes":[72,105],"logprob":-0.25,"top_logprobs":[]}]},"finish_reason":null}]}"#,
          #"{"model":"m-1","choices":[{"index":0,"delta":{"content":" ya"},"logprobs":{"content":[{"token":" ya","logprob":-1}]},"finish_reason":null}]}"#,
          #"{"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"length"}]}"#,
          #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":5}}"#, "[DONE]",
        ]), end: #""finish_reason":"length"}]}"#, text: "Hi ya", reasoning: "hm", counts: [9, 5],
      tokens: ["Hi", " ya"],
      finish: "length"),
    StreamFixture(
      name: .openAICompletions,
      stream: events([
        #"{"model":"m-1","choices":[{"text":" a","index":0,"logprobs":{"tokens":[" a"],"token_logprobs":[-0.5],"top_logprobs":[{" a":-0.5}]},"finish_reason":null}]}"#,
        #"{"model":"m-1","choices":[{"text":" cat","index":0,"logprobs":{"tokens":[" cat"],"token_logprobs":[-0.25],"top_logprobs":[{" cat":-0.25}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":2}}"#,
        "[DONE]",
      ]), end: #""completion_tokens":2}}"#, text: " a cat", reasoning: nil, counts: [2, 2], tokens: [" a", " cat"],
      finish: "stop"),
    StreamFixture(
      name: .anthropic,
      stream: [
        #"{"type":"message_start","message":{"id":"msg_1","role":"assistant","model":"m-1","content":[],"stop_reason":null,"usage":{"input_tokens":9,"output_tokens":1}}}"#,
        #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
        #"{"type":"content_block_stop","index":0}"#, #"{"type":"ping"}"#,
        #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" ya"}}"#,
        #"{"type":"content_block_stop","index":1}"#,
        #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":5}}"#,
        #"{"type":"message_stop"}"#,
      ].map { "event: x\r\ndata: \($0)\r\n\r\n" }.joined(), end: #""output_tokens":5}}"#, text: "Hi ya",
      reasoning: "hm",
      counts: [9, 5], tokens: [], finish: "stop"),
    StreamFixture(
      name: .gemini,
      stream: events([
        #"{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"hm","thought":true}]}}],"modelVersion":"m-1"}"#,
        #"{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"Hi"}]}}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":1},"modelVersion":"m-1"}"#,
        #"{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":" ya"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"thoughtsTokenCount":2},"modelVersion":"m-1"}"#,
      ]), end: #"},"modelVersion":"m-1"}"#, text: "Hi ya", reasoning: "hm", counts: [9, 5], tokens: [],
      finish: "stop"),
    StreamFixture(
      name: .openAIResponses,
      stream: events([
        #"{"type":"response.created","response":{"id":"r","status":"in_progress","output":[]}}"#,
        #"{"type":"response.output_text.delta","delta":"Hi ya"}"#,
        #"{"type":"response.completed","response":{"id":"r","model":"m-1","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"Hi ya"}]}],"usage":{"input_tokens":9,"output_tokens":5}}}"#,
      ]), end: #""output_tokens":5}}}"#, text: "Hi ya", reasoning: nil, counts: [9, 5], tokens: [], finish: "stop"),
    StreamFixture(
      name: .ollama,
      stream: [
        #"{"model":"m-1","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}"#,
        #"{"model":"m-1","message":{"role":"assistant","content":"Hi"},"logprobs":[{"token":"Hi","logprob":-0.25}],"done":false}"#,
        #"{"model":"m-1","message":{"role":"assistant","content":" ya"},"logprobs":[{"token":" ya","logprob":-1}],"done":false}"#,
        #"{"model":"m-1","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":5}"#,
      ].joined(separator: "\n"), end: #""eval_count":5}"#, text: "Hi ya", reasoning: "hm", counts: [9, 5],
      tokens: ["Hi", " ya"], finish: "stop"),
    StreamFixture(
      name: .llamaCpp,
      stream: events([
        #"{"index":0,"content":"Hi","tokens":[7],"stop":false,"tokens_predicted":1,"tokens_evaluated":9,"completion_probabilities":[{"id":7,"token":"Hi","bytes":[72,105],"logprob":-0.25,"top_logprobs":[]}]}"#,
        #"{"index":0,"content":" ya","tokens":[8],"stop":false,"tokens_predicted":2,"tokens_evaluated":9,"completion_probabilities":[{"id":8,"token":" ya","bytes":[32,121,97],"logprob":-1,"top_logprobs":[]}]}"#,
        #"{"index":0,"content":"","tokens":[],"stop":true,"model":"m-1","tokens_predicted":2,"tokens_evaluated":9,"stop_type":"limit","stopping_word":""}"#,
      ]), end: #""stopping_word":""}"#, text: "Hi ya", reasoning: nil, counts: [9, 2], tokens: ["Hi", " ya"],
      finish: "length"),
  ]
}

@Suite("Streams")
struct StreamTests {
  private func read(_ fixture: StreamFixture, _ stream: String) -> DialectReading {
    fixture.name.dialect.read(status: 200, body: Array(stream.utf8))
  }

  @Test("each dialect that offers streams has its fixture; variants of chat read as chat does")
  func complete() {
    let streaming = Endpoint.DialectName.allCases.filter { $0.dialect.features.contains(.stream) }
    let variants: Set<Endpoint.DialectName> = [.azure, .vllm, .openRouter, .deepSeek]
    #expect(Set(StreamFixture.all.map(\.name)).union(variants) == Set(streaming))
    let chat = StreamFixture.all[0]
    for variant in variants {
      let fixture = StreamFixture(
        name: variant, stream: chat.stream, end: "", text: "", reasoning: nil, counts: [], tokens: [], finish: "")
      #expect(read(fixture, chat.stream) == read(chat, chat.stream))
    }
  }

  @Test("a stream is read as the response that it amounts to", arguments: StreamFixture.all)
  func whole(fixture: StreamFixture) {
    guard case .answer(_, let answer) = read(fixture, fixture.stream) else {
      Issue.record("\(read(fixture, fixture.stream))")
      return
    }
    #expect(answer.text == fixture.text && answer.reasoning == fixture.reasoning && answer.finish == fixture.finish)
    #expect([answer.promptTokens, answer.completionTokens] == fixture.counts)
    #expect((answer.tokens ?? []).map(\.token) == fixture.tokens && answer.declaredModel == "m-1")
  }

  @Test("a stream without its end is no answer, wherever it was cut", arguments: StreamFixture.all)
  func cut(fixture: StreamFixture) throws {
    let bytes = Array(fixture.stream.utf8)
    let end = try #require(fixture.stream.range(of: fixture.end, options: .backwards))
    let complete = fixture.stream.utf8.distance(from: fixture.stream.startIndex, to: end.upperBound)
    for length in 0..<complete {
      let reading = fixture.name.dialect.read(status: 200, body: Array(bytes[..<length]))
      guard case .failure(.transient, _, _) = reading else {
        Issue.record("\(length) of \(complete) bytes were taken for an answer")
        return
      }
    }
    // What comes behind may be cut off, but never changes the answer.
    for length in complete...bytes.count {
      let reading = fixture.name.dialect.read(status: 200, body: Array(bytes[..<length]))
      guard case .answer(_, let answer) = reading else {
        #expect(length > complete && length < bytes.count)
        continue
      }
      #expect(answer.text == fixture.text && answer.finish == fixture.finish)
    }
  }

  @Test("an error within a stream is a failure of its own class, whatever came before it", arguments: StreamFixture.all)
  func error(fixture: StreamFixture) {
    let isLines = fixture.name == .ollama
    for (error, kind) in [
      (#"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#, FailureClass.throttle),
      (#"{"error":{"code":429,"message":"x"}}"#, .throttle), (#"{"error":"boom"}"#, .transient),
    ] {
      let broken = isLines ? fixture.stream + "\n" + error : fixture.stream + "\n\ndata: \(error)\n\n"
      guard case .failure(kind, _, _) = read(fixture, broken) else {
        Issue.record("\(error): \(read(fixture, broken))")
        continue
      }
    }
  }

  @Test("no bytes crash a reader of streams", arguments: StreamFixture.all)
  func anyBytes(fixture: StreamFixture) {
    let whole = Array(fixture.stream.utf8)
    for _ in 0..<1_500 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8) { bytes[Int.random(in: bytes.indices)] = .random(in: .min ... .max) }
      _ = fixture.name.dialect.read(status: 200, body: bytes)
      _ = fixture.name.dialect.read(
        status: 200, body: Array("data: ".utf8) + (0..<40).map { _ in .random(in: .min ... .max) })
    }
  }

  @Test("a stream is asked for, with its usage, only where the endpoint says so", arguments: StreamFixture.all)
  func asked(fixture: StreamFixture) {
    func request(_ streams: Bool) -> Attempt.Request {
      fixture.name.dialect.request(
        for: PlannedItem(order: 0, model: ModelID("m"), probe: PromptID("p"), sample: 0, requestSeed: 7),
        probe: Probe(id: PromptID("p"), prompt: "U"),
        endpoint: Endpoint(url: "http://h", model: "M", dialect: fixture.name, streams: streams),
        sampling: Sampling(), maxTokens: 8)
    }
    let body = JSONValue(parsing: request(true).body)
    if fixture.name == .gemini {
      #expect(request(true).url == "http://h/models/M:streamGenerateContent?alt=sse")
    } else {
      #expect(body?["stream"] == .bool(true) && JSONValue(parsing: request(false).body)?["stream"] == .bool(false))
    }
    #expect((body?["stream_options"] != nil) == [.openAIChat].contains(fixture.name))
    #expect(request(false).url != request(true).url || fixture.name != .gemini)
  }

  @Test("pieces of reasoning_details are joined by their index")
  func reasoningDetails() {
    func chunk(_ index: Int, _ text: String) -> String {
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":\(index),"
        + "\"text\":\"\(text)\"}]}}]}\n\n"
    }
    let end =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"A\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
    let body = chunk(0, "fi") + chunk(0, "rst") + chunk(1, "second") + end
    guard case .answer(_, let answer) = OpenAIChat().read(status: 200, body: Array(body.utf8)) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.reasoning == "first\nsecond" && answer.reasoningSource == "reasoning_details")
  }
}
