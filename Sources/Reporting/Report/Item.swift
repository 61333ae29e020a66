package import Cases
import Formats

/// What was compared, how it was reached, and on whose word it is the model that it is called.
package struct Item: Sendable, Encodable {
  package enum Role: String, Sendable, Encodable {
    case suspect, candidate, cohort
  }

  package let model: ModelID
  package let role: Role
  package let access: String
  /// What the item says of itself, and what it was asked as.
  package let identity: String
  package let first: String?
  package let last: String?

  enum CodingKeys: String, CodingKey {
    case model, role, access, identity
    case first = "first_attempt"
    case last = "last_attempt"
  }

  /// Suspect, candidates, cohort. A model of the cohort that is a candidate as well stands once.
  static func all(_ contents: CaseContents) -> [Item] {
    let endpoints = Dictionary(firstOf: (contents.run?.endpoints ?? []).map { ($0.model, $0) })
    let recorded = Dictionary(firstOf: (contents.run?.recorded ?? []).map { ($0.model, $0) })
    let named = Set([contents.suspect] + contents.candidates)
    let models =
      [(contents.suspect, Role.suspect)] + contents.candidates.map { ($0, .candidate) }
      + contents.cohort.sorted().filter { !named.contains($0) }.map { ($0, .cohort) }
    return models.map { model, role in
      if let recorded = recorded[model] {
        return Item(
          model: model, role: role, access: RecordedWording.access(recorded),
          identity: RecordedWording.identity(recorded),
          first: nil, last: nil)
      }
      guard let endpoint = endpoints[model] else {
        return Item(
          model: model, role: role, access: ItemWording.recordedAccess, identity: ItemWording.recordedIdentity,
          first: nil, last: nil)
      }
      let times = contents.ledger?.times(of: model)
      return Item(
        model: model, role: role, access: ItemWording.access(endpoint), identity: ItemWording.identity(endpoint),
        first: times?.first,
        last: times?.last)
    }
  }
}
