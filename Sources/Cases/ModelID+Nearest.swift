import Formats

extension ModelID {
  /// The model that a mistyped name is likely to mean: one that differs in a letter or three, else the shortest that holds the
  /// name, or is held by it, when marks and case are left out.
  package func nearest(among models: some Sequence<ModelID>) -> ModelID? {
    let names = models.map(\.rawValue).filter { $0 != rawValue }.sorted()
    if let near = NearestWord.of(rawValue, among: names) { return ModelID(near) }
    let own = Self.letters(rawValue)
    if let same = names.first(where: { Self.letters($0) == own && !own.isEmpty }) { return ModelID(same) }
    guard own.count > 2 else { return nil }
    return names.filter { name in
      let other = Self.letters(name)
      return other.contains(own) || other.count > 2 && own.contains(other)
    }.min { ($0.count, $0) < ($1.count, $1) }.map { ModelID($0) }
  }

  private static func letters(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
