import Formats

/// One model that a file has in several configurations: the same prompt answered under other settings. They are models of their
/// own; as samples of one they would speak of a mixture.
struct Configurations {
  private static let fields = ["temperature", "top_p", "config", "configuration", "settings", "variant", "run_config"]

  private struct Cell: Hashable {
    let model: String?
    let prompt: String?
    let field: String
  }

  private struct Divided: Hashable {
    let model: String?
    let field: String
  }

  private let divided: Set<Divided>

  init(_ records: [ImportRecord]) {
    var values: [Cell: Set<JSONValue>] = [:]
    var last: (place: SourcePlace, model: String?, prompt: String?)?
    for case .answer(let answer) in records {
      let prompt = answer.promptID ?? answer.prompt?.stableID
      // Of a record with many answers the settings are looked at once.
      if let last, last == (answer.place, answer.model, prompt) { continue }
      last = (answer.place, answer.model, prompt)
      for field in Self.fields {
        guard let value = answer.record?[field], value != .null else { continue }
        values[Cell(model: answer.model, prompt: prompt, field: field), default: []].insert(value)
      }
    }
    divided = Set(values.filter { $0.value.count > 1 }.keys.map { Divided(model: $0.model, field: $0.field) })
  }

  /// Names each configuration of a model that has several.
  func tellApart(_ records: inout [ImportRecord]) {
    guard !divided.isEmpty else { return }
    var last: (place: SourcePlace, model: String?, settings: [String])?
    for (place, record) in records.enumerated() {
      guard case .answer(var answer) = record else { continue }
      let isSame = last?.place == answer.place && last?.model == answer.model
      let settings = isSame ? last?.settings ?? [] : self.settings(of: answer)
      last = (answer.place, answer.model, settings)
      guard !settings.isEmpty, let model = answer.model else { continue }
      answer.model = "\(model) (\(settings.joined(separator: ", ")))"
      records[place] = .answer(answer)
    }
  }

  private func settings(of answer: ImportedAnswer) -> [String] {
    Self.fields.filter { divided.contains(Divided(model: answer.model, field: $0)) }
      .compactMap { field in answer.record?[field].map { "\(field) \($0.string ?? $0.canonical)" } }
  }
}
