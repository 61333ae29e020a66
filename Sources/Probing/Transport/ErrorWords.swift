import Formats

/// What an error says of itself: the names that it has in one vendor's words or another's, and its message, in lower case.
struct ErrorWords {
  /// What an error is stands at its beginning; the rest may be megabytes.
  private static let longest = 8_192

  private let names: [String]
  private let message: String
  private let error: JSONValue?
  /// Parameter that it is about, where it says so.
  let parameter: String?

  init(_ error: JSONValue?) {
    self.error = error
    let inner = error?["innererror"]?["code"] ?? error?["inner_error"]?["code"]
    names = [error?["code"], error?["type"], error?["status"], error?["reason"], inner]
      .compactMap { $0?.string?.lowercased() ?? $0?.integer.map(String.init) }
    // Validators say what is wrong in a list or an object in place of a text.
    let told = ["message", "msg", "detail", "Message"].lazy.compactMap { error?[$0] }.first { $0 != .null }
    let own = told.map { $0.string ?? $0.canonical } ?? error?.string ?? ""
    // Routers and gateways wrap what the provider said.
    let wrapped = [error?["cause"], error?["metadata"]?["raw"]].compactMap { $0?.string }
    message = Self.lowered(([own] + wrapped).joined(separator: " "))
    parameter = error?["param"]?.string
  }

  private static func lowered(_ text: String) -> String {
    String(decoding: text.utf8.prefix(longest), as: UTF8.self).lowercased()
  }

  func names(oneOf known: Set<String>) -> Bool { names.contains(where: known.contains) }
  func names(partOf known: [String]) -> Bool { names.contains { name in known.contains { name.holds($0) } } }
  func speaks(ofOneOf phrases: [String]) -> Bool {
    phrases.contains { phrase in message.holds(phrase) || names.contains { $0.holds(phrase) } }
  }

  /// Google's quotas are named in the details, not in the message.
  var details: String { error?["details"].map { Self.lowered($0.canonical) } ?? "" }

  /// A status that the error names, inside of a response with another.
  var innerStatus: Int? {
    let inner = error?["code"]?.integer ?? error?["code"]?.string.flatMap { Int($0) } ?? error?["status"]?.integer
    return inner.flatMap { (300..<600).contains($0) ? $0 : nil }
  }

  var text: String { message }
}
