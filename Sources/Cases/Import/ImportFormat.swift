import Formats

/// A format of other tools whose recorded answers can be read.
///
/// To add one: a file of its own with a function from the file's contents to `ImportRecord`s, its name and its case
/// here, and a small fixture that says where its shape comes from.
package enum ImportFormat: String, CaseIterable, Hashable, Sendable {
  case alpacaEval = "alpaca_eval"
  case promptfoo
  case inspect = "inspect_ai"
  case lmEval = "lm-eval"
  case openAIBatch = "openai-batch"
  case jsonl
  case csv

  /// Everything that a file holds, in its order; files that end in `.gz` may be compressed.
  ///
  /// - Throws: `FileError` or `CasesError` naming file and place.
  func records(of file: String, fields: ImportFields) throws -> [ImportRecord] {
    let bytes = try Gzip.inflateIfNeeded(FileBytes.read(file), file: file)
    return switch self {
    case .alpacaEval: try AlpacaEvalOutputs.records(bytes, file: file)
    case .promptfoo: try PromptfooResults.records(bytes, file: file)
    case .inspect: try InspectLog.records(bytes, file: file)
    case .lmEval: try LMEvalSamples.records(bytes, file: file)
    case .openAIBatch: try OpenAIBatch.records(bytes, file: file)
    case .jsonl: try PlainRecords.jsonl(bytes, file: file, fields: fields)
    case .csv: try PlainRecords.csv(bytes, file: file, fields: fields)
    }
  }
}
