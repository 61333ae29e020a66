import Cases
import Formats

/// Records of a plain table of answers: one JSON object a line, a JSON list of them, or CSV with a header.
enum PlainRecords {
  static func jsonl(_ source: SourceFile, fields: ImportFields) throws -> ImportedFile {
    let name = TranscriptReader.modelName(ofFile: source.file)?.rawValue
    var found = ImportedFile(records: [])
    found.absent = try source.forEachRecord { record in
      for record in try records(record, fields) { try Self.add(record, fields: fields, fileName: name, to: &found) }
    }
    Configurations(found.records).tellApart(&found.records)
    return found
  }

  static func csv(_ source: SourceFile, fields: ImportFields) throws -> ImportedFile {
    let file = source.file
    // A header of which no field is the answer's is not made of commas.
    let separator = CSVRows.separator(source.bytes) { fields.column(.text, in: fields.written($0)) != nil }
    let (names, rows) = try CSVRows.table(source.bytes, file: file, separator: separator)
    guard !names.isEmpty else { throw CasesError.emptyTranscript(file: file) }
    let header = fields.written(names)
    var name = file.unicodeScalars.split(separator: "/").last.map(String.init) ?? file
    for ending in [".gz", ".csv", ".tsv", ".txt"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    let sampleColumn = fields.column(.sample, in: header)
    let textColumns = Set(fields.names(of: .text))
    var found = ImportedFile(records: [])
    // Spreadsheets write rows, and cells at the end of rows, in which there is nothing.
    for row in rows where !row.fields.allSatisfy(\.isEmpty) {
      let place = SourcePlace(file: file, spot: .line(row.line))
      let isLonger = row.fields.count > header.count && row.fields[header.count...].allSatisfy(\.isEmpty)
      guard row.fields.count == header.count || isLonger else {
        throw place.error(.fieldsUnequal(found: row.fields.count, expected: header.count))
      }
      var members: [String: JSONValue] = [:]
      for (column, field) in zip(header, row.fields) {
        // An empty cell is an empty answer, and no value at all elsewhere.
        if column == sampleColumn, !field.isEmpty {
          // Tables with a gap in a column have its numbers as fractions.
          guard let number = Int(field) ?? Double(field).flatMap({ Int(exactly: $0) }) else {
            throw place.error(.wrongType(field: column, expected: "a whole number"))
          }
          members[column] = .integer(number)
        } else if !field.isEmpty || textColumns.contains(column) {
          members[column] = .string(field)
        }
      }
      for record in try records(SourceObject(.object(members), at: place), fields) {
        try Self.add(record, fields: fields, fileName: name, to: &found)
      }
    }
    return found
  }

  /// The record, or those that stand in it where it has no answer of its own.
  private static func records(_ whole: SourceObject, _ fields: ImportFields) throws -> [SourceObject] {
    let record = try fields.written(whole)
    // A table by columns has the answers' name too, with all of them under it.
    if let rows = try WrappedRecords.columns(record) { return rows }
    guard fields.field(.text, in: record) == nil, ImportFormat.shown(by: record) == nil,
      try RecordedContent(record, fields: fields) == nil
    else { return [record] }
    if let known = try KnownRecords.plain(record) { return known }
    guard let inner = try WrappedRecords.records(of: record) else { return [record] }
    return try inner.flatMap { try KnownRecords.plain($0) ?? [fields.written($0)] }
  }

  /// - Parameter found: gets the record's answers, and the fields that they were read from.
  private static func add(
    _ record: SourceObject, fields: ImportFields, fileName: String?, to found: inout ImportedFile
  ) throws {
    func field(_ role: ImportFields.Role) -> String? { fields.field(role, in: record) }
    if !fields.isChosen(.text), let other = ImportFormat.shown(by: record) {
      throw record.place.error(.otherFormat(other))
    }
    let recorded = try RecordedContent(record, fields: fields)
    guard let recorded else {
      throw record.place.error(
        .answerFieldMissing(expected: fields.names(of: .text), found: record.members.keys.sorted()))
    }
    var prompt = try field(.prompt).flatMap { try asked(record, $0, fields) } ?? recorded.prompt
    // Alpaca's records have the matter of an instruction apart from it.
    if field(.prompt) == "instruction", let input = record["input"]?.string, !input.isEmpty {
      prompt = prompt.map { ImportedPrompt(text: $0.text + "\n\n" + input) }
    }
    if let system = try field(.system).flatMap(record.string) { prompt?.system = system }
    prompt?.category = try field(.category).flatMap(record.string)
    prompt?.language = try field(.language).flatMap(record.string)
    for role in ImportFields.Role.allCases where role != .text {
      if let field = field(role), record.value(at: field) != nil { found.taken[role, default: []].insert(field) }
    }
    found.taken[.text, default: []].insert(recorded.field)
    if prompt != nil, field(.prompt) == nil {
      found.taken[.prompt, default: []].insert(recorded.promptField ?? recorded.field)
    }
    let id = try field(.id).flatMap(record.name)
    if recorded.isQuestion {
      if let id, let prompt { found.records.append(.prompt(id: id, prompt, record.place)) }
      return
    }
    let sample = try field(.sample).flatMap(record.integer)
    guard Limits.sampleNumber.contains(sample ?? 0) else { throw record.place.error(.sampleOutOfRange) }
    let model = try field(.model).flatMap(record.name) ?? fileName
    for reason in recorded.leftOut { found.records.append(.skipped(SkippedRecord(record.place, reason))) }
    let tokens = tokens(record)
    for (place, said) in recorded.answers.enumerated() {
      found.records.append(
        .answer(
          ImportedAnswer(
            model: model, promptID: id, prompt: prompt, sample: sample.map { $0 * recorded.answers.count + place },
            said: said, tokens: recorded.answers.count == 1 ? tokens : nil,
            // Several are samples of one response, whatever it was answered from.
            isCached: recorded.answers.count == 1 && isCopy(record),
            record: record.members, place: record.place)
        ))
    }
  }

  /// A text, or the messages of a chat; nil for a conversation.
  private static func asked(
    _ record: SourceObject, _ field: String, _ fields: ImportFields
  ) throws -> ImportedPrompt? {
    if let messages = record.value(at: field)?.array, !messages.isEmpty,
      messages.allSatisfy({ $0["role"]?.string != nil || $0["from"]?.string != nil })
    {
      return ChatMessages.prompt(messages.map(RecordedContent.message))
    }
    // Of a conversation it is read where the answer is.
    if field == "messages", !fields.isChosen(.prompt) { return nil }
    if let messages = record.value(at: field)?["messages"]?.array { return ChatMessages.prompt(messages) }
    return try record.string(field).map { ImportedPrompt(text: $0) }
  }

  /// Whether the tool says that it answered from a cache.
  private static func isCopy(_ record: SourceObject) -> Bool {
    ["cached", "from_cache", "cache_hit"].contains { record[$0]?.bool == true }
  }

  /// Tokens with their log-probabilities; numbers of another shape are no part of the answer, and left where they are.
  private static func tokens(_ record: SourceObject) -> [TokenLogprob]? {
    guard let list = record["logprobs"]?.array ?? record["logprobs"]?["content"]?.array else { return nil }
    let tokens = list.compactMap(TokenLogprob.init(json:))
    return tokens.count == list.count ? tokens : nil
  }
}
