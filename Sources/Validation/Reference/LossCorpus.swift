import Cases
package import Formats
package import Likelihood

/// A table of losses: what suspects of known base, and mostly of known teacher, lose on answers of candidates.
///
/// JSONL, plain or gzip, one line for each suspect, set of prompts and candidate:
/// `{"suspect","base","kind","teacher","candidate","prompts","difference":[…]}`. `difference` is the mean loss of the suspect
/// on each answer less that of its base, nats a token: the lower, the further the suspect moved towards the candidate. An
/// empty `teacher` says that none is documented; lines of `kind` "open question" are told, and nothing is learned from them.
package struct LossCorpus: Sendable {
  package let rows: [ReferenceGains]
  /// Of which no truth is known.
  package let undocumented: [ReferenceGains]
  package let digest: Digest

  package init(rows: [ReferenceGains], undocumented: [ReferenceGains] = [], digest: Digest) {
    self.rows = rows
    self.undocumented = undocumented
    self.digest = digest
  }

  /// What a line says that no other may say otherwise.
  private struct Key: Hashable {
    let suspect: String
    let base: String
    let prompts: String
  }

  private struct Row {
    let line: Int
    let teacher: String
    let isOpen: Bool
    var gains: [ModelID: [Double]]
  }

  /// - Throws: `FileError`; `FittingError.losses` for a line that says nothing usable.
  package static func read(file: String) throws -> LossCorpus {
    let bytes = try FileBytes.read(file)
    return try parse(Gzip.inflateIfNeeded(bytes, file: file), file: file)
  }

  /// - Parameter file: names the text in errors.
  package static func parse(_ bytes: [UInt8], file: String) throws -> LossCorpus {
    var order: [Key] = []
    var found: [Key: Row] = [:]
    try JSONLines(file: file, bytes: bytes).forEachValue { value, line in
      func defect(_ defect: LossDefect) -> FittingError { .losses(file: file, line: line, defect) }
      func text(_ name: String) throws -> String {
        if let text = value[name]?.string { return text }
        throw FileError.defectiveLine(file: file, line: line, .missing(field: name))
      }
      let candidate = ModelID(try text("candidate"))
      let suspect = try text("suspect")
      guard let base = value["base"]?.string, !base.isEmpty else { throw defect(.noBase(suspect: ModelID(suspect))) }
      guard let list = value["difference"]?.array, !list.isEmpty else { throw defect(.noAnswers(of: candidate)) }
      let numbers = list.map(\.number)
      if let place = numbers.firstIndex(where: { $0.map { !$0.isFinite } ?? true }) {
        throw defect(.notANumber(of: candidate, place: place + 1))
      }
      let key = Key(suspect: suspect, base: base, prompts: try text("prompts"))
      let teacher = value["teacher"]?.string ?? ""
      let isOpen = value["kind"]?.string == "open question"
      var row = found[key] ?? Row(line: line, teacher: teacher, isOpen: isOpen, gains: [:])
      if found[key] == nil { order.append(key) }
      guard row.teacher == teacher, row.isOpen == isOpen else { throw defect(.otherThanBefore(firstLine: row.line)) }
      guard row.gains[candidate] == nil else { throw defect(.repeated(candidate)) }
      if let others = row.gains.values.first?.count, others != list.count {
        throw defect(.unequal(of: candidate, found: list.count, expected: others))
      }
      // A loss is the negative of a log-likelihood.
      row.gains[candidate] = numbers.compactMap { $0.map { -$0 } }
      found[key] = row
    }
    func rows(isOpen: Bool) throws -> [ReferenceGains] {
      try order.compactMap { key in
        guard let row = found[key], row.isOpen == isOpen else { return nil }
        guard row.gains.count > ReferenceScore.minimumOthers else {
          throw FittingError.losses(
            file: file, line: row.line, .tooFewCandidates(row.gains.count, needed: ReferenceScore.minimumOthers + 1))
        }
        return ReferenceGains(
          suspect: ModelID(key.suspect), base: key.base, teacher: row.teacher.isEmpty ? nil : ModelID(row.teacher),
          prompts: key.prompts, gains: row.gains)
      }
    }
    let corpus = LossCorpus(
      rows: try rows(isOpen: false), undocumented: try rows(isOpen: true), digest: Digest(of: bytes))
    guard !corpus.rows.isEmpty else { throw FittingError.noLosses(file: file) }
    return corpus
  }
}
