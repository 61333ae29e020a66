import Cases
import EndpointKeys
import Testing

/// Whose key is sent where, and looked for where.
@Suite("Key rings")
struct KeyRingTests {
  private static func header(_ secret: String) -> Attempt.Header { Attempt.Header(name: "x-key", value: secret) }

  @Test("the key of another model of a host is looked for as well, if it is there")
  func guarding() throws {
    func model(_ id: String, _ url: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(id), endpoint: Endpoint(url: url, model: id, key: .environment(id.uppercased())))
    }
    let models = [
      model("a", "https://h/v1"), model("b", "https://h:443/v1"), model("c", "https://H/v1"),
      model("d", "https://i/v1"),
    ]
    let others = ["B": "tok-9Zk3Lq8Vw1Xn5Rb7", "D": "tok-8Yj2Kp7Uv0Wm4Qa6"]
    let keys = try KeyRing(
      for: [models[0]], guarding: models, environment: others.merging(["A": RedactionTests.key]) { $1 })
    let body = Array("\(RedactionTests.key) and \(others["B"]!) and \(others["D"]!)".utf8)
    #expect(
      keys.redaction(for: "https://h").body(body).bytes
        == Array("\(Redaction.mark) and \(Redaction.mark) and \(others["D"]!)".utf8))
    #expect(keys.credentials(of: ModelID("b"), for: "https://h:443/v1/x", Self.header) == nil, "guarded, not sent")
    #expect(keys.unguarded.isEmpty)
  }

  @Test("a key is looked for in what came from its own host, and nowhere else")
  func hosts() throws {
    func model(_ id: String, _ variable: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(id), endpoint: Endpoint(url: "http://\(id):1/v1", model: id, key: .environment(variable)))
    }
    let other = "tok-9Zk3Lq8Vw1Xn5Rb7"
    let keys = try KeyRing(
      for: [model("a", "A"), model("b", "B")], environment: ["A": RedactionTests.key, "B": other])
    let body = Array("\(RedactionTests.key) \(other)".utf8)
    #expect(keys.redaction(for: "http://a:1").body(body).bytes == Array("\(Redaction.mark) \(other)".utf8))
    #expect(keys.redaction(for: "http://b:1").body(body).bytes == Array("\(RedactionTests.key) \(Redaction.mark)".utf8))
    #expect(keys.redaction(for: "http://c:1").body(body).bytes == body)
  }

  @Test("a key goes with a request whose URL has a query, too")
  func query() throws {
    let endpoint = Endpoint(url: "http://h:1/v1", model: "m", key: .environment("K"))
    let keys = try KeyRing(
      for: [CaseConfiguration.Model(id: ModelID("m"), endpoint: endpoint)], environment: ["K": RedactionTests.key])
    #expect(
      keys.credentials(of: ModelID("m"), for: "http://h:1/v1/x?alt=sse", Self.header)?.value == RedactionTests.key)
    #expect(keys.credentials(of: ModelID("m"), for: "http://other:1/v1/x?alt=sse", Self.header) == nil)
  }
}
