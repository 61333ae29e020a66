package import Formats

/// A folder of transcripts: `transcripts/MODEL.jsonl`, `probes.jsonl` where prompts are known, and `lineage.csv`
/// where lineage is.
///
/// The same contents give the same bytes. A file that is there already is left alone if it is equal, and is an error
/// if it is not: transcripts of two origins are never mixed.
package enum TranscriptFolder {
  package struct File: Hashable, Sendable {
    /// nil for the probes and the lineage.
    package let model: ModelID?
    package let path: String
    /// Answers, probes or rows.
    package let count: Int
    package let digest: Digest
  }

  /// The transcripts that lie in a folder, by the model that their names give; other files are passed over. A folder that holds
  /// one called `transcripts`, as `write` makes it, stands for that.
  ///
  /// - Parameter left: models whose files are not asked for.
  /// - Throws: `CasesError.modelNamedTwice` where both `MODEL.jsonl` and `MODEL.jsonl.gz` lie there.
  package static func files(of folder: String, leavingOut left: Set<ModelID> = []) throws -> [ModelID: String] {
    let folder = inner(folder) ?? folder
    var files: [ModelID: String] = [:]
    for name in try FileBytes.list(folder) {
      guard let model = TranscriptReader.modelName(ofFile: name), !left.contains(model) else { continue }
      if let other = files.updateValue("\(folder)/\(name)", forKey: model) {
        throw CasesError.modelNamedTwice(model, other, "\(folder)/\(name)")
      }
    }
    return files
  }

  /// The table of lineage that lies beside the folder of transcripts in this one; nil where there is none.
  package static func lineage(of folder: String) -> String? {
    let table = "\(folder)/lineage.csv"
    return inner(folder) != nil && FileBytes.exists(table) ? table : nil
  }

  private static func inner(_ folder: String) -> String? {
    let inner = "\(folder)/transcripts"
    return FileBytes.isFolder(inner) ? inner : nil
  }

  /// All of them, read.
  package static func read(_ folder: String) async throws -> [ModelID: Transcript] {
    try await TranscriptReader.read(files(of: folder))
  }

  /// - Parameters:
  ///   - lineageTable: in place of what `lineage` makes.
  ///   - withPrompts: each line says what was asked as well, so that it can be matched by that; those of a model that gives back its
  ///     prompts do in any case, for who reads them alone could not tell.
  /// - Returns: the files, in the order in which they are named above.
  /// - Throws: `FileError`; nothing is written if any file would be overwritten.
  package static func write(
    _ transcripts: [Transcript], probes: [Probe], lineage: Lineage = Lineage(), lineageTable: String? = nil,
    withPrompts: Bool = false, to folder: String
  ) throws -> [File] {
    let asked =
      withPrompts ? Dictionary(firstOf: probes.map { ($0.id, $0) }) : [:]
    var lower: [String: ModelID] = [:]
    var contents: [(file: File, text: String)] = []
    func add(_ name: String, _ text: String, count: Int, model: ModelID? = nil) {
      let file = File(model: model, path: "\(folder)/\(name)", count: count, digest: Digest(of: text))
      contents.append((file, text))
    }
    for transcript in transcripts {
      let name = TranscriptFileName.of(transcript.model)
      if let other = lower.updateValue(transcript.model, forKey: name.lowercased()) {
        throw CasesError.filesCollide(other, transcript.model, folder: folder)
      }
      add(
        "transcripts/\(name)",
        transcript.responses.map { $0.line(to: asked[$0.prompt] ?? transcript.echo(of: $0.prompt)) }.joined(),
        count: transcript.responses.count,
        model: transcript.model)
    }
    if !probes.isEmpty { add("probes.jsonl", probes.map(\.canonicalLine).joined(), count: probes.count) }
    let known = lineage.entries.keys.sorted()
    if let lineageTable {
      add("lineage.csv", lineageTable, count: transcripts.count)
    } else if !known.isEmpty {
      add("lineage.csv", lineage.csv, count: known.count)
    }
    // Names are looked at before the first file is written: half an export would look like a whole one.
    for transcript in transcripts where TranscriptFileName.of(transcript.model).utf8.count > TranscriptFileName.longest
    {
      throw FileError.nameTooLong(file: "\(folder)/\(TranscriptFileName.of(transcript.model))")
    }
    // The parent of a root is the root: there every file would lie among those of the system.
    if FileBytes.resolved(folder) == "/" {
      throw FileError.unwritable(file: folder, reason: "it is the root of all files: name a folder of its own")
    }
    for (file, text) in contents where FileBytes.exists(file.path) {
      guard try FileBytes.read(file.path) == Array(text.utf8) else {
        throw FileError.wouldOverwrite(file: file.path)
      }
    }
    for (file, text) in contents where !FileBytes.exists(file.path) { try FileBytes.create(text.utf8, at: file.path) }
    return contents.map(\.file)
  }
}

extension Transcript {
  /// nil also where few answers have some.
  fileprivate func echo(of prompt: PromptID) -> Probe? {
    2 * echoed.count < responses.count ? nil : echoed[prompt].map { Probe(id: prompt, prompt: $0) }
  }
}

/// The file's name of a model's transcript, and back: `/`, `%` and control characters are percent-encoded.
package enum TranscriptFileName {
  /// In bytes, the ending included: what the usual file systems take.
  static let longest = 255

  static func of(_ model: ModelID) -> String { stem(of: model) + ".jsonl" }

  /// The model's name as a name of a file or folder.
  package static func stem(of model: ModelID) -> String {
    var name = ""
    for (place, scalar) in model.rawValue.unicodeScalars.enumerated() {
      if scalar == "/" || scalar == "%" || scalar.value < 0x20 || (place == 0 && scalar == ".") {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        name += "%" + (digits.count < 2 ? "0" : "") + digits
      } else {
        name.unicodeScalars.append(scalar)
      }
    }
    return name
  }

  /// Decodes what `of` encodes, and nothing else.
  package static func decoded(_ stem: String) -> String {
    // By bytes: what follows an encoded sign may join with its last digit.
    let bytes = Array(stem.utf8)
    var name: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let digits = bytes[place...].dropFirst().prefix(2)
      if bytes[place] == UInt8(ascii: "%"), digits.count == 2,
        digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16),
        value < 0x20 || "/%.".utf8.contains(value)
      {
        name.append(value)
        place += 3
      } else {
        name.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: name, as: UTF8.self)
  }
}
