import Cases
import Formats

/// `model_outputs.json` of AlpacaEval: a list of `{"instruction","output","generator"[,"dataset"]}`.
///
/// - Source: github.com/tatsu-lab/alpaca_eval, `results/alpaca-7b/model_outputs.json`; the field `input` of the
///   Alpaca data set, where it is not empty, belongs to the prompt.
enum AlpacaEvalOutputs {
  static func read(_ source: SourceFile) throws -> ImportedFile {
    var found = ImportedFile(
      records: [], taken: [.prompt: ["instruction"], .text: ["output"], .model: ["generator"], .category: ["dataset"]])
    let document = try SourceDocument(source)
    guard let list = document.value.array else {
      throw SourcePlace(file: source.file, spot: .path("")).error(
        .wrongType(field: "the file", expected: "a JSON list"))
    }
    found.absent = document.absent
    found.records = try document.records(list, path: "").map { record in
      var text = try record.required("instruction", record.string)
      if let input = try record.string("input"), !input.isEmpty { text += "\n\n" + input }
      let prompt = ImportedPrompt(text: text, category: try record.string("dataset"))
      guard record.members["output"] != nil else { throw record.place.error(.missing(field: "output")) }
      guard let output = try record.string("output") else { return .skipped(SkippedRecord(record.place, .noAnswer)) }
      return .answer(
        ImportedAnswer(
          model: try record.name("generator"), prompt: prompt, said: SpokenContent(output), record: record.members,
          place: record.place))
    }
    return found
  }
}
