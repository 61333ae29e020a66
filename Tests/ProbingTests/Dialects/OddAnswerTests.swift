import Cases
import Probing
import Testing

/// Answers in shapes that gateways and other vendors give to a dialect.
@Suite("Odd answers")
struct OddAnswerTests {
  private static func read(_ body: String, _ dialect: Endpoint.DialectName = .openAIChat) -> DialectReading {
    dialect.dialect.read(status: 200, body: Array(body.utf8))
  }

  private static func chat(_ finish: String) -> String {
    #"{"choices":[{"finish_reason":"\#(finish)","message":{"content":"Two."}}]}"#
  }

  @Test(
    "why an answer ended is known in many words",
    arguments: [
      ("stop", Attempt.Outcome.ok), ("STOP", .ok), ("stop_sequence", .ok), ("LENGTH", .truncated),
      ("model_length", .truncated), ("FinishReason.MAX_TOKENS", .truncated),
      ("model_context_window_exceeded", .truncated), ("ERROR_LIMIT", .truncated), ("SAFETY", .filtered),
      ("blacklist", .filtered), ("guardrail_intervened", .filtered), ("ERROR_TOXIC", .filtered), ("refusal", .refused),
    ])
  func finish(word: String, outcome: Attempt.Outcome) {
    guard case .answer(let found, let answer) = Self.read(Self.chat(word)) else {
      Issue.record("\(Self.read(Self.chat(word)))")
      return
    }
    #expect(found == outcome && answer.nativeFinish == word)
  }

  @Test(
    "an answer that broke off at the other end is none",
    arguments: ["abort", "network_error", "timeout", "cancelled", "ERROR", "insufficient_system_resource"])
  func broken(word: String) {
    let older = #"{"choices":[{"finish_reason":"\#(word)","text":"Two"}]}"#
    for reading in [Self.read(Self.chat(word)), Self.read(older, .openAICompletions)] {
      guard case .failure(.transient, let detail, _) = reading else {
        Issue.record("\(reading)")
        return
      }
      #expect(detail.contains(word))
    }
  }

  @Test("a model that Ollama only loaded has said nothing")
  func loaded() {
    let body = #"{"message":{"role":"assistant","content":""},"done":true,"done_reason":"load"}"#
    guard case .failure(.transient, _, _) = Self.read(body, .ollama) else {
      Issue.record("\(Self.read(body, .ollama))")
      return
    }
  }

  @Test(
    "a message in another place is the message",
    arguments: [
      (#"{"choices":[{"finish_reason":"stop","text":"Two."}]}"#, Endpoint.DialectName.openAIChat),
      (#"{"choices":[{"finish_reason":"stop","delta":{"content":"Two."}}]}"#, .openAIChat),
      (#"{"choices":[{"finish_reason":"stop","messages":[{"role":"assistant","content":"Two."}]}]}"#, .openAIChat),
      (#"{"content":"Two.","stop_reason":"end_turn"}"#, .anthropic),
      (#"{"status":"completed","output":[],"output_text":"Two."}"#, .openAIResponses),
      (
        #"[{"candidates":[{"content":{"parts":[{"text":"Two"}]}}]},{"candidates":[{"content":{"parts":[{"text":"."}]},"finishReason":"STOP"}]}]"#,
        .gemini
      ),
    ])
  func places(body: String, dialect: Endpoint.DialectName) {
    guard case .answer(.ok, let answer) = Self.read(body, dialect) else {
      Issue.record("\(Self.read(body, dialect))")
      return
    }
    #expect(answer.text == "Two.")
  }

  @Test("a response that ended at its limit is truncated, in whatever word")
  func limits() {
    for reason in ["max_output_tokens", "max_tokens", "length"] {
      let body =
        #"{"status":"incomplete","incomplete_details":{"reason":"\#(reason)"},"output":[{"content":[{"text":"Two"}]}]}"#
      guard case .answer(.truncated, let answer) = Self.read(body, .openAIResponses) else {
        Issue.record("\(Self.read(body, .openAIResponses))")
        return
      }
      #expect(answer.text == "Two" && answer.nativeFinish == reason)
    }
  }

  @Test("bytes that are no text are told as such")
  func noText() {
    let bytes: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD] + Array(repeating: 0xFF, count: 60)
    let reading = Endpoint.DialectName.openAIChat.dialect.read(status: 200, body: bytes)
    guard case .failure(.transient, let detail, _) = reading else {
      Issue.record("\(reading)")
      return
    }
    #expect(detail.contains("64 bytes that are no text"))
  }
}
