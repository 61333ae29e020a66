import Cases
import Formats
import Foundation
import Monitoring
import Probing
import Terminal
import TestSupport
import Testing
import Workflows

@Suite("Recording, approving and checking a baseline")
struct MonitoringWorkflowTests {
  private static let now = Date(timeIntervalSince1970: 1_790_000_000)

  /// Twelve prompts with one answer each, eight times; the prompts of `changed` have another one.
  private static func transcript(_ folder: RecordedFolder, _ name: String, changed: Set<Int> = []) throws -> String {
    let responses = (0..<12).flatMap { prompt in
      (0..<8).map {
        Response(
          prompt: PromptID("p\(prompt)"), sample: $0, text: changed.contains(prompt) ? "other \(prompt)" : "\(prompt)")
      }
    }
    try folder.write(responses, to: name)
    return "\(folder.path)/\(name)"
  }

  private static func approved(_ folder: RecordedFolder) async throws -> String {
    let file = "\(folder.path)/prod.json"
    let baseline = try await RecordBaseline(file: file, environment: [:], tool: "t", now: { now }).reading(
      try (1...3).map { try transcript(folder, "session\($0).jsonl") })
    try baseline.write(to: file + ".new")
    _ = try ApproveBaseline(file: file, pending: file + ".new").run(by: "A. Name", reason: "first", now: now)
    return file
  }

  private static func check(_ file: String, run: String, ledger: Bool = true) throws -> CheckEndpoint {
    try CheckEndpoint(
      baseline: file, run: run, ledger: ledger ? CheckFiles(baseline: file).ledger : nil, environment: [:], tool: "t",
      now: now)
  }

  @Test("the same is the same; a change leaves a baseline that waits, and never touches the one that counts")
  func verdicts() async throws {
    let folder = try RecordedFolder()
    let file = try await Self.approved(folder)
    let before = try FileBytes.read(file)
    let same = try await Self.check(file, run: "one").deciding(on: [try Self.transcript(folder, "now.jsonl")])
    #expect(same.result.verdict == .same && same.pending == nil)
    let changed = try await Self.check(file, run: "two").deciding(
      on: [try Self.transcript(folder, "then.jsonl", changed: [3, 4, 5, 6])])
    #expect(changed.result.verdict == .changed)
    let pending = try #require(changed.pending)
    #expect(try Baseline.read(file: pending).approval == nil)
    #expect(try FileBytes.read(file) == before)
    #expect(try Ledger.read(file: CheckFiles(baseline: file).ledger).entries.map(\.run) == ["one", "two"])
    #expect(changed.result.sinceLatest?.run == "one")
    let approved = try ApproveBaseline(file: file, pending: pending).run(by: "B", reason: "announced", now: Self.now)
    #expect(approved.approvals.count == 2 && !FileBytes.exists(pending))
  }

  @Test(
    "a ledger that is gone is told by the result that a check left in its folder, though its own anchor is gone as well"
  )
  func seenBefore() async throws {
    let folder = try RecordedFolder()
    let file = try await Self.approved(folder)
    func check(_ run: String) async throws -> CheckEndpoint.Findings {
      try await CheckEndpoint(
        baseline: file, folder: "\(folder.path)/checks", run: run, ledger: CheckFiles(baseline: file).ledger,
        environment: [:], tool: "t", now: Self.now
      ).deciding(on: [try Self.transcript(folder, "now.jsonl")])
    }
    let ledger = CheckFiles(baseline: file).ledger
    let first = try await check("one")
    #expect(first.result.ledger?.findings == [] && first.result.ledger?.head.lines == 1)
    let seen = "\(folder.path)/checks/result.json"
    try folder.write(first.result.document(tool: "t").canonical, to: "checks/result.json")
    for gone in [ledger, CheckFiles.latest(besideLedger: ledger)] { try FileManager.default.removeItem(atPath: gone) }
    let second = try await check("two")
    #expect(second.result.ledger?.findings == [.shorter(lines: 0, seen: 1, by: seen)])
    // Of another ledger it says nothing, and what cannot be read says nothing either.
    for text in [first.result.document(tool: "t").canonical.replacing(ledger, with: "other"), "{"] {
      try folder.write(text, to: "checks/result.json")
      for gone in [ledger, CheckFiles.latest(besideLedger: ledger)] { try FileManager.default.removeItem(atPath: gone) }
      #expect(try await check("three").result.ledger?.findings == [])
    }
  }

  @Test("what nobody approved is not checked against, and an approval needs a name, a reason and something pending")
  func approvals() async throws {
    let folder = try RecordedFolder()
    let file = try await Self.approved(folder)
    let pending = file + ".new"
    let again = try await RecordBaseline(file: file, environment: [:], tool: "t", now: { Self.now }).reading(
      try (1...3).map { try Self.transcript(folder, "again\($0).jsonl") })
    #expect(throws: MonitoringError.nothingPending(file: pending)) {
      try ApproveBaseline(file: file, pending: pending).run(by: "A", reason: "r", now: Self.now)
    }
    try again.write(to: pending)
    #expect(throws: MonitoringError.notApproved(file: pending)) { try Self.check(pending, run: "x") }
    for (by, reason, field) in [(" ", "r", "--by"), ("A", "\n", "--reason")] {
      #expect(throws: MonitoringError.approvalEmpty(field: field)) {
        try ApproveBaseline(file: file, pending: pending).run(by: by, reason: reason, now: Self.now)
      }
    }
  }

  @Test("recorded answers have no endpoint to ask, and strange ones are not decided on")
  func noEndpoint() async throws {
    let folder = try RecordedFolder()
    let file = try await Self.approved(folder)
    await #expect(throws: MonitoringError.noEndpoint(file: file)) {
      try await Self.check(file, run: "x").asking()
    }
    try folder.write([Response(prompt: PromptID("strange"), sample: 0, text: "x")], to: "strange.jsonl")
    await #expect(throws: MonitoringError.noCommonProbes(file: "\(folder.path)/strange.jsonl")) {
      try await Self.check(file, run: "x").deciding(on: ["\(folder.path)/strange.jsonl"])
    }
  }

  @Test("a run that was interrupted, or whose key is refused, says nothing of the endpoint")
  func interrupted() async throws {
    let folder = try RecordedFolder()
    try folder.write(#"{"id":"s","prompt":"Q?","samples":8}"# + "\n", to: "probes.jsonl")
    let configuration = try folder.write(
      "endpoint: {url: \"http://127.0.0.1:9/v1\", model: m}\nprobes: [probes.jsonl]\n", to: "check.yaml")
    let recording = RecordBaseline(file: "\(folder.path)/b.json", environment: [:], tool: "t", now: { Self.now })
    for stop in [StopReason.interrupted, .authentication(ModelID("m"), host: "h", detail: "401")] {
      let asked = Asked()
      await #expect(throws: IncompleteRun.self) {
        try await recording.asking(
          { await asked.note($0, stop: stop) }, configuration: configuration, sessions: 3, pause: nil)
      }
      // The case says how its answers are asked, and the first session is the last.
      #expect(await asked.cases.map(\.file) == ["\(folder.path)/b.sessions/1.retort"])
      #expect(await asked.cases.allSatisfy { !$0.checks })
    }
  }

  private actor Asked {
    private(set) var cases: [AskCase] = []

    func note(_ one: AskCase, stop: StopReason) -> RunResult {
      cases.append(one)
      return RunResult(stop: stop, planned: 8, answered: 0, attempts: 1, failures: 1, tokens: 0, cost: .zero)
    }
  }
}
