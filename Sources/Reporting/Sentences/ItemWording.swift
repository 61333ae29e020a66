import Cases

/// How items were reached, and on whose word they are what they are called.
package enum ItemWording {
  package static let assumption = """
    Everything below rests on an assumption that nothing here can test: that each item is the model that it is called. \
    A certificate of a host names its domain, not the weights behind it; names and fingerprints are what an endpoint says of itself. \
    What is said of a model holds for what answered at these times, for no other version of it.
    """

  static let recordedAccess = "answers recorded elsewhere, read from a file"
  static let recordedIdentity = "by the name of the file, which nothing here confirms"

  static func access(_ endpoint: RunSummary.Endpoint) -> String {
    guard let pasted = endpoint.pasted else { return "asked by this program, \(endpoint.dialect) \(endpoint.url)" }
    return "\(pasted) answers pasted by a person from a chat window"
  }

  static func identity(_ endpoint: RunSummary.Endpoint) -> String {
    let names = endpoint.declaredModels.isEmpty ? "nothing" : list(endpoint.declaredModels)
    let prints = endpoint.declaredFingerprints
    let declared = "asked as \(endpoint.requestedModel); declares \(names)"
    return prints.isEmpty ? declared : "\(declared), fingerprint \(list(prints))"
  }

  private static func list(_ texts: [String]) -> String {
    let shown = texts.prefix(4).joined(separator: ", ")
    return texts.count > 4 ? "\(shown) and \(texts.count - 4) more" : shown
  }

  package static let commissionNotStated = "not stated"
}
