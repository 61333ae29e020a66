import Cases
import Formats

/// Records of a plain table of answers: one JSON object a line, a JSON list of them, or CSV with a header.
enum PlainRecords {
  static func jsonl(_ source: SourceFile, fields: ImportFields) throws -> ImportedFile {
    var found = ImportedFile(records: [])
    found.absent = try source.forEachRecord { record in
      for record in try records(record, fields) { try Self.add(record, of: source, fields: fields, to: &found) }
    }
    return found
  }

  /// Of a file of questions the prompts, by their names; what else stands there, such as reference answers, is left.
  static func questions(_ source: SourceFile, fields: ImportFields) throws -> [ImportRecord] {
    var found: [ImportRecord] = []
    _ = try source.forEachRecord { record in
      if let question = try question(fields.written(record), fields) { found.append(question) }
    }
    return found
  }

  /// nil for a record without the name of a prompt, or without its text.
  private static func question(_ record: SourceObject, _ fields: ImportFields) throws -> ImportRecord? {
    guard let id = try fields.field(.id, in: record).flatMap(record.name) else { return nil }
    let prompt = try fields.field(.prompt, in: record).flatMap { try asked(record, $0, fields) }
    guard var prompt = prompt ?? RecordedContent.turns(of: record)?.prompt else { return nil }
    try say(record, fields, in: &prompt)
    return .prompt(id: id, prompt, record.place)
  }

