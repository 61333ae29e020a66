package import Cases
package import Formats

/// A suite and one that was stored. Probes may be added to a suite: what the baseline knows is asked as before, and they wait for
/// the next one.
extension MonitorConfiguration {
  /// The member of a suite that has each probe's digest; a suite of an older version has none, and is compared as a whole.
  static let byProbe = "by_probe"

  var digestsByProbe: JSONValue {
    let digests = probes.map { ($0.id.rawValue, JSONValue.string(Digest(of: $0.canonicalLine).hex)) }
    return .object(Dictionary(firstOf: digests))
  }

  /// Everywhere that a stored suite and this one differ, but for probes that were added.
  package func differences(from stored: JSONValue) -> [ConfigurationDifference] {
    guard let then = stored[Self.byProbe]?.object else {
      return CaseConfiguration.differences(stored, Self.bySets(suite))
    }
    let now = suite[Self.byProbe]?.object ?? [:]
    let probes = then.keys.sorted().compactMap { id -> ConfigurationDifference? in
      guard let digest = now[id] else {
        return ConfigurationDifference(path: Self.path(id), stored: "asked", current: nil)
      }
      guard digest != then[id] else { return nil }
      return ConfigurationDifference(
        path: Self.path(id), stored: Self.start(of: then[id]), current: Self.start(of: digest))
    }
    return probes + CaseConfiguration.differences(Self.frame(stored, of: then), Self.frame(suite, of: then))
  }

  /// Probes that a stored suite does not ask; in byte order. None where it does not name its own.
  package func added(to stored: JSONValue) -> [PromptID] {
    guard let then = stored[Self.byProbe]?.object else { return [] }
    return probes.map(\.id).filter { then[$0.rawValue] == nil }.sorted()
  }

  /// Where in a suite a probe stands, as differences name it.
  package static func path(_ probe: String) -> String { "probes.\(probe)" }

  private static func start(of digest: JSONValue?) -> String? { (digest?.string?.prefix(12)).map(String.init) }

  /// A suite as versions before wrote it: its probe sets say all that it asks.
  static func bySets(_ suite: JSONValue) -> JSONValue {
    guard let members = suite.object else { return suite }
    return .object(members.filter { $0.key != byProbe })
  }

  /// All of a suite but its probes. What of the answers is compared is kept for these only.
  private static func frame(_ suite: JSONValue, of probes: [String: JSONValue]) -> JSONValue {
    var members = suite.object ?? [:]
    members["probes"] = nil
    members[byProbe] = nil
    let keys = (members["keys"]?.object ?? [:]).filter { probes[$0.key] != nil }
    members["keys"] = keys.isEmpty ? nil : .object(keys)
    return .object(members)
  }
}
