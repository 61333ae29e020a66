package import Cases

/// The bases behind each model: what it was tuned from, what that was tuned from, and so on, as far as tables of lineage say.
///
/// `Kinship` compares what two entries say themselves, which is how a cohort is chosen. A fit that is not to have seen a base of a
/// pair must know it by every way there: a model tuned from Tulu 2 has Llama 2 under it, and is in another set of answers spelled
/// in another way. So the tables of all sets are read as one, and names are compared as `Lineage.simplified` has them.
package struct BaseAncestry: Sendable {
  /// What a model was tuned from, and the models whose answers it learned from, by its simplified name.
  private let bases: [String: Set<String>]
  private let teachers: [String: Set<ModelID>]
  /// Names that stand as somebody's base.
  private let tunedFrom: Set<String>

  package init(_ lineages: some Sequence<Lineage>) {
    let entries = lineages.flatMap { Array($0.entries) }
    let stated = entries.compactMap(\.value.base).filter { StatedLineage.isNamed($0) }
    let known = Set((entries.map(\.key.rawValue) + stated).map { Self.name($0) })
    var bases: [String: Set<String>] = [:]
    var teachers: [String: Set<ModelID>] = [:]
    for (model, entry) in entries {
      let own = Self.name(model.rawValue)
      teachers[own, default: []].formUnion(entry.teachers)
      guard let base = entry.base, StatedLineage.isNamed(base) else { continue }
      bases[own, default: []].formUnion(Self.names(in: base, known: known))
    }
    self.bases = bases
    self.teachers = teachers
    tunedFrom = bases.values.reduce(into: []) { $0.formUnion($1) }
  }

  /// Near and far, by simplified names; its own is among them if some model was tuned from it. Tables may run in circles: each name is
  /// followed once.
  package func bases(of model: ModelID) -> Set<String> {
    let own = Self.name(model.rawValue)
    var found: Set<String> = tunedFrom.contains(own) ? [own] : []
    var open = [own]
    while let next = open.popLast() {
      for base in bases[next] ?? [] where found.insert(base).inserted { open.append(base) }
    }
    return found
  }

  /// Whether one was tuned from the other, or both have a base in common.
  package func areRelated(_ one: ModelID, _ other: ModelID) -> Bool {
    !bases(of: one).isDisjoint(with: bases(of: other))
  }

  /// Models whose answers it, or a model that it was tuned from, is documented to have learned from.
  package func teachers(behind model: ModelID) -> Set<ModelID> {
    bases(of: model).union([Self.name(model.rawValue)]).reduce(into: []) { $0.formUnion(teachers[$1] ?? []) }
  }

  /// The models that an entry names. Of `Krikri (Llama-3.1-8B)`, `MiniMA (distilled from Llama-2-7B)` and `Qwen + a corrector`
  /// that is the first, and what follows where it, or its last word, is a name elsewhere.
  private static func names(in entry: String, known: Set<String>) -> Set<String> {
    let pieces = entry.split { "()+".contains($0) }
    guard let first = pieces.first else { return [] }
    let others = pieces.dropFirst().compactMap { piece -> String? in
      let word = piece.split(separator: " ").last ?? piece
      return [piece, word].map { name($0) }.first { known.contains($0) }
    }
    return Set([name(first)] + others)
  }

  private static func name(_ text: some StringProtocol) -> String { Lineage.spelledAlike(text) }
}
