import Formats

/// Files of the OpenAI Batch API: the output (`custom_id`, `response.body`), the error file, and the input file with
/// the requests, which gives the prompts. A prompt's name is the `custom_id`.
///
/// - Source: the Batch API guide of platform.openai.com; shapes of the bodies as in chat completions, completions and
///   responses.
enum OpenAIBatch {
  static func records(_ bytes: [UInt8], file: String) throws -> [ImportRecord] {
    var records: [ImportRecord] = []
    try JSONLines(file: file, bytes: bytes).forEachValue { value, line in
      let record = try SourceObject(value, at: SourcePlace(file: file, spot: .line(line)))
      let id = try record.required("custom_id", record.name)
      if record["response"] == nil, let body = try record.object("body") {
        if let prompt = prompt(body) { records.append(.prompt(id: id, prompt, record.place)) }
        return
      }
      records += try answers(record, id: id)
    }
    return records
  }

  /// The prompt of a request; nil for a conversation.
  private static func prompt(_ body: SourceObject) -> ImportedPrompt? {
    if let messages = body["messages"]?.array { return ChatMessages.prompt(messages) }
    var prompt: ImportedPrompt?
    if let text = (body["prompt"] ?? body["input"])?.string { prompt = ImportedPrompt(text: text) }
    if let messages = body["input"]?.array { prompt = ChatMessages.prompt(messages) }
    if let instructions = body["instructions"]?.string { prompt?.system = instructions }
    return prompt
  }

  private static func answers(_ record: SourceObject, id: String) throws -> [ImportRecord] {
    let response = try record.object("response")
    let status = try response?.integer("status_code") ?? 200
    let problem = record["error"] ?? response?["body"]?["error"]
    guard let response, status == 200, problem == nil || problem == .null else {
      let words = problem?["message"]?.string ?? problem?["code"]?.string
      return [.skipped(SkippedRecord(record.place, .error, detail: words ?? "status \(status)"))]
    }
    let body = try response.required("body", response.object)
    let model = try body.name("model")
    func answer(
      _ text: String, _ sample: Int, tokens: [JSONValue]? = nil, reasoning: String? = nil
    ) -> ImportRecord {
      .answer(
        ImportedAnswer(
          model: model, promptID: id, sample: sample, text: text,
          tokens: tokens?.compactMap(TokenLogprob.init(json:)), reasoning: reasoning, place: record.place))
    }
    if let output = try body.array("output") {
      return [answer(output.map(text(ofItem:)).joined(), 0, reasoning: ReasoningText.find(inItems: output))]
    }
    let choices = try body.required("choices", body.array)
    guard !choices.isEmpty else { return [.skipped(SkippedRecord(record.place, .noAnswer))] }
    return try choices.enumerated().map { place, choice in
      let index = choice["index"]?.integer ?? place
      guard index >= 0 else { throw record.place.error(.sampleOutOfRange) }
      if let text = choice["text"]?.string { return answer(text, index) }
      guard let message = choice["message"], message.object != nil else {
        throw record.place.error(.missing(field: "choices[\(place)].message"))
      }
      // A message without content is an empty answer; a refusal may have a field of its own.
      let text = ChatMessages.text(message["content"]) ?? ""
      return answer(
        text.isEmpty ? message["refusal"]?.string ?? "" : text, index, tokens: choice["logprobs"]?["content"]?.array,
        reasoning: ReasoningText.find(in: message)?.text)
    }
  }

  /// The text of one item of a response: a message's texts and refusals; other items, such as reasoning, say nothing.
  private static func text(ofItem item: JSONValue) -> String {
    guard item["type"]?.string == "message" else { return "" }
    return (item["content"]?.array ?? []).compactMap { $0["text"]?.string ?? $0["refusal"]?.string }.joined()
  }
}
