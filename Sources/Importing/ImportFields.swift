import Formats

/// Names of the fields of a plain table, and paths to them where they stand deeper.
package struct ImportFields: Hashable, Sendable {
  package enum Role: String, CaseIterable, Hashable, Sendable {
    case id, prompt, system, text, sample, model, category, language
  }

  private var chosen: [Role: String] = [:]

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

  func names(of role: Role) -> [String] { chosen[role].map { [$0] } ?? Self.usual[role] ?? [] }

  /// Whether the field of a role was named by who knows the file.
  func isChosen(_ role: Role) -> Bool { chosen[role] != nil }

  /// A name as the usual ones are written, where it is one of them but for capitals, spaces and hyphens, as sheets have them.
  ///
  /// - Parameter names: all of the record; none of them is taken for another that is there.
  func written(_ name: String, among names: some Collection<String>) -> String {
    let known = Role.allCases.flatMap { self.names(of: $0) }
    guard !known.contains(name) else { return name }
    let words = name.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }.joined(separator: "_")
    return known.contains(words) && !names.contains(words) ? words : name
  }

  /// The record with its fields so written.
  func written(_ record: SourceObject) throws -> SourceObject {
    let names = record.members.keys
    guard names.contains(where: { $0.utf8.contains { (0x41...0x5A).contains($0) || $0 == 0x20 || $0 == 0x2D } }) else {
      return record
    }
    let pairs = record.members.sorted { $0.key < $1.key }.map { (written($0.key, among: names), $0.value) }
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
    if isChosen(.text) { return field(.text, in: record) }
    let there = names(of: .text).filter { record[$0] != nil }
    guard Set(there.compactMap { record[$0] }).count <= 1 else {
      throw record.place.error(.ambiguousAnswer(there))
    }
    return there.first ?? names(of: .text).first { record.members[$0] != nil }
  }
}
