package import Cases
import Formats

/// A folder of answers that other tools recorded, of many models, as one cohort: formats are told by the files themselves.
package struct CohortFolder {
  package struct Contents: Sendable {
    package let transcripts: [Transcript]
    package let probes: [Probe]
    /// Files that were read, each with the fields that were taken, by role.
    package let read: [(file: String, taken: [ImportFields.Role: Set<String>])]
    /// Files of which nothing was taken, or not all, each with why.
    package let unread: [(file: String, error: any Error)]
    package let skipped: [SkippedRecord]
  }

  private struct Key: Hashable {
    let model: ModelID
    let prompt: PromptID
    let sample: Int
  }

  private var transcripts: [ModelID: Transcript] = [:]
  /// By model the first file with answers of it.
  private var source: [ModelID: String] = [:]
  private var answered: Set<Key> = []
  private var probes: [PromptID: Probe] = [:]
  private var order: [PromptID] = []
  private var read: [(file: String, taken: [ImportFields.Role: Set<String>])] = []
  private var unread: [(file: String, error: any Error)] = []
  private var skipped: [SkippedRecord] = []

  /// - Parameters:
  ///   - format: of all files; nil looks.
  ///   - matchesByText: names prompts by their texts, whatever the files call them.
  /// - Throws: `FileError` for a folder that cannot be read, `ImportError` for a field that was named and is in no file.
  package static func read(
    _ folder: String, format: ImportFormat? = nil, fields: ImportFields = ImportFields(), matchesByText: Bool = false
  ) throws -> Contents {
    var found = CohortFolder()
    var questions: [QuestionsOfFile] = []
    var answers: [(file: String, format: ImportFormat)] = []
    for file in try files(of: folder) {
      do {
        guard FileEnding(of: file) != nil else {
          let kind = try BinaryFile(FileBytes.head(file, count: 4_096))
          guard let kind else { continue }
          let defect: ImportDefect =
            kind == .zip && file.lowercased().hasSuffix(".eval") ? .inspectArchive : .binary(kind)
          throw SourcePlace(file: file, spot: .path("")).error(defect)
        }
        if let asked = try QuestionsOfFile(file, fields: fields) {
          questions.append(asked)
        } else {
          answers.append((file, try format ?? Self.format(of: file)))
        }
      } catch {
        found.unread.append((file, error))
      }
    }
    for (file, format) in answers {
      do {
        let asked = questions.filter { $0.isBeside(file, of: format, among: questions) }.map(\.questions)
        let imported = try imported(file, format, beside: asked, fields, matchesByText)
        try found.add(imported, of: file, in: folder)
      } catch {
        found.unread.append((file, error))
      }
    }
    let taken = found.read.reduce(into: [:]) { all, file in all.merge(file.taken) { $0.union($1) } }
    if !found.read.isEmpty, let missing = fields.missing(in: taken) {
      throw ImportError.fieldNowhere(role: missing.role, name: missing.name, files: [folder])
    }
    let prompts = found.probes.mapValues(\.prompt)
    return Contents(
      transcripts: found.transcripts.values.sorted { $0.model < $1.model }.map { $0.knowing(prompts) },
      probes: found.order.compactMap { found.probes[$0] }, read: found.read, unread: found.unread,
      skipped: found.skipped)
  }

  /// Joins what a file says to what is known: answers of a model to further prompts are its own, answers to the same ones are left
  /// out with all of that model in the file.
  private mutating func add(_ found: ImportedTranscripts, of file: String, in folder: String) throws {
    let whole = SourcePlace(file: file, spot: .path(""))
    for probe in found.probes {
      if let known = probes[probe.id], known.prompt != probe.prompt || known.system != probe.system {
        throw whole.error(.promptDiffers(probe.id, first: SourcePlace(file: folder, spot: .path(""))))
      }
    }
    for probe in found.probes where probes[probe.id] == nil {
      probes[probe.id] = probe
      order.append(probe.id)
    }
    for transcript in found.transcripts {
      let keys = transcript.responses.map { Key(model: transcript.model, prompt: $0.prompt, sample: $0.sample) }
      guard answered.isDisjoint(with: keys) else {
        unread.append((file, whole.error(.modelElsewhere(transcript.model, first: source[transcript.model] ?? folder))))
        continue
      }
      answered.formUnion(keys)
      source[transcript.model] = source[transcript.model] ?? file
      let known = transcripts[transcript.model]
      transcripts[transcript.model] = Transcript(
        model: transcript.model, counted: (known?.responses ?? []) + transcript.responses,
        thoughtsInText: (known?.thoughtsInText ?? [:]).merging(transcript.thoughtsInText, uniquingKeysWith: +))
    }
    skipped += found.skipped
    read.append((file, found.taken))
  }

  /// Files that may hold answers, or that somebody may take for such, in the order of their paths, those of folders within among
  /// them. Links to folders are not followed, for they may lead round in a circle, and devices and pipes are no files of answers.
  private static func files(of folder: String) throws -> [String] {
    var found: [String] = []
    for name in try FileBytes.list(folder).sorted() where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      if FileBytes.isFolder(path) {
        guard !FileBytes.isLink(path) else { continue }
        found += try files(of: path)
      } else if FileEnding(of: name) != .txt, !name.hasPrefix("lineage"), FileBytes.isRegular(path) {
        found.append(path)
      }
    }
    return found
  }

  /// The model's own name, or that of the file; `model_outputs.json` and the like take that of their folder.
  private static func imported(
    _ file: String, _ format: ImportFormat, beside questions: [ImportedFile], _ fields: ImportFields,
    _ matchesByText: Bool
  ) throws -> ImportedTranscripts {
    let model = model(of: file)
    let read = try format.read(file, fields: fields, encoding: nil, fileModel: model)
    func transcripts(_ model: ModelID?) throws -> ImportedTranscripts {
      try ImportedTranscripts(questions + [read], of: [file], model: model, matchesByText: matchesByText)
    }
    do { return try transcripts(nil) } catch ImportError.notImportable(_, .modelUnknown) {
      return try transcripts(ModelID(model))
    }
  }

  private static func model(of file: String) -> String {
    let parts = file.split(separator: "/").map(String.init)
    var name = FileEnding.stem(of: file) ?? parts.last ?? file
    let common = ["model_outputs", "outputs", "answers", "responses", "results", "samples", "model_answer"]
    if common.contains(name) || name.hasPrefix("samples_"), parts.count > 1 { name = parts[parts.count - 2] }
    return TranscriptFileName.decoded(name)
  }

  /// By what the first record holds.
  private static func format(of file: String) throws -> ImportFormat {
    if FileEnding(of: file)?.isOfTable == true { return .csv }
    let source = try SourceFile(file)
    guard let first = try source.firstRecord() else { return .jsonl }
    if source.isList { return first["instruction"] != nil && first["output"] != nil ? .alpacaEval : .jsonl }
    // Of an older version of promptfoo.
    if first["results"]?.array?.first?["provider"] != nil { return .promptfoo }
    return ImportFormat.shown(by: first) ?? .jsonl
  }
}

