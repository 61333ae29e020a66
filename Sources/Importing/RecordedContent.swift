import Cases
import Formats

/// Where a record of a plain table has its answer, and what stands there: a text, a list of samples, choices, a conversation.
struct RecordedContent {
  private(set) var answers: [SpokenContent] = []
  /// Why something of the record was left out, once for each.
  private(set) var leftOut: [SkippedRecord.Reason] = []
  /// Path of the field that the answer was taken from.
  private(set) var field: String
  /// What was asked, where it stands with the answer in one conversation.
  private(set) var prompt: ImportedPrompt?
  private(set) var promptField: String?
  /// The record asks and holds no answer: a file of questions.
  private(set) var isQuestion = false
  /// The answer stands in a conversation, and answers what was said before it.
  private(set) var isOfConversation = false

  /// Fields beside the answer that belong to the same message.
  private static let messageFields = SpokenContent.thoughtFields + ["tool_calls", "function_call", "refusal"]
  static let conversations = ["messages", "conversations", "conversation"]

  /// - Returns: nil for a record without a field that could hold an answer.
  /// - Throws: where several fields could be the answer, or where one holds something that is none.
  init?(_ record: SourceObject, fields: ImportFields) throws {
    if let field = try fields.answerField(in: record) {
      self.field = field
      if let asked = Self.turns(of: record) { (prompt, promptField) = (asked.prompt, asked.field) }
      try read(record.value(at: field) ?? .null, of: record)
    } else if fields.isChosen(.text) {
      return nil
    } else if let choices = record["choices"]?.array {
      field = "choices"
      try read(choices: choices, of: record)
    } else if let name = Self.conversations.first(where: { record[$0]?.array != nil }), let list = record[name]?.array {
      field = name
      try read(conversation: list, of: record)
    } else if let asked = Self.turns(of: record) {
      (field, promptField) = (asked.field, asked.field)
      (prompt, isQuestion) = (asked.prompt, true)
    } else {
      return nil
    }
  }

  /// The first of the questions of a conversation that are listed apart from their answers, as texts or as objects with one.
  static func turns(of record: SourceObject) -> (prompt: ImportedPrompt, field: String, count: Int)? {
    for name in ["turns", "questions", "prompts"] {
      guard let list = record[name]?.array, let first = list.first else { continue }
      guard let text = first.string ?? ChatMessages.text(first["content"]) else { continue }
      return (ImportedPrompt(text: text), "\(name).0", list.count)
    }
    return nil
  }

  private mutating func read(_ value: JSONValue, of record: SourceObject) throws {
    if case .array(let list) = value, let asked = Self.turns(of: record), asked.count > 1 {
      return try read(turns: list, of: record)
    }
    switch value {
    case .null: leftOut.append(.noAnswer)
    case .object where value["choices"]?.array != nil:
      field += ".choices"
      try read(choices: value["choices"]?.array ?? [], of: record)
    case .object where value["output"]?.array?.contains { $0["type"]?.string != nil } == true:
      field += ".output"
      try add(SpokenContent(items: value["output"]?.array ?? []), of: record)
    case .string, .object: try add(value, of: record)
    case .array(let list) where list.isEmpty: leftOut.append(.noAnswer)
    case .array(let list) where list.contains { $0["role"]?.string != nil || $0["from"]?.string != nil }:
      try read(conversation: list, of: record)
    case .array(let list) where list.contains(where: OtherAnswers.isChoice): try read(choices: list, of: record)
    case .array(let list) where list.contains { $0["type"]?.string != nil }: try add(value, of: record)
    case .array(let list):
      // A list of texts, or of objects with one, holds as many samples.
      for sample in list { sample == .null ? leftOut.append(.noAnswer) : try add(sample, of: record) }
    case .integer, .number, .bool: leftOut.append(.notText)
    }
  }