  static func csv(_ source: SourceFile, fields: ImportFields) throws -> ImportedFile {
    let file = source.file
    // A header of which no field is the answer's is not made of commas.
    let separator = CSVRows.separator(source.bytes) { fields.column(.text, in: fields.written($0)) != nil }
    let (names, rows) = try CSVRows.table(source.bytes, file: file, separator: separator)
    guard !names.isEmpty else { throw CasesError.emptyTranscript(file: file) }
    let header = fields.written(names)
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
        try Self.add(record, of: source, fields: fields, to: &found)
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
    _ record: SourceObject, of source: SourceFile, fields: ImportFields, to found: inout ImportedFile
  ) throws {
    func field(_ role: ImportFields.Role) -> String? { fields.field(role, in: record) }
    if !fields.isChosen(.text), let other = ImportFormat.shown(by: record) {
      throw record.place.error(.otherFormat(other))
    }
    if record["done"]?.bool == false || record["object"]?.string?.hasSuffix(".chunk") == true, !fields.isChosen(.text) {
      throw record.place.error(.streamPiece)
    }
    let recorded = try RecordedContent(record, fields: fields)
    if let words = failure(record), recorded?.answers.allSatisfy({ $0.words.isEmpty && $0.others.isEmpty }) != false {
      return found.records.append(.skipped(SkippedRecord(record.place, .error, detail: words)))
    }
    guard let recorded else {
      if QuestionFile.isOne(source.file), let question = try question(record, fields) {
        return found.records.append(question)
      }
      throw record.place.error(
        .answerFieldMissing(expected: fields.names(of: .text), found: record.members.keys.sorted()))
    }
    var prompt = try field(.prompt).flatMap { try asked(record, $0, fields) } ?? recorded.prompt
    if var asked = prompt {
      try say(record, fields, in: &asked)
      prompt = asked
    }
    for role in ImportFields.Role.allCases where role != .text {
      if let field = field(role), record.value(at: field) != nil { found.taken[role, default: []].insert(field) }
    }
    if !recorded.isQuestion { found.taken[.text, default: []].insert(recorded.field) }
    if prompt != nil, field(.prompt) == nil {
      found.taken[.prompt, default: []].insert(recorded.promptField ?? recorded.field)
    }
    // A number that was too long to be read whole stands for others too; the text names the prompt as well.
    let id = try field(.id).flatMap { name in
      let isLost = record.value(at: name).map { $0.number != nil && $0.integer == nil } == true
      return isLost && prompt != nil ? try? record.name(name) : try record.name(name)
    }
    if recorded.isQuestion {
      if let id, let prompt { found.records.append(.prompt(id: id, prompt, record.place)) }
      return
    }
    let sample = try field(.sample).flatMap(record.integer)
    guard Limits.sampleNumber.contains(sample ?? 0) else { throw record.place.error(.sampleOutOfRange) }
    let model =
      try field(.model).flatMap { record.value(at: $0)?.string == "" ? nil : try record.name($0) } ?? source.model
    // What answers a conversation answers no prompt; a name may stand for the conversation.
    if prompt == nil, id == nil,
      recorded.isOfConversation || field(.prompt).flatMap({ record.value(at: $0)?.array }) != nil
    {
      return found.records.append(.skipped(SkippedRecord(record.place, .laterTurn)))
    }
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

  /// What else a record says of a question.
  private static func say(_ record: SourceObject, _ fields: ImportFields, in prompt: inout ImportedPrompt) throws {
    let field = fields.field(.prompt, in: record)
    // Alpaca's records have the matter of an instruction apart from it.
    if field == "instruction", let input = record["input"]?.string, !input.isEmpty {
      prompt = ImportedPrompt(system: prompt.system, text: prompt.text + "\n\n" + input)
    }
    if let field = fields.field(.system, in: record), let value = record.value(at: field) {
      guard let system = ChatMessages.text(value) else {
        throw record.place.error(.wrongType(field: field, expected: "a text"))
      }
      if !system.isEmpty { prompt.system = system }
    }
    prompt.category = fields.field(.category, in: record).flatMap { record.value(at: $0)?.string }
    prompt.language = fields.field(.language, in: record).flatMap { record.value(at: $0)?.string }
    if field.map(record.value(at:))??.string != nil { prompt.beside = beside(record, field) }
  }

  /// Passages, matter and options that belong to a question and are not read, for how they were put to the model is not said.
  private static func beside(_ record: SourceObject, _ prompt: String?) -> [String: JSONValue] {
    let texts = ["context", "passage"] + (prompt == "instruction" ? [] : ["input"])
    var found = record.members.filter { name, value in
      texts.contains(name) && name != prompt && (value.string ?? value.array?.first?.string) != nil
    }
    for name in ["options", "choices"] {
      if let options = record[name], options.object != nil || options.array?.first?.string != nil {
        found[name] = options
      }
    }
    return found
  }

  /// The words of an error that stands in a record, where there are some.
  private static func failure(_ record: SourceObject) -> String? {
    guard let error = record["error"] else { return nil }
    let words = error.string ?? error["message"]?.string ?? (error.object?.isEmpty == false ? error.canonical : nil)
    return words.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A text, or the messages of a chat; nil for a conversation.
  private static func asked(
    _ record: SourceObject, _ field: String, _ fields: ImportFields
  ) throws -> ImportedPrompt? {
    if let messages = record.value(at: field)?.array, !messages.isEmpty,
      messages.allSatisfy({ $0["role"]?.string != nil || $0["from"]?.string != nil })
    {
      var said = messages.map(RecordedContent.message)
      // The conversation may be written down with the answer, which stands apart from it as well.
      if let last = said.last, last["role"]?.string == "assistant", let text = ChatMessages.text(last["content"]),
        fields.names(of: .text).contains(where: { record.value(at: $0)?.string == text })
      {
        said.removeLast()
      }
      return ChatMessages.prompt(said)
    }
    // Of a conversation it is read where the answer is.
    if field == "messages", !fields.isChosen(.prompt) { return nil }
    if let messages = record.value(at: field)?["messages"]?.array { return ChatMessages.prompt(messages) }
    return try record.string(field).map { ImportedPrompt(text: $0) }
  }

  /// Whether the tool says that it answered from a cache.
  private static func isCopy(_ record: SourceObject) -> Bool {
    ["cached", "from_cache", "cache_hit"].contains {
      // Sheets, and tools written in Python, have the word.
      record[$0]?.bool == true || record[$0]?.string?.lowercased() == "true"
    }
  }

  /// Tokens with their log-probabilities; numbers of another shape are no part of the answer, and left where they are.
  private static func tokens(_ record: SourceObject) -> [TokenLogprob]? {
    guard let list = record["logprobs"]?.array ?? record["logprobs"]?["content"]?.array else { return nil }
    let tokens = list.compactMap(TokenLogprob.init(json:))
    return tokens.count == list.count ? tokens : nil
  }
}
