import Cases
import Terminal

/// One endpoint that is named on the command line.
struct EndpointOptions {
  let url: String
  let model: String?
  let dialect: String
  let keyVariable: String?

  /// - Throws: `UsageError.badValue`.
  func endpoint() throws -> Endpoint {
    guard let name = Endpoint.DialectName(rawValue: dialect), name != .manual else {
      let known = Endpoint.DialectName.allCases.filter { $0 != .manual }.map(\.rawValue)
      throw UsageError.badValue(
        option: "--dialect", value: dialect, expected: "one of " + known.joined(separator: ", "))
    }
    guard Endpoint.host(of: url) != nil else {
      throw UsageError.badValue(option: "--url", value: url, expected: "a URL such as http://127.0.0.1:8080/v1")
    }
    guard let model else {
      throw UsageError.badValue(option: "--model", value: "(missing)", expected: "the name that the server uses")
    }
    return Endpoint(
      url: url.hasSuffix("/") ? String(url.dropLast()) : url, model: model, dialect: name,
      key: keyVariable.map { .environment($0) })
  }
}
