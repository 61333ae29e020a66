import Cases
import Formats
import Foundation
import Monitoring
import Testing

@Suite("A baseline that waits")
struct PendingBaselineTests {
  private static let old: [PromptID: ProbeRecord] = [
    PromptID("p000"): Watched.record(["a": 24]), PromptID("p001"): Watched.record(["a": 24]),
    PromptID("p002"): Watched.record(["a": 24]), PromptID("q"): Watched.record(["x": 12, "y": 12], .diffuse),
  ]
  /// What the run gave: a probe changed, one answered once, one not at all, and another stratum.
  private static let run: [PromptID: ProbeRecord] = [
    PromptID("p000"): Watched.record(["b": 20]), PromptID("p001"): Watched.record(["b": 1]),
    PromptID("q"): Watched.record(["x": 8, "y": 8], .diffuse),
  ]

  /// After a run in which the strata are found changed or not as their answers are.
  private static func pending(strata: [Stratum]) async -> (old: Baseline, new: Baseline) {
    let baseline = Watched.baseline(old, strata: [.peaked, .diffuse, .logprobs]).approved(
      after: [], by: "A", reason: "r", at: "t")
    var result = Watched.result(baseline)
    let far = TokenDistribution(values: ["ta": -50_000])
    let near = TokenDistribution(values: ["ta": -5_000])
    func records(_ isChanged: Bool) -> [PromptID: ProbeRecord] {
      Dictionary(
        uniqueKeysWithValues: (0..<8).map { number in
          (
            PromptID("r\(number)"),
            ProbeRecord(
              stratum: .peaked, samples: 24, answers: [isChanged && strata.contains(.peaked) ? "b" : "a": 24],
              distributions: [isChanged && strata.contains(.logprobs) ? far : near: 24])
          )
        })
    }
    result.confirmation = baseline.rule.confirm(
      ProbeComparison(records(true), baseline: records(false)).blocks, run: 1)
    #expect(result.changedStrata == strata)
    return (baseline, await PendingBaseline(of: result, records: run).baseline(tool: "u"))
  }

  @Test("it has the run's answers where a stratum changed and enough came, the old ones elsewhere")
  func probes() async {
    let (old, new) = await Self.pending(strata: [.peaked])
    #expect(new.probes[PromptID("p000")] == Watched.record(["b": 20]))
    for kept in ["p001", "p002", "q"] { #expect(new.probes[PromptID(kept)] == Self.old[PromptID(kept)], "\(kept)") }
    #expect(new.answers == 20 + 24 + 24 + 24 && new.sessions.count == 1 && new.sessions[0].started == "2026-11-25")
    #expect(new.name == old.name && new.rule == old.rule && new.plan == old.plan && new.stability == old.stability)
    #expect(new.tool == "u" && new.created == "2026-11-25")
  }

  @Test("log-probabilities lie with the answers of every stratum: all that came is new")
  func logprobs() async {
    let (_, new) = await Self.pending(strata: [.logprobs])
    #expect(new.probes[PromptID("p000")] == Watched.record(["b": 20]))
    #expect(new.probes[PromptID("q")] == Watched.record(["x": 8, "y": 8], .diffuse))
    #expect(new.probes[PromptID("p001")] == Self.old[PromptID("p001")])
  }

  @Test("nobody has approved it, and it is another than the one that it replaces")
  func unapproved() async {
    let (old, new) = await Self.pending(strata: [.peaked])
    #expect(old.approval != nil && new.approval == nil && new.approvals == [] && new.digest != old.digest)
    #expect(new.remarks(replacing: old) == [])
  }

  @Test("what makes it another thing than the next one is told")
  func remarks() {
    let current = Watched.baseline(Self.old)
    let older = Watched.baseline(Self.old, created: "2026-11-23")
    #expect(older.remarks(replacing: current) == [.older, .replacedUnapproved])
    let approved = current.approved(after: [], by: "A", reason: "r", at: "t")
    func other(name: String = "b", suite: JSONValue = .null, url: String = "u") -> Baseline {
      Baseline(
        name: name, created: current.created, tool: "t", configuration: nil, suite: suite,
        endpoint: .init(url: url, model: "m", declaredModels: [], declaredFingerprints: []), sessions: current.sessions,
        stability: [], probes: current.probes, rule: current.rule, plan: current.plan, detectable: [],
        medianMilliseconds: nil)
    }
    #expect(other().remarks(replacing: approved) == [])
    #expect(other(name: "c").remarks(replacing: approved) == [.otherName("c", replaced: "b")])
    #expect(other(suite: .object([:])).remarks(replacing: approved) == [.otherSuite])
    let moved = other(url: "v").remarks(replacing: approved)
    guard moved.count == 1, case .otherEndpoint(let now, let then) = moved[0] else {
      Issue.record("\(moved)")
      return
    }
    #expect(now.url == "v" && then.url == "u")
  }

  @Test("it is written over an earlier one that waits, and over nothing else")
  func overwriting() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pending-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = "\(folder)/b.json.new"
    let first = Watched.baseline(Self.old)
    try first.writePending(to: file)
    try Watched.baseline(Self.old, created: "2026-11-26").writePending(to: file)
    #expect(try Baseline.read(file: file).created == "2026-11-26")
    try FileBytes.write("mine".utf8, to: file)
    #expect(throws: FileError.wouldOverwrite(file: file)) { try first.writePending(to: file) }
    #expect(try FileBytes.read(file) == Array("mine".utf8))
  }

  @Test("what an endpoint said commands neither a terminal nor a log, and reads back as it was said")
  func inert() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pending-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = "\(folder)/b.json.new"
    let answer = "##[error]\u{202E}\u{85}\u{1B}[2J"
    let baseline = Watched.baseline([PromptID("p000"): Watched.record([answer: 24])])
    for write in [baseline.writePending, baseline.writeDurably] {
      try write(file)
      let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
      #expect(!text.contains("##["))
      #expect(
        text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .format && $0.value >= 0x20 })
      #expect(!text.unicodeScalars.contains("\u{85}"))
      #expect(try Baseline.read(file: file).probes[PromptID("p000")]?.answers == [answer: 24])
      #expect(try Baseline.read(file: file).digest == baseline.digest)
    }
  }
}
