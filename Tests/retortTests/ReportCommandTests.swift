import DemoModels
import Formats
import Foundation
import TestSupport
import Testing

/// Reports as a user asks for them: with a commission, without excerpts, from cases that are hardly any.
@Suite("Reports from the command line")
struct ReportCommandTests {
  static func files(_ folder: String) throws -> [String] {
    try ["result.json", "report.md", "report.html"].map {
      String(decoding: try FileBytes.read("\(folder)/\($0)"), as: UTF8.self)
    }
  }

  @Test("compare --no-excerpts leaves every word of the models out, on standard output too")
  func noExcerpts() throws {
    let folder = try CommandTests.transcripts()
    let full = try CommandTests.compare(folder, ["--json"])
    #expect(full.status == 0 && full.output.contains("v1w0 s0"), "\(full.errors)")
    #expect(try Self.files("\(folder)/report").allSatisfy { $0.contains("v1w0 s0") })
    let bare = try CommandTests.compare(folder, ["--json", "--no-excerpts"])
    #expect(bare.status == 0 && !bare.output.contains("v1w"), "\(bare.errors)")
    #expect(try Self.files("\(folder)/report").allSatisfy { !$0.contains("v1w") })
    #expect(try Self.files("\(folder)/report")[1].contains("--no-excerpts"))
  }

