package import Cases
package import Formats

extension Attempt.Request {
  /// A request of JSON to a path under the endpoint's URL. The endpoint's further fields join those of the dialect,
  /// which come first where both name one.
  package static func json(
    to endpoint: Endpoint, path: String, headers: [Attempt.Header] = [], _ fields: [String: JSONValue]
  ) -> Attempt.Request {
    Attempt.Request(
      url: endpoint.url + path,
      headers: [
        Attempt.Header(name: "content-type", value: "application/json"),
        Attempt.Header(name: "accept", value: endpoint.streams ? "text/event-stream" : "application/json"),
      ] + headers,
      body: Array(JSONValue.object(without(endpoint.omitted, merged(fields, endpoint.fields))).canonical.utf8))
  }

  /// Where dialects have them: beside the rest, or in an object of their own.
  private static func without(
    _ omitted: Set<SamplingParameter>, _ fields: [String: JSONValue]
  ) -> [String: JSONValue] {
    let members = omitted.reduce(into: Set<String>()) { $0.formUnion($1.members) }
    guard !members.isEmpty else { return fields }
    var kept = fields.filter { !members.contains($0.key) }
    for group in ["options", "generationConfig"] {
      guard case .object(let inner)? = kept[group] else { continue }
      kept[group] = .object(inner.filter { !members.contains($0.key) })
    }
    return kept
  }

  private static func merged(_ own: [String: JSONValue], _ further: [String: JSONValue]) -> [String: JSONValue] {
    own.merging(further) { mine, theirs in
      guard case .object(let inner) = mine, case .object(let added) = theirs else { return mine }
      return .object(merged(inner, added))
    }
  }
}
