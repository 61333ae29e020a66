import Cases
import Formats
import Testing

@Suite("What a message says")
struct SpokenContentTests {
  private static func said(_ message: String) throws -> SpokenContent {
    SpokenContent(message: try #require(JSONValue(parsing: message)))
  }

  @Test("texts of parts are joined, and what is no text is named")
  func parts() throws {
    let said = try Self.said(
      #"{"content":[{"type":"text","text":"Two "},{"type":"reference","reference_ids":[1]},{"type":"text","text":"mills."},{"type":"image_url","image_url":{"url":"data:"}}]}"#
    )
    #expect(said.words == "Two mills." && said.others == ["image"] && !said.isOtherThanText)
    #expect(try Self.said(#"{"content":[{"text":{"value":"Two.","annotations":[]}}]}"#).words == "Two.")
    #expect(try Self.said(#"{"content":{"answer":"Two."}}"#).words == "Two.")
  }

  @Test(
    "a call of a tool is no empty answer",
    arguments: [
      #"{"content":null,"tool_calls":[{"id":"1"}]}"#, #"{"content":"","function_call":{"name":"f"}}"#,
      #"{"content":[{"type":"tool_use","name":"f"}]}"#,
    ])
  func tools(message: String) throws {
    let said = try Self.said(message)
    #expect(said.isOtherThanText && said.others == ["tool_call"])
  }

  @Test("an empty answer is one, and a refusal speaks where nothing else does")
  func empty() throws {
    let empty = try Self.said(#"{"content":"","tool_calls":[]}"#)
    #expect(empty.words.isEmpty && !empty.isOtherThanText)
    let refused = try Self.said(#"{"content":null,"refusal":"No."}"#)
    #expect(refused.words == "No." && refused.refusal == "No.")
    #expect(try Self.said(#"{"content":[{"type":"refusal","refusal":"No."}]}"#).words == "No.")
  }

  @Test("thoughts of a field and thoughts in the text both leave the answer, once")
  func thoughts() throws {
    let twice = try Self.said(#"{"content":"<think>Hm.</think>Two.","reasoning_content":"Hm."}"#)
    #expect(twice.words == "Two." && twice.reasoning == "Hm." && twice.reasoningSource == "reasoning_content")
    let both = try Self.said(#"{"content":"<think>And.</think>Two.","thinking":"Hm."}"#)
    #expect(both.reasoning == "Hm.\nAnd.")
    let parts = try Self.said(
      #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Two."}]}"#)
    #expect(parts.reasoning == "Hm." && parts.reasoningSource == "content.thinking" && parts.words == "Two.")
  }

  @Test(
    "thoughts are told from the answer in whatever shape a field or a part has them",
    arguments: [
      #"{"content":"Two.","reasoning":{"content":"Hm."}}"#, #"{"content":"Two.","reasoning_text":"Hm."}"#,
      #"{"content":"Two.","thinking_blocks":[{"type":"thinking","thinking":"Hm."}]}"#,
      #"{"content":"Two.","reasoning_details":[{"type":"reasoning.encrypted","data":"x"},{"summary":"Hm."}]}"#,
      #"{"content":[{"reasoningContent":{"reasoningText":{"text":"Hm."}}},{"text":"Two."}]}"#,
      #"{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]},{"type":"text","text":"Two."}]}"#,
      #"{"content":[{"type":"reasoning_content","reasoning_content":"Hm."},{"type":"text","text":"Two."}]}"#,
    ])
  func shapes(message: String) throws {
    let said = try Self.said(message)
    #expect(said.words == "Two." && said.reasoning == "Hm." && said.others.isEmpty)
  }

  @Test("parts within an object are the content; what is no text is named, and no empty answer")
  func objects() throws {
    #expect(try Self.said(#"{"content":{"content_type":"text","parts":["Two ","mills."]}}"#).words == "Two mills.")
    #expect(try Self.said(#"{"content":42}"#).isOtherThanText)
    #expect(try !Self.said(#"{"content":null}"#).isOtherThanText)
  }

  @Test("other vendors' parts: Anthropic's blocks, Gemini's parts, items of responses")
  func vendors() throws {
    let blocks = try #require(
      JSONValue(
        parsing: #"[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Two."},{"type":"server_tool_use"}]"#)?
        .array)
    let anthropic = SpokenContent(blocks: blocks)
    #expect(anthropic.words == "Two." && anthropic.reasoning == "Hm." && anthropic.others == ["tool_call"])
    let parts = try #require(
      JSONValue(parsing: #"[{"text":"Hm.","thought":true},{"functionCall":{}},{"text":"Two."}]"#)?.array)
    #expect(SpokenContent(parts: parts).others == ["tool_call"] && SpokenContent(parts: parts).words == "Two.")
    let items = try #require(JSONValue(parsing: #"[{"type":"function_call","name":"f"}]"#)?.array)
    #expect(SpokenContent(items: items).isOtherThanText)
  }
}