  @Test(
    "a commission is reported verbatim, its change is a deviation, and evidence without texts has a report without them"
  )
  func commission() async throws {
    let model = DemoWorld.train(DemoWorld.independent)
    let models = Dictionary(uniqueKeysWithValues: ["s", "t", "a", "b", "c", "d"].map { ($0, model) })
    try await withModelServer(models: models, seed: 1) { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(
        port: port, in: folder, extra: "commission: {by: A. Judge, withheld: the training logs}")
      let run = try CommandTests.retort(["run", file, "--progress", "none"])
      #expect(run.status == 0, "\(run.errors)")
      let report = try Self.files("\(folder)/case.report")
      #expect(report[1].contains("| asked by | A. Judge |") && report[1].contains("| the training logs |"))
      #expect(report[1].contains("Nothing deviates from the protocol"))
      #expect(report[1].contains("planned requests | 18, in an order"))
      // The list of attempts is the case's: its digest is that of the records in the evidence.
      let key = "\(folder)/lab.key"
      #expect(try CommandTests.retort(["key", "new", "lab.example.org", "-o", key]).status == 0)
      _ = try CommandTests.configuration(port: port, in: folder, extra: "commission: {by: Somebody else}")
      #expect(try CommandTests.retort(["run", file, "--progress", "none"]).status == 0)
      #expect(try Self.files("\(folder)/case.report")[1].contains("commission.by | A. Judge | Somebody else"))
      let path = "\(folder)/case.evidence"
      #expect(try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", key]).status == 0)
      let verified = try CommandTests.retort(["verify", path])
      #expect(verified.status == 0, "\(verified.output)")
      if IndependentPython.isHere {
        let script = """
          import hashlib, json, sys
          folder = sys.argv[1]
          d = json.load(open(folder + "/report/result.json"))
          hashes = [r["hash"] for r in map(json.loads, open(folder + "/records.jsonl")) if r["kind"] == "attempt"]
          whole = hashlib.sha256("".join(h + "\\n" for h in hashes).encode()).hexdigest()
          leaves = {c["probe"]: c["leaf"] for c in map(json.loads, open(folder + "/commitments.jsonl"))}
          print(json.dumps([whole == d["attempts"]["sha256"], d["probes"]["committed"],
                            all(leaves[p["probe"]] == p["sha256"] for p in d["probes"]["listed"]), len(hashes)]))
          """
        let found = String(decoding: try IndependentPython.run(script, arguments: [path]), as: UTF8.self)
        #expect(found == "[true, true, true, 18]\n")
      }
      let answer = try #require(
        JSONValue(parsing: String(decoding: try FileBytes.read("\(path)/report/result.json"), as: UTF8.self))?[
          "candidates"]?.array?.first?["evidence"]?["shown"]?.array?.first?["suspect"]?["text"]?.array?
          .compactMap { $0["text"]?.string }.joined())
      #expect(answer.split(separator: " ").count > 3)
      let redacted = "\(folder)/redacted.evidence"
      #expect(
        try CommandTests.retort(
          ["export", "\(folder)/case.retort", "-o", redacted, "--key", key, "--redact"]
        ).status == 0)
      for text in try Self.files("\(redacted)/report") {
        #expect(!text.contains(answer) && text.contains("Texts are left out") || text.contains("\"excerpts\" : false"))
        #expect(!text.contains("Say 0."))
      }
    }
  }

  @Test("a case whose every attempt failed is one line, and no report")
  func onlyFailures() throws {
    let folder = try CommandTests.folder()
    _ = try CommandTests.retort(["run", try CommandTests.configuration(port: 9, in: folder), "--no-check"])
    let outcome = try CommandTests.retort(["report", "\(folder)/case.retort"])
    #expect(outcome.status == 3 && outcome.errors.contains("answered no common prompt"), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/case.report"))
  }

  @Test("a candidate under the suspect's name is refused; under another name the copies are told")
  func sameModel() throws {
    let folder = try CommandTests.transcripts()
    let twice = try CommandTests.retort([
      "compare", "--suspect", "\(folder)/suspect.jsonl", "--candidate", "\(folder)/suspect.jsonl", "--cohort",
      "\(folder)/cohort", "-o", "\(folder)/report",
    ])
    #expect(twice.status == 64 && twice.errors.split(separator: "\n").count == 1, "\(twice.errors)")
    try FileBytes.write(try FileBytes.read("\(folder)/suspect.jsonl"), to: "\(folder)/teacher.jsonl")
    let copied = try CommandTests.compare(folder)
    #expect(copied.status == 0, "\(copied.errors)")
    #expect(try Self.files("\(folder)/report")[1].contains("of 40 with teacher"))
  }

  @Test("explain and report print no control character and no workflow command, whatever models say")
  func terminal() throws {
    let folder = try CommandTests.transcripts(prompts: 12)
    let attack = #"::error::owned\n##[error]x \u001b[2J\u001b]0;t\u0007 \u202eabc \u009b31m ::add-mask::y"#
    for name in ["suspect", "teacher"] {
      let lines = (0..<12).map { #"{"prompt_id":"p\#($0)","sample":0,"text":"\#(attack) \#($0) \#(attack)"}"# + "\n" }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/\(name).jsonl")
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/cohort/\(name).jsonl")
    }
    let outcomes = [
      try CommandTests.retort(["explain", "\(folder)/cohort", "--suspect", "suspect", "--candidate", "teacher"]),
      try CommandTests.compare(folder), try CommandTests.compare(folder, ["--json"]),
    ]
    for outcome in outcomes {
      #expect(outcome.status == 0, "\(outcome.errors)")
      for text in [outcome.output, outcome.errors] {
        #expect(
          !text.unicodeScalars.contains {
            $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E)
          })
        for line in text.split(separator: "\n") {
          let start = line.drop { $0 == " " }
          #expect(!start.hasPrefix("::") && !line.contains("##["), "\(line.prefix(100))")
        }
      }
    }
    #expect(outcomes[0].output.contains("error"))
    // Half of a pair of surrogates is no text: the file is refused, with the place.
    try FileBytes.write(#"{"prompt_id":"p0","sample":0,"text":"\ud800z"}"#.utf8, to: "\(folder)/suspect.jsonl")
    let broken = try CommandTests.compare(folder)
    #expect(broken.status == 3 && broken.errors.contains("suspect.jsonl:1"), "\(broken.errors)")
    #expect(broken.errors.split(separator: "\n").count == 1)
  }
}
