import Formats
import Foundation
import TestSupport
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `retort baseline` and `retort check` as a CI job runs them, against a server in Python.
@Suite("Checking an endpoint", .serialized)
struct CheckCommandTests {
  /// Twenty steady probes and four that pick.
  static func configuration(_ port: Int, in folder: String, extra: String = "") throws -> String {
    let lines =
      (0..<20).map { #"{"id":"s\#($0)","prompt":"What is number \#($0)?","samples":8}"# }
      + (0..<4).map { #"{"id":"d\#($0)","prompt":"Pick a thing of kind \#($0)?","samples":20}"# }
    try FileBytes.write((lines.joined(separator: "\n") + "\n").utf8, to: "\(folder)/probes.jsonl")
    try FileBytes.write(
      """
      endpoint: {url: "http://127.0.0.1:\(port)/v1", model: m-1}
      probes: [probes.jsonl]
      timeout: 1s
      \(extra)
      """.utf8, to: "\(folder)/check.yaml")
    return "\(folder)/check.yaml"
  }

  /// One endpoint for all tests, which follow each other, and its baseline, approved.
  private static let shared = Result<(endpoint: WatchedEndpoint, file: String), any Error> {
    let endpoint = try WatchedEndpoint()
    let folder = try CommandTests.folder()
    let file = "\(folder)/prod.json"
    let created = try CommandTests.retort([
      "baseline", "create", try configuration(endpoint.port, in: folder), "-o", file,
    ])
    try #require(created.status == 0, "\(created.errors)")
    let approved = try CommandTests.retort(["baseline", "approve", file, "--by", "A. Name", "--reason", "first"])
    try #require(approved.status == 0, "\(approved.errors)")
    return (endpoint: endpoint, file: file)
  }

  /// The shared endpoint in a mode, and a copy of its baseline.
  static func watched(_ mode: WatchedEndpoint.Mode) throws -> (endpoint: WatchedEndpoint, folder: String, file: String)
  {
    let (endpoint, original) = try shared.get()
    let folder = try CommandTests.folder()
    let file = "\(folder)/prod.json"
    _ = try configuration(endpoint.port, in: folder)
    try FileBytes.write(try FileBytes.read(original), to: file)
    try endpoint.become(mode)
    return (endpoint, folder, file)
  }

  static func check(_ file: String, _ more: [String] = []) throws -> CommandTests.Outcome {
    try CommandTests.retort(["check", file] + more)
  }

  @Test("check and explain speak one language: both propositions, no claim beyond them, no cause that they cannot know")
  func oneLanguage() throws {
    let folder = "\(try TreeCommandTests.transcripts())/cohort"
    let explained = try CommandTests.retort(["explain", folder, "--suspect", "suspect", "--candidate", "teacher"])
    let (endpoint, _, file) = try Self.watched(.changed)
    let checked = try Self.check(file, ["--run", "language"])
    try endpoint.become(.steady)
    #expect(explained.status == 0 && checked.status == 1, "\(explained.errors)\(checked.errors)")
    for text in [explained.output, checked.output] {
      #expect(HalfSaid.sentences(in: text) == [] && TooMuchSaid.claims(in: text) == [], "\(text)")
      // What it means stands in a sentence that sets one proposition against the other.
      #expect(text.contains(#/ rather than | if .* as if /#), "\(text)")
      #expect(!text.contains(#/\b(distilled|copied|stolen|guilty)\b/#), "\(text)")
    }
    #expect(checked.output.contains("which of the two, and why, they do not tell"))
    #expect(explained.output.contains("describes and does not weigh"))
  }

  @Test("the same is the same for 0, a change for 1, and the baseline stays as it was")
  func verdicts() throws {
    let (endpoint, folder, file) = try Self.watched(.steady)
    let before = try FileBytes.read(file)
    let same = try Self.check(file, ["--run", "one"])
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    #expect(same.output.contains("SAME        no change"))
    #expect(same.output.contains("would find  peaked: new answers to 1 of 20 probes"))
    #expect(same.errors.contains("80 short calls to http://127.0.0.1:\(endpoint.port), at most 320"))
    #expect(endpoint.requests <= 320)

    try endpoint.become(.changed)
    let changed = try Self.check(file, ["--run", "two", "--json"])
    #expect(changed.status == 1, "\(changed.output)\(changed.errors)")
    #expect(endpoint.requests <= 320 && endpoint.requests > 80)
    let document = try #require(JSONValue(parsing: changed.output))
    #expect(document["behaviour"]?["changes"]?.array?.first?["probe"]?.string == "s7")
    #expect(document["false_alarms"]?["runs"]?.integer == 2)
    #expect(document["since_latest"]?["run"]?.string == "one")
    let review = try CommandTests.retort(["review", "\(folder)/prod.check"])
    #expect(review.status == 0 && review.output.contains("s7 (peaked)") && review.output.contains("then"))

    // CI never writes a baseline; what it would be waits in the check's folder, for a person and a reason.
    #expect(try FileBytes.read(file) == before)
    let pending = "\(folder)/prod.check/prod.json.new"
    let diff = try CommandTests.retort(["baseline", "diff", file, pending])
    // The endpoint's few odd answers are drawn: all new ones make 1, one odd one among 15 makes 0.93.
    let distance = diff.output.split(separator: " ").dropFirst(3).first.flatMap { Double($0.filter { $0 != "," }) }
    #expect(diff.output.hasPrefix("s7 (peaked): distance ") && distance ?? 0 > 0.6, "\(diff.output)\(diff.errors)")
    #expect(
      try CommandTests.retort(["baseline", "approve", file, "--pending", pending, "--by", "B", "--reason", " "]).status
        == 64)
    let approved = try CommandTests.retort([
      "baseline", "approve", file, "--pending", pending, "--by", "B", "--reason", "announced",
    ])
    #expect(approved.status == 0, "\(approved.errors)")
    let history = try CommandTests.retort(["baseline", "history", file])
    #expect(history.output.split(separator: "\n").count == 2 && history.output.contains("B: announced"))
    let after = try Self.check(file, ["--run", "three"])
    #expect(after.status == 0, "\(after.output)")
    let runs = try CommandTests.retort(["history", file, "--json"])
    #expect(JSONValue(parsing: runs.output)?["runs"]?.array?.count == 3, "\(runs.errors)")
  }

  @Test("the endpoint behind another name and template: declared, the same, and 1 only if wanted")
  func declared() throws {
    let (_, _, file) = try Self.watched(.renamed)
    let check = try Self.check(file, ["--run", "one"])
    #expect(check.status == 0, "\(check.output)")
    for words in ["model: m-1 → m-2", "fingerprint: fp_a → fp_b", "tokens of the prompt, in 24 probes"] {
      #expect(check.output.contains(words), "\(check.output)")
    }
    #expect(try Self.check(file, ["--run", "two", "--fail-on-declared"]).status == 1)
  }

  @Test("what an endpoint declares after a migration is approved with its answers, and fails no check any more")
  func migrated() throws {
    let (_, folder, file) = try Self.watched(.migrated)
    let changed = try Self.check(file, ["--no-ledger", "--fail-on-declared"])
    #expect(changed.status == 1 && changed.output.contains("model: m-1 → m-2"), "\(changed.output)\(changed.errors)")
    let approved = try CommandTests.retort([
      "baseline", "approve", file, "--pending", "\(folder)/prod.check/prod.json.new", "--by", "B", "--reason", "moved",
    ])
    #expect(approved.status == 0, "\(approved.errors)")
    let after = try Self.check(file, ["--no-ledger", "--fail-on-declared", "--json"])
    #expect(after.status == 0, "\(after.output)\(after.errors)")
    #expect(JSONValue(parsing: after.output)?["declared"]?.array == [], "\(after.output)")
  }

  @Test("a fingerprint that appears is told, and 1 only if wanted")
  func fingerprint() throws {
    let (_, _, file) = try Self.watched(.steady)
    // A baseline of an endpoint that declared none.
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    let document = try #require(JSONValue(parsing: text.replacingOccurrences(of: "\"fp_a\"", with: "")))
    let pending = JSONValue.object((document.object ?? [:]).merging(["approvals": .array([])]) { $1 })
    try FileBytes.write(pending.canonical.utf8, to: file + ".new")
    let approved = try CommandTests.retort(["baseline", "approve", file, "--by", "A", "--reason", "r"])
    try #require(approved.status == 0, "\(approved.errors)")
    let told = try Self.check(file, ["--no-ledger"])
    #expect(told.status == 0 && told.output.contains("fingerprint: none → fp_a"), "\(told.output)\(told.errors)")
    #expect(try Self.check(file, ["--no-ledger", "--fail-on-declared"]).status == 1)
  }

  @Test("a scheduler asks one session a call; the last one makes the baseline, and none is asked twice")
  func nextSession() throws {
    let endpoint = try WatchedEndpoint()
    defer { endpoint.stop() }
    let folder = try CommandTests.folder()
    let configuration = try Self.configuration(endpoint.port, in: folder)
    let file = "\(folder)/prod.json"
    for session in 1...3 {
      let created = try CommandTests.retort(["baseline", "create", configuration, "--next-session", "-o", file])
      #expect(created.status == 0, "\(created.errors)")
      #expect(endpoint.requests == session * 240)
      #expect(FileBytes.exists(file + ".new") == (session == 3))
      #expect(created.errors.contains("others are left") == (session < 3), "\(created.errors)")
      #expect(created.output.isEmpty == (session < 3), "\(created.output)")
    }
  }

  @Test(
    "an endpoint in trouble is inconclusive for 3, never a change and never the same",
    arguments: [
      WatchedEndpoint.Mode.half, .failing, .errorInside, .empty, .slow, .silentProbe,
    ])
  func trouble(mode: WatchedEndpoint.Mode) throws {
    let (endpoint, folder, file) = try Self.watched(mode)
    let check = try Self.check(file, ["--max-time", "8s", "--format", "junit"])
    #expect(check.status == 3, "\(check.output)\(check.errors)")
    #expect(check.output.contains("<error ") && !check.output.contains("<failure "))
    // Attempts that fail have a limit of their own.
    #expect(endpoint.requests <= 480)
    let result = try FileBytes.read("\(folder)/prod.check/result.json")
    #expect(JSONValue(parsing: result)?["verdict"]?.string == "INCONCLUSIVE")
  }

  @Test(
    "an endpoint in trouble that says 200 is inconclusive: what it says is counted, and compared with nothing",
    arguments: [WatchedEndpoint.Mode.blank, .overloaded])
  func withoutText(mode: WatchedEndpoint.Mode) throws {
    let (_, folder, file) = try Self.watched(mode)
    let check = try Self.check(file, ["--no-ledger"])
    #expect(check.status == 3, "\(check.output)\(check.errors)")
    let result = try FileBytes.read("\(folder)/prod.check/result.json")
    #expect(JSONValue(parsing: result)?["reason"]?.string == "answers_without_text")
    // Nothing was asked twice of an endpoint that does not answer.
    #expect(JSONValue(parsing: result)?["calls"]?["planned"]?.integer == 80)
    _ = try Self.configuration(try Self.shared.get().endpoint.port, in: folder, extra: "outcomes: gate")
    let gated = try Self.check(file, ["--no-ledger", "--format", "junit"])
    #expect(gated.status == 1 && gated.output.contains("<failure "), "\(gated.output)\(gated.errors)")
  }

  @Test("a change is found under a tenth of refused requests, and trouble that hides behind retries is told")
  func retries() throws {
    let (endpoint, _, file) = try Self.watched(.changedAndLimited)
    // The endpoint fails by the request, whose seed comes from the run's name.
    let changed = try Self.check(file, ["--no-ledger", "--run", "one"])
    #expect(changed.status == 1, "\(changed.output)\(changed.errors)")
    #expect(endpoint.requests <= 480)
    try endpoint.become(.pages)
    let same = try Self.check(file, ["--no-ledger", "--run", "two"])
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    #expect(same.output.contains("; but ") && same.output.contains("attempts failed"), "\(same.output)")
  }

  @Test(
    "a key that is refused leaves a result, an error for JUnit and a line in the ledger, and nothing of the check before",
    arguments: [WatchedEndpoint.Mode.locked, .forbidden])
  func locked(mode: WatchedEndpoint.Mode) throws {
    let (endpoint, folder, file) = try Self.watched(.steady)
    #expect(try Self.check(file, ["--run", "one"]).status == 0)
    try endpoint.become(mode)
    let refused = try Self.check(file, ["--run", "two", "--format", "junit"])
    #expect(refused.status == 4, "\(refused.output)\(refused.errors)")
    #expect(refused.output.contains("<error ") && refused.output.contains("refuses the key"))
    let document = try #require(JSONValue(parsing: try FileBytes.read("\(folder)/prod.check/result.json")))
    #expect(document["reason"]?.string == "key_refused" && document["exit"]?.integer == 4)
    #expect(document["verdict"]?.string == "INCONCLUSIVE" && document["run"]?.string == "two")
    let runs = try CommandTests.retort(["history", file, "--json"])
    #expect(JSONValue(parsing: runs.output)?["runs"]?.array?.count == 2, "\(runs.errors)")
    // A check that ends without a result leaves none.
    try FileBytes.write("nonsense: [".utf8, to: "\(folder)/check.yaml")
    #expect(try Self.check(file, ["--run", "three"]).status == 64)
    for name in ["result.json", "junit.xml", "report.md"] {
      #expect(!FileBytes.exists("\(folder)/prod.check/\(name)"), "\(name)")
    }
  }

  @Test("a run that went to its confirmation is resumed with the answers that it has, and counts once")
  func resumed() throws {
    let (endpoint, folder, file) = try Self.watched(.changed)
    let first = try Self.check(file, ["--run", "job", "--json"])
    #expect(first.status == 1, "\(first.output)\(first.errors)")
    let asked = endpoint.requests
    // The same again asks nothing, and says the same.
    let again = try Self.check(file, ["--run", "job", "--json"])
    #expect(again.status == 1 && endpoint.requests == asked, "\(again.errors)")
    let (one, two) = (JSONValue(parsing: first.output), JSONValue(parsing: again.output))
    #expect(one?["behaviour"] == two?["behaviour"])
    #expect(one?["calls"]?["attempts"] == two?["calls"]?["attempts"])
    #expect(two?["false_alarms"]?["runs"]?.integer == 1)
    // As after a kill: the confirmation has nothing, and is asked within the calls that are left.
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/prod.check")
    for name in files where name.hasPrefix("job-confirmation") {
      try FileManager.default.removeItem(atPath: "\(folder)/prod.check/\(name)")
    }
    let rest = try Self.check(file, ["--run", "job"])
    #expect(rest.status == 1 && endpoint.requests > asked && endpoint.requests <= 2 * asked, "\(rest.errors)")
  }

  @Test("what a user expects is judged on the answers that are asked anyway, and a quarantined probe is left alone")
  func expectations() throws {
    let (endpoint, folder, file) = try Self.watched(.steady)
    let port = try Self.shared.get().endpoint.port
    func check(_ extra: String, _ more: [String] = []) throws -> CommandTests.Outcome {
      _ = try Self.configuration(port, in: folder, extra: extra)
      return try Self.check(file, ["--no-ledger"] + more)
    }
    #expect(try check(#"expect: {s1: {regex: "^a[0-9]+-"}}"#).status == 0)
    let broken = try check("expect: {s1: {equals: Oslo}}", ["--format", "junit"])
    #expect(
      broken.status == 1 && broken.output.contains(#"classname="retort check check.expectations""#), "\(broken.output)")
    let document = try #require(JSONValue(parsing: try FileBytes.read("\(folder)/prod.check/result.json")))
    #expect(document["verdict"]?.string == "SAME" && document["reason"]?.string == "expectation")
    let unknown = try check("expect: {nobody: {equals: Oslo}}")
    #expect(unknown.status == 64 && unknown.errors.contains("expect.nobody"), "\(unknown.errors)")
    try endpoint.become(.changed)
    let quiet = try check("quarantine: [s7]")
    #expect(quiet.status == 0 && quiet.output.contains("in quarantine"), "\(quiet.output)\(quiet.errors)")
  }

  @Test("a cache in front of the model that does not say so gets no baseline")
  func cached() throws {
    let endpoint = try WatchedEndpoint()
    defer { endpoint.stop() }
    try endpoint.become(.cached)
    let folder = try CommandTests.folder()
    let created = try CommandTests.retort([
      "baseline", "create", try Self.configuration(endpoint.port, in: folder), "-o", "\(folder)/b.json",
    ])
    #expect(created.status == 3 && created.errors.contains("follow each other"), "\(created.errors)")
    try endpoint.become(.blank)
    let blank = try CommandTests.retort([
      "baseline", "create", "\(folder)/check.yaml", "-o", "\(folder)/c.json",
    ])
    #expect(blank.status == 3 && blank.errors.contains("are empty"), "\(blank.errors)")
    // What was advised is another configuration; what was refused does not stand in its way.
    _ = try Self.configuration(endpoint.port, in: folder, extra: "sampling: {max_tokens: 32}")
    try endpoint.become(.steady)
    let longer = try CommandTests.retort([
      "baseline", "create", "\(folder)/check.yaml", "-o", "\(folder)/c.json",
    ])
    #expect(longer.status == 0 && longer.errors.contains("c.sessions.refused-1"), "\(longer.errors)")
  }

  @Test("an endpoint that is gone is inconclusive, an unstable one gets no baseline")
  func goneAndMoody() throws {
    let gone = try WatchedEndpoint()
    gone.stop()
    let (_, folder, file) = try Self.watched(.steady)
    _ = try Self.configuration(gone.port, in: folder)
    let check = try Self.check(file, ["--no-ledger", "--max-time", "10s"])
    #expect(check.status == 3, "\(check.output)\(check.errors)")
    #expect(check.output.contains("INCONCLUSIVE") && check.output.contains("error control is per run only"))
    #expect(try Self.check(file, ["--no-ledger", "--max-time", "10s", "--exit-zero-on-inconclusive"]).status == 0)

    let moody = try WatchedEndpoint()
    defer { moody.stop() }
    try moody.become(.moody)
    let other = try CommandTests.folder()
    let created = try CommandTests.retort([
      "baseline", "create", try Self.configuration(moody.port, in: other), "-o", "\(other)/b.json",
    ])
    #expect(created.status == 3)
    #expect(created.errors.contains("or the model changes while it is asked"), "\(created.errors)")
    #expect(!FileBytes.exists("\(other)/b.json.new"))
    // The same again, when what varied has ended: new sessions, by other seeds, and the refused ones are kept.
    try moody.become(.steady)
    let again = try CommandTests.retort(["baseline", "create", "\(other)/check.yaml", "-o", "\(other)/b.json"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("are set aside in \(other)/b.sessions.refused-1"), "\(again.errors)")
    #expect(moody.requests == 720 && FileBytes.exists("\(other)/b.sessions.refused-1/3.retort"))
    // And once more: nothing is asked, nothing is set aside.
    let third = try CommandTests.retort(["baseline", "create", "\(other)/check.yaml", "-o", "\(other)/b.json"])
    #expect(third.status == 0 && moody.requests == 720 && !third.errors.contains("set aside"), "\(third.errors)")
  }

  @Test("another suite or parameter is not comparable; nothing is asked")
  func notComparable() throws {
    let (endpoint, folder, file) = try Self.watched(.steady)
    _ = try Self.configuration(endpoint.port, in: folder, extra: "sampling: {temperature: 0.5}")
    let parameter = try Self.check(file)
    #expect(parameter.status == 3)
    #expect(parameter.output.contains("sampling.temperature is 0.5 now and was 1"), "\(parameter.output)")
    _ = try Self.configuration(endpoint.port, in: folder)
    try FileBytes.write(#"{"id":"x","prompt":"Another?"}"#.utf8, to: "\(folder)/probes.jsonl")
    let suite = try Self.check(file)
    #expect(suite.status == 3 && suite.output.contains("not comparable with the baseline: probes"), "\(suite.output)")
    #expect(endpoint.requests == 0)
  }

  @Test("probes that were added are told and not asked; one that was changed is not comparable, and is named")
  func added() throws {
    let (endpoint, folder, file) = try Self.watched(.steady)
    _ = try Self.configuration(endpoint.port, in: folder, extra: "expect: {x: {equals: Oslo}}")
    let probes = "\(folder)/probes.jsonl"
    let before = String(decoding: try FileBytes.read(probes), as: UTF8.self)
    try FileBytes.write((#"{"id":"x","prompt":"Another?"}"# + "\n" + before).utf8, to: probes)
    let more = try Self.check(file, ["--no-ledger"])
    #expect(more.status == 0, "\(more.output)\(more.errors)")
    #expect(more.output.contains("1 probe is not in the baseline, and is not asked: x"), "\(more.output)")
    #expect(more.output.contains("what is expected of x is not judged"), "\(more.output)")
    let result = try FileBytes.read("\(folder)/prod.check/result.json")
    #expect(JSONValue(parsing: result)?["not_in_baseline"] == .array([.string("x")]))
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: String(decoding: result, as: UTF8.self), "check") == "")
    }
    _ = try Self.configuration(endpoint.port, in: folder)
    try FileBytes.write(before.replacingOccurrences(of: "number 3?", with: "digit 3?").utf8, to: probes)
    try endpoint.become(.steady)
    let changed = try Self.check(file, ["--no-ledger"])
    #expect(changed.status == 3 && changed.output.contains("with the baseline: probes.s3 is "), "\(changed.output)")
    #expect(endpoint.requests == 0)
  }

  @Test("mistakes get one line and their exit code")
  func mistakes() throws {
    let (endpoint, _, original) = try Self.watched(.steady)
    let folder = try CommandTests.folder()
    let configuration = try Self.configuration(endpoint.port, in: folder)
    let file = "\(folder)/prod.json"
    func expect(_ arguments: [String], _ status: Int32, _ words: String) throws {
      let outcome = try CommandTests.retort(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }
    try expect(["check", file], 3, "prod.json: cannot be read: no such file")
    try expect(["baseline", "approve", file, "--by", "A", "--reason", "b"], 3, "there is no pending baseline")
    try expect(
      ["baseline", "create", configuration, "--sessions", "2", "-o", file], 64, "--sessions 2: must be 3 to 50")
    try expect(["baseline", "create", "-o", file], 64, "give a configuration, or transcripts")
    try FileBytes.write("{}".utf8, to: file)
    try expect(["check", file], 3, "is no baseline")
    try expect(["review", folder], 3, "result.json: cannot be read")
    try expect(["history", file], 3, "no such file: retort check writes it")
    _ = try Self.configuration(endpoint.port, in: folder, extra: "budget: {max_calls: 80}")
    try expect(["baseline", "create", configuration, "-o", file], 64, "a check needs 108 calls, its limit is 80")
    _ = try Self.configuration(endpoint.port, in: folder, extra: "false_alarms: {at_most: 0.05, per: year}")
    try expect(
      ["baseline", "create", configuration, "-o", file], 64,
      "check.yaml:4:36: false_alarms.per must be a number of runs")
    #expect(endpoint.requests == 0)
    let text = String(decoding: try FileBytes.read(original), as: UTF8.self)
    let pending = text.prefix(upTo: try #require(text.range(of: "\"approvals\"")).lowerBound)
    let content = text[try #require(text.range(of: "\"content\"")).lowerBound...]
    try FileBytes.write("\(pending)\"approvals\": [],\n  \(content)".utf8, to: file)
    try expect(["check", file], 3, "nobody has approved these contents")
  }

  @Test("recorded answers are decided on without an endpoint")
  func against() throws {
    let folder = try CommandTests.folder()
    func transcript(_ name: String, changed: Set<Int> = []) throws -> String {
      var lines = ""
      for probe in 0..<12 {
        for sample in 0..<10 {
          let text =
            changed.contains(probe) ? "new \(probe)" : "answer \(probe) \((sample + name.count) % (probe > 9 ? 4 : 1))"
          lines += #"{"prompt_id":"p\#(probe)","sample":\#(sample),"text":"\#(text)"}"# + "\n"
        }
      }
      try FileBytes.write(lines.utf8, to: "\(folder)/\(name).jsonl")
      return "\(folder)/\(name).jsonl"
    }
    let sessions = try ["s1", "s2", "s3"].flatMap { ["--from", try transcript($0)] }
    let file = "\(folder)/own.json"
    let created = try CommandTests.retort(["baseline", "create", "-o", file] + sessions)
    #expect(created.status == 0, "\(created.errors)")
    _ = try CommandTests.retort(["baseline", "approve", file, "--by", "A", "--reason", "b"])
    let same = try Self.check(file, ["--against", try transcript("now")])
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    let changed = try Self.check(file, ["--against", try transcript("then", changed: [4])])
    #expect(changed.status == 1 && changed.output.contains("driven by 1 probe: p4"), "\(changed.output)")
    #expect(try Self.check(file).status == 64)
    try FileBytes.write(#"{"prompt_id":"zz","text":"a"}"#.utf8, to: "\(folder)/strange.jsonl")
    #expect(try Self.check(file, ["--against", "\(folder)/strange.jsonl"]).status == 3)
    try FileBytes.write(#"{"prompt_id":"p1","text":"answer 1 0"}"#.utf8, to: "\(folder)/few.jsonl")
    let few = try Self.check(file, ["--against", "\(folder)/few.jsonl"])
    #expect(few.status == 3 && few.output.contains("INCONCLUSIVE"), "\(few.output)")
  }

  @Test(
    "every document is what its schema says", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schemas() throws {
    let (_, folder, file) = try Self.watched(.replaced)
    func holds(_ arguments: [String], _ schema: String, status: Int32 = 0) throws {
      let outcome = try CommandTests.retort(arguments + ["--json"])
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      let found = try Schemas.violations(of: outcome.output, schema)
      #expect(found == "", "\(arguments): \(found)")
    }
    try holds(["check", file], "check", status: 1)
    try holds(["baseline", "show", file], "baseline")
    try holds(["baseline", "diff", file, "\(folder)/prod.check/prod.json.new"], "baseline-diff")
    try holds(["baseline", "history", file], "approvals")
    try holds(["review", "\(folder)/prod.check"], "review")
    try holds(["history", file], "history")
    try holds(["simulate", "--years", "2", "--trials", "4", "-o", folder], "simulation")
  }

  @Test("in a GitHub workflow: annotations on standard output, a summary in its file")
  func gitHub() throws {
    let (_, folder, file) = try Self.watched(.replaced)
    try FileBytes.write("before\n".utf8, to: "\(folder)/summary.md")
    let check = try CommandTests.retort(
      ["check", file, "--format", "github"], environment: ["GITHUB_STEP_SUMMARY": "\(folder)/summary.md"])
    #expect(check.status == 1)
    #expect(check.output.contains("\n::error title=retort check check%3A peaked::CHANGED: s"), "\(check.output)")
    let summary = String(decoding: try FileBytes.read("\(folder)/summary.md"), as: UTF8.self)
    #expect(summary.hasPrefix("before\n<!-- retort check -->") && summary.contains("CHANGED"))
  }

  @Test(
    "the demo's models are served, and the address is told as its schema says",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func serve() async throws {
    let folder = try CommandTests.folder()
    try FileBytes.write([], to: "\(folder)/out")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandTests.program)
    process.arguments = ["serve-demo", "--json"]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/out"))
    try process.run()
    defer { kill(process.processIdentifier, SIGKILL) }
    let end = ContinuousClock.now + .seconds(60)
    var output = ""
    while !output.hasSuffix("\n"), process.isRunning, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(20))
      output = String(decoding: try FileBytes.read("\(folder)/out"), as: UTF8.self)
    }
    #expect(try Schemas.violations(of: output, "endpoints") == "")
    let url = try #require(JSONValue(parsing: output)?["url"]?.string)
    let (data, _) = try await URLSession.shared.data(from: try #require(URL(string: "\(url)/models")))
    #expect(String(decoding: data, as: UTF8.self).contains("teacher"))
  }
}
