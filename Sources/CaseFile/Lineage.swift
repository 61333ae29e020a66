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

    package init(developer: String? = nil, base: String? = nil, family: String? = nil, teachers: [ModelID] = []) {
      self.developer = developer
      self.base = base
      self.family = family
      self.teachers = teachers
    }

    package var isEmpty: Bool { developer == nil && base == nil && family == nil && teachers.isEmpty }
  }

  package private(set) var entries: [ModelID: Entry]

  package init(_ entries: [ModelID: Entry] = [:]) { self.entries = entries.filter { !$0.value.isEmpty } }

  package subscript(model: ModelID) -> Entry? { entries[model] }

  /// Entries of `other` are used where this one has none.
  package func filled(from other: Lineage) -> Lineage {
    Lineage(entries.merging(other.entries) { own, _ in own })
  }
}
