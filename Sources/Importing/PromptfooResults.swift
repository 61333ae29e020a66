import Cases
import Formats

/// Results of `promptfoo eval --output FILE.json` or `FILE.jsonl`: `results.results`, or one a line, with `provider`,
/// `prompt.raw` and `response.output`.
///
/// One provider that stands in several columns with the same prompts is configured in several ways: the columns are models of
/// their own, named by the number that promptfoo gives them. Answers from promptfoo's cache are marked as such.
///
/// - Source: github.com/promptfoo/promptfoo, `src/types/index.ts` (`EvaluateResult`, `EvaluateSummaryV3`).
enum PromptfooResults {
  static func read(_ source: SourceFile) throws -> ImportedFile {
    var found = ImportedFile(
      records: [], taken: [.prompt: ["prompt.raw"], .text: ["response.output"], .model: ["provider"]])
    let records: [SourceObject]
    if let document = try? SourceDocument(source), document.value["prompt"] == nil,
      document.value.object != nil
    {
      found.absent = document.absent
      let nested = document.value["results"]?["results"]?.array
      guard let list = nested ?? document.value["results"]?.array else {
        throw SourcePlace(file: source.file, spot: .path("")).error(.missing(field: "results.results"))
      }
      records = try document.records(list, path: nested == nil ? "results" : "results.results")
    } else {
      // JSONL; a file that is neither says where it ends to be one.
      var lines: [SourceObject] = []
      found.absent = try source.forEachRecord { lines.append($0) }
      records = lines
    }
    let columns = try Columns(records)
    found.records = try records.map { try record($0, columns) }
    return found
  }

  private static func record(_ record: SourceObject, _ columns: Columns) throws -> ImportRecord {
    let raw = try record.required("prompt", record.object)
    let prompt = ChatMessages.prompt(rendered: try raw.required("raw", raw.string))
    guard let response = record["response"], let output = response["output"], output != .null else {
      let words = try record.string("error") ?? record["response"]?["error"]?.string
      return .skipped(SkippedRecord(record.place, words == nil ? .noAnswer : .error, detail: words))
    }
    guard let text = output.string else { return .skipped(SkippedRecord(record.place, .notText)) }
    return .answer(
      ImportedAnswer(
        model: try columns.model(of: record), prompt: prompt,
        said: SpokenContent(text, reasoning: response["reasoning"]?.string, source: "reasoning"),
        isCached: response["cached"]?.bool == true, place: record.place))
  }

  /// Which columns are one model, and which are one provider in several configurations.
  private struct Columns {
    /// Providers that answered one prompt of one test in several columns.
    private var divided: Set<String> = []

    init(_ records: [SourceObject]) throws {
      struct Cell: Hashable { let provider: String, prompt: JSONValue, test: JSONValue }
      var columns: [Cell: Set<JSONValue>] = [:]
      for record in records {
        guard let provider = try Self.provider(record), let prompt = record["prompt"]?["raw"],
          let index = record["promptIdx"]
        else { continue }
        columns[Cell(provider: provider, prompt: prompt, test: record["testIdx"] ?? .null), default: []].insert(index)
      }
      for (cell, indices) in columns where indices.count > 1 { divided.insert(cell.provider) }
    }

    func model(of record: SourceObject) throws -> String? {
      guard let provider = try Self.provider(record), divided.contains(provider) else {
        return try Self.provider(record)
      }
      return "\(provider) #\(record["promptIdx"]?.canonical ?? "")"
    }

    private static func provider(_ record: SourceObject) throws -> String? {
      if record["provider"]?.string != nil { return try record.name("provider") }
      guard let provider = try record.object("provider") else { return nil }
      return try provider["label"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? provider.name("id")
    }
  }
}
