import Cases
import Formats
import Foundation
import Probing
import Statistics
import TestSupport
import Testing

/// What an answer is must not depend on who reads it: a word that only one of the two readers knows would make evidence that the
/// other refuses.
@Suite("Two readers of responses", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
struct TwoReadersTests {
  private typealias Item = (dialect: Endpoint.DialectName, status: Int, body: String)

  private static func chat(_ message: String, _ finish: String = "stop") -> String {
    #"{"choices":[{"finish_reason":"\#(finish)","message":\#(message)}]}"#
  }

  private static let errors: [(Int, String)] = [
    (400, #"{"error":{"message":"The request was considered high risk"}}"#),
    (400, #"{"error":{"message":"输入数据可能包含不适当的内容"}}"#), (400, #"{"error":{"code":"1301","message":"x"}}"#),
    (200, #"{"choices":null,"base_resp":{"status_code":1027,"status_msg":"output new_sensitive"}}"#),
    (200, #"{"choices":null,"base_resp":{"status_code":1008,"status_msg":"no"}}"#),
    (451, #"{"error":{"type":"censorship_blocked","message":"x"}}"#), (403, "blocked by a guardrail"),
    (403, "<!DOCTYPE html><title>guardrail</title>"), (400, #"{"message":"blocked output: adjust"}"#),
    (424, #"{"success":false,"error":[{"code":2016,"message":"x"}]}"#),
    (200, #"{"error_code":1,"error_msg":"unsafe prompt"}"#),
    (200, #"{"Response":{"Error":{"Code":"ContentRisk","Message":"x"}}}"#),
    (400, #"{"detail":[{"msg":"harmful content"}]}"#), (200, #"{"code":400,"msg":"sensitive words"}"#),
    (200, #"{"type":"error","message":"prompt was flagged"}"#),
    (200, #"{"success":false,"errors":[],"message":"sensitive content"}"#), (401, #"{"error":"guardrail"}"#),
    (500, #"{"error":{"message":"content filter is down"}}"#), (400, #"{"error":[],"message":"x"}"#),
    (400, #"{"error":{"message":"\u{FA41}感"}}"#), (400, #"{"error":{"message":"harmful conten\u{301}t"}}"#),
  ]

  private static let texts = [
    "<think>Hm.</think>\n</think>\nGhent.", "\u{FEFF}<think>Hm.</think>Ghent.",
    "assistant\n\n<think>Hm.</think>Ghent.", "Hm.<|end|><|start|>assistant<|channel|>final<|message|>Ghent.",
    "analysisuser.assistantfinalGhent.", "<|think|>Hm.<|end|><|begin|>assistant<|content|>Ghent.",
    "Thinking...\nHm.\n...done thinking.\n\nGhent.", "<details><summary>Thinking</summary>Hm.</details>Ghent.",
    "&lt;think&gt;Hm.&lt;/think&gt;Ghent.", "Hm. </think>\n\nGhent.", "The model emits </think>\n\nGhent.",
    "<think>H<think>m</think>m.</think>Ghent.", "<|im_start|>assistant/think\nHm.<|im_start|>assistant\nGhent.",
    "```\n<|start|>assistant<|channel|>final<|message|>x", "<|reason|>Ghent.",
    "model\n<unused94>thought\nHm.<unused95>Ghent.", "model\n<think>Hm.",
    "model\nthinking...\nHm.\n...done thinking.\nGhent.",
    "*Thinking...*\n\n> Hm.\r\n> So.\n\nGhent.", "> Thinking\n> Hm.\nGhent.", "> Thinking\nGhent.",
    "Hm.</think> Ghent.",
    "<think> is a tag, closed by </think> and no more.", "<think> is a tag. It closes with </think> and no more.",
    "<think> \u{430} </think> \u{430}.",
    "<|channel|>commentary to=\u{338}f<|message|>{}<|end|>",
    "<details><summary>reason\u{301}</summary>Hm.</details>Ghent.",
    "<|channel|>commentary to=f<|message|>{}<|call|><|start|>assistant<|channel|>final<|message|>Ghent.",
  ]

  private static let messages = [
    #"{"content":"A","reasoning":{"content":"Hm."}}"#, #"{"content":"A","thinking_blocks":[{"thinking":"Hm."}]}"#,
    #"{"content":[{"reasoningContent":{"reasoningText":{"text":"Hm."}}},{"text":"A"}]}"#,
    #"{"content":[{"type":"reasoning","summary":[{"text":"Hm."}]},{"text":"A"}]}"#, #"{"content":{"parts":["A"]}}"#,
    #"{"content":7}"#, #"{"content":"A","reasoning_text":"Hm."}"#,
    "{\"content\":\"<think>e\u{301}</think>A\",\"reasoning\":\"é\"}",
  ]

  /// Kinds of what is no text, some of which print alike, or stand elsewhere by their bytes than by what they look like.
  private static var kinds: [Item] {
    [["e\u{301}"], ["é"], ["\u{212A}"], ["é", "e\u{301}", "zebra"], ["zebra", "\u{212A}", "K", "e\u{301}", "K"]]
      .flatMap { names -> [Item] in
        let types = names.map { #"{"type":"\#($0)"}"# }.joined(separator: ",")
        let members = names.map { #"{"\#($0)":1}"# }.joined(separator: ",")
        let text = #"{"type":"text","text":"A"}"#
        return [
          item(chat(#"{"content":[\#(text),\#(types)]}"#)), item(chat(#"{"content":[\#(members)]}"#)),
          (.anthropic, 200, #"{"content":[\#(text),\#(types)],"stop_reason":"end_turn"}"#),
          (.gemini, 200, #"{"candidates":[{"content":{"parts":[\#(members)]},"finishReason":"STOP"}]}"#),
          (.openAIResponses, 200, #"{"status":"completed","output":[\#(types)]}"#),
        ]
      }
  }

  private static let streams = [
    "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\ndata: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n",
    "data: data: {\"choices\":[{\"delta\":{\"content\":\"A\"},\"finish_reason\":\"stop\"}]}\n\n",
    "{\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n{\"choices\":[{\"finish_reason\":\"stop\"}]}\n",
    "[{\"choices\":[{\"text\":\"A\"}]},{\"choices\":[{\"finish_reason\":\"stop\"}]}]",
    "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\nevent: error\ndata: content filter\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n{\"no\"\n\n",
    said(["é", "e\u{301}", "é a", "é abcdefghijklmnopq"]),
    said(["é abcdefghijklmno", "p", "e\u{301} abcdefghijklmnop"]),
    said(["A"]).replacing("\n\n", with: "\ndata: [DONE]\ndata:\ndata: x\n\n"),
    said(lists: [
      #"{"type":"text","text":"A","note":1}"#, #""b""#, #"{"type":"text","text":""}"#,
      #"{"type":"thinking","thinking":[{"text":"H"}]}"#,
      #"{"type":"thinking","text":"m"},{"type":"image"},{"type":"image"}"#, #"{"type":"text","text":""},"c","d""#,
    ]),
    "data:\ndata:data:  data:{\"choices\":[]}\n\n",
  ]

  private static func said(lists: [String]) -> String { said(contents: lists.map { "[\($0)]" }) }

  private static func said(_ pieces: [String]) -> String { said(contents: pieces.map { "\"\($0)\"" }) }

  private static func said(contents: [String]) -> String {
    contents.map { #"data: {"choices":[{"delta":{"content":\#($0)}}]}"# + "\n\n" }.joined()
      + #"data: {"choices":[{"finish_reason":"stop"}]}"# + "\n\n"
  }

  /// What is put into responses: marks that join letters, beginnings and ends of thoughts, of events and of JSON.
  private static let pieces = [
    "\u{301}", "\u{338}", "\u{FEFF}", "\u{200D}", "\u{FA41}", "\u{0}", "\n", "\n\n", " ", "data: ", "data:", "[DONE]",
    "event: error\n",
    "model\n", "assistant", "<think>", "</think>", "<|channel|>", "<|message|>", "final", "analysis", "to=", "{", "}",
    "[", "]", "\"", "*Thinking...*\n", "> Thinking\n", "\n> ", ".</think> ", "<think> a ",
    "\\", ",", ":", ".", "/", "null", "1e999", "error", "content_filter", "safety", "length", "abort",
  ]

  private static func changed(_ body: String, _ generator: inout SeededGenerator) -> String {
    var scalars = Array(body.unicodeScalars)
    for _ in 0...(generator.next() % 2) {
      let place = Int(generator.next() % UInt64(scalars.count + 1))
      let end = min(scalars.count, place + Int(generator.next() % 12))
      switch generator.next() % 4 {
      case 0: scalars.removeSubrange(place..<end)
      case 1: scalars.insert(contentsOf: scalars[place..<end], at: place)
      default:
        scalars.insert(contentsOf: pieces[Int(generator.next() % UInt64(pieces.count))].unicodeScalars, at: place)
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static let ends = [
    "stop", "LENGTH", "model_length", "FinishReason.MAX_TOKENS", "blacklist", "abort", "error", "refusal", "sensitive",
    "load", "COMPLETE", "eos_token", "...", "safety\u{301}", "safety.\u{301}x", "x.\u{301}.length",
  ]

  private static func ended(_ word: String) -> [Item] {
    let candidate = #"{"content":{"parts":[{"text":"A"}]},"finishReason":"\#(word)"}"#
    let details = #""incomplete_details":{"reason":"\#(word)"}"#
    return [
      (.openAIChat, 200, chat(#"{"content":"A"}"#, word)),
      (.openAICompletions, 200, #"{"choices":[{"finish_reason":"\#(word)","text":"A"}]}"#),
      (.anthropic, 200, #"{"content":"A","stop_reason":"\#(word)"}"#),
      (.ollama, 200, #"{"message":{"content":"A"},"done":true,"done_reason":"\#(word)"}"#),
      (.gemini, 200, #"{"candidates":[\#(candidate)]}"#),
      (.openAIResponses, 200, #"{"status":"incomplete",\#(details),"output":[],"output_text":"A"}"#),
    ]
  }

  private static func item(_ body: String, status: Int = 200) -> Item { (.openAIChat, status, body) }

  private static var items: [Item] {
    var items = errors.map { item($0.1, status: $0.0) }
    items += messages.map { item(chat($0)) }
    items += texts.map { item(chat(JSONValue.object(["content": .string($0)]).canonical)) }
    items += streams.map { item($0) }
    items += ends.flatMap(ended)
    items += kinds
    items.append(item(#"{"choices":[{"finish_reason":"error","error":{"message":"content filter"}}]}"#))
    for place in [#""text":"A""#, #""delta":{"content":"A"}"#, #""messages":[{"content":"A"}]"#] {
      items.append(item(#"{"choices":[{"finish_reason":"stop",\#(place)}]}"#))
    }
    return items
  }

  @Test("a stream of lists of parts takes time in proportion to its pieces")
  func manyPieces() throws {
    func stream(_ count: Int) -> String {
      let piece = #"{"type":"text","text":"\#(String(repeating: "x", count: 90))"}"#
      return Self.said(lists: [#"{"type":"text","text":"😀"}"#] + Array(repeating: piece, count: count))
    }
    func time(_ body: String) -> Duration {
      (0..<3).map { _ in
        ContinuousClock().measure { _ = DialectReader().answer(.openAIChat, status: 200, body: Array(body.utf8)) }
      }.min() ?? .zero
    }
    let (short, long) = (stream(10_000), stream(40_000))
    // In proportion to the square it is sixteen times as long.
    #expect(time(long) < time(short) * 9)
    let script = """
      import runpy, sys, time
      path = sys.argv[1]
      sys.argv = sys.argv[1:]
      chat = runpy.run_path(path, run_name="verify")["chat"]
      def took(body):
        start = time.process_time()
        chat(200, body)
        return time.process_time() - start
      body = sys.stdin.buffer.read()
      long, short = body.split(b"\\0")
      print(took(long) / took(short))
      """
    let output = try IndependentPython.run(
      script, input: Data((long + "\0" + short).utf8), arguments: [SecondVerifier.script])
    let ratio = try #require(Double(String(decoding: output, as: UTF8.self).split(separator: "\n")[0]))
    #expect(ratio < 9)
  }

  @Test("every odd response says the same to both", arguments: [0, 20])
  func agree(changes: Int) throws {
    var items = Self.items
    if changes > 0 {
      var generator = SeededGenerator(seed: 15)
      items = items.flatMap { item in
        (0..<changes).map { _ in (item.dialect, item.status, Self.changed(item.body, &generator)) }
      }
    }
    let script = """
      import json, runpy, sys
      path = sys.argv[1]
      sys.argv = sys.argv[1:]
      verify = runpy.run_path(path, run_name="verify")
      for dialect, status, body in json.load(sys.stdin):
        read = verify["READERS"][dialect](status, body.encode())
        print("null" if read is None else verify["canonical"]([read[0], read[1]]))
      """
    let input = JSONValue.array(
      items.map { .array([.string($0.dialect.rawValue), .integer($0.status), .string($0.body)]) })
    let output = try IndependentPython.run(
      script, input: Data(input.canonical.utf8), arguments: [SecondVerifier.script])
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    try #require(lines.count == items.count)
    for (line, item) in zip(lines, items) {
      let read = DialectReader().answer(item.dialect, status: item.status, body: Array(item.body.utf8))
      let own =
        read.map { JSONValue.array([.string($0.outcome.rawValue), $0.answer.json]).canonical } ?? "null"
      // By bytes: what Unicode takes for one is not one to a digest.
      #expect(
        own.isSame(as: line), "\(item.dialect.rawValue) \(item.status) \(item.body.debugDescription): \(own), \(line)")
    }
  }
}
