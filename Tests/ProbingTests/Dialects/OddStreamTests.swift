import Cases
import Formats
import Probing
import Testing

/// Streams as servers and gateways send them, within the standard or not; shapes from public reports.
@Suite("Odd streams")
struct OddStreamTests {
  private static func chunk(_ delta: String, finish: String? = nil, further: String = "") -> String {
    let reason = finish.map { "\"\($0)\"" } ?? "null"
    return
      "data: {\"id\":\"r1\",\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(reason)\(further)}]}\n\n"
  }

  /// Without the empty line behind it.
  private static func tight(_ delta: String, finish: String? = nil) -> String {
    String(chunk(delta, finish: finish).dropLast())
  }

  private static func read(_ events: [String], _ dialect: Endpoint.DialectName = .openAIChat) -> DialectReading {
    dialect.dialect.read(status: 200, body: Array(events.joined().utf8))
  }

  private static let done = "data: [DONE]\n\n"

  @Test(
    "what the standard allows, and what ends a choice, is read",
    arguments: [
      // Events without data, comments, names, a mark without its space, a tail of white space.
      [
        "data: \n\n", chunk(#"{"content":"Two "}"#), "data\n\n", ": ping\n\n", chunk(#"{"content":"mills."}"#),
        chunk("{}", finish: "stop"), done,
      ],
      [
        "\u{FEFF}event: message\n", chunk(#"{"content":"Two mills."}"#), "event: ping\ndata: 2026-01-01\n\n",
        chunk("{}", finish: "stop"), "data:[DONE] \n",
      ],
      // No mark at the end, and no reason to finish.
      [chunk(#"{"content":"Two mills."}"#), chunk("{}", finish: "stop")], [chunk(#"{"content":"Two mills."}"#), done],
      // An empty reason in every chunk; no end but the usage, which comes last.
      [chunk(#"{"content":"Two mills."}"#, finish: ""), chunk("{}", finish: "stop"), done],
      [chunk(#"{"content":"Two mills."}"#), "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n"],
      // Text beside the reason, and the reason again.
      [chunk(#"{"content":"Two mills."}"#, finish: "stop"), chunk("{}", finish: "stop"), done],
      // The last event says all again, as a piece or as a message.
      [
        chunk(#"{"content":"Two mills "}"#), chunk(#"{"content":"turn by the river."}"#),
        chunk(#"{"content":"Two mills turn by the river."}"#, finish: "stop"), done,
      ],
      [
        chunk(#"{"content":"Two mills."}"#),
        chunk("{}", finish: "stop", further: #","message":{"content":"Two mills."}"#), done,
      ],
      // Every event says all that was said before it.
      [
        chunk(#"{"content":"Two mills"}"#), chunk(#"{"content":"Two mills turn"}"#),
        chunk(#"{"content":"Two mills turn by the river."}"#), chunk("{}", finish: "stop"), done,
      ],
      // Pieces that are lists of parts.
      [
        chunk(#"{"content":[{"type":"text","text":"Two "}]}"#), chunk(#"{"content":"mills."}"#),
        chunk("{}", finish: "stop"), done,
      ],
      // No empty lines between events; the word twice; texts as in the older dialect.
      [
        tight(#"{"content":"Two "}"#), tight(#"{"content":"mills."}"#), tight("{}", finish: "stop"), "data: [DONE]\n",
      ],
      ["data: ", chunk(#"{"content":"Two mills."}"#), "data: ", chunk("{}", finish: "stop"), "data: ", done],
      [
        chunk("{}", further: #","text":"Two ""#), chunk("{}", further: #","text":"mills.""#),
        chunk("{}", finish: "stop"),
      ],
      // One value a line, or all in one list.
      [
        #"{"id":"r1","choices":[{"delta":{"content":"Two mills."}}]}"#, "\n",
        #"{"id":"r1","choices":[{"delta":{},"finish_reason":"stop"}]}"#, "\n",
      ],
      [
        #"[{"id":"r1","choices":[{"delta":{"content":"Two mills."}}]},"#,
        #"{"id":"r1","choices":[{"delta":{},"finish_reason":"stop"}]}]"#,
      ],
    ])
  func chat(events: [String]) {
    guard case .answer(let outcome, let answer) = Self.read(events) else {
      Issue.record("\(Self.read(events))")
      return
    }
    #expect(outcome == .ok && ["Two mills.", "Two mills turn by the river."].contains(answer.text))
    #expect(answer.responseID == "r1")
  }

  @Test(
    "an event named error is one, whatever shape it has",
    arguments: [
      ("event: error\ndata: {\"message\":\"upstream failed\"}\n\n", FailureClass.transient, "upstream failed"),
      ("event: error\ndata: upstream failed\n\n", .transient, "upstream failed"),
      (
        "data: {\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}\n\n", .throttle, "slow"
      ),
    ])
  func errorEvent(event: String, kind: FailureClass, words: String) {
    guard case .failure(kind, let detail, _) = Self.read([Self.chunk(#"{"content":"Two"}"#), event]) else {
      Issue.record("\(Self.read([event]))")
      return
    }
    #expect(detail.contains(words))
  }

  @Test("words that come twice are words")
  func repeated() {
    guard case .answer(_, let answer) = Self.read([chunk("ha"), chunk("ha"), Self.chunk("{}", finish: "stop")]) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.text == "haha")
    func chunk(_ text: String) -> String { Self.chunk("{\"content\":\"\(text)\"}") }
  }

  @Test("thoughts in pieces of parts are one text")
  func thinking() {
    func piece(_ text: String) -> String {
      Self.chunk(#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"\#(text)"}]}]}"#)
    }
    guard
      case .answer(_, let answer) = Self.read([
        piece("Let me "), piece("see."), Self.chunk(#"{"content":"Two."}"#, finish: "stop"),
      ])
    else {
      Issue.record("no answer")
      return
    }
    #expect(answer.reasoning == "Let me see." && answer.text == "Two.")
  }

  @Test("a stream that neither says why it ends nor that it does is no answer")
  func cut() {
    for events in [[Self.chunk(#"{"content":"Two"}"#)], [Self.done], [Self.chunk("{}"), Self.done]] {
      guard case .failure(.transient, _, _) = Self.read(events) else {
        Issue.record("\(Self.read(events))")
        return
      }
    }
  }

  @Test("a response of events whose last one holds no output is what the events said")
  func responses() {
    func event(_ json: String) -> String { "data: \(json)\n\n" }
    let end = #"{"type":"response.completed","response":{"id":"r1","status":"completed","output":[]}}"#
    let deltas = [
      event(#"{"type":"response.output_text.delta","delta":"Two "}"#),
      event(#"{"type":"response.output_text.delta","delta":"mills."}"#),
    ]
    let item = event(
      #"{"type":"response.output_item.done","item":{"type":"message","content":[{"type":"output_text","text":"Two mills."}]}}"#
    )
    for events in [deltas + [item, event(end)], deltas + [event(end)]] {
      guard case .answer(.ok, let answer) = Self.read(events, .openAIResponses) else {
        Issue.record("\(Self.read(events, .openAIResponses))")
        return
      }
      #expect(answer.text == "Two mills.")
    }
    guard case .answer(.empty, _) = Self.read([event(end)], .openAIResponses) else {
      Issue.record("an empty answer is one")
      return
    }
  }

  @Test("numbers that are none are absent from a response, not the end of it")
  func numbers() {
    let body =
      #"{"choices":[{"index":0,"message":{"content":"Two."},"finish_reason":"stop","logprobs":{"content":[{"token":"Two.","logprob":-Infinity}]}}]}"#
    guard case .answer(.ok, let answer) = Self.read([body]) else {
      Issue.record("\(Self.read([body]))")
      return
    }
    #expect(answer.text == "Two." && answer.tokens?.first?.logprob == nil && answer.tokens?.count == 1)
  }

  @Test("a call of a tool is named, and no empty answer")
  func tools() {
    let whole =
      #"{"choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"1"}]},"finish_reason":"tool_calls"}]}"#
    let streamed = Self.chunk(#"{"tool_calls":[{"index":0,"id":"1"}]}"#, finish: "tool_calls")
    for body in [whole, streamed + Self.done] {
      guard case .answer(.ok, let answer) = Self.read([body]) else {
        Issue.record("\(Self.read([body]))")
        return
      }
      #expect(answer.others == ["tool_call"] && answer.isOtherThanText)
    }
  }
}