  /// Answers to several questions: only the first answers a prompt alone. Where each is a list of its own, they are samples.
  private mutating func read(turns list: [JSONValue], of record: SourceObject) throws {
    let samples = list.compactMap(\.array)
    let isOfSamples = !list.isEmpty && samples.count == list.count
    field += isOfSamples ? ".0.0" : ".0"
    for answers in isOfSamples ? samples : [list] {
      if let first = answers.first, first != .null { try add(first, of: record) } else { leftOut.append(.noAnswer) }
      if answers.count > 1 { leftOut.append(.laterTurn) }
    }
  }

  private mutating func add(_ content: JSONValue, of record: SourceObject) throws {
    // What a tracer writes down is the message itself.
    if content["role"]?.string != nil, content["content"] != nil {
      return try add(SpokenContent(message: content), of: record)
    }
    var message = record.members.filter { Self.messageFields.contains($0.key) }
    message["content"] = content
    try add(SpokenContent(message: .object(message)), of: record)
  }

  private mutating func add(_ said: SpokenContent, of record: SourceObject) throws {
    // A number or the like, which the tool made of the answer.
    if said.isOtherThanText, said.others == ["content"] { return leftOut.append(.notText) }
    if said.isOtherThanText, !said.others.contains("tool_call"), !said.others.contains("image"),
      !said.others.contains("audio")
    {
      throw record.place.error(.wrongType(field: field, expected: "a text, a list of texts, or parts of a message"))
    }
    said.isOtherThanText ? leftOut.append(.otherThanText) : answers.append(said)
  }

  /// Choices of FastChat (`turns`), of chats (`message`) and of completions (`text`): each is a sample.
  private mutating func read(choices: [JSONValue], of record: SourceObject) throws {
    if choices.isEmpty { leftOut.append(.noAnswer) }
    let path = field
    for choice in choices {
      if let turns = choice["turns"]?.array {
        field = "\(path).0.turns.0"
        guard let first = turns.first, first != .null else {
          leftOut.append(.noAnswer)
          continue
        }
        // Arena-hard writes the length of a turn beside its text.
        try add(first["role"] == nil ? first["content"] ?? first : first, of: record)
        if turns.count > 1 { leftOut.append(.laterTurn) }
      } else if let message = choice["message"], message.object != nil {
        field = "\(path).0.message"
        let said = SpokenContent(message: message)
        Withholding.isIn(choice, said) ? leftOut.append(.withheld) : try add(said, of: record)
      } else if let text = choice["text"]?.string {
        field = "\(path).0.text"
        try add(.string(text), of: record)
      } else if let reason = choice["finish_reason"]?.string {
        leftOut.append(FilterWord.isOne(reason) ? .withheld : .noAnswer)
      } else {
        throw record.place.error(
          .wrongType(field: "choices", expected: "a list of objects with turns, message or text"))
      }
    }
  }

  /// The first answer of a conversation, and what was asked before it; later turns answer more than one prompt.
  private mutating func read(conversation list: [JSONValue], of record: SourceObject) throws {
    let messages = list.map(Self.message)
    guard let place = messages.firstIndex(where: { $0["role"]?.string == "assistant" }) else {
      (prompt, promptField) = (ChatMessages.prompt(messages), field)
      isQuestion = prompt != nil
      if !isQuestion { leftOut.append(.noAnswer) }
      return
    }
    (prompt, promptField) = (ChatMessages.prompt(Array(messages[..<place])), field)
    field += ".\(place).content"
    isOfConversation = true
    try add(SpokenContent(message: messages[place]), of: record)
    if messages[place...].count(where: { $0["role"]?.string == "assistant" }) > 1 { leftOut.append(.laterTurn) }
  }

  /// ShareGPT has `from` and `value`, OpenCompass `role` in capitals and `prompt`, other tools `role` and `content`.
  static func message(_ value: JSONValue) -> JSONValue {
    guard case .object(var members) = value, let role = (members["from"] ?? members["role"])?.string else {
      return value
    }
    let names = [
      "human": "user", "gpt": "assistant", "chatgpt": "assistant", "model": "assistant", "bot": "assistant",
    ]
    members["role"] = .string(names[role.lowercased()] ?? role.lowercased())
    members["content"] = members["content"] ?? members["value"] ?? members["prompt"]
    return .object(members)
  }
}
