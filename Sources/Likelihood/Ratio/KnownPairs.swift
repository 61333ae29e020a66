package import Cases
import Formats

/// What a calibration's method made of pairs of known relation, each by a line that saw no developer, family or base model of
/// the pair: how often a ratio against no link comes about, whatever the relation is.
///
/// No ratio is computed from it. It stands beside ratios, so that a reader sees which other relations give one as high.
package struct KnownPairs: Hashable, Sendable {
  /// Candidates of one suspect that are known to have no link with it.
  package struct Unlinked: Hashable, Sendable {
    /// Of each suspect the highest log10 ratio among them.
    package let highest: [Double]
    /// How many of them a suspect has, in the mean.
    package let candidates: Double

    package init(highest: [Double], candidates: Double) {
      self.highest = highest
      self.candidates = candidates
    }
  }

  /// How often a documented teacher got the highest ratio of all candidates of its student.
  package struct Named: Hashable, Sendable {
    package let first: Int
    package let students: Int
    /// What drawing one of the candidates by lot would give, 0...1.
    package let byChance: Double

    package init(first: Int, students: Int, byChance: Double) {
      self.first = first
      self.students = students
      self.byChance = byChance
    }
  }

  /// log10 ratios against no link, bounded, by relation; those that the line itself was fitted on stand with it.
  package let relations: [String: [Double]]
  /// Pairs with a link, by the developer of the teacher.
  package let teachers: [String: Int]
  /// Models of the labelled pairs, in either role.
  package let models: [String]
  package let unlinked: Unlinked
  package let named: Named
  /// The same with the highest ratio of each developer's models in place of each model's.
  package let namedDevelopers: Named

  package init(
    relations: [String: [Double]], teachers: [String: Int], models: [String], unlinked: Unlinked, named: Named,
    namedDevelopers: Named
  ) {
    self.relations = relations
    self.teachers = teachers
    self.models = models
    self.unlinked = unlinked
    self.named = named
    self.namedDevelopers = namedDevelopers
  }

  /// Those of `asked` that are among its models, in whatever spelling.
  package func contained(in asked: [ModelID]) -> [ModelID] {
    let own = Set(models.map { Lineage.spelledAlike($0) })
    return asked.filter { own.contains(Lineage.spelledAlike($0.rawValue)) }
  }

  /// Beside a line that was fitted on fewer pairs.
  package func with(teachers: [String: Int]) -> KnownPairs {
    KnownPairs(
      relations: relations, teachers: teachers, models: models, unlinked: unlinked, named: named,
      namedDevelopers: namedDevelopers)
  }
}

extension KnownPairs {
  var json: JSONValue {
    func named(_ named: Named) -> JSONValue {
      .object([
        "first": .integer(named.first), "students": .integer(named.students), "by_chance": .number(named.byChance),
      ])
    }
    return .object([
      "relations_log10": .object(relations.mapValues { .array($0.map(JSONValue.number)) }),
      "teachers": .object(teachers.mapValues(JSONValue.integer)), "models": .array(models.map(JSONValue.string)),
      "unlinked": .object([
        "highest_log10": .array(unlinked.highest.map(JSONValue.number)), "candidates": .number(unlinked.candidates),
      ]),
      "named": named(self.named), "named_developers": named(namedDevelopers),
    ])
  }

  private static let ratios = -100.0...100

  /// nil unless every member is there and can be.
  init?(json: JSONValue) {
    func numbers(_ json: JSONValue?) -> [Double]? {
      guard let values = json?.array else { return nil }
      let read = values.compactMap(\.number).filter(Self.ratios.contains)
      return read.count == values.count ? read : nil
    }
    func named(_ json: JSONValue?) -> Named? {
      guard let first = json?["first"]?.integer, let students = json?["students"]?.integer,
        let chance = json?["by_chance"]?.number, students > 0, (0...students).contains(first),
        (0...1).contains(chance)
      else { return nil }
      return Named(first: first, students: students, byChance: chance)
    }
    guard let relations = json["relations_log10"]?.object, let teachers = json["teachers"]?.object,
      let models = json["models"]?.array?.map(\.string), !models.contains(nil),
      let highest = numbers(json["unlinked"]?["highest_log10"]),
      let candidates = json["unlinked"]?["candidates"]?.number, candidates.isFinite, candidates >= 0,
      let one = named(json["named"]), let developers = named(json["named_developers"])
    else { return nil }
    let read = relations.compactMapValues(numbers)
    let counted = teachers.compactMapValues(\.integer).filter { $0.value > 0 }
    guard read.count == relations.count, counted.count == teachers.count else { return nil }
    self.init(
      relations: read, teachers: counted, models: models.compactMap(\.self),
      unlinked: Unlinked(highest: highest, candidates: candidates), named: one, namedDevelopers: developers)
  }
}
