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
  case anthropicBatch = "anthropic-batch"
  case geminiBatch = "gemini-batch"
  case everyEvalEver = "every-eval-ever"
  case jsonl
  case csv

  /// Everything that a file holds, in its order; files that end in `.gz` may be compressed.
  ///
  /// - Throws: `FileError`, `CasesError` or `ImportError` naming file and place.
  func read(_ file: String, fields: ImportFields, encoding: TextEncoding?, fileModel: String? = nil) throws
    -> ImportedFile
  {
    let source: SourceFile
    do {
      source = try SourceFile(file, encoding: encoding, model: fileModel)
    } catch ImportError.notImportable(let place, .binary(.zip)) where self == .inspect {
      throw place.error(.inspectArchive)
    }
    return switch self {
    case .alpacaEval: try AlpacaEvalOutputs.read(source)
    case .promptfoo: try PromptfooResults.read(source)
    case .inspect: try InspectLog.read(source)
    case .lmEval: try LMEvalSamples.read(source)
    case .openAIBatch, .anthropicBatch, .geminiBatch: try BatchResults.read(source)
    case .everyEvalEver: try EveryEvalEver.read(source)
    case .jsonl: try PlainRecords.jsonl(source, fields: fields)
    case .csv: try PlainRecords.csv(source, fields: fields)
    }
  }

  /// The format that a record is of, where its members show it; nil for a plain one.
  static func shown(by record: SourceObject) -> ImportFormat? {
    func has(_ names: String...) -> Bool { names.allSatisfy { record.members[$0] != nil } }
    if has("custom_id", "result") { return .anthropicBatch }
    if has("custom_id", "response"), record["response"]?.object != nil { return .openAIBatch }
    if record["response"]?["candidates"]?.array != nil || record["request"]?["contents"]?.array != nil {
      return .geminiBatch
    }
    if has("recordId", "modelInput") || has("recordId", "modelOutput") || BatchResults.isRequest(record) {
      return .openAIBatch
    }
    if has("resps", "doc_id") { return .lmEval }
    if has("provider", "promptIdx") { return .promptfoo }
    if has("evaluation_id", "sample_id", "interaction_type") { return .everyEvalEver }
    if has("eval", "samples") { return .inspect }
    if record["results"]?["results"]?.array != nil { return .promptfoo }
    return nil
  }
}
