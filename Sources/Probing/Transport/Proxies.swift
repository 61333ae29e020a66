import Formats

/// Through which proxy a host is reached: what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say, as for curl.
///
/// This machine is never asked through a proxy: a variable that is set for the whole shell would hide servers that run here. A proxy
/// is asked for a tunnel (CONNECT), for http as for https, so that it does not see what goes through.
package struct Proxies: Sendable, Hashable {
  package struct Server: Sendable, Hashable {
    package let host: String
    package let port: Int
    package let isSOCKS: Bool
    /// Never stored, and never told.
    let user: String?
    let password: String?
    /// That names it.
    package let variable: String

    package var words: String { "\(host):\(port) (\(variable))" }
  }

  /// No proxy for anybody.
  package static let none = Proxies(http: nil, https: nil, without: [])

  private let http: Server?
  private let https: Server?
  /// What `NO_PROXY` names, in lower case.
  private let without: [String]

  private init(http: Server?, https: Server?, without: [String]) {
    self.http = http
    self.https = https
    self.without = without
  }

  /// - Throws: `ProbingError.badProxy` for a variable that names none.
  package init(_ environment: [String: String]) throws(ProbingError) {
    func named(_ names: [String]) throws(ProbingError) -> Server? {
      for name in names.flatMap({ [$0.lowercased(), $0] }) {
        guard let value = environment[name], !value.isEmpty else { continue }
        guard let server = Server(value, variable: name) else { throw .badProxy(variable: name) }
        return server
      }
      return nil
    }
    http = try named(["HTTP_PROXY", "ALL_PROXY"])
    https = try named(["HTTPS_PROXY", "ALL_PROXY"])
    let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    without = exceptions.lowercased().split { $0 == "," || $0 == " " }.map(String.init)
  }

  /// - Parameter place: scheme, host and port, as `Endpoint.host(of:)` has them.
  package func server(for place: String) -> Server? {
    let isTLS = place.hasPrefix("https://")
    guard let server = isTLS ? https : http else { return nil }
    let (name, port) = Self.parts(place.replacing(isTLS ? "https://" : "http://", with: ""))
    let isHere = name == "localhost" || name.hasSuffix(".localhost") || name == "::1" || name.hasPrefix("127.")
    return isHere || without.contains { Self.matches($0, name: name, port: port ?? (isTLS ? 443 : 80)) } ? nil : server
  }

  private static func matches(_ pattern: String, name: String, port: Int) -> Bool {
    if pattern == "*" { return true }
    if let network = IPv4Network(pattern) { return network.contains(name) }
    var (host, only) = parts(pattern)
    if let only, only != port { return false }
    while host.hasPrefix("*") || host.hasPrefix(".") { host.removeFirst() }
    return !host.isEmpty && (name == host || name.hasSuffix("." + host))
  }

  /// A name, without the brackets of IPv6, and the port behind it.
  fileprivate static func parts(_ authority: some StringProtocol) -> (name: String, port: Int?) {
    let isBracketed = authority.hasPrefix("[")
    if isBracketed, let end = authority.firstIndex(of: "]") {
      let rest = authority[authority.index(after: end)...]
      return (String(authority[authority.index(after: authority.startIndex)..<end]), Int(rest.dropFirst()))
    }
    // More than one colon is an address of IPv6 without brackets.
    guard let colon = authority.lastIndex(of: ":"), authority.firstIndex(of: ":") == colon else {
      return (String(authority), nil)
    }
    return (String(authority[..<colon]), Int(authority[authority.index(after: colon)...]))
  }
}

extension Proxies.Server {
  /// `[http://][user:password@]host[:port]`; `socks5://` names one of version 5.
  fileprivate init?(_ value: String, variable: String) {
    var rest = value[...]
    var isSOCKS = false
    if let scheme = value.firstRange(of: "://") {
      let name = value[..<scheme.lowerBound].lowercased()
      guard ["http", "socks5", "socks5h", "socks"].contains(name) else { return nil }
      isSOCKS = name != "http"
      rest = value[scheme.upperBound...]
    }
    rest = rest.prefix { $0 != "/" }
    var user: String?
    var password: String?
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = Self.decoded(parts[0])
      password = parts.count > 1 ? Self.decoded(parts[1]) : ""
      rest = rest[rest.index(after: at)...]
    }
    let (host, port) = Proxies.parts(rest)
    let number = port ?? (isSOCKS ? 1080 : 80)
    let isWhole = rest.hasSuffix("]") || !rest.contains(":") || port != nil
    guard !host.isEmpty, isWhole, (1...65_535).contains(number), host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    self.init(host: host, port: number, isSOCKS: isSOCKS, user: user, password: password, variable: variable)
  }

  /// Without the escapes of URLs.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Addresses of one network, such as `10.0.0.0/8`.
private struct IPv4Network {
  private let address: UInt32
  private let mask: UInt32

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), (0...32).contains(length),
      let address = Self.address(String(parts[0]))
    else { return nil }
    mask = length == 0 ? 0 : UInt32.max << UInt32(32 - length)
    self.address = address & mask
  }

  func contains(_ name: String) -> Bool { Self.address(name).map { $0 & mask == address } ?? false }

  private static func address(_ text: String) -> UInt32? {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard numbers.count == 4 else { return nil }
    return numbers.reduce(UInt32?.some(0)) { sum, number in
      guard let sum, let number else { return nil }
      return sum << 8 | UInt32(number)
    }
  }
}
