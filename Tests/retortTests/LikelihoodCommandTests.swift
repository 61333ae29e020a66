import Cases
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

  /// The handbook's example: only the suspect and its base run, everybody else's answers were recorded.
  @Test(
    "from two GGUF files and recorded answers to a ratio: bounded, killed and gone on with, in evidence that both verifiers accept",
    .enabled(if: ModelLab.isHere && LabTranscripts.isHere, "\(ModelLab.note)"), .timeLimit(.minutes(10)))
  func labToRatio() async throws {
    let folder = try CommandTests.folder()
    let servers = try ["S3", "I1"].map { try ModelLab.Server($0) }
    defer { for server in servers { server.stop() } }
    let prompts = try FileBytes.read(ModelLab.prompts).split(separator: UInt8(ascii: "\n")).prefix(40).map {
      try #require(JSONValue(parsing: Array($0)))
    }
    let probes = prompts.map {
      JSONValue.object(["id": $0["id"] ?? .null, "prompt": $0["prompt"] ?? .null]).canonical + "\n"
    }
    try FileBytes.write(probes.joined().utf8, to: "\(folder)/probes.jsonl")
    let asked = Set(prompts.compactMap { $0["id"]?.string })
    try FileManager.default.createDirectory(atPath: "\(folder)/answers", withIntermediateDirectories: true)
    for model in ["T1", "I0", "I0s", "T2", "S2", "C3"] {
      let lines = try LabTranscripts.answers(model).responses.filter {
        $0.sample == 0 && asked.contains($0.prompt.rawValue)
      }.enumerated().map { place, answer -> String in
        // Marks of T1's own, so that there is a spelling to compare.
        let text = model == "T1" && place < 9 ? answer.text.replacing(". ", with: ".  ") + ".  It is." : answer.text
        return JSONValue.object(["prompt_id": .string(answer.prompt.rawValue), "text": .string(text)]).canonical + "\n"
      }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/answers/\(model).jsonl")
    }
    func recorded(_ model: String) -> String { "{model: \(model), transcripts: answers/\(model).jsonl}" }
    try FileBytes.write(
      """
      seed: 1
      suspect:
        model: student
        base: I1
        endpoint: {url: "\(servers[0].url)", model: student}
        base_endpoint: {url: "\(servers[1].url)", model: base}
      candidates: [\(recorded("T1")), \(recorded("I0"))]
      cohort: [\(["I0s", "T2", "S2", "C3"].map(recorded).joined(separator: ", "))]
      probes: [probes.jsonl]
      sampling: {temperature: 0.8, max_tokens: 48}
      """.utf8, to: "\(folder)/case.yaml")
    let run = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--no-report"])
    try #require(run.status == 0, "\(run.errors)")
    let arguments = ["likelihood", "\(folder)/case.yaml", "--json"]
    let stopped = try CommandTests.retort(arguments + ["--max-calls", "60"])
    #expect(stopped.status != 0 && stopped.errors.contains("retort likelihood"), "\(stopped.errors)")
    // Killed in its middle.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandTests.program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // On a quiet machine all of it takes three seconds.
    try await Task.sleep(for: .milliseconds(600))
    let wasRunning = process.isRunning
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit(orAfter: 60)
    let outcome = try CommandTests.retort(arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(wasRunning && !outcome.errors.contains(" 0 attempts in this run"), "\(outcome.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "likelihood") == "") }
    let document = try #require(JSONValue(parsing: outcome.output))
    #expect(document["unusable"]?.integer == 0)
    let reference = try #require(document["reference"])
    #expect(reference["base"]?.string == "I1" && reference["answers"]?.integer == 40)
    let found = try #require(reference["candidates"]?.array)
    #expect(found.map { $0["candidate"]?.string } == ["T1", "I0"])
    for candidate in found {
      #expect(
        candidate["log10_ratio"]?.number != nil && candidate["compared_from"]?.string == "one_side", "\(candidate)")
    }
    #expect((found[0]["score"]?.number ?? -1) > (found[1]["score"]?.number ?? 0))
    #expect((found[0]["log10_ratio"]?.number ?? 0) > (found[1]["log10_ratio"]?.number ?? 0), "\(found)")
    // Candidates were not asked, and that is told.
    #expect(document["candidates"]?.array?.allSatisfy { $0["reason_code"]?.string == "not_asked" } == true)
    let spelling = try #require(document["spellings"]?.array?.first { $0["candidate"]?.string == "T1" })
    #expect(spelling["over_base"]?["mean"]?.number != nil && spelling["over_cohort"] == .null, "\(spelling)")
    let file = "\(folder)/case.likelihood.retort"
    let text = try CommandTests.retort(["likelihood", file])
    #expect(text.output.contains("if student was trained on answers of T1 as if it was not"), "\(text.output)")
    #expect(text.output.contains("they were not asked") && text.output.contains("in both spellings"))
    #expect(try CommandTests.retort(["key", "new", "lab.example.org", "-o", "\(folder)/lab.key"]).status == 0)
    let exported = try CommandTests.retort(["export", file, "-o", "\(folder)/e.evidence", "--key", "\(folder)/lab.key"])
    #expect(exported.status == 0, "\(exported.errors)")
    let verified = try CommandTests.retort(["verify", "\(folder)/e.evidence"])
    #expect(
      verified.status == 0 && verified.output.contains("report: every number comes out again")
        && verified.output.contains("6 models were not asked"), "\(verified.output)\(verified.errors)")
    let second = try IndependentPython.run(
      """
      import runpy, sys
      sys.argv = sys.argv[1:]
      try: runpy.run_path(sys.argv[0], run_name="__main__")
      except SystemExit as end: print("exit", end.code)
      """, arguments: ["\(DocumentationTests.root)/Reports/verify.py", "\(folder)/e.evidence"])
    #expect(String(decoding: second, as: UTF8.self).contains("exit 0"), "\(String(decoding: second, as: UTF8.self))")
  }

  @Test("recorded models need a base of the suspect, a candidate needs answers, and an endpoint must tell likelihoods")
  func liveMistakes() async throws {
    let folder = try CommandTests.folder()
    let ids = (0..<6).map { "p\($0)" }
    try FileBytes.write(
      ids.map { #"{"id":"\#($0)","prompt":"Question \#($0)?"}"# + "\n" }.joined().utf8, to: "\(folder)/p.jsonl")
    func record(_ model: String, _ ids: [String], _ text: String = "words") throws {
      try FileBytes.write(
        ids.map { #"{"prompt_id":"\#($0)","text":"\#(text)"}"# + "\n" }.joined().utf8, to: "\(folder)/\(model).jsonl")
    }
    @Sendable func write(port: Int, dialect: String, base: Bool) throws {
      let endpoint = "{url: \"http://127.0.0.1:\(port)/v1\", model: s, dialect: \(dialect)}"
      try FileBytes.write(
        """
        seed: 1
        suspect: {model: s, endpoint: \(endpoint)\(base ? ", base_endpoint: \(endpoint)" : "")}
        candidates: [{model: t, transcripts: t.jsonl}]
        cohort: [\(["a", "b", "c", "d"].map { "{model: \($0), transcripts: \($0).jsonl}" }.joined(separator: ", "))]
        probes: [p.jsonl]
        """.utf8, to: "\(folder)/case.yaml")
    }
    @Sendable func refused(_ words: String, status: Int32, _ arguments: [String] = []) throws {
      let outcome = try CommandTests.retort(["likelihood", "\(folder)/case.yaml"] + arguments)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.status) \(outcome.errors)")
      let told = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("retort") || $0.hasPrefix("error") }
      #expect(told.count <= 1, "\(outcome.errors)")
    }
    for model in ["t", "a", "b", "c", "d"] { try record(model, ids) }
    try await PythonServer.serving("faults.py", ["latency_ms=0"]) { ports in
      try write(port: ports[0], dialect: "openai-chat", base: false)
      let run = try CommandTests.retort(["run", "\(folder)/case.yaml", "--no-check", "--no-report"])
      try #require(run.status == 0, "\(run.errors)")
      try refused("t, a, b, c, d: recorded answers have no endpoint", status: 64)
      try refused("recorded answers have no endpoint", status: 64, ["--suspect-only"])
      // A server that answers, and neither takes texts apart nor echoes a prompt.
      try write(port: ports[0], dialect: "openai-chat", base: true)
      try refused("does not take the answers put to s", status: 3)
      try write(port: ports[0], dialect: "openai-completions", base: true)
      try refused("failed 8 times in the same way", status: 3)
    }
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
