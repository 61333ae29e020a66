import Cases
import EndpointKeys
import Formats
import Foundation
import Monitoring
import Probing
import TestSupport
import Testing
import Workflows

/// Workflows of monitoring beyond one endpoint and its baseline.
@Suite("Several endpoints, border inputs and notices", .serialized)
struct SeveralEndpointsTests {
  private static let now = Date(timeIntervalSince1970: 1_790_000_000)

  /// Twenty questions with one answer and four with many, 240 answers a session.
  private static func probes() throws -> RecordedFolder {
    let folder = try RecordedFolder()
    let lines =
      (0..<20).map { #"{"id":"s\#($0)","prompt":"What is number \#($0)?","samples":8}"# }
      + (0..<4).map { #"{"id":"d\#($0)","prompt":"Pick a thing of kind \#($0)?","samples":20}"# }
    try folder.write(lines.map { $0 + "\n" }.joined(), to: "probes.jsonl")
    return folder
  }

  private static func entry(_ endpoint: WatchedEndpoint) -> String {
    "{url: \"http://127.0.0.1:\(endpoint.port)/v1\", model: m-1}"
  }

  @Test("two endpoints that answer alike are the same, one whose answer changed is not, and a run is not asked twice")
  func compare() async throws {
    let (one, other) = (try WatchedEndpoint(), try WatchedEndpoint())
    defer {
      one.stop()
      other.stop()
    }
    let folder = try Self.probes()
    let files = try [("a", one), ("b", other)].map { name, endpoint in
      try folder.write("endpoint: \(Self.entry(endpoint))\nprobes: [probes.jsonl]\n", to: "\(name).yaml")
    }
    func compare(_ run: String, _ second: String? = nil) async throws -> CheckResult {
      try await CompareEndpoints(
        files[0], second ?? files[1], folder: "\(folder.path)/out", run: run, limits: Budget(), environment: [:],
        tool: "t",
        now: Self.now
      ).asking()
    }
    let same = try await compare("one")
    #expect(same.verdict == .same && same.between == ["a", "b"])
    #expect(same.calls.planned == 480 && same.calls.answered == 480 && same.calls.failures == 0)
    #expect(one.requests == 240 && other.requests == 240)
    #expect(try await compare("one").verdict == .same)
    #expect(one.requests == 240 && other.requests == 240)
    try other.become(.changed)
    let changed = try await compare("two")
    #expect(changed.verdict == .changed && changed.changes.first?.probe == PromptID("s7"))
    let colder = try folder.write(
      "endpoint: \(Self.entry(other))\nprobes: [probes.jsonl]\nsampling: {temperature: 0}\n", to: "c.yaml")
    await #expect {
      try await compare("three", colder)
    } throws: { error in
      guard case MonitoringError.notComparable(let difference, files: let compared)? = error as? MonitoringError else {
        return false
      }
      return difference.path == "sampling.temperature" && compared == [files[0], colder]
    }
  }

  @Test("baselines of several endpoints are recorded in turn, a session of each at a time, and share the false alarms")
  func record() async throws {
    let (one, other) = (try WatchedEndpoint(), try WatchedEndpoint())
    defer {
      one.stop()
      other.stop()
    }
    let folder = try Self.probes()
    let configuration = try folder.write(
      "endpoints:\n  eu: \(Self.entry(one))\n  us: \(Self.entry(other))\nprobes: [probes.jsonl]\n", to: "check.yaml")
    let file = "\(folder.path)/prod.json"
    let files = ["\(folder.path)/prod-eu.json", "\(folder.path)/prod-us.json"]
    #expect(try RecordEndpoints.files(file, configuration: configuration) == files)
    let recording = RecordEndpoints(file: file, environment: [:], tool: "t", now: { Self.now })
    let begun = try await recording.asking(configuration: configuration, sessions: 3, pause: nil, nextOnly: true)
    #expect(begun.isEmpty && one.requests == 240 && other.requests == 240)
    var order: [String] = []
    let recorded = try await recording.asking(configuration: configuration, sessions: 3, pause: nil) { name, stage in
      if case .planned = stage { order.append(name ?? "") }
    }
    #expect(one.requests == 720 && other.requests == 720)
    #expect(order == ["eu", "us", "eu", "us"], "the second session of each before the third of any")
    #expect(recorded.map(\.file) == files && recorded.map(\.baseline.name) == ["eu", "us"])
    #expect(recorded.allSatisfy { $0.baseline.sessions.count == 3 && $0.baseline.rule.falseAlarms.atMost == 0.025 })
    #expect(recorded.compactMap { $0.baseline.endpoint?.url } == [one, other].map { "http://127.0.0.1:\($0.port)/v1" })
  }

  @Test("ties are found among many prompts, each prompt asked of once; where none is a tie, that is said")
  func border() async throws {
    let endpoint = try WatchedEndpoint()
    defer { endpoint.stop() }
    let folder = try Self.probes()
    let configuration = try folder.write(
      "endpoint: \(Self.entry(endpoint))\nprobes: [probes.jsonl]\n", to: "check.yaml")
    func candidates(_ name: String, _ numbers: Range<Int>) throws -> String {
      try folder.write(
        numbers.map { #"{"id":"\#(name)\#($0)","prompt":"\#($0 < 30 ? "Tie" : "What is") number \#($0)?"}"# + "\n" }
          .joined(), to: "\(name).jsonl")
    }
    func search(_ files: [String], to name: String) throws -> FindBorderInputs {
      try FindBorderInputs(
        from: files, configuration: configuration, named: nil, to: "\(folder.path)/\(name)", environment: [:], tool: "t"
      )
    }
    let files = [try candidates("c", 0..<60), try candidates("again", 0..<5)]
    let found = try await search(files, to: "border.jsonl").run(most: 8)
    #expect(found.candidates == 60 && found.promising >= found.probes.count)
    #expect(found.calls == 2 * 60 + 10 * found.promising && endpoint.requests == found.calls)
    #expect((4...8).contains(found.probes.count))
    for probe in found.probes {
      #expect(probe.id.rawValue.hasPrefix("border-c") && probe.prompt.hasPrefix("Tie"))
      #expect(probe.samples == 8 && probe.maxTokens == 1 && probe.temperature == 0)
    }
    #expect(try ProbeSet.read(file: "\(folder.path)/border.jsonl").probes == found.probes)
    try endpoint.become(.untied)
    await #expect(throws: MonitoringError.noBorder(asked: 30)) {
      try await search([try candidates("d", 0..<30)], to: "none.jsonl").run(most: 8)
    }
    #expect(!FileBytes.exists("\(folder.path)/none.jsonl"))
  }

  /// Remembers what was sent, and answers as it is told.
  private actor Mailbox: Transport {
    private(set) var requests: [TransportRequest] = []
    private let reply: TransportReply

    init(_ status: Int?, _ problem: TransportReply.Problem? = nil) {
      reply = TransportReply(
        head: status.map { TransportReply.Head(status: $0, headers: []) }, body: [], problem: problem, firstByte: nil)
    }

    func send(_ request: TransportRequest) async -> TransportReply {
      requests.append(request)
      return reply
    }
  }

  @Test("a notice goes once to its address, with the user in a header and every endpoint's key masked")
  func notice() async throws {
    let folder = try Self.probes()
    let key = "sk-Canary4f1d9c7e2b6a"
    let configuration = try folder.write(
      "endpoint: {url: \"http://127.0.0.1:9/v1\", model: m, key_env: CANARY}\nprobes: [probes.jsonl]\n",
      to: "check.yaml")
    let notice = try #require(ResultNotice("http://user:p%40w@127.0.0.1:9/hook/word?q=1#part"))
    #expect(notice.host == "http://127.0.0.1:9")
    let arrived = Mailbox(204)
    let failure = await notice.post(
      #"{"said":"your key: \#(key)"}"#, guarding: [configuration], environment: ["CANARY": key], over: arrived)
    #expect(failure == nil)
    let sent = await arrived.requests
    #expect(sent.count == 1 && sent.first?.request.url == "http://127.0.0.1:9/hook/word?q=1")
    #expect(sent.first?.credentials == Attempt.Header(name: "Authorization", value: "Basic dXNlcjpwQHc="))
    let body = String(decoding: sent.first?.request.body ?? [], as: UTF8.self)
    #expect(body.contains("your key: ") && body.contains(Redaction.mark) && !body.contains("Canary4f1d9c7e2b6a"))
    for (mailbox, expected) in [
      (Mailbox(500), ResultNotice.Failure.status(500)), (Mailbox(302), .status(302)),
      (Mailbox(nil, .timeout), .problem(.timeout)),
    ] {
      #expect(await notice.post("{}", guarding: [], environment: [:], over: mailbox) == expected)
      #expect(await mailbox.requests.count == 1)
    }
    for address in ["ftp://h/x", "http://", "h/x", "http://h/a b", "https://user@/x"] {
      #expect(ResultNotice(address) == nil, "\(address)")
    }
  }
}
