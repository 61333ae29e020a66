import Formats

/// Results of `promptfoo eval --output FILE.json`: `results.results`, a list with `provider`, `prompt.raw` and
/// `response.output`.
///
/// Answers that promptfoo took from its cache are kept and counted: they are no samples of their own.
///
/// - Source: github.com/promptfoo/promptfoo, `src/types/index.ts` (`EvaluateResult`, `EvaluateSummaryV3`).
enum PromptfooResults {
  static func records(_ bytes: [UInt8], file: String) throws -> [ImportRecord] {
    let root = try SourceDocument.parse(bytes, file: file)
    let nested = root["results"]?["results"]?.array
    guard let list = nested ?? root["results"]?.array else {
      throw SourcePlace(file: file, spot: .path("")).error(.missing(field: "results.results"))
    }
    return try SourceDocument.objects(list, path: nested == nil ? "results" : "results.results", file: file)
      .map(record)
  }

  private static func record(_ record: SourceObject) throws -> ImportRecord {
    let raw = try record.required("prompt", record.object)
    let prompt = ChatMessages.prompt(rendered: try raw.required("raw", raw.string))
    guard let response = record["response"], let output = response["output"], output != .null else {
      let words = try record.string("error") ?? record["response"]?["error"]?.string
      return .skipped(SkippedRecord(record.place, words == nil ? .noAnswer : .error, detail: words))
    }
    guard let text = output.string else { return .skipped(SkippedRecord(record.place, .notText)) }
    return .answer(
      ImportedAnswer(
        model: try model(record), prompt: prompt, text: text, isCached: response["cached"]?.bool == true,
        place: record.place))
  }

  private static func model(_ record: SourceObject) throws -> String? {
    if record["provider"]?.string != nil { return try record.name("provider") }
    guard let provider = try record.object("provider") else { return nil }
    return try provider["label"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? provider.name("id")
  }
}
