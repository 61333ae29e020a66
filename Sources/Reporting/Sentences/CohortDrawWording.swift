package import Cases
package import Formats

/// What is said where only some models of a cohort are compared.
package enum CohortDrawWording {
  package static func sentence(_ draw: CohortDraw) -> String {
    """
    Of \(draw.given) models of the cohort \(draw.nearest + draw.drawn) were compared: the \(draw.nearest) that say most like the suspect, by a sketch of their words, and \(draw.drawn) that were drawn at random by the seed \(draw.seed). Of the others nothing is said.
    """
  }

  package static func json(_ draw: CohortDraw) -> JSONValue {
    .object([
      "given": .integer(draw.given), "nearest": .integer(draw.nearest), "drawn": .integer(draw.drawn),
      "seed": .string(String(draw.seed)),
    ])
  }
}
