import Formats

/// A prompt with slots, from which private variants are made: a published probe can be trained for, a variant that was
/// drawn with a secret seed cannot.
///
/// `{"id","prompt","slots":{"thing":["a lamp", …], …}[,"system","category","language","samples","max_tokens",
/// "temperature","reads"]}`; `{thing}` stands for a value of the slot, `{{` and `}}` for braces.
package struct ProbeTemplate: Hashable, Sendable {
  package let id: String
  /// Text and slots in turn.
  fileprivate enum Piece: Hashable, Sendable {
    case text(String)
    case slot(String)
  }

  private let prompt: [Piece]
  private let system: [Piece]?
  /// In the order of their names.
  private let slots: [(name: String, values: [String])]
  private let sampling: Probe

  package static func == (a: Self, b: Self) -> Bool {
    a.id == b.id && a.prompt == b.prompt && a.system == b.system && a.sampling == b.sampling
      && a.slots.elementsEqual(b.slots) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }

  private static let keys = [
    "id", "prompt", "slots", "system", "category", "language", "samples", "max_tokens", "temperature", "reads",
  ]

  /// One template, or a list of them.
  ///
  /// - Throws: `CasesError` naming file and field.
  package static func read(file: String) throws -> [ProbeTemplate] { try parse(FileBytes.read(file), file: file) }

  package static func parse(_ bytes: [UInt8], file: String) throws -> [ProbeTemplate] {
    guard let document = JSONValue(parsing: bytes, upTo: .file) else {
      throw CasesError.template(file: file, .notJSON)
    }
    let values = document.array ?? [document]
    guard !values.isEmpty else { throw CasesError.template(file: file, .missing(field: "id")) }
    return try values.map { value in
      do {
        return try ProbeTemplate(value, file: file)
      } catch let defect as TemplateDefect {
        throw CasesError.template(file: file, defect)
      }
    }
  }

  private init(_ value: JSONValue, file: String) throws {
    guard let members = value.object else { throw TemplateDefect.notJSON }
    for key in members.keys.sorted() where !Self.keys.contains(key) {
      throw TemplateDefect.unknownKey(key, nearest: NearestWord.of(key, among: Self.keys))
    }
    func text(_ key: String) throws -> String {
      guard let value = members[key] else { throw TemplateDefect.missing(field: key) }
      guard let text = value.string, !text.isEmpty else {
        throw TemplateDefect.wrongType(field: key, expected: "text that is not empty")
      }
      return text
    }
    id = try text("id")
    let prompt = try Self.pieces(text("prompt"))
    let system = try members["system"] == nil ? nil : Self.pieces(text("system"))
    guard let given = members["slots"] else { throw TemplateDefect.missing(field: "slots") }
    guard let object = given.object, !object.isEmpty else {
      throw TemplateDefect.wrongType(field: "slots", expected: "an object of lists")
    }
    slots = try object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, list in
      (name, try Self.values(list, of: name))
    }
    let used = Set((prompt + (system ?? [])).compactMap { if case .slot(let name) = $0 { name } else { nil } })
    for name in used.sorted() where object[name] == nil { throw TemplateDefect.unknownSlot(name) }
    for slot in slots where !used.contains(slot.name) { throw TemplateDefect.unusedSlot(slot.name) }
    self.prompt = prompt
    self.system = system
    // The fields of a probe are read as those of a probe set are, with the same checks.
    var probe = members
    probe["slots"] = nil
    let line = JSONValue.object(probe).canonical
    guard let sampling = try ProbeSet.parse(Array(line.utf8), file: file).probes.first else {
      throw TemplateDefect.notJSON
    }
    self.sampling = sampling
  }

  private static func values(_ list: JSONValue, of name: String) throws -> [String] {
    guard let values = list.array?.compactMap(\.string), values.count == list.array?.count, !values.isEmpty else {
      throw TemplateDefect.wrongType(field: "slots.\(name)", expected: "a list of texts")
    }
    var known: Set<String> = []
    for value in values where !known.insert(value).inserted { throw TemplateDefect.repeatedValue(name, value) }
    return values
  }

  private static func pieces(_ text: String) throws -> [Piece] {
    var pieces: [Piece] = []
    var plain = ""
    var rest = text[...]
    while let mark = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      plain += rest[..<mark]
      let after = rest.index(after: mark)
      if after < rest.endIndex, rest[after] == rest[mark] {
        plain.append(rest[mark])
        rest = rest[rest.index(after: after)...]
        continue
      }
      guard rest[mark] == "{", let end = rest[after...].firstIndex(of: "}") else { throw TemplateDefect.loneBrace }
      if !plain.isEmpty { pieces.append(.text(plain)) }
      plain = ""
      pieces.append(.slot(String(rest[after..<end])))
      rest = rest[rest.index(after: end)...]
    }
    plain += rest
    if !plain.isEmpty { pieces.append(.text(plain)) }
    return pieces
  }
}

