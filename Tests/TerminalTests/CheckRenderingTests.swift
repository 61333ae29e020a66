import Cases
import Formats
import Foundation
import Monitoring
import Terminal
import TestSupport
import Testing

@Suite("Renderings of a check")
struct CheckRenderingTests {
  /// What a model might say to command a runner, a page or a reader.
  static let hostile =
    "::error::gone\n##[error]x @octocat <script>alert(1)</script> ```` ``` | [a](javascript:b) \u{1B}[31m\u{202E} %0A::set-output"

  static func result(_ verdict: CheckResult.Verdict, reason: CheckResult.Reason? = nil) -> CheckResult {
    let records = [
      PromptID("p|1 @all <b>::warning::"): ProbeRecord(stratum: .peaked, samples: 12, answers: [hostile: 12]),
      PromptID("p2"): ProbeRecord(stratum: .diffuse, samples: 12, answers: ["a": 6, "b": 6]),
    ]
    let rule = CheckRule(
      falseAlarms: .init(), strata: [.peaked, .diffuse], floors: [.peaked: 0.002, .diffuse: 0.002], seed: 1)
    let plan = SamplingPlan(samples: records.mapValues { _ in 8 }, maxCalls: 320)
    let baseline = Baseline(
      name: "prod \(hostile)", created: "2026-11-24T00:00:00.000Z", tool: "t", configuration: nil, suite: .null,
      endpoint: .init(url: "http://x/v1", model: hostile, declaredModels: [], declaredFingerprints: []), sessions: [],
      stability: [], probes: records, rule: rule, plan: plan,
      detectable: [.init(stratum: .peaked, probes: 1, changedProbes: 1, changedShare: 0.25)], medianMilliseconds: 3
    ).approved(after: [], by: hostile, reason: hostile, at: "t")
    var result = CheckResult(name: baseline.name, run: hostile, started: "2026-11-24T00:00:00.000Z", baseline: baseline)
    let changed = records.mapValues {
      ProbeRecord(
        stratum: $0.stratum, samples: 12, answers: $0.stratum == .peaked ? ["new \(hostile)": 12] : $0.answers)
    }
    let comparison = ProbeComparison(changed, baseline: records)
    if reason == nil { result.screening = rule.screen(comparison.blocks, run: 1) }
    if verdict == .changed { result.confirmation = rule.confirm(comparison.blocks, run: 1) }
    result.changes = [
      .init(
        probe: PromptID("p|1 @all <b>::warning::"), stratum: .peaked, distance: 1, weight: 9,
        then: [.init(answer: hostile, count: 6)], now: [.init(answer: "new \(hostile)", count: 6)])
    ]
    result.declared = [.init(what: .model, then: "a", now: hostile)]
    result.verdict = verdict
    result.reason = reason
    return result
  }

  static let all: [CheckResult] = [
    result(.same), result(.changed),
    result(
      .inconclusive,
      reason: .incomplete(
        stage: .screening, answered: 3, planned: 80, unanswered: [PromptID(hostile)], trouble: .told(hostile))),
    result(.inconclusive, reason: .powerless([.diffuse])),
    result(
      .inconclusive, reason: .notComparable([.init(path: "probes[0]", stored: "a", current: hostile)])),
    result(.inconclusive, reason: .answersWithoutText(9, of: 80, .oneForAll, sentence: hostile, pValue: 1e-6)),
    result(.inconclusive, reason: .keyRefused(host: "http://x", detail: hostile)),
  ]

  @Test("every verdict names both: the model and settings of the baseline, and others", arguments: all.indices)
  func bothNamed(place: Int) {
    let result = Self.all[place]
    for text in [result.textLines.joined(separator: "\n"), result.markdown()] {
      switch result.verdict {
      case .same: #expect(text.contains("speak for another model or other settings rather than those of the baseline"))
      case .changed:
        #expect(text.contains("speak for another model or other settings rather than those of the baseline"))
      case .inconclusive:
        #expect(text.lowercased().contains("neither the model and settings of the baseline nor others are supported"))
      }
      #expect(HalfSaid.sentences(in: text) == [])
    }
  }

  @Test("no rendering lets model text become a command, a mention, markup or the end of a fence", arguments: 0..<7)
  func neutral(number: Int) throws {
    let result = Self.all[number]
    let text = result.textLines.joined(separator: "\n")
    let markdown = result.markdown()
    for rendering in [text, markdown, result.junit] {
      #expect(!rendering.split(separator: "\n").contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix("::") })
      #expect(!rendering.contains("##[") && !rendering.contains("\u{1B}") && !rendering.contains("\u{202E}"))
      #expect(!rendering.contains("::error::") && !rendering.contains("::set-output"))
    }
    #expect(!result.junit.contains("<script"))
    // Outside fences: no mention, no tag, no link.
    var fence: String?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let open = fence {
        if line == open { fence = nil }
        continue
      }
      if line.hasPrefix("```") {
        fence = String(line.prefix { $0 == "`" })
        continue
      }
      #expect(
        !line.contains("@octocat") && !line.contains("@all") && !line.contains("<script") && !line.contains("<b>"))
      #expect(!line.replacingOccurrences(of: "\\]", with: "").contains("](javascript"))
    }
    #expect(fence == nil, "a fence stays open")
    // Annotations are the only commands, and each is one line.
    for line in result.annotations {
      #expect(["::notice ", "::error ", "::warning "].contains { line.hasPrefix($0) })
      #expect(!line.contains("\n") && line.components(separatedBy: "::").count == 3, "\(line)")
    }
    #expect(result.annotations.count <= 20)
  }

  @Test(
    "JUnit says failure for a change, of its stratum and of its probe, and error for whatever ends without a verdict",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func junit() throws {
    let script = """
      import sys, json, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      print(json.dumps([root.attrib["tests"]] + [child.tag for case in root.iter("testcase") for child in case]))
      """
    let outcomes = try Self.all.map {
      try JSONDecoder().decode([String].self, from: try IndependentPython.run(script, input: Data($0.junit.utf8)))
    }
    // Two strata and two probes.
    #expect(outcomes[0] == ["4"])
    #expect(outcomes[1] == ["4", "failure", "failure"])
    for outcome in outcomes[2...] { #expect(outcome == ["4", "error", "error", "skipped", "skipped"]) }
  }

  @Test("a summary that would be too long is cut at a block, and says so")
  func cut() {
    let result = Self.result(.changed)
    let whole = result.markdown()
    #expect(!whole.contains("Cut here") && whole.hasPrefix("<!-- retort check -->"))
    let cut = result.markdown(limit: 700)
    #expect(cut.utf8.count <= 700 && cut.contains("Cut here"))
    #expect(cut.components(separatedBy: "```").count % 2 == 1)
  }

  @Test(
    "the document is what the schema says, for every verdict",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schema() throws {
    for result in Self.all {
      #expect(try Schemas.violations(of: result.document(tool: "retort").canonical, "check") == "")
    }
  }

  @Test(
    "the timeline has a mark for each run, and is XML",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func timeline() throws {
    let ledger = Ledger(entries: Self.all.map { Ledger.Entry($0) })
    let svg = CheckTimeline.svg(ledger, name: Self.hostile, seed: 1)
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      print(len([e for e in root.iter() if e.tag.endswith("circle") or e.tag.endswith("path")]))
      """
    #expect(String(decoding: try IndependentPython.run(script, input: Data(svg.utf8)), as: UTF8.self) == "7\n")
  }
}
