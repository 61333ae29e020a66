import Formats

/// Names of the fields of a plain table, and paths to them where they stand deeper.
package struct ImportFields: Hashable, Sendable {
  package enum Role: String, CaseIterable, Hashable, Sendable {
    case id, prompt, system, text, sample, model, category, language
  }

  private var chosen: [Role: String] = [:]
  /// What is not read, for it is told otherwise.
  private var ignored: Set<Role> = []

  /// - Parameter chosen: a field's name, or a path such as `choices.0.turns.0`, for each role where the usual ones do not fit.
  package init(_ chosen: [Role: String] = [:]) { self.chosen = chosen }

  private static let usual: [Role: [String]] = [
    .id: ["prompt_id", "id", "question_id", "uid", "custom_id", "session_id", "doc_id", "idx", "instance_id"],
    .prompt: [
      "prompt", "instruction", "question", "input", "query", "origin_prompt", "user_prompt", "problem", "inputs",
      "messages",
    ],
    .system: ["system", "system_prompt"],
    .text: [
      "text", "response", "output", "outputs", "completion", "prediction", "generation", "model_output",
      "model_outputs",
      "model_response", "generated_text", "predicted_text", "predict", "reply", "raw_output", "answer",
    ],
    .sample: ["sample"], .model: ["model", "generator", "model_id", "model_name"], .category: ["category"],
    .language: ["language"],
  ]

  func names(of role: Role) -> [String] {
    ignored.contains(role) ? [] : chosen[role].map { [$0] } ?? Self.usual[role] ?? []
  }

  func ignoring(_ role: Role) -> ImportFields {
    var fields = self
    fields.ignored.insert(role)
    return fields
  }

  /// The first role, in their order, whose field was named by who knows the file and is not among those that were found.
  func missing(in taken: [Role: Set<String>]) -> (role: Role, name: String)? {
    Role.allCases.lazy.compactMap { role in
      // Where an answer is missing, its record says so.
      guard role != .text, let name = chosen[role], !ignored.contains(role), taken[role]?.contains(name) != true else {
        return nil
      }
      return (role, name)
    }.first
  }

  /// Whether the field of a role was named by who knows the file.
  func isChosen(_ role: Role) -> Bool { chosen[role] != nil }

  /// Names as the usual ones are written, where they are one of them but for capitals, spaces and hyphens, as sheets have them; what two
  /// of them would be called stays as it is, for one would hide the other.
  func written(_ names: [String]) -> [String] {
    let known = Set(Role.allCases.flatMap { self.names(of: $0) })
    let usual = names.map { name in
      known.contains(name)
        ? name : name.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }.joined(separator: "_")
    }
    let counts = Dictionary(usual.map { ($0, 1) }, uniquingKeysWith: +)
    return zip(names, usual).map { known.contains($1) && counts[$1] == 1 ? $1 : $0 }
  }

  /// The record with its fields so written.
  func written(_ record: SourceObject) throws -> SourceObject {
    let names = record.members.keys
    guard names.contains(where: { $0.utf8.contains { (0x41...0x5A).contains($0) || $0 == 0x20 || $0 == 0x2D } }) else {
      return record
    }
    let members = record.members.sorted { $0.key < $1.key }
    let pairs = zip(written(members.map(\.key)), members.map(\.value)).map { ($0, $1) }
    return try SourceObject(.object(Dictionary(firstOf: pairs)), at: record.place)
  }

  /// The first name of the role that is there.
  func column(_ role: Role, in names: [String]) -> String? { self.names(of: role).first(where: names.contains) }

  /// The first field of the role that a record has.
  func field(_ role: Role, in record: SourceObject) -> String? {
    names(of: role).first { isChosen(role) ? record.value(at: $0) != nil : record.members[$0] != nil }
  }

  /// The field of the answer.
  ///
  /// - Throws: `ImportDefect.ambiguousAnswer` where several fields could be it and differ: the reference answer of a data set is
  ///   no answer of a model.
  func answerField(in record: SourceObject) throws -> String? {
    if isChosen(.text) {
      return names(of: .text).first { record.value(at: $0) != nil || record.isNull(at: $0) }
    }
    let there = names(of: .text).filter { record[$0] != nil }
    guard Set(there.compactMap { record[$0] }).count <= 1 else {
      throw record.place.error(.ambiguousAnswer(there))
    }
    if let field = there.first {
      let others = OtherAnswers.names(in: record, beside: field)
      guard others.isEmpty else { throw record.place.error(.ambiguousAnswer(others + [field])) }
    }
    return there.first ?? names(of: .text).first { record.members[$0] != nil }
  }
}