// MARK: - Variants

extension ProbeTemplate {
  /// How many different variants there are; at most `Int.max`.
  package var variants: Int {
    slots.reduce(1) { product, slot in
      let (value, overflow) = product.multipliedReportingOverflow(by: slot.values.count)
      return overflow ? .max : value
    }
  }

  /// Different variants, drawn with equal probability; the same seed draws the same ones on every machine. The seed
  /// is part of their names.
  ///
  /// - Throws: `CasesError` if there are fewer than `count`, or if two variants read alike.
  package func expand(seed: UInt64, count: Int, file: String) throws -> [Probe] {
    guard Limits.variants.contains(count), count <= variants else {
      throw CasesError.template(file: file, .tooFewVariants(template: id, available: variants, wanted: count))
    }
    var draws = Draws(seed: seed, template: id)
    // Floyd's algorithm: a sample without repetition takes a draw for each element, however many there are.
    var chosen: Set<Int> = []
    var order: [Int] = []
    for last in (variants - count)..<variants {
      let draw = draws.below(last + 1)
      let place = chosen.insert(draw).inserted ? draw : last
      if place == last { chosen.insert(last) }
      order.append(place)
    }
    let width = String(count).utf8.count
    var texts: [String: Int] = [:]
    return try order.sorted().enumerated().map { number, variant in
      let values = values(of: variant)
      let digits = String(number + 1)
      let text = Self.text(prompt, values)
      let asked = (system.map { Self.text($0, values) } ?? "") + "\u{0}" + text
      if texts.updateValue(variant, forKey: asked) != nil {
        throw CasesError.template(file: file, .variantsAlike(template: id, text))
      }
      return Probe(
        id: PromptID("\(id)-s\(seed)-\(String(repeating: "0", count: width - digits.utf8.count))\(digits)"),
        prompt: text, system: system.map { Self.text($0, values) }, category: sampling.category,
        language: sampling.language, samples: sampling.samples, maxTokens: sampling.maxTokens,
        temperature: sampling.temperature, reads: sampling.reads)
    }
  }

  private func values(of variant: Int) -> [String: String] {
    var rest = variant
    var values: [String: String] = [:]
    for slot in slots {
      values[slot.name] = slot.values[rest % slot.values.count]
      rest /= slot.values.count
    }
    return values
  }

  private static func text(_ pieces: [Piece], _ values: [String: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .slot(let name): values[name] ?? ""
      }
    }.joined()
  }
}

/// Draws from SHA-256 of seed, template and number: the same everywhere, and for ever.
private struct Draws {
  let seed: UInt64
  let template: String
  private var number = 0

  init(seed: UInt64, template: String) {
    self.seed = seed
    self.template = template
  }

  /// Uniform in `0..<bound`.
  mutating func below(_ bound: Int) -> Int {
    let bound = UInt64(bound)
    while true {
      let bytes = Digest(of: "retort.template/1 \(seed) \(number) \(template)").bytes
      number += 1
      let value = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      // The last, incomplete stretch of the range would favour small values.
      if value < UInt64.max - UInt64.max % bound { return Int(value % bound) }
    }
  }
}

/// What is wrong in a template.
package enum TemplateDefect: Error, Hashable {
  case notJSON
  case missing(field: String)
  /// `expected` completes "must be …".
  case wrongType(field: String, expected: String)
  case unknownKey(String, nearest: String?)
  case unknownSlot(String)
  case unusedSlot(String)
  case repeatedValue(String, String)
  case loneBrace
  case tooFewVariants(template: String, available: Int, wanted: Int)
  case variantsAlike(template: String, String)
  case repeatedTemplate(String)
}
