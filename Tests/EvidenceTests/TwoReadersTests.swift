import Cases
import Formats
import Foundation
import Probing
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
  ]

  private static let texts = [
    "<think>Hm.</think>\n</think>\nGhent.", "\u{FEFF}<think>Hm.</think>Ghent.",
    "assistant\n\n<think>Hm.</think>Ghent.", "Hm.<|end|><|start|>assistant<|channel|>final<|message|>Ghent.",
    "analysisuser.assistantfinalGhent.", "<|think|>Hm.<|end|><|begin|>assistant<|content|>Ghent.",
    "Thinking...\nHm.\n...done thinking.\n\nGhent.", "<details><summary>Thinking</summary>Hm.</details>Ghent.",
    "&lt;think&gt;Hm.&lt;/think&gt;Ghent.", "Hm. </think>\n\nGhent.", "The model emits </think>\n\nGhent.",
    "<think>H<think>m</think>m.</think>Ghent.", "<|im_start|>assistant/think\nHm.<|im_start|>assistant\nGhent.",
    "```\n<|start|>assistant<|channel|>final<|message|>x", "<|reason|>Ghent.",
    "<|channel|>commentary to=f<|message|>{}<|call|><|start|>assistant<|channel|>final<|message|>Ghent.",
  ]

  private static let messages = [
    #"{"content":"A","reasoning":{"content":"Hm."}}"#, #"{"content":"A","thinking_blocks":[{"thinking":"Hm."}]}"#,
    #"{"content":[{"reasoningContent":{"reasoningText":{"text":"Hm."}}},{"text":"A"}]}"#,
    #"{"content":[{"type":"reasoning","summary":[{"text":"Hm."}]},{"text":"A"}]}"#, #"{"content":{"parts":["A"]}}"#,
    #"{"content":7}"#, #"{"content":"A","reasoning_text":"Hm."}"#,
  ]

  private static let streams = [
    "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\ndata: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n",
    "data: data: {\"choices\":[{\"delta\":{\"content\":\"A\"},\"finish_reason\":\"stop\"}]}\n\n",
    "{\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n{\"choices\":[{\"finish_reason\":\"stop\"}]}\n",
    "[{\"choices\":[{\"text\":\"A\"}]},{\"choices\":[{\"finish_reason\":\"stop\"}]}]",
    "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\nevent: error\ndata: content filter\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n{\"no\"\n\n",
  ]

  private static let ends = [
    "stop", "LENGTH", "model_length", "FinishReason.MAX_TOKENS", "blacklist", "abort", "error", "refusal", "sensitive",
    "load", "COMPLETE", "eos_token", "...",
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
    items.append(item(#"{"choices":[{"finish_reason":"error","error":{"message":"content filter"}}]}"#))
    for place in [#""text":"A""#, #""delta":{"content":"A"}"#, #""messages":[{"content":"A"}]"#] {
      items.append(item(#"{"choices":[{"finish_reason":"stop",\#(place)}]}"#))
    }
    return items
  }

  @Test("every odd response says the same to both")
  func agree() throws {
    let items = Self.items
    let script = """
      import json, runpy, sys
      path = sys.argv[1]
      sys.argv = sys.argv[1:]
      verify = runpy.run_path(path, run_name="verify")
      for dialect, status, body in json.load(sys.stdin):
        read = verify["READERS"][dialect](status, body.encode())
        print(json.dumps(None if read is None else [read[0], verify["canonical"](read[1])]))
      """
    let input = JSONValue.array(
      items.map { .array([.string($0.dialect.rawValue), .integer($0.status), .string($0.body)]) })
    let output = try IndependentPython.run(
      script, input: Data(input.canonical.utf8), arguments: [SecondVerifier.script])
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    try #require(lines.count == items.count)
    for (line, item) in zip(lines, items) {
      let second = JSONValue(parsing: String(line))
      let read = DialectReader().answer(item.dialect, status: item.status, body: Array(item.body.utf8))
      let own =
        read.map { JSONValue.array([.string($0.outcome.rawValue), .string($0.answer.json.canonical)]) } ?? .null
      #expect(own == second, "\(item.dialect.rawValue) \(item.status) \(item.body)")
    }
  }
}
