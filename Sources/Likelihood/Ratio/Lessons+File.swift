import Formats

/// Lessons as a part of a calibration's document: names stand there once, and lessons name them by their places.
extension Lessons {
  var json: JSONValue {
    var kin: [Kin] = []
    var kinPlaces: [Kin: Int] = [:]
    for lesson in all where kinPlaces[lesson.kin] == nil {
      kinPlaces[lesson.kin] = kin.count
      kin.append(lesson.kin)
    }
    var named = Set(models.values.joined())
    for one in kin { named.formUnion(one.names.union([one.source, one.developer].compactMap(\.self))) }
    let texts = named.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let places = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1, $0) })
    func list(_ names: Set<String>) -> [JSONValue] { names.compactMap { places[$0] }.sorted().map(JSONValue.integer) }
    func row(_ kin: Kin) -> JSONValue {
      let heads: [JSONValue] = [
        .integer(places[kin.source] ?? 0), .integer(kin.developer.flatMap { places[$0] } ?? Self.nobody),
      ]
      return .array(heads + list(kin.names))
    }
    func row(_ lesson: Lesson) -> JSONValue {
      var row: [JSONValue] = [
        .number(lesson.score), .integer(lesson.label ? 1 : 0), .integer(kinPlaces[lesson.kin] ?? 0),
      ]
      if let ratio = lesson.ratio { row.append(.number(ratio)) }
      return .array(row)
    }
    func lessons(_ lessons: [Lesson]) -> JSONValue { .array(lessons.map { row($0) }) }
    return .object([
      "evenness": .number(evenness), "fewest_sources": .integer(fewestSources),
      "fewest_families": .integer(fewestFamilies), "names": .array(texts.map(JSONValue.string)),
      "kin": .array(kin.map { row($0) }),
      "comparisons": .object(
        Dictionary(uniqueKeysWithValues: comparisons.map { ($0.key.rawValue, lessons($0.value)) })),
      "groups": lessons(groups), "models": .object(models.mapValues { .array(list($0)) }),
    ])
  }

  /// In the place of a developer.
  private static let nobody = -1
  /// What a file may say: more fits no scale, and powers of ten of it are no numbers.
  private static let numbers = -1e6...1e6
  private static let ratios = -100.0...100
  private static let fewest = 1...1_000_000

  /// nil unless every member is there and can be.
  init?(json: JSONValue) {
    guard let evenness = json["evenness"]?.number, (0...1).contains(evenness),
      let sources = json["fewest_sources"]?.integer, let families = json["fewest_families"]?.integer,
      [sources, families].allSatisfy(Self.fewest.contains),
      let texts = json["names"]?.array?.map(\.string), !texts.contains(nil), let rows = json["kin"]?.array,
      let byAlternative = json["comparisons"]?.object, let together = json["groups"]?.array,
      let byModel = json["models"]?.object
    else { return nil }
    let names = texts.compactMap(\.self)
    func text(_ value: JSONValue) -> String? {
      value.integer.flatMap { names.indices.contains($0) ? names[$0] : nil }
    }
    func set(_ values: some Sequence<JSONValue>) -> Set<String>? {
      let found = values.map(text)
      return found.contains(nil) ? nil : Set(found.compactMap(\.self))
    }
    let kin = rows.compactMap { row -> Kin? in
      guard let row = row.array, row.count >= 2, let source = text(row[0]), let own = set(row.dropFirst(2)) else {
        return nil
      }
      let developer = text(row[1])
      guard developer != nil || row[1].integer == Self.nobody else { return nil }
      return Kin(names: own, source: source, developer: developer)
    }
    guard kin.count == rows.count else { return nil }
    func lessons(_ rows: [JSONValue]) -> [Lesson]? {
      let found = rows.compactMap { row -> Lesson? in
        guard let row = row.array, (3...4).contains(row.count), let score = row[0].number,
          Self.numbers.contains(score), let label = row[1].integer, (0...1).contains(label),
          let place = row[2].integer, kin.indices.contains(place)
        else { return nil }
        let ratio = row.count == 4 ? row[3].number : nil
        guard row.count == 3 || ratio.map(Self.ratios.contains) == true else { return nil }
        return Lesson(score: score, label: label == 1, kin: kin[place], ratio: ratio)
      }
      return found.count == rows.count ? found : nil
    }
    var comparisons: [Alternative: [Lesson]] = [:]
    for (name, rows) in byAlternative {
      guard let alternative = Alternative(rawValue: name), let found = rows.array.flatMap(lessons) else { return nil }
      comparisons[alternative] = found
    }
    let models = byModel.compactMapValues { $0.array.flatMap { set($0) } }
    guard models.count == byModel.count, let groups = lessons(together) else { return nil }
    self.init(
      evenness: evenness, fewestSources: sources, fewestFamilies: families, comparisons: comparisons, groups: groups,
      models: models)
  }
}
