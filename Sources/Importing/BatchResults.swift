import Cases
import Formats

/// Results of batches, one a line: OpenAI's (`custom_id`, `response.body`) and those of vendors that speak its dialect, Anthropic's
/// (`custom_id`, `result.message`), Google's (`key`, `response.candidates`) and Amazon's (`recordId`, `modelOutput`); and the files of requests, which give the prompts.
///
/// A line shows by its members whose it is. A prompt's name is the `custom_id` or the `key`.
///
/// - Source: the Batch API guides of platform.openai.com, docs.anthropic.com and ai.google.dev; shapes of the bodies as in the
///   dialects.
enum BatchResults {
  static func read(_ source: SourceFile) throws -> ImportedFile {
    var found = ImportedFile(records: [])
    found.absent = try source.forEachRecord { record in
      if record["modelInput"] != nil || record["modelOutput"] != nil {
        found.taken[.id, default: []].insert("recordId")
        guard !isRequest(record) else {
          found.taken[.prompt, default: []].insert("modelInput")
          if let id = try record.name("recordId"), let prompt = try record.object("modelInput").flatMap(prompt) {
            found.records.append(.prompt(id: id, prompt, record.place))
          }
          return
        }
        found.taken[.text, default: []].insert("modelOutput")
        found.records.append(try bedrock(record))
        return
      }
      for name in ["custom_id", "key"] where record[name] != nil { found.taken[.id, default: []].insert(name) }
      // Google's own batches have no names; the request stands beside its answer.
      guard record["custom_id"] != nil || record["key"] != nil || record["request"] != nil else {
        throw record.place.error(.missing(field: "custom_id"))
      }
      let id = try record.name("custom_id") ?? record.name("key")
      if record["result"] != nil {
        found.taken[.text, default: []].insert("result.message.content")
        found.records.append(try anthropic(record, id: id))
      } else if let message = try record.object("response"), message["content"]?.array != nil {
        // As others serve it, without the wrapper of the batch.
        found.taken[.text, default: []].insert("response.content")
        found.records.append(try anthropic(message, of: record, id: id))
      } else if record["response"]?["candidates"] != nil || record["response"]?["promptFeedback"] != nil
        || (record["request"]?["contents"] != nil && (record["response"] ?? record["error"] ?? record["status"]) != nil)
      {
        found.taken[.text, default: []].insert("response.candidates")
        found.records += try gemini(record, id: id)
      } else if record["response"] == nil, record["error"] == nil,
        let body = try record.object("body") ?? record.object("params") ?? record.object("request")
      {
        found.taken[.prompt, default: []].insert(
          ["body", "params", "request"].first { record[$0] != nil } ?? "body")
        if let id, let prompt = prompt(body) { found.records.append(.prompt(id: id, prompt, record.place)) }
      } else {
        found.taken[.text, default: []].insert("response.body")
        found.records += try openAI(record, id: id)
      }
    }
    return found
  }

  /// Whether a line asks and has no result.
  static func isRequest(_ record: SourceObject) -> Bool {
    let results = ["response", "result", "error", "modelOutput"]
    guard results.allSatisfy({ record.members[$0] == nil }) else { return false }
    if record.members["recordId"] != nil { return record["modelInput"]?.object != nil }
    return (record.members["custom_id"] ?? record.members["key"]) != nil
      && ["body", "params", "request"].contains { record[$0]?.object != nil }
  }

  /// The prompt of a request; nil for a conversation.
  private static func prompt(_ body: SourceObject) -> ImportedPrompt? {
    if let contents = body["contents"]?.array { return prompt(gemini: contents, body) }
    var prompt: ImportedPrompt?
    if let text = (body["prompt"] ?? body["input"])?.string { prompt = ImportedPrompt(text: text) }
    if let messages = (body["messages"] ?? body["input"])?.array { prompt = ChatMessages.prompt(messages) }
    let system = body["instructions"]?.string ?? body["system"].flatMap(ChatMessages.text)
    if let system { prompt?.system = system }
    return prompt
  }

  private static func prompt(gemini contents: [JSONValue], _ body: SourceObject) -> ImportedPrompt? {
    func text(_ content: JSONValue?) -> String? {
      let parts = content?["parts"]?.array ?? (content?["parts"].map { [$0] } ?? [])
      let texts = parts.compactMap { $0["text"]?.string }
      return texts.isEmpty || texts.count < parts.count ? nil : texts.joined()
    }
    guard contents.count == 1, let asked = text(contents[0]) else { return nil }
    return ImportedPrompt(system: text(body["systemInstruction"] ?? body["system_instruction"]), text: asked)
  }

