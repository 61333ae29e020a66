import Cases

/// What was compared, how it was reached, and on whose word it is the model that it is called.
struct Item: Sendable, Encodable {
  enum Role: String, Sendable, Encodable {
    case suspect, candidate, cohort
  }

  let model: ModelID
  let role: Role
  let access: String
  /// What the item says of itself, and what it was asked as.
  let identity: String
  let first: String?
  let last: String?

  enum CodingKeys: String, CodingKey {
    case model, role, access, identity
    case first = "first_attempt"
    case last = "last_attempt"
  }

  /// Suspect, candidates, cohort. A model of the cohort that is a candidate as well stands once.
  static func all(_ contents: CaseContents) -> [Item] {
    let endpoints = Dictionary(
      (contents.run?.endpoints ?? []).map { ($0.model, $0) }, uniquingKeysWith: { first, _ in first })
    let named = Set([contents.suspect] + contents.candidates)
    let models =
      [(contents.suspect, Role.suspect)] + contents.candidates.map { ($0, .candidate) }
      + contents.cohort.sorted().filter { !named.contains($0) }.map { ($0, .cohort) }
    return models.map { model, role in
      guard let endpoint = endpoints[model] else {
        return Item(
          model: model, role: role, access: "answers recorded elsewhere, read from a file",
          identity: "by the name of the file, which nothing here confirms", first: nil, last: nil)
      }
      let times = contents.ledger?.times(of: model)
      return Item(
        model: model, role: role, access: access(endpoint), identity: identity(endpoint), first: times?.first,
        last: times?.last)
    }
  }

  private static func access(_ endpoint: RunSummary.Endpoint) -> String {
    guard let pasted = endpoint.pasted else { return "asked by this program, \(endpoint.dialect) \(endpoint.url)" }
    return "\(pasted) answers pasted by a person from a chat window"
  }

  private static func identity(_ endpoint: RunSummary.Endpoint) -> String {
    let names = endpoint.declaredModels.isEmpty ? "nothing" : list(endpoint.declaredModels)
    let prints = endpoint.declaredFingerprints
    return "asked as \(endpoint.requestedModel); declares \(names)"
      + (prints.isEmpty ? "" : ", fingerprint \(list(prints))")
  }

  private static func list(_ texts: [String]) -> String {
    texts.prefix(4).joined(separator: ", ") + (texts.count > 4 ? " and \(texts.count - 4) more" : "")
  }

  static func section(_ items: [Item]) -> ReportSection {
    ReportSection(
      "Items and declared identity",
      [
        .text(
          "Everything below rests on an assumption that nothing here can test: that each item is the model that it "
            + "is called. A "
            + "certificate of a host names its domain, not the weights behind it; names and fingerprints are what an "
            + "endpoint says "
            + "of itself. What is said of a model holds for what answered at these times, for no other version of it."),
        .table(
          ReportView.Table(
            ["model", "role", "access", "identity, as declared", "first attempt", "last attempt"],
            items.map {
              [$0.model.rawValue, $0.role.rawValue, $0.access, $0.identity, $0.first ?? "–", $0.last ?? "–"]
            })),
      ])
  }
}
