import Formats

/// Reads a lineage table: CSV (RFC 4180) with a header, also as spreadsheets write it: with semicolons or tabs, in UTF-16, with
/// capitals in the names of columns and empty rows. The columns `model`, `developer`, `base_model`, `family` and
/// `trained_on_outputs_of` (names separated by `;`) are used, of which only `model` must be there. The words of `case.yaml` for
/// the same, `base` and `trained_on`, are taken too. White space around a cell is no part of it, and each name of a developer, a
/// base model and a family is spelled in one way afterwards.
package enum LineageReader {
  /// - Parameter corpus: where the table has a column `corpus`, only rows with this value; nil takes all.
  /// - Throws: `CasesError.unknownCorpus` if no row has it: a name that was mistyped would leave every model unknown.
  package static func read(file: String, corpus: String? = nil) throws -> Lineage {
    try parse(FileBytes.read(file), file: file, corpus: corpus)
  }

  package static func parse(_ bytes: [UInt8], file: String, corpus: String? = nil) throws -> Lineage {
    let text = try TextEncoding.shown(by: bytes, file: file)
    let separator = CSVRows.separator(text) { $0.contains { Self.written($0) == "model" } }
    let (header, rows) = try CSVRows.table(text, file: file, separator: separator, written: Self.written)
    func column(_ name: String) -> Int? {
      header.firstIndex(of: name) ?? Self.otherNames[name].flatMap { header.firstIndex(of: $0) }
    }
    guard let model = column("model") else { throw CasesError.lineageColumnMissing(file: file, column: "model") }
    let corpusColumn = column("corpus")
    var entries: [ModelID: Lineage.Entry] = [:]
    var firstLine: [ModelID: Int] = [:]
    var others: [(ModelID, developer: String)] = []
    var corpora: Set<String> = []
    for row in rows {
      let fields = row.fields.map(\.withoutSpaceAround)
      // Spreadsheets write rows, and cells at the end of rows, in which there is nothing.
      if fields.allSatisfy(\.isEmpty) { continue }
      guard fields.count >= header.count, fields[header.count...].allSatisfy(\.isEmpty) else {
        throw CasesError.lineageRow(
          file: file, line: row.line, found: row.fields.count, expected: header.count)
      }
      func value(_ name: String) -> String? {
        column(name).map { fields[$0] }.flatMap { $0.isEmpty ? nil : $0 }
      }
      let id = ModelID(fields[model])
      let teachers = (value("trained_on_outputs_of") ?? "").split(separator: ";")
        .map { String($0).withoutSpaceAround }.filter { !$0.isEmpty }.map { ModelID($0) }
      if let nobody = teachers.first(where: Lineage.isNobody) {
        throw CasesError.lineageTeacherIsNobody(file: file, line: row.line, model: id, teacher: nobody)
      }
      if let developer = value("developer") { others.append((id, developer: developer)) }
      if let corpusColumn { corpora.insert(fields[corpusColumn]) }
      if let corpus, let corpusColumn, fields[corpusColumn] != corpus { continue }
      let entry = Lineage.Entry(
        developer: value("developer"), base: value("base_model"), family: value("family"),
        teachers: teachers)
      if let known = entries[id], known != entry, let first = firstLine[id] {
        throw CasesError.lineageConflict(file: file, line: row.line, model: id, firstLine: first)
      }
      entries[id] = entry
      firstLine[id] = firstLine[id] ?? row.line
    }
    if let corpus, corpusColumn != nil, !corpora.contains(corpus) {
      throw CasesError.unknownCorpus(corpus, file: file, known: corpora.subtracting([""]).sorted())
    }
    return Lineage(entries, others: others).withNamesSpelledAlike
  }

  /// What `case.yaml` calls a column.
  private static let otherNames = ["base_model": "base", "trained_on_outputs_of": "trained_on"]

  /// `Base Model` is `base_model`.
  private static func written(_ name: String) -> String {
    name.withoutSpaceAround.lowercased().split { $0 == " " || $0 == "-" || $0 == "_" }.joined(separator: "_")
  }
}
