import Formats

/// Records of a plain table of answers: one JSON object a line, or CSV with a header.
enum PlainRecords {
  static func jsonl(_ bytes: [UInt8], file: String, fields: ImportFields) throws -> [ImportRecord] {
    let name = TranscriptReader.modelName(ofFile: file)?.rawValue
    var records: [ImportRecord] = []
    try JSONLines(file: file, bytes: bytes).forEachValue { value, line in
      let record = try SourceObject(value, at: SourcePlace(file: file, spot: .line(line)))
      records.append(try self.record(record, fields: fields, fileName: name))
    }
    return records
  }

  static func csv(_ bytes: [UInt8], file: String, fields: ImportFields) throws -> [ImportRecord] {
    let (header, rows) = try CSVRows.table(bytes, file: file)
    guard !header.isEmpty else { throw CasesError.emptyTranscript(file: file) }
    var name = file.split(separator: "/").last.map(String.init) ?? file
    for ending in [".gz", ".csv"] where name.hasSuffix(ending) { name = String(name.dropLast(ending.count)) }
    let sampleColumn = fields.column(.sample, in: header)
    let textColumn = fields.column(.text, in: header)
    return try rows.map { row in
      let place = SourcePlace(file: file, spot: .line(row.line))
      guard row.fields.count == header.count else {
        throw place.error(.fieldsUnequal(found: row.fields.count, expected: header.count))
      }
      var members: [String: JSONValue] = [:]
      for (column, field) in zip(header, row.fields) {
        // An empty cell is an empty answer, and no value at all elsewhere.
        if column == sampleColumn, !field.isEmpty {
          guard let number = Int(field) else {
            throw place.error(.wrongType(field: column, expected: "a whole number"))
          }
          members[column] = .integer(number)
        } else if !field.isEmpty || column == textColumn {
          members[column] = .string(field)
        }
      }
      return try record(SourceObject(.object(members), at: place), fields: fields, fileName: name)
    }
  }

  private static func record(
    _ record: SourceObject, fields: ImportFields, fileName: String?
  ) throws -> ImportRecord {
    let names = Array(record.members.keys)
    func column(_ role: ImportFields.Role) -> String? { fields.column(role, in: names) }
    guard let textColumn = column(.text) else {
      throw record.place.error(.missing(field: fields.names(of: .text).joined(separator: " or ")))
    }
    guard let text = try record.string(textColumn) else { return .skipped(SkippedRecord(record.place, .noAnswer)) }
    var prompt = try column(.prompt).flatMap(record.string).map { ImportedPrompt(text: $0) }
    prompt?.system = try column(.system).flatMap(record.string)
    prompt?.category = try column(.category).flatMap(record.string)
    prompt?.language = try column(.language).flatMap(record.string)
    let sample = try column(.sample).flatMap(record.integer)
    guard Limits.sampleNumber.contains(sample ?? 0) else { throw record.place.error(.sampleOutOfRange) }
    return .answer(
      ImportedAnswer(
        model: try column(.model).flatMap(record.name) ?? fileName, promptID: try column(.id).flatMap(record.name),
        prompt: prompt, sample: sample, text: text, tokens: try tokens(record),
        reasoning: try record.string("reasoning"), place: record.place))
  }

  private static func tokens(_ record: SourceObject) throws -> [TokenLogprob]? {
    try record.array("logprobs")?.map { value in
      guard let token = TokenLogprob(json: value) else {
        throw record.place.error(.wrongType(field: "logprobs", expected: "a list of objects with a token"))
      }
      return token
    }
  }
}

/// Names of the fields of a plain table.
package struct ImportFields: Hashable, Sendable {
  package enum Role: String, CaseIterable, Hashable, Sendable {
    case id, prompt, system, text, sample, model, category, language
  }

  private var chosen: [Role: String] = [:]

  /// - Parameter chosen: a field's name for each role where the usual ones do not fit.
  package init(_ chosen: [Role: String] = [:]) { self.chosen = chosen }

  private static let usual: [Role: [String]] = [
    .id: ["prompt_id", "id", "question_id"], .prompt: ["prompt", "instruction", "question"], .system: ["system"],
    .text: ["text", "response", "output", "completion", "answer"], .sample: ["sample"],
    .model: ["model", "generator", "model_id"], .category: ["category"], .language: ["language"],
  ]

  func names(of role: Role) -> [String] { chosen[role].map { [$0] } ?? Self.usual[role] ?? [] }

  /// The first name of the role that is there.
  func column(_ role: Role, in names: [String]) -> String? { self.names(of: role).first(where: names.contains) }
}