/// The prompts of a file that asks and holds no answers: one of questions, told by its name, or of the requests of a batch.
private struct QuestionsOfFile {
  let file: String
  let isOfBatch: Bool
  let questions: ImportedFile

  /// - Returns: nil for a file that is none.
  init?(_ file: String, fields: ImportFields) throws {
    guard FileEnding(of: file)?.isOfLines == true else { return nil }
    let source = try SourceFile(file)
    self.file = file
    let first = try source.firstRecord()
    isOfBatch = first.map(BatchResults.isRequest) ?? false
    if isOfBatch {
      questions = try BatchResults.read(source)
    } else {
      // Answers of a model that names itself are answers, whatever the file is called.
      let isAnswer = first.map { fields.field(.model, in: $0) != nil && fields.field(.text, in: $0) != nil } ?? false
      guard QuestionFile.isOne(file), !isAnswer else { return nil }
      questions = ImportedFile(records: try PlainRecords.questions(source, fields: fields))
      guard !questions.records.isEmpty else { return nil }
    }
  }

  private var folder: Substring { file[..<(file.lastIndex(of: "/") ?? file.startIndex)] }

  /// Names of prompts are those of one set: where files of questions lie in the folders of the answers, those alone are theirs.
  func isBeside(_ answers: String, of format: ImportFormat, among all: [QuestionsOfFile]) -> Bool {
    func isAbove(_ asked: QuestionsOfFile) -> Bool { answers.hasPrefix(asked.folder + "/") }
    let isBatch = [ImportFormat.openAIBatch, .anthropicBatch, .geminiBatch].contains(format)
    guard isOfBatch == isBatch, isBatch || format == .jsonl else { return false }
    let above = all.filter { $0.isOfBatch == isBatch && isAbove($0) }
    let nearest = above.map(\.folder.utf8.count).max()
    return nearest.map { isAbove(self) && folder.utf8.count == $0 } ?? true
  }
}
