import Formats

/// `model_outputs.json` of AlpacaEval: a list of `{"instruction","output","generator"[,"dataset"]}`.
///
/// - Source: github.com/tatsu-lab/alpaca_eval, `results/alpaca-7b/model_outputs.json`; the field `input` of the
///   Alpaca data set, where it is not empty, belongs to the prompt.
enum AlpacaEvalOutputs {
  static func records(_ bytes: [UInt8], file: String) throws -> [ImportRecord] {
    guard let list = try SourceDocument.parse(bytes, file: file).array else {
      throw SourcePlace(file: file, spot: .path("")).error(.wrongType(field: "the file", expected: "a JSON list"))
    }
    return try SourceDocument.objects(list, path: "", file: file).map { record in
      var text = try record.required("instruction", record.string)
      if let input = try record.string("input"), !input.isEmpty { text += "\n\n" + input }
      let prompt = ImportedPrompt(text: text, category: try record.string("dataset"))
      guard record.members["output"] != nil else { throw record.place.error(.missing(field: "output")) }
      guard let output = try record.string("output") else { return .skipped(SkippedRecord(record.place, .noAnswer)) }
      return .answer(
        ImportedAnswer(model: try record.name("generator"), prompt: prompt, text: output, place: record.place))
    }
  }
}
