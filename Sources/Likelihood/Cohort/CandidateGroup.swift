package import Cases

/// Candidates that are asked about as one: was the suspect trained on answers of some of them?
package struct CandidateGroup: Hashable, Sendable {
  package let name: String
  /// In the order of the case.
  package let members: [ModelID]

  /// In the order of their first members.
  package static func all(_ candidates: [ModelID], _ lineage: Lineage) -> [CandidateGroup] {
    var order: [String] = []
    var members: [String: [ModelID]] = [:]
    for candidate in candidates {
      let name = name(of: candidate, lineage)
      if members[name] == nil { order.append(name) }
      members[name, default: []].append(candidate)
    }
    return order.map { CandidateGroup(name: $0, members: members[$0] ?? []) }
  }

  /// The group that the case states, else the developer; a model of which neither is known stands for itself.
  static func name(of model: ModelID, _ lineage: Lineage) -> String {
    let known = lineage[model]
    return known?.group ?? known?.developer.flatMap { Kinship.isKnown($0) ? $0 : nil } ?? model.rawValue
  }
}
