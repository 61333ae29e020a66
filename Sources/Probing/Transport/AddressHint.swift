import Cases

extension DialectReading {
  /// A failure that an address can cause, with the address that was asked and what to write: most mistakes with servers of OpenAI's
  /// dialect are a URL without its `/v1`, or with a path too many.
  func explained(by response: Attempt.HTTPResponse?, asked url: String) -> DialectReading {
    guard case .failure(let kind, let detail, let error) = self, let response else { return self }
    let address = url.prefix { $0 != "?" }
    switch response.status {
    case 300..<400:
      let target = response.headers.first { $0.name.lowercased() == "location" }?.value
      return .failure(
        kind,
        detail: """
          \(detail); \(address) is redirected\(target.map { " to \($0)" } ?? ""), which is not followed with a key: write the address that is meant as url
          """, error: error)
    case 404, 405:
      return .failure(
        kind, detail: "\(detail) (asked: \(address); url ends before the path of the dialect, most often in /v1)",
        error: error)
    default: return self
    }
  }
}
