import CaseFile
import Cases
import EndpointKeys
import Formats
import Foundation
import Probing
import Synchronization
import Testing

/// Keys reach the endpoint, and nothing else.
@Suite(.timeLimit(.minutes(2)))
struct KeyTests {
  static let canary = "sk-canary/4f1d9c-\"7e"

  /// How servers show what was sent to them.
  enum Echo: String, CaseIterable {
    case plain, escaped, answer, header

    func reply(_ authorization: String) -> FaultServer.Reply {
      func json(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
      }
      switch self {
      case .plain: return FaultServer.Reply(status: 500, body: "you sent \(authorization)")
      case .escaped:
        return FaultServer.Reply(
          status: 400, body: #"{"error":{"message":"\#(KeyTests.escaped(authorization))","type":"t"}}"#)
      case .answer:
        return FaultServer.Reply(
          body: #"{"choices":[{"finish_reason":"stop","message":{"content":\#(json("your key: " + authorization))}}]}"#)
      case .header:
        return FaultServer.Reply(status: 500, headers: ["x-request-id": authorization], body: "no")
      }
    }
  }

  /// Every character as JSON's `\\uXXXX`.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { "\\u" + ("0000" + String($0.value, radix: 16)).suffix(4) }.joined()
  }

  @Test("a key that a server echoes is in no byte of the case file", arguments: Echo.allCases, [false, true])
  func canary(echo: Echo, fromFile: Bool) async throws {
    let bench = try Bench()
    let keyFile = bench.folder + "/key"
    if fromFile { try Data((Self.canary + "\n").utf8).write(to: URL(fileURLWithPath: keyFile)) }
    let key: Endpoint.KeyReference = fromFile ? .file(keyFile) : .environment("CANARY")
    try await FaultServer.run(
      answering: { $0.number % 3 == 2 ? .answer() : echo.reply($0.authorization ?? "none") }
    ) { port, log in
      let configuration = try bench.configuration(port: port, key: key)
      let store = try CaseStore.resume(
        at: bench.file, configuration: configuration, plan: Plan.items(of: configuration), tool: "test")
      let transport = HTTPTransport(connections: 4)
      let keys = try KeyRing(for: configuration.models, environment: ["CANARY": Self.canary])
      let result = try await Runner(
        configuration: configuration, store: store, transport: transport, keys: keys, policy: Bench.impatient,
        tool: "test"
      ).run()
      await transport.shutdown()
      #expect(log.requests.allSatisfy { $0.authorization == "Bearer \(Self.canary)" }, "the key is sent")
      #expect(result.attempts > 20)
      #expect(!"\(result) \(keys) \(configuration)".contains(Self.canary))
      try search(bench, open: true)
      try store.close()
      try search(bench, open: false)
      if echo != .header {
        #expect(try contains(bench, "[redacted]"), "what was echoed was stored, without the key")
      }
      #expect(try bench.contents().run != nil, "the chain holds")
    }
  }

