import Formats

/// Records of tools that keep answers deeper than a plain table does, as records of one: HELM's states, lines of OpenAI's evals, chats
/// of Open WebUI, battles of two models.
///
/// - Source: github.com/stanford-crfm/helm, `scenario_state.json`; github.com/openai/evals, `evals/record.py`; exports of Open WebUI;
///   data sets of LMSYS' arena, `chatbot_arena_conversations` and `lmsys-arena-human-preference-55k`.
enum KnownRecords {
  /// - Returns: none for a line that holds no answer by its kind; nil for a record of no kind that is known.
  static func plain(_ record: SourceObject) throws -> [SourceObject]? {
    if record["event_id"] != nil, record["run_id"] != nil, let kind = record["type"]?.string {
      guard kind == "sampling", let data = record["data"] else { return [] }
      return [
        try object(["id": record["sample_id"], "prompt": data["prompt"], "output": data["sampled"]], of: record)
      ]
    }
    // The first and the last line of a log of evals.
    if record["spec"]?["completion_fns"] != nil || record["final_report"] != nil { return [] }
    if let request = record["request"], let completions = record["result"]?["completions"]?.array {
      return [
        try object(
          [
            "id": record["instance"]?["id"], "prompt": request["prompt"], "model": request["model"],
            "output": .array(completions), "cached": record["result"]?["cached"],
          ], of: record)
      ]
    }
    if let chat = record["chat"], let messages = chat["messages"], messages.array != nil {
      return [try object(["id": record["id"], "messages": messages], of: record)]
    }
    return try battle(record)
  }

  /// Two models that were asked the same: `model_a` with `conversation_a` or `response_a`, and the same with `b`.
  private static func battle(_ record: SourceObject) throws -> [SourceObject]? {
    guard record["model_a"]?.string != nil, record["model_b"]?.string != nil else { return nil }
    let sides = try ["a", "b"].compactMap { side -> SourceObject? in
      let id = record["question_id"] ?? record["id"]
      var members = ["model": record["model_\(side)"], "id": id, "language": record["language"]]
      if let conversation = record["conversation_\(side)"], conversation.array != nil {
        members["conversation"] = conversation
      } else if let answer = record["response_\(side)"] ?? record["answer_\(side)"] {
        members["choices"] = .array([.object(["turns": .array(turns(answer))])])
        members["prompt"] = record["prompt"].flatMap { turns($0).first }
      } else {
        return nil
      }
      return try object(members, of: record)
    }
    return sides.count == 2 ? sides : nil
  }

  /// The turns of a conversation, where they are written as one text.
  private static func turns(_ value: JSONValue) -> [JSONValue] {
    if let list = value.array { return list }
    guard let text = value.string, text.utf8.first == UInt8(ascii: "["), let list = JSONValue(parsing: text)?.array,
      list.allSatisfy({ $0.string != nil || $0 == .null })
    else { return [value] }
    return list
  }

  private static func object(_ members: [String: JSONValue?], of record: SourceObject) throws -> SourceObject {
    try SourceObject(.object(members.compactMapValues(\.self)), at: record.place)
  }
}
