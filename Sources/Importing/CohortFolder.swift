package import Cases
import Formats

/// A folder of answers that other tools recorded, of many models, as one cohort: formats are told by the files themselves.
package enum CohortFolder {
  package struct Contents: Sendable {
    package let transcripts: [Transcript]
    package let probes: [Probe]
    /// Files that were read, and those that could not be, each with why.
    package let read: [String]
    package let unread: [(file: String, error: any Error)]
    package let skipped: [SkippedRecord]
  }

  private static let endings = [".jsonl", ".json", ".csv", ".tsv", ".jsonl.gz", ".json.gz", ".csv.gz"]
  /// Names of files that tell prompts alone, as FastChat and arena-hard keep them.
  private static let prompts = ["question.jsonl", "questions.jsonl", "prompts.jsonl", "probes.jsonl"]

  /// - Parameters:
  ///   - format: of all files; nil looks.
  ///   - matchesByText: names prompts by their texts, whatever the files call them.
  /// - Throws: `FileError` for a folder that cannot be read.
  package static func read(
    _ folder: String, format: ImportFormat? = nil, fields: ImportFields = ImportFields(), matchesByText: Bool = false
  ) throws -> Contents {
    let files = try files(of: folder)
    let questions = files.filter { file in prompts.contains { file.hasSuffix("/\($0)") || file == $0 } }
    var transcripts: [ModelID: Transcript] = [:]
    var probes: [PromptID: Probe] = [:]
    var order: [PromptID] = []
    var read: [String] = []
    var unread: [(file: String, error: any Error)] = []
    var skipped: [SkippedRecord] = []
    for file in files where !questions.contains(file) {
      do {
        let format = try format ?? Self.format(of: file)
        let found = try imported(file, format, beside: questions, fields, matchesByText, in: folder)
        for probe in found.probes {
          if let known = probes[probe.id], known.prompt != probe.prompt || known.system != probe.system {
            throw SourcePlace(file: file, spot: .path("")).error(
              .promptDiffers(probe.id, first: SourcePlace(file: folder, spot: .path(""))))
          }
        }
        if let twice = found.transcripts.first(where: { transcripts[$0.model] != nil }) {
          throw CasesError.modelNamedTwice(twice.model, file, "another file of \(folder)")
        }
        for probe in found.probes where probes[probe.id] == nil {
          probes[probe.id] = probe
          order.append(probe.id)
        }
        for transcript in found.transcripts { transcripts[transcript.model] = transcript }
        skipped += found.skipped
        read.append(file)
      } catch {
        unread.append((file, error))
      }
    }
    return Contents(
      transcripts: transcripts.values.sorted { $0.model < $1.model }, probes: order.compactMap { probes[$0] },
      read: read,
      unread: unread, skipped: skipped)
  }

  /// Files that may hold answers, in the order of their paths, those of folders within among them.
  /// Links to folders are not followed, for they may lead round in a circle, and devices and pipes are no files of answers.
  private static func files(of folder: String) throws -> [String] {
    var found: [String] = []
    for name in try FileBytes.list(folder).sorted() where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      if FileBytes.isFolder(path) {
        guard !FileBytes.isLink(path) else { continue }
        found += try files(of: path)
      } else if endings.contains(where: name.hasSuffix), !name.hasPrefix("lineage"),
        FileBytes.isRegular(path)
      {
        found.append(path)
      }
    }
    return found
  }

  /// The model's own name, or that of the file; `model_outputs.json` and the like take that of their folder.
  private static func imported(
    _ file: String, _ format: ImportFormat, beside questions: [String], _ fields: ImportFields, _ matchesByText: Bool,
    in folder: String
  ) throws -> ImportedTranscripts {
    let beside = format == .jsonl ? questions : []
    do {
      return try ImportedTranscripts.read(beside + [file], format: format, fields: fields, matchesByText: matchesByText)
    } catch ImportError.notImportable(_, .modelUnknown) {
      return try ImportedTranscripts.read(
        beside + [file], format: format, model: ModelID(model(of: file)), fields: fields, matchesByText: matchesByText)
    }
  }

  private static func model(of file: String) -> String {
    let parts = file.split(separator: "/").map(String.init)
    var name = parts.last ?? file
    for ending in endings.sorted(by: { $0.count > $1.count }) where name.hasSuffix(ending) {
      name.removeLast(ending.count)
      break
    }
    let common = ["model_outputs", "outputs", "answers", "responses", "results", "samples", "model_answer"]
    if common.contains(name) || name.hasPrefix("samples_"), parts.count > 1 { name = parts[parts.count - 2] }
    return TranscriptFileName.decoded(name)
  }

  /// By what the first record holds.
  private static func format(of file: String) throws -> ImportFormat {
    if [".csv", ".csv.gz", ".tsv"].contains(where: file.hasSuffix) { return .csv }
    let bytes = try Gzip.inflateIfNeeded(FileBytes.read(file), file: file)
    guard let start = bytes.first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }) else { return .jsonl }
    if start == UInt8(ascii: "[") {
      let first = JSONValue(parsing: bytes, upTo: .file)?.array?.first
      return first?["instruction"] != nil && first?["output"] != nil ? .alpacaEval : .jsonl
    }
    if let whole = JSONValue(parsing: bytes, upTo: .file), let members = whole.object {
      if members["eval"] != nil, members["samples"] != nil { return .inspect }
      let results = members["results"]
      if results?["results"] != nil || results?.array?.first?["provider"] != nil { return .promptfoo }
    }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let members = JSONValue(parsing: Array(line))?.object ?? [:]
    func has(_ names: String...) -> Bool { names.allSatisfy { members[$0] != nil } }
    if has("resps", "doc_id") { return .lmEval }
    if has("provider", "promptIdx") { return .promptfoo }
    if has("custom_id", "result") { return .anthropicBatch }
    if has("custom_id", "response") { return .openAIBatch }
    if has("evaluation_id", "sample_id", "interaction_type") { return .everyEvalEver }
    return .jsonl
  }
}
