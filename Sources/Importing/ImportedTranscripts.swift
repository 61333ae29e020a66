package import Cases
package import Formats

/// Answers that other tools recorded, as transcripts, with the prompts as far as they are known.
package struct ImportedTranscripts: Sendable {
  /// In the order of their models' names; each has at least one answer.
  package let transcripts: [Transcript]
  /// In the order in which the files have them.
  package let probes: [Probe]
  package let skipped: [SkippedRecord]
  /// Answers that the source took from a cache, and that are the only one of their prompt and text.
  package let cached: Int
  /// By role, the fields that were taken for it.
  package let taken: [ImportFields.Role: Set<String>]
  /// `NaN`, `Infinity` and `-Infinity` in the files, read as absent values.
  package let absentNumbers: Int
  /// Prompts that several models answered, where there are several.
  package let commonPrompts: Int?
  /// The same where prompts are named by their texts.
  package let commonTexts: Int?

  /// - Parameters:
  ///   - model: names the model of every answer, whatever the files say.
  ///   - encoding: of the files; nil finds UTF-8 and UTF-16.
  ///   - matchesByText: names prompts by their texts, where they are known, whatever the source calls them.
  /// - Throws: `FileError`, `CasesError` or `ImportError` naming file and place, also for a field that was named and has a value in
  ///   no record; nothing is left out in silence.
  package static func read(
    _ files: [String], format: ImportFormat, model: ModelID? = nil, fields: ImportFields = ImportFields(),
    encoding: TextEncoding? = nil, matchesByText: Bool = false
  ) throws -> ImportedTranscripts {
    let fields = model == nil ? fields : fields.ignoring(.model)
    let read = try files.map { try format.read($0, fields: fields, encoding: encoding) }
    let found = try ImportedTranscripts(read, of: files, model: model, matchesByText: matchesByText)
    if let missing = fields.missing(in: found.taken) {
      throw ImportError.fieldNowhere(role: missing.role, name: missing.name, files: files)
    }
    return found
  }

  /// - Parameter files: what an error names.
  init(_ read: [ImportedFile], of files: [String], model: ModelID?, matchesByText: Bool) throws {
    var records = read.flatMap(\.records)
    if let model { records = records.map { $0.named(model) } }
    Configurations(records).tellApart(&records)
    var assembly = ImportAssembly(doubling: RecordDoubling(records), matchesByText: matchesByText)
    // Prompts may stand in a file behind the one of the answers.
    for record in records { try assembly.know(record) }
    for record in records { try assembly.add(record) }
    guard !assembly.responses.isEmpty else {
      let reasons = Dictionary(grouping: assembly.skipped, by: \.reason).mapValues(\.count)
      throw ImportError.nothingToImport(
        files: files, skipped: assembly.skipped.count,
        because: reasons.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key)
    }
    let ids = assembly.responses.mapValues { Set($0.map(\.prompt)) }
    let prompts = assembly.prompts.mapValues(\.prompt.text)
    transcripts = assembly.responses.sorted { $0.key < $1.key }.map {
      Transcript(model: $0.key, counted: $0.value, thoughtsInText: assembly.thoughts[$0.key] ?? [:]).knowing(prompts)
    }
    probes = assembly.order.compactMap { id in assembly.prompts[id].map { $0.prompt.probe(id) } }
    (skipped, cached) = (assembly.skipped, assembly.cached)
    taken = read.reduce(into: [:]) { all, file in all.merge(file.taken) { $0.union($1) } }
    absentNumbers = read.reduce(0) { $0 + $1.absent }
    commonPrompts = Self.common(ids.values.map { Set($0.map(\.rawValue)) })
    commonTexts = Self.common(ids.values.map { Set($0.compactMap { assembly.prompts[$0]?.prompt.stableID }) })
  }

  /// nil for fewer than two.
  private static func common(_ sets: [Set<String>]) -> Int? {
    guard sets.count > 1 else { return nil }
    let counts = sets.joined().reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
    return counts.values.count { $0 > 1 }
  }
}

extension ImportRecord {
  fileprivate func named(_ model: ModelID) -> ImportRecord {
    guard case .answer(var answer) = self else { return self }
    answer.model = model.rawValue
    return .answer(answer)
  }
}

extension ImportedPrompt {
  fileprivate func probe(_ id: PromptID) -> Probe {
    Probe(id: id, prompt: text, system: system, category: category, language: language)
  }
}
