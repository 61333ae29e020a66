import Cases
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Probe set commands")
struct ProbesCommandTests {
  @Test("templates expand to a set that list and check read; the same again is no error, another seed is")
  func expand() throws {
    let folder = try CommandTests.folder()
    let template = #"{"id":"v","category":"c","language":"en","prompt":"Say {x}.","slots":{"x":["a","b","c"]}}"#
    try FileBytes.write(template.utf8, to: "\(folder)/t.json")
    func expand(_ seed: Int) throws -> CommandTests.Outcome {
      try CommandTests.retort([
        "probes", "expand", "\(folder)/t.json", "--seed", "\(seed)", "--count", "2", "-o", "\(folder)/p.jsonl",
        "--json",
      ])
    }
    let outcome = try expand(5)
    #expect(outcome.status == 0, "\(outcome.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "probe-variants") == "") }
    #expect(try expand(5).output == outcome.output)
    let other = try expand(6)
    #expect(other.status == 64 && other.errors.contains("another file of that name is there"), "\(other.errors)")
    let set = try ProbeSet.read(file: "\(folder)/p.jsonl")
    #expect(set.probes.map(\.id.rawValue) == ["v-s5-1", "v-s5-2"])

    let list = try CommandTests.retort(["probes", "list", folder])
    #expect(list.output.contains("p.jsonl: 2 probes, sha256 \(set.digest.hex)"), "\(list.output)\(list.errors)")
    let check = try CommandTests.retort(["probes", "check", folder, "--json"])
    #expect(check.status == 0, "\(check.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: check.output, "probe-sets") == "") }
  }

  @Test("a finding ends with 3 and is data, not talk")
  func findings() throws {
    let folder = try CommandTests.folder()
    let line = #"{"id":"a","prompt":"X","category":"c","language":"en"}"# + "\n"
    for name in ["one", "two"] { try FileBytes.write(line.utf8, to: "\(folder)/\(name).jsonl") }
    let check = try CommandTests.retort(["probes", "check", folder])
    #expect(check.status == 3)
    #expect(check.output.contains("two.jsonl: the probe a is in \(folder)/one.jsonl too"), "\(check.output)")
    #expect(check.errors == "retort: 2 findings; see above, and change the probe sets\n")
    let json = try CommandTests.retort(["probes", "check", folder, "--json"])
    #expect(json.status == 3)
    if IndependentPython.isHere { #expect(try Schemas.violations(of: json.output, "probe-sets") == "") }
    #expect(try CommandTests.retort(["probes", "list", "\(folder)/nothing"]).status == 3)
  }

  @Test("a probe's own temperature is sent, others get the case's")
  func temperature() throws {
    // The demo server records nothing; the stored requests do.
    let configuration = CaseConfiguration(
      name: "x", seed: 1, suspect: .init(id: ModelID("s"), endpoint: Endpoint(url: "http://h", model: "m")),
      candidates: [], cohort: [], probeSets: [], sampling: Sampling(temperature: 0.7, maxTokens: 9))
    let own = Probe(id: PromptID("a"), prompt: "X", maxTokens: 3, temperature: 0)
    #expect(configuration.sampling(of: own) == Sampling(temperature: 0, maxTokens: 3))
    #expect(configuration.sampling(of: Probe(id: PromptID("b"), prompt: "X")) == configuration.sampling)
  }
}
