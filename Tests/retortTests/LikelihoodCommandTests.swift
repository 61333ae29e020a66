import Formats
import Foundation
import TestSupport
import Testing

@Suite("Likelihoods of given answers")
struct LikelihoodCommandTests {
  @Test("what cannot be asked ends with a line that says what to do")
  func mistakes() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(#"{"id":"p","prompt":"Q?"}"#.utf8 + [0x0A], to: "\(folder)/p.jsonl")
    func write(dialect: String) throws {
      let endpoint = #"{url: "http://127.0.0.1:9/v1", model: m, dialect: \#(dialect)}"#
      let models = ["a", "b", "c", "d"].map { "  - {model: \($0), endpoint: \(endpoint)}\n" }.joined()
      try FileBytes.write(
        """
        seed: 1
        suspect: {model: s, endpoint: \(endpoint)}
        candidates:
          - {model: t, endpoint: \(endpoint)}
        cohort:
        \(models)
        probes: [p.jsonl]
        """.utf8, to: "\(folder)/case.yaml")
    }
    try write(dialect: "anthropic")
    let none = try CommandTests.retort(["likelihood", "\(folder)/case.yaml"])
    #expect(none.status == 64 && none.errors.contains("ask for answers first, with retort run"), "\(none.errors)")
    // A case that was planned and never answered is there.
    _ = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--max-calls", "1", "--no-report"])
    let unable = try CommandTests.retort(["likelihood", "\(folder)/case.yaml"])
    #expect(unable.status == 64 && unable.errors.contains("cannot tell how likely a given answer is"))
    for date in ["t", "t=2024", "t=2024-13-01", "=2024-01-01", "t=2024-1-1"] {
      let bad = try CommandTests.retort(["likelihood", "\(folder)/case.yaml", "--released", date])
      #expect(bad.status == 64 && bad.errors.contains("NAME=YYYY-MM-DD"), "\(date): \(bad.errors)")
    }
    #expect(try CommandTests.retort(["likelihood", "\(folder)/case.yaml", "--answers", "0"]).status == 64)
  }

