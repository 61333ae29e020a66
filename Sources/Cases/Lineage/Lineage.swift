import Formats
import Foundation

/// What is known about where models come from. Everything here is a statement by whoever wrote it, not a measurement.
package struct Lineage: Sendable {
  package struct Entry: Hashable, Codable, Sendable {
    package let developer: String?
    /// Model or weights that it was tuned from.
    package let base: String?
    /// Models that share a developer, a base model or a training set.
    package let family: String?
    /// Models whose answers it is documented to have been trained on.
    package let teachers: [ModelID]
    /// Of a candidate: the name under which it is asked about as one with others; nil is its developer.
    package let group: String?

    package init(
      developer: String? = nil, base: String? = nil, family: String? = nil, teachers: [ModelID] = [],
      group: String? = nil
    ) {
      self.developer = developer
      self.base = base
      self.family = family
      self.teachers = teachers
      self.group = group
    }

    package var isEmpty: Bool {
      developer == nil && base == nil && family == nil && teachers.isEmpty && group == nil
    }
  }

  package private(set) var entries: [ModelID: Entry]
  /// Developers by the simplified names of models, those of other corpora included.
  private var developers: [String: String]
  /// Developers of the base models of the entries, by their names as they stand there: cohorts ask for them again and again.
  private var ownersOfBases: [String: String?] = [:]

  /// - Parameter others: models of other corpora whose developers are known: by them it is seen that a base model is
  ///   somebody's model. The first of a name counts.
  package init(_ entries: [ModelID: Entry] = [:], others: [(ModelID, developer: String)] = []) {
    self.entries = entries.filter { !$0.value.isEmpty }
    let own = entries.sorted { $0.key < $1.key }.compactMap { id, entry in entry.developer.map { (id, developer: $0) } }
    developers = Dictionary(firstOf: (others + own).map { (Self.simplified($0.0.rawValue), $0.developer) })
    ownersOfBases = owners()
  }

  package subscript(model: ModelID) -> Entry? { entries[model] }

  /// Entries of `other` are used where this one has none.
  package func filled(from other: Lineage) -> Lineage {
    var merged = Lineage(entries.merging(other.entries) { own, _ in own })
    merged.developers.merge(other.developers) { own, _ in own }
    merged.ownersOfBases = merged.owners()
    return merged
  }

  /// Whether a teacher's name says that there is none: as a name it would make all that have it students of one teacher.
  static func isNobody(_ teacher: ModelID) -> Bool { nobodies.contains(teacher.rawValue.lowercased()) }

  private static let nobodies: Set<String> = ["none", "no", "nobody", "human", "humans", "n/a", "na", "-", "–"]

  /// The same with every name of a base model, a developer and a family spelled in one way: the first of its spellings in byte
  /// order, without white space around it; a base that is a model of the entries has that model's name.
  ///
  /// Of base models `LLaMA-7B`, `llama 7b` and `meta/llama-7b` are one, of developers and families what differs in case or white
  /// space only. Relatives are found by equal names, and stored cases are read as they stand: so names are made equal where
  /// people write them, in a table or a configuration.
  package var withNamesSpelledAlike: Lineage {
    func spellings(
      _ names: [String], after first: [String] = [], by key: @escaping (String) -> String
    ) -> (String) -> String? {
      let known = Dictionary(firstOf: (first + Set(names.map(\.withoutSpaceAround)).sorted()).map { (key($0), $0) })
      return { known[key($0)].flatMap { $0.isEmpty ? nil : $0 } }
    }
    let developer = spellings(entries.values.compactMap(\.developer) + developers.values, by: Self.folded)
    let family = spellings(entries.values.compactMap(\.family), by: Self.folded)
    let base = spellings(entries.values.compactMap(\.base), after: entries.keys.map(\.rawValue).sorted()) { name in
      // A name without a Latin letter or digit is simplified to nothing.
      let simple = Self.simplified(name)
      return simple.isEmpty ? Self.folded(name) : simple
    }
    var spelled = self
    spelled.entries = entries.mapValues { entry in
      Entry(
        developer: entry.developer.flatMap(developer), base: entry.base.flatMap(base),
        family: entry.family.flatMap(family), teachers: entry.teachers, group: entry.group)
    }.filter { !$0.value.isEmpty }
    spelled.developers = developers.compactMapValues(developer)
    spelled.ownersOfBases = spelled.owners()
    return spelled
  }

  /// In lower case, and any white space a single space.
  private static func folded(_ name: String) -> String {
    name.lowercased().unicodeScalars.split(whereSeparator: \.isInvisibleSpace).map { String($0) }.joined(separator: " ")
  }

  /// Who developed the model of this name; nil if no entry has it.
  package func developer(ofModelNamed name: String) -> String? {
    ownersOfBases[name] ?? developers[Self.simplified(name)]
  }

  private func owners() -> [String: String?] {
    Dictionary(
      uniqueKeysWithValues: Set(entries.values.compactMap(\.base)).map { ($0, developers[Self.simplified($0)]) })
  }

  /// The name without an owner before `__` or `/`, in lower case, letters, digits and dots only: tables spell one model in
  /// several ways.
  package static func simplified(_ name: String) -> String {
    let last = name.components(separatedBy: "__").last?.split(separator: "/").last.map(String.init) ?? name
    return String(
      last.lowercased().unicodeScalars.filter {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "."
      })
  }

  /// What two names have in common that are one model's: the simplified name, or the name itself where it has no Latin letter or
  /// digit and would be simplified to nothing.
  package static func spelledAlike(_ name: some StringProtocol) -> String {
    let text = String(name)
    let simple = simplified(text)
    return simple.isEmpty ? text : simple
  }
}