  private static func openAI(_ record: SourceObject, id: String?) throws -> [ImportRecord] {
    let response = try record.object("response")
    let status = try response?.integer("status_code") ?? 200
    let problem = record["error"] ?? response?["body"]?["error"]
    guard let response, status == 200, problem == nil || problem == .null else {
      let words = problem?["message"]?.string ?? problem?["code"]?.string ?? problem?.string
      return [.skipped(SkippedRecord(record.place, .error, detail: words ?? "status \(status)"))]
    }
    // Some vendors have no wrapper between the response and its body.
    let isBare = response["body"] == nil && (response["choices"] ?? response["output"]) != nil
    guard let body = try isBare ? response : body(of: response, in: record) else {
      return [
        .skipped(SkippedRecord(record.place, .error, detail: response["body"]?.string.map { String($0.prefix(80)) }))
      ]
    }
    // Vectors, and what else is no answer.
    if body["choices"] == nil, body["output"] == nil, body["object"]?.string == "list" {
      return [.skipped(SkippedRecord(record.place, .otherThanText))]
    }
    let model = try body.name("model")
    func answer(_ said: SpokenContent, _ sample: Int, tokens: [JSONValue]? = nil) -> ImportRecord {
      guard !said.isOtherThanText else {
        return .skipped(SkippedRecord(record.place, .otherThanText, detail: said.others.joined(separator: ", ")))
      }
      return .answer(
        ImportedAnswer(
          model: model, promptID: id, sample: sample, said: said,
          tokens: tokens?.compactMap(TokenLogprob.init(json:)), record: record.members, place: record.place))
    }
    if let output = try body.array("output") { return [answer(SpokenContent(items: output), 0)] }
    let choices = try body.required("choices", body.array)
    guard !choices.isEmpty else { return [.skipped(SkippedRecord(record.place, .noAnswer))] }
    return try choices.enumerated().map { place, choice in
      let index = choice["index"]?.integer ?? place
      guard index >= 0 else { throw record.place.error(.sampleOutOfRange) }
      if let text = choice["text"]?.string { return answer(SpokenContent(text), index) }
      guard let message = choice["message"], message.object != nil else {
        guard let word = Withholding.word(choice) else {
          throw record.place.error(.missing(field: "choices[\(place)].message"))
        }
        return .skipped(SkippedRecord(record.place, FilterWord.isOne(word) ? .withheld : .noAnswer, detail: word))
      }
      if Withholding.isIn(choice, SpokenContent(message: message)) {
        return .skipped(SkippedRecord(record.place, .withheld, detail: Withholding.word(choice)))
      }
      return answer(SpokenContent(message: message), index, tokens: choice["logprobs"]?["content"]?.array)
    }
  }

  /// The body of a response, also where it was stored as the text that it came as; nil for a text that is no object.
  private static func body(of response: SourceObject, in record: SourceObject) throws -> SourceObject? {
    guard let text = response["body"]?.string else { return try response.required("body", response.object) }
    guard let value = JSONValue(parsing: text), value.object != nil else { return nil }
    return try SourceObject(value, at: record.place)
  }

  /// Amazon's: the body of the request and of the answer in the words of whoever made the model.
  private static func bedrock(_ record: SourceObject) throws -> ImportRecord {
    guard let output = record["modelOutput"] else {
      return .skipped(SkippedRecord(record.place, .error, detail: record["error"]?["errorMessage"]?.string))
    }
    let said: SpokenContent
    if let choice = output["choices"]?.array?.first, let message = choice["message"] {
      said = SpokenContent(message: message)
    } else if let message = output["output"]?["message"] {
      said = SpokenContent(message: message)
    } else if let blocks = output["content"]?.array {
      said = SpokenContent(blocks: blocks)
    } else if let text = output["generation"]?.string ?? output["results"]?.array?.first?["outputText"]?.string
      ?? output["outputs"]?.array?.first?["text"]?.string
    {
      said = SpokenContent(text)
    } else {
      throw record.place.error(.missing(field: "modelOutput.content"))
    }
    guard !said.isOtherThanText else {
      return .skipped(SkippedRecord(record.place, .otherThanText, detail: said.others.joined(separator: ", ")))
    }
    return .answer(
      ImportedAnswer(
        model: output["model"]?.string, promptID: try record.name("recordId"),
        prompt: try record.object("modelInput").flatMap(prompt), sample: 0, said: said, record: record.members,
        place: record.place))
  }

  private static func anthropic(_ record: SourceObject, id: String?) throws -> ImportRecord {
    let result = try record.required("result", record.object)
    let type = try result.required("type", result.string)
    guard type == "succeeded" else {
      let error = result["error"]?["error"] ?? result["error"]
      return .skipped(SkippedRecord(record.place, .error, detail: error?["message"]?.string ?? type))
    }
    return try anthropic(try result.required("message", result.object), of: record, id: id)
  }

  private static func anthropic(_ message: SourceObject, of record: SourceObject, id: String?) throws -> ImportRecord {
    let said = SpokenContent(blocks: try message.required("content", message.array))
    guard !said.isOtherThanText else {
      return .skipped(SkippedRecord(record.place, .otherThanText, detail: said.others.joined(separator: ", ")))
    }
    return .answer(
      ImportedAnswer(
        model: try message.name("model"), promptID: id, prompt: try record.object("request").flatMap(prompt), sample: 0,
        said: said, record: record.members, place: record.place))
  }

  private static func gemini(_ record: SourceObject, id: String?) throws -> [ImportRecord] {
    guard let response = try record.object("response") else {
      let words = record["error"]?["message"]?.string ?? record["status"]?.string
      return [.skipped(SkippedRecord(record.place, .error, detail: words))]
    }
    let candidates = response["candidates"]?.array ?? []
    guard !candidates.isEmpty else {
      let words = record["status"]?.string.flatMap { $0.isEmpty ? nil : $0 }
      let blocked = response["promptFeedback"]?["blockReason"]?.string
      return [
        .skipped(
          SkippedRecord(
            record.place, blocked != nil ? .withheld : words == nil ? .noAnswer : .error, detail: blocked ?? words))
      ]
    }
    let prompt = try record.object("request").flatMap(prompt)
    return try candidates.enumerated().map { place, candidate in
      let said = SpokenContent(parts: candidate["content"]?["parts"]?.array ?? [])
      if Withholding.isIn(candidate, said) {
        return .skipped(SkippedRecord(record.place, .withheld, detail: Withholding.word(candidate)))
      }
      guard !said.isOtherThanText else {
        return .skipped(SkippedRecord(record.place, .otherThanText, detail: said.others.joined(separator: ", ")))
      }
      return .answer(
        ImportedAnswer(
          model: try response.name("modelVersion"), promptID: id, prompt: prompt,
          sample: candidates.count > 1 ? place : nil,
          said: said, record: record.members, place: record.place))
    }
  }
}