  private func search(_ bench: Bench, open: Bool) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder).filter { $0 != "key" }
    #expect(names.contains("case.retort-wal") == open)
    for name in names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(bench.folder)/\(name)"))
      for part in [Self.canary, "canary/4f1d9c", "canary\\/4f1d9c", Self.escaped("canary")] {
        #expect(bytes.firstRange(of: Data(part.utf8)) == nil, "\(part) is in \(name)")
      }
    }
  }

  private func contains(_ bench: Bench, _ text: String) throws -> Bool {
    try Data(contentsOf: URL(fileURLWithPath: bench.file)).firstRange(of: Data(text.utf8)) != nil
  }

  @Test("a missing, an empty and an unusable key are told apart, before anything is asked")
  func missing() async throws {
    let bench = try Bench()
    let configuration = try bench.configuration(port: 9, key: .environment("K"))
    let id = ModelID("s")
    for environment in [[:], ["K": ""], ["K": " \n"]] as [[String: String]] {
      #expect(throws: EndpointKeyError.missing(id, .environment("K"))) {
        try KeyRing(for: configuration.models, environment: environment)
      }
    }
    #expect(throws: EndpointKeyError.unusable(id, .environment("K"))) {
      try KeyRing(for: configuration.models, environment: ["K": "a\r\nx: y"])
    }
    let other = try bench.configuration(port: 9, key: .file(bench.folder + "/gone"))
    #expect(throws: FileError.self) { try KeyRing(for: other.models, environment: [:]) }
    await #expect(throws: EndpointKeyError.missing(id, .environment("K"))) {
      _ = try await bench.run(configuration)
    }
  }

  @Test("a key and its file have a length", arguments: [false, true])
  func long(fromFile: Bool) throws {
    let bench = try Bench()
    let file = bench.folder + "/key"
    let reference: Endpoint.KeyReference = fromFile ? .file(file) : .environment("K")
    let configuration = try bench.configuration(port: 9, key: reference)
    func read(_ count: Int, around: String = "") throws -> KeyRing {
      let key = String(repeating: "0123456789abcdef", count: count / 16) + around
      try Data(key.utf8).write(to: URL(fileURLWithPath: file))
      return try KeyRing(for: configuration.models, environment: ["K": key])
    }
    #expect(try read(16 << 10)[ModelID("s")] != nil)
    #expect(throws: EndpointKeyError.tooLong(ModelID("s"), reference)) { try read(16 + 16 << 10) }
    let space = String(repeating: "\n", count: 48 << 10)
    #expect(try read(16 << 10, around: space)[ModelID("s")] != nil)
    // A variable has no bound but that of its key.
    guard fromFile else { return }
    #expect(throws: EndpointKeyError.tooLong(ModelID("s"), reference)) { try read(16 << 10, around: space + "\n") }
  }

  @Test("a run that goes on looks for the keys of the host's other models, although it sends them no more")
  func resumed() async throws {
    let bench = try Bench()
    let all = try bench.configuration(port: 9)
    let secrets = Dictionary(
      uniqueKeysWithValues: Bench.models.map { ("KEY_\($0)", "tok-\($0)9Zk3Lq8Vw1Xn5Rb7") })
    let isSecond = Mutex(false)
    try await FaultServer.run(answering: { request in
      guard request.model == "s" else { return .answer() }
      return isSecond.withLock { $0 } ? .answer("Known: \(secrets["KEY_t"]!).") : .error(402)
    }) { port, log in
      func model(_ model: CaseConfiguration.Model) -> CaseConfiguration.Model {
        let name = model.id.rawValue
        return CaseConfiguration.Model(
          id: model.id,
          endpoint: Endpoint(url: "http://127.0.0.1:\(port)/v1", model: name, key: .environment("KEY_\(name)")))
      }
      let configuration = CaseConfiguration(
        name: "bench", seed: 7, suspect: model(all.models[0]),
        candidates: all.candidates.compactMap(\.asked).map(model),
        cohort: all.cohort.compactMap(\.asked).map(model), probeSets: all.probeSets)
      _ = try await bench.run(configuration, environment: secrets)
      #expect(try bench.contents().transcripts[ModelID("s")]?.responses.isEmpty != false)
      #expect(try bench.contents().transcripts[ModelID("t")]?.responses.count == 4)
      isSecond.withLock { $0 = true }
      _ = try await bench.run(configuration, environment: secrets)
      let texts = try bench.contents().transcripts[ModelID("s")]?.responses.map(\.text)
      #expect(texts == Array(repeating: "Known: [redacted].", count: 4))
      #expect(try !contains(bench, secrets["KEY_t"]!))
    }
  }

  @Test("a key is bound to the host of its endpoint")
  func host() throws {
    let configuration = try Bench().configuration(port: 9, ports: ["t": 10], key: .environment("K"))
    let keys = try KeyRing(for: configuration.models, environment: ["K": "k"])
    #expect(keys[ModelID("s")]?.host == "http://127.0.0.1:9")
    #expect(keys[ModelID("t")]?.host == "http://127.0.0.1:10")
  }
}