  /// Real language models behind the server of llama.cpp: a teacher, its student, a twin of the teacher that learned from
  /// the same data, and models of other origin.
  @Test(
    "a student's likelihoods stand out both ways, those of a same-data twin do not; direction stays open; evidence holds",
    .enabled(if: ModelLab.isHere, "\(ModelLab.note)"))
  func lab() throws {
    let folder = try CommandTests.folder()
    let names = ["T1", "S1L", "I0", "I0s", "C3", "I1", "T2"]
    let servers = try names.map { try ModelLab.Server($0) }
    defer { for server in servers { server.stop() } }
    let prompts = try FileBytes.read(ModelLab.prompts).split(separator: UInt8(ascii: "\n")).prefix(30)
    let probes = try prompts.map { line -> String in
      let value = try #require(JSONValue(parsing: Array(line)))
      return JSONValue.object(["id": value["id"] ?? .null, "prompt": value["prompt"] ?? .null]).canonical + "\n"
    }
    try FileBytes.write(probes.joined().utf8, to: "\(folder)/probes.jsonl")
    func model(_ place: Int) -> String {
      "{model: \(names[place]), endpoint: {url: \"\(servers[place].url)\", model: m}}"
    }
    let written = try prompts.prefix(20).map { line -> String in
      let id = try #require(JSONValue(parsing: Array(line))?["id"])
      return JSONValue.object(["prompt_id": id, "text": .string(" It is a tool that people use.")]).canonical + "\n"
    }
    try FileBytes.write(written.joined().utf8, to: "\(folder)/people.jsonl")
    try FileBytes.write(
      """
      seed: 4
      suspect: \(model(1))
      candidates: [\(model(0)), \(model(2))]
      cohort: [\((3..<7).map(model).joined(separator: ", "))]
      probes: [probes.jsonl]
      sampling: {temperature: 0.8, max_tokens: 48}
      """.utf8, to: "\(folder)/case.yaml")
    let asked = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--no-report"])
    try #require(asked.status == 0, "\(asked.errors)")
    let key = try CommandTests.retort(["key", "new", "lab.example.org", "-o", "\(folder)/lab.key"])
    #expect(key.status == 0, "\(key.errors)")
    let arguments = [
      "likelihood", "\(folder)/case.yaml", "--answers", "24", "--references", "\(folder)/people.jsonl", "--key",
      "\(folder)/lab.key", "--json",
    ]
    let outcome = try CommandTests.retort(arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "likelihood") == "") }
    let document = try #require(JSONValue(parsing: outcome.output))
    #expect(document["unusable"]?.integer == 0)
    let pairs = try #require(document["candidates"]?.array)
    #expect(pairs.map { $0["candidate"]?.string } == ["T1", "I0"])
    for (taught, twin) in zip(pairs[0]["directions"]?.array ?? [], pairs[1]["directions"]?.array ?? []) {
      #expect(taught["rank"]?.integer == 1 && (taught["low"]?.number ?? 0) > 0, "\(taught)")
      #expect((taught["low"]?.number ?? 0) > (twin["specific"]?.number ?? 1), "\(taught) \(twin)")
      #expect(taught["on_references"]?.number != nil)
    }
    #expect(pairs.allSatisfy { $0["direction"]?["verdict"]?.string == "not_determined" })

    // Once more: nothing is asked again. Offline, the same is found, in a file that holds to itself.
    let again = try CommandTests.retort(arguments)
    #expect(again.output == outcome.output && again.errors.contains(" 0 attempts in this run"), "\(again.errors)")
    let file = "\(folder)/case.likelihood.retort"
    #expect(try CommandTests.retort(["likelihood", file, "--json"]).output == outcome.output)
    let text = try CommandTests.retort(["likelihood", file])
    #expect(text.output.contains("direction: not determined") && text.output.contains("on reference texts"))
    let report = try CommandTests.retort(["report", file])
    #expect(report.status == 64 && report.errors.contains("see retort likelihood"), "\(report.errors)")
    let exported = try CommandTests.retort(["export", file, "-o", "\(folder)/e.evidence", "--key", "\(folder)/lab.key"])
    #expect(exported.status == 0, "\(exported.errors)")
    let verified = try CommandTests.retort(["verify", "\(folder)/e.evidence"])
    #expect(verified.output.contains("report: every number comes out again"), "\(verified.output)\(verified.errors)")
    // One given answer must not take a report on something else out of the comparison.
    let forged = "\(folder)/e.evidence/report/result.json"
    try FileBytes.write("{}".utf8, to: forged)
    let beside = try CommandTests.retort(["verify", "\(folder)/e.evidence"])
    #expect(
      beside.output.contains("✗ report: report/result.json belongs to no report of this case"), "\(beside.output)")
    try FileManager.default.removeItem(atPath: forged)
    let path = "\(folder)/e.evidence/report/likelihood.json"
    let changed = String(decoding: try FileBytes.read(path), as: UTF8.self)
      .replacing("\"rank\":1", with: "\"rank\":2")
    try FileBytes.write(changed.utf8, to: path)
    #expect(try CommandTests.retort(["verify", "\(folder)/e.evidence"]).status != 0)
  }

  /// A base taught by a teacher's answers, asked with that base as its reference: the teacher, beside a twin that learned from
  /// the same data, and strangers.
  @Test(
    "against its base, a student has moved towards its teacher's answers and towards no twin's; an interrupted run goes on; evidence holds",
    .enabled(if: ModelLab.isHere, "\(ModelLab.note)"))
  func labWithBase() throws {
    let folder = try CommandTests.folder()
    let names = ["S3", "T1", "I0", "I0s", "T2", "S2", "I1"]
    let servers = try names.map { try ModelLab.Server($0) }
    defer { for server in servers { server.stop() } }
    let prompts = try FileBytes.read(ModelLab.prompts).split(separator: UInt8(ascii: "\n")).prefix(16)
    let probes = try prompts.map { line -> String in
      let value = try #require(JSONValue(parsing: Array(line)))
      return JSONValue.object(["id": value["id"] ?? .null, "prompt": value["prompt"] ?? .null]).canonical + "\n"
    }
    try FileBytes.write(probes.joined().utf8, to: "\(folder)/probes.jsonl")
    func endpoint(_ place: Int) -> String { "{url: \"\(servers[place].url)\", model: m}" }
    func model(_ place: Int) -> String { "{model: \(names[place]), endpoint: \(endpoint(place))}" }
    try FileBytes.write(
      """
      seed: 4
      suspect: {model: S3, endpoint: \(endpoint(0)), base: I1, base_endpoint: \(endpoint(6))}
      candidates: [\(model(1)), \(model(2))]
      cohort: [\((3..<7).map(model).joined(separator: ", "))]
      probes: [probes.jsonl]
      sampling: {temperature: 0.8, max_tokens: 32}
      """.utf8, to: "\(folder)/case.yaml")
    let asked = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--no-report"])
    try #require(asked.status == 0, "\(asked.errors)")
    let arguments = ["likelihood", "\(folder)/case.yaml", "--answers", "16", "--json"]
    let stopped = try CommandTests.retort(arguments + ["--max-calls", "200"])
    #expect(stopped.status != 0 && stopped.errors.contains("retort likelihood"), "\(stopped.errors)")
    let outcome = try CommandTests.retort(arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "likelihood") == "") }
    let reference = try #require(JSONValue(parsing: outcome.output)?["reference"])
    #expect(reference["base"]?.string == "I1" && (reference["own_gain"]?.number ?? 0) > 0)
    let candidates = try #require(reference["candidates"]?.array)
    #expect(candidates.map { $0["candidate"]?.string } == ["T1", "I0"])
    #expect((candidates[0]["low"]?.number ?? -1) > (candidates[1]["score"]?.number ?? 1), "\(candidates)")
    #expect((candidates[0]["low"]?.number ?? -1) > 0)
    // Sixteen answers are too few for a ratio, and that is said.
    #expect(
      candidates.allSatisfy {
        $0["reason_code"]?.string == "too_few_answers" || $0["reason_code"]?.string == "reference_too_far"
      })
    // The base is nobody's stranger.
    let cross = try #require(JSONValue(parsing: outcome.output)?["candidates"]?.array)
    #expect(cross[0]["cohort"]?.array?.compactMap(\.string) == ["I0s", "I1", "S2", "T2"], "\(cross[0])")
    let file = "\(folder)/case.likelihood.retort"
    let text = try CommandTests.retort(["likelihood", file])
    #expect(text.output.contains("S3 against its base I1") && text.output.contains("from one side only"))
    let key = try CommandTests.retort(["key", "new", "lab.example.org", "-o", "\(folder)/lab.key"])
    #expect(key.status == 0)
    let exported = try CommandTests.retort(["export", file, "-o", "\(folder)/e.evidence", "--key", "\(folder)/lab.key"])
    #expect(exported.status == 0, "\(exported.errors)")
    let verified = try CommandTests.retort(["verify", "\(folder)/e.evidence"])
    #expect(verified.output.contains("report: every number comes out again"), "\(verified.output)\(verified.errors)")
    let path = "\(folder)/e.evidence/report/likelihood.json"
    let changed = String(decoding: try FileBytes.read(path), as: UTF8.self)
      .replacing("\"compared_from\":\"one_side\"", with: "\"compared_from\":\"both_sides\"")
    try FileBytes.write(changed.utf8, to: path)
    #expect(try CommandTests.retort(["verify", "\(folder)/e.evidence"]).status != 0)
  }

  @Test("a base whose endpoint cannot score, or whose name is taken, is named")
  func baseMistakes() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(#"{"id":"p","prompt":"Q?"}"#.utf8 + [0x0A], to: "\(folder)/p.jsonl")
    func write(base dialect: String, first: String = "a") throws {
      func endpoint(_ dialect: String) -> String { #"{url: "http://127.0.0.1:9/v1", model: m, dialect: \#(dialect)}"# }
      let models = [first, "b", "c", "d"].map { "  - {model: \($0), endpoint: \(endpoint("vllm"))}\n" }.joined()
      try FileBytes.write(
        """
        seed: 1
        suspect: {model: s, endpoint: \(endpoint("vllm")), base_endpoint: \(endpoint(dialect))}
        candidates:
          - {model: t, endpoint: \(endpoint("vllm"))}
        cohort:
        \(models)
        probes: [p.jsonl]
        """.utf8, to: "\(folder)/case.yaml")
    }
    try write(base: "anthropic")
    _ = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--max-calls", "1", "--no-report"])
    let unable = try CommandTests.retort(["likelihood", "\(folder)/case.yaml"])
    #expect(
      unable.status == 64 && unable.errors.contains("s.base") && unable.errors.contains("cannot tell"),
      "\(unable.errors)")
    try write(base: "vllm", first: "s.base")
    let taken = try CommandTests.retort(["likelihood", "\(folder)/case.yaml"])
    #expect(taken.status == 64 && taken.errors.contains("s.base"), "\(taken.errors)")
  }
}
