import Cases
import Formats
import Foundation
import Probing
import TestSupport
import Testing

@Suite("Proxies of the environment", .timeLimit(.minutes(1)))
struct ProxyTests {
  /// Address, variables, and the proxy that is taken, if one is; this machine is never asked through one.
  private static let ways = """
    https://api.example.org | HTTPS_PROXY=http://p:3128 | p:3128 (HTTPS_PROXY)
    https://api.example.org | https_proxy=p:3128 ; HTTPS_PROXY=http://q:1 | p:3128 (https_proxy)
    https://api.example.org | HTTP_PROXY=http://p:3128 |
    http://api.example.org | HTTP_PROXY=http://u:w@p:3128/ | p:3128 (HTTP_PROXY)
    http://api.example.org | ALL_PROXY=socks5://[fe80::1] | fe80::1:1080 (ALL_PROXY)
    https://api.example.org | HTTPS_PROXY=p | p:80 (HTTPS_PROXY)
    https://api.example.org | HTTPS_PROXY=http://p:1 ; NO_PROXY=other.org, example.org |
    https://api.example.org | HTTPS_PROXY=http://p:1 ; no_proxy=.EXAMPLE.org |
    https://api.example.org | HTTPS_PROXY=http://p:1 ; NO_PROXY=ample.org | p:1 (HTTPS_PROXY)
    https://api.example.org | HTTPS_PROXY=http://p:1 ; NO_PROXY=example.org:8443 | p:1 (HTTPS_PROXY)
    https://api.example.org:8443 | HTTPS_PROXY=http://p:1 ; NO_PROXY=example.org:8443 |
    http://10.2.3.4:8000 | HTTP_PROXY=http://p:1 ; NO_PROXY=10.0.0.0/8 |
    http://11.2.3.4:8000 | HTTP_PROXY=http://p:1 ; NO_PROXY=10.0.0.0/8 | p:1 (HTTP_PROXY)
    http://[fd00::1]:8000 | HTTP_PROXY=http://p:1 ; NO_PROXY=fd00::1 |
    https://api.example.org | HTTPS_PROXY=http://p:1 ; NO_PROXY=* |
    http://127.0.0.1:8080 | HTTP_PROXY=http://p:1 ; ALL_PROXY=http://p:1 |
    http://localhost:8080 | HTTP_PROXY=http://p:1 |
    http://[::1]:8080 | HTTP_PROXY=http://p:1 |
    """

  @Test("which hosts are reached through which proxy", arguments: ways.split(separator: "\n").map(String.init))
  func choice(way: String) throws {
    let fields = way.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    var environment: [String: String] = [:]
    for setting in fields[1].components(separatedBy: " ; ") {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      environment[parts[0]] = parts[1]
    }
    let found = try Proxies(environment).server(for: fields[0])?.words ?? ""
    #expect(found == fields[2])
  }

  @Test(
    "a variable that names no proxy is refused by its name",
    arguments: ["http://", "ftp://p:1", "http://p:0", "http://p:99999", "http://p:x", "https://p:1", "http://p q:1"])
  func refused(value: String) {
    #expect(throws: ProbingError.badProxy(variable: "HTTPS_PROXY")) { try Proxies(["HTTPS_PROXY": value]) }
  }

  private static func reply(_ mode: String?) async throws -> TransportReply {
    try await PythonServer.serving("proxy.py", mode.map { [$0] } ?? []) { ports in
      let user = mode?.contains(":") == true ? "me:s%23t@" : ""
      let transport = try HTTPTransport(
        connections: 1, environment: ["HTTP_PROXY": "http://\(user)127.0.0.1:\(ports[0])"])
      let reply = await transport.send(
        TransportRequest(
          request: Attempt.Request(url: "http://models.invalid:81/v1/chat", headers: [], body: Array("{}".utf8)),
          credentials: nil, timeout: .seconds(5)))
      await transport.shutdown()
      return reply
    }
  }

  @Test(
    "a host that only the proxy knows answers through its tunnel, also where the proxy wants a password",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"), arguments: [nil, "me:s#t"])
  func tunnel(mode: String?) async throws {
    let reply = try await Self.reply(mode)
    #expect(reply.head?.status == 200, "\(reply)")
    let said = JSONValue(parsing: reply.body)
    #expect(said?["host"] == .string("models.invalid:81") && said?["agent"] == .string("retort"))
    #expect(reply.head?.headers.contains { $0.value == "CONNECT models.invalid:81 HTTP/1.1" } == true)
  }

  @Test(
    "a proxy that gives no tunnel, or sends it back to itself, is a failure that names the proxy, and no endless one",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"), arguments: ["refusing", "looping"])
  func failing(mode: String) async throws {
    let reply = try await Self.reply(mode)
    guard mode == "refusing" else {
      // The proxy reads the request as one to itself, which it refuses.
      #expect(reply.head?.status == 403 || reply.problem != nil, "\(reply)")
      return
    }
    guard case .connection(let words) = reply.problem else {
      Issue.record("\(reply)")
      return
    }
    #expect(words.contains("through the proxy 127.0.0.1:") && words.contains("(HTTP_PROXY)"), "\(words)")
  }
}
