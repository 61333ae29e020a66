import Cases
import Formats
import Foundation
import Monitoring
import Testing

@Suite("What is asked, and what was")
struct SuiteTests {
  /// A configuration as it is read from a file, with a probe for each line.
  private func configuration(_ lines: [String], _ more: String = "") throws -> MonitorConfiguration {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suite-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileBytes.write((lines.joined(separator: "\n") + "\n").utf8, to: "\(folder)/probes.jsonl")
    try FileBytes.write(
      """
      endpoint: {url: "http://127.0.0.1:9/v1", model: m}
      probes: [probes.jsonl]
      \(more)
      """.utf8, to: "\(folder)/check.yaml")
    return try MonitorConfigurationReader.read(file: "\(folder)/check.yaml")
  }

  private static let first = #"{"id":"a","prompt":"Why?"}"#
  private static let second = #"{"id":"b","prompt":"When?","samples":4}"#
  private static let third = #"{"id":"c","prompt":"Who?"}"#

  /// As an older version wrote it.
  private static func older(_ suite: JSONValue) -> JSONValue {
    .object((suite.object ?? [:]).filter { $0.key != "by_probe" })
  }

  @Test("a probe that is added is no difference, and is told; order and white space of a file are none either")
  func added() throws {
    let suite = try configuration([Self.first, Self.second]).suite
    let more = try configuration([Self.third, #"{"samples": 4, "id": "b", "prompt": "When?"}"#, Self.first])
    #expect(more.differences(from: suite) == [] && more.added(to: suite) == [PromptID("c")])
    let same = try configuration([Self.first, Self.second])
    #expect(same.differences(from: suite) == [] && same.added(to: suite) == [])
  }

  @Test("a probe that was changed or taken out is named")
  func changed() throws {
    let suite = try configuration([Self.first, Self.second]).suite
    let other = try configuration([Self.first, #"{"id":"b","prompt":"When?","samples":5}"#, Self.third])
    let differences = other.differences(from: suite)
    #expect(differences.map(\.path) == ["probes.b"])
    #expect(differences.first?.stored?.count == 12 && differences.first?.stored != differences.first?.current)
    let fewer = try configuration([Self.second]).differences(from: suite)
    #expect(fewer == [ConfigurationDifference(path: "probes.a", stored: "asked", current: nil)])
  }

  @Test("what of the answers is compared counts for the probes of the baseline, and for no others")
  func keys() throws {
    let suite = try configuration([Self.first, Self.second]).suite
    let lines = [Self.first, Self.second, Self.third]
    #expect(try configuration(lines, "key: {c: number}").differences(from: suite) == [])
    let other = try configuration(lines, "key: {b: number, c: number}").differences(from: suite)
    #expect(other.count == 1 && other[0].path.hasPrefix("keys"))
    let cooler = try configuration(lines, "sampling: {temperature: 0.5}").differences(from: suite)
    #expect(cooler.map(\.path) == ["sampling.temperature"])
  }

  @Test("probes that should vary are those of the category that is there for it, where answers are drawn")
  func varied() throws {
    func probe(_ id: String, _ more: String) -> String { #"{"id":"\#(id)","prompt":"Why \#(id)?"\#(more)}"# }
    let own = try configuration([
      probe("a", ""), probe("b", #","temperature":0.6"#), probe("c", #","category":"check-diffuse""#),
      probe("d", #","category":"check-diffuse","temperature":0"#),
    ])
    #expect(own.drawnProbes == [PromptID("a"), PromptID("c")] && own.variedProbes == [PromptID("c")])
  }

  @Test("a suite of an older version is compared as a whole")
  func old() throws {
    let suite = Self.older(try configuration([Self.first, Self.second]).suite)
    #expect(try configuration([Self.first, Self.second]).differences(from: suite) == [])
    let more = try configuration([Self.first, Self.second, Self.third])
    #expect(more.differences(from: suite).map(\.path) == ["probes[0]"] && more.added(to: suite) == [])
  }

  @Test("a new baseline that says more of the same suite is no remark")
  func remark() throws {
    let suite = try configuration([Self.first, Self.second]).suite
    func baseline(_ suite: JSONValue) -> Baseline {
      let plain = Watched.baseline([PromptID("a"): Watched.record(["a": 24])])
      return Baseline(
        name: plain.name, created: plain.created, tool: plain.tool, configuration: nil, suite: suite,
        endpoint: plain.endpoint, sessions: plain.sessions, stability: [], probes: plain.probes, rule: plain.rule,
        plan: plain.plan, detectable: [], medianMilliseconds: nil
      ).approved(after: [], by: "A", reason: "r", at: "t")
    }
    #expect(baseline(suite).remarks(replacing: baseline(Self.older(suite))) == [])
  }
}
