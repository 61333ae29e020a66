import Formats

/// Records of tools that keep answers deeper than a plain table does, as records of one: HELM's states, lines of OpenAI's evals, chats
/// of Open WebUI.
///
/// - Source: github.com/stanford-crfm/helm, `scenario_state.json`; github.com/openai/evals, `evals/record.py`; exports of Open WebUI.
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
            "output": .array(completions),
          ], of: record)
      ]
    }
    if let chat = record["chat"], let messages = chat["messages"], messages.array != nil {
      return [try object(["id": record["id"], "messages": messages], of: record)]
    }
    return nil
  }

  private static func object(_ members: [String: JSONValue?], of record: SourceObject) throws -> SourceObject {
    try SourceObject(.object(members.compactMapValues(\.self)), at: record.place)
  }
}
