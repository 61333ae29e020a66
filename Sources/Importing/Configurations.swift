import Formats

/// One model that files have in several configurations: the same prompt answered under other settings. They are models of their
/// own; as samples of one they would speak of a mixture.
struct Configurations {
  private static let sampling = ["temperature", "top_p", "reasoning_effort"]
  /// Of a whole that holds the settings these alone are looked at: a seed is another for each sample.
  private static let wholes = [
    "params", "parameters", "sampling_params", "generation_config", "gen_config", "generation_kwargs", "model_params",
  ]
  /// Paths of settings.
  private static let fields: [[String]] =
    (sampling + ["quantization", "provider", "config", "configuration", "settings", "variant", "run_config"])
    .map { [$0] } + wholes.flatMap { whole in sampling.map { [whole, $0] } }

  private struct Cell: Hashable {
    let model: String?
    let prompt: String?
    let field: [String]
  }

  private struct Divided: Hashable {
    let model: String?
    let field: [String]
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
        guard let value = Self.value(field, of: answer) else { continue }
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
    Self.fields.filter { divided.contains(Divided(model: answer.model, field: $0)) }.compactMap { field in
      Self.value(field, of: answer).map { "\(field.last ?? "") \($0.string ?? $0.canonical)" }
    }
  }

  /// nil for what is absent or null. A number is the same however it is written, in a cell of a sheet too.
  private static func value(_ field: [String], of answer: ImportedAnswer) -> JSONValue? {
    guard let whole = answer.record?[field[0]] else { return nil }
    guard let value = field.count > 1 ? whole[field[1]] : whole, value != .null else { return nil }
    let number = value.number ?? value.string.flatMap { Double($0) }
    return number.flatMap { $0.isFinite ? .number($0) : nil } ?? value
  }
}
