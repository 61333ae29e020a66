import Cases
package import Formats
package import Likelihood

extension SpellingHabit {
  /// One of `spellings` of `retort.likelihood/1`.
  package var json: JSONValue {
    .object([
      "candidate": .string(candidate.rawValue), "spelling": .string(plain.spelling), "name": .string(plain.name),
      "usual": Figure.json(plain.usual), "answers": .integer(answers), "marks": .integer(marks),
      "bits_per_mark": Figure.json(suspect), "over_base": overBase.map(Self.document) ?? .null,
      "over_cohort": overCohort.map(Self.document) ?? .null, "cohort": .integer(cohort), "as_much": .integer(asMuch),
      "sentence": .string(SpellingWording.sentence(self)),
    ])
  }

  private static func document(_ excess: Excess) -> JSONValue {
    .object([
      "mean": Figure.json(excess.mean), "low": Figure.json(excess.interval.low),
      "high": Figure.json(excess.interval.high),
    ])
  }
}
