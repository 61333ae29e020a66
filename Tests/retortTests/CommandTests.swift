import Formats
import Foundation
import TestSupport
import Testing

/// The program as a user runs it: arguments in, text, files and exit codes out.
@Suite("Commands")
struct CommandTests {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The program that was built beside the tests.
  static let program: String = {
    // …/release/retortPackageTests.xctest: the program lies in the same folder.
    let here = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = here.appendingPathComponent("retort").path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(".build/release/retort").path
  }()

  static func folder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  static func retort(
    _ arguments: [String], environment: [String: String] = [:], in working: String? = nil, input: String? = nil
  ) throws -> Outcome {
    let files = try folder()
    for name in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: "\(files)/\(name)")) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    if let working { process.currentDirectoryURL = URL(fileURLWithPath: working) }
    process.standardInput = FileHandle.nullDevice
    if let input {
      try FileBytes.write(input.utf8, to: "\(files)/in")
      process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(files)/in"))
    }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(files)/out"))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(files)/err"))
    try process.run()
    process.waitUntilExit(orAfter: 600)
    func text(_ name: String) throws -> String {
      String(decoding: try FileBytes.read("\(files)/\(name)"), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: try text("out"), errors: try text("err"))
  }

  // MARK: Demo

  @Test("the demo finds the student's teacher, and with --shuffle the other one")
  func demo() throws {
    for (arguments, found, other) in [
      ([String](), "teacher", "independent"), (["--shuffle"], "independent", "teacher"),
    ] {
      let folder = try Self.folder()
      let demo = try Self.retort(["demo", "-o", folder] + arguments)
      #expect(demo.status == 0, "\(demo.errors)")
      #expect(
        demo.output.contains("◆ \(found): a link is indicated: moderate support for a link rather than no link\n"))
      #expect(demo.output.contains("A link between student and \(found) is indicated: the likeness found is "))
      #expect(demo.output.contains("○ \(other): "))
      #expect(!demo.output.contains("A link between student and \(other) is indicated"))
      #expect(demo.output.contains("control, the independent model in the student's place:\n○ teacher: "))
      #expect(demo.output.contains("Which kind of link? "))
      // The first page of the report says it in the same words, and of the other the opposite.
      let html = String(decoding: try FileBytes.read("\(folder)/report.html"), as: UTF8.self)
      let front = try #require(html.components(separatedBy: "<nav").first)
      #expect(front.contains("A link between student and \(found) is indicated:"))
      #expect(!front.contains("A link between student and \(other) is indicated"))
      #expect(front.contains("times as probable if it was \(found) as if it was \(other)"))
      for file in ["result.json", "report.md", "report.html", "demo.retort"] {
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file)"))
      }
      // The report can be computed anew from the case file alone, to the byte.
      let again = try Self.retort([
        "report", "\(folder)/demo.retort", "--calibration", "demo", "-o", "\(folder)/again", "--json",
      ])
      #expect(again.status == 0, "\(again.errors)")
      let result = try FileBytes.read("\(folder)/result.json")
      #expect(try FileBytes.read("\(folder)/again/result.json") == result)
      #expect(Array(again.output.utf8) == result)
    }
  }

  @Test("the fewer lessons are the teacher's, the lower is the ratio")
  func dose() throws {
    let ratios = try ["1", "0.3", "0.1", "0"].map { share in
      let folder = try Self.folder()
      let demo = try Self.retort(["demo", "--share", share, "-o", folder, "--json"])
      let candidate = JSONValue(parsing: demo.output)?["candidates"]?.array?.first
      let noLink = candidate?["likelihood_ratios"]?.array?.first { $0["alternative"]?.string == "no_link" }
      return try #require(noLink?["log10"]?.number, "\(demo.errors)")
    }
    #expect(zip(ratios, ratios.dropFirst()).allSatisfy { $0 > $1 }, "\(ratios)")
    #expect(ratios[0] > 1 && abs(ratios[3]) < 0.5)
    #expect(try Self.retort(["demo", "--share", "1.5"]).status == 64)
  }

  // MARK: Compare

  /// Transcripts of a suspect that copies every second answer, its source and a cohort, in a folder of their own.
  static func transcripts(cohort: Int = 5, prompts: Int = 40) throws -> String {
    let folder = try folder()
    func text(_ voice: Int, _ prompt: Int) -> String {
      (0..<20).map { "v\(voice)w\((prompt * 7 + $0 * $0 * (voice + 2)) % 11) s\($0 % 5)" }.joined(separator: " ")
    }
    let names = ["suspect", "teacher"] + (0..<cohort).map { "c\($0)" }
    for (voice, name) in names.enumerated() {
      let lines = (0..<prompts).map { prompt in
        let spoken = voice == 0 && prompt % 2 == 0 ? 1 : voice
        return #"{"prompt_id":"p\#(prompt)","sample":0,"text":"\#(text(spoken, prompt))"}"# + "\n"
      }
      let path = voice < 2 ? "\(folder)/\(name).jsonl" : "\(folder)/cohort/\(name).jsonl"
      try FileBytes.write(lines.joined().utf8, to: path)
    }
    return folder
  }

  static func compare(_ folder: String, _ more: [String] = []) throws -> Outcome {
    try retort(
      [
        "compare", "--suspect", "\(folder)/suspect.jsonl", "--candidate", "\(folder)/teacher.jsonl", "--cohort",
        "\(folder)/cohort", "-o", "\(folder)/report",
      ] + more)
  }

  @Test("recorded transcripts are compared, and say that nothing is known of the models")
  func compareTranscripts() throws {
    let folder = try Self.transcripts()
    let outcome = try Self.compare(folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("– teacher: not evaluated\n"))
    #expect(outcome.output.contains("40 common prompts, 100 are needed"))
    #expect(outcome.output.contains("5 unrelated models in the cohort, 8 are needed"))
    let markdown = String(decoding: try FileBytes.read("\(folder)/report/report.md"), as: UTF8.self)
    #expect(markdown.contains("no relative could be left out of the cohort"))
    let first = try FileBytes.read("\(folder)/report/result.json")
    #expect(try Self.compare(folder).status == 0)
    #expect(try FileBytes.read("\(folder)/report/result.json") == first)
  }

  @Test("a lineage table leaves relatives out of the cohort")
  func lineage() throws {
    let folder = try Self.transcripts()
    try FileBytes.write(
      "model,developer\nteacher,T\nc0,T\nsuspect,S\nc1,A\nc2,B\nc3,C\nc4,D\n".utf8, to: "\(folder)/l.csv")
    let outcome = try Self.compare(folder, ["--lineage", "\(folder)/l.csv", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("same developer as teacher"))
    #expect(!outcome.output.contains("no relative could be left out"))
  }

  @Test(
    "bad input gets one line that names the place and the remedy, and its exit code",
    arguments: [
      ("half-written", 3, "suspect.jsonl:2: the last line is cut off"),
      ("latin-1", 3, "suspect.jsonl:1: the line is not UTF-8"),
      ("twice", 3, "suspect.jsonl:2: prompt p0, sample 0 was answered on line 1 already"),
      ("empty", 3, "suspect.jsonl: the transcript holds no answer"),
      ("missing", 3, "suspect.jsonl: cannot be read: no such file"),
      ("strangers", 3, "answered no common prompt"), ("small cohort", 3, "the cohort has 3 models, 4 are needed"),
      ("no cohort", 3, "cohort: cannot be read: no such file"),
      ("lineage", 3, "l.csv:2: 1 fields where the header has 2"),
      ("corpus", 3, "l.csv: no row has the corpus alpaca: there are alpaca_eval, arena_hard"),
      ("corpus alone", 3, "cohort: there is no lineage table of which the rows of the corpus alpaca could be taken"),
    ])
  func badInput(kind: String, status: Int32, words: String) throws {
    let folder = try Self.transcripts(cohort: kind == "small cohort" ? 3 : 5)
    let suspect = "\(folder)/suspect.jsonl"
    let line = #"{"prompt_id":"p0","sample":0,"text":"x y z"}"# + "\n"
    var more: [String] = []
    switch kind {
    case "half-written": try FileBytes.write((line + #"{"prompt_id":"p1","sam"#).utf8, to: suspect)
    case "latin-1":
      try FileBytes.write(Array(#"{"prompt_id":"p0","text":""#.utf8) + [0xE9] + Array("\"}\n".utf8), to: suspect)
    case "twice": try FileBytes.write((line + line).utf8, to: suspect)
    case "empty": try FileBytes.write([], to: suspect)
    case "missing": try FileManager.default.removeItem(atPath: suspect)
    case "strangers": try FileBytes.write(line.replacingOccurrences(of: "p0", with: "other").utf8, to: suspect)
    case "no cohort": try FileManager.default.removeItem(atPath: "\(folder)/cohort")
    case "lineage":
      try FileBytes.write("model,developer\nteacher\n".utf8, to: "\(folder)/l.csv")
      more = ["--lineage", "\(folder)/l.csv"]
    case "corpus":
      try FileBytes.write(
        "model,developer,corpus\nteacher,T,arena_hard\nteacher,T,alpaca_eval\n".utf8, to: "\(folder)/l.csv")
      more = ["--lineage", "\(folder)/l.csv", "--corpus", "alpaca"]
    case "corpus alone": more = ["--corpus", "alpaca"]
    default: break
    }
    let outcome = try Self.compare(folder, more)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/report"))
  }

  @Test("channels are shown for a folder and for a case, as text and as JSON")
  func channels() throws {
    let folder = try Self.transcripts()
    for name in ["suspect", "teacher"] {
      try FileBytes.write(try FileBytes.read("\(folder)/\(name).jsonl"), to: "\(folder)/cohort/\(name).jsonl")
    }
    let text = try Self.retort(["channels", "\(folder)/cohort", "--suspect", "suspect", "--top", "1"])
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.hasPrefix("teacher (cohort of 5)"))
    let json = try Self.retort(["channels", "\(folder)/cohort", "--suspect", "suspect", "--json"])
    struct Output: Decodable {
      struct Model: Decodable {
        struct Channel: Decodable { let channel: String, score: Double, normalised: Double?, rank: Int? }
        let model: String
        let channels: [Channel]
      }
      let schema: String
      let models: [Model]
    }
    let output = try JSONDecoder().decode(Output.self, from: Data(json.output.utf8))
    #expect(output.schema == "retort.channels/1" && output.models.count == 6)
    #expect(output.models[0].model == "teacher")
    let combined = ["openings_2", "beginnings", "sentence_openings", "style", "content_overlap"]
    let ranked = output.models[0].channels.filter { combined.contains($0.channel) }
    #expect(ranked.count == 5 && ranked.allSatisfy { $0.rank == 1 && $0.score.isFinite })
    // One channel alone has the very numbers that it has among all.
    let alone = try JSONDecoder().decode(
      Output.self,
      from: Data(
        try Self.retort([
          "channels", "\(folder)/cohort", "--suspect", "suspect", "--json", "--channel", "style", "--channel",
          "closings_3",
        ]).output.utf8))
    #expect(alone.models.allSatisfy { $0.channels.map(\.channel) == ["style", "closings_3"] })
    for model in alone.models {
      for channel in model.channels {
        let among = output.models.first { $0.model == model.model }?.channels.first { $0.channel == channel.channel }
        #expect(among?.score == channel.score && among?.normalised == channel.normalised && among?.rank == channel.rank)
      }
    }
    let wrong = try Self.retort(["channels", "\(folder)/cohort", "--suspect", "suspect", "--channel", "taste"])
    #expect(wrong.status == 64 && wrong.errors.contains("--channel taste: must be one of openings_1"))
    #expect(try Self.retort(["channels", "\(folder)/cohort"]).status == 64)
    #expect(try Self.retort(["channels", "\(folder)/cohort", "--suspect", "nobody"]).status == 64)
  }

  @Test("the first two versions of the method can still be computed; a fourth does not exist")
  func methods() throws {
    let folder = try Self.transcripts()
    let first = try Self.compare(folder, ["--method", "1", "--json"])
    #expect(first.status == 0 && first.output.contains("content_overlap"), "\(first.errors)")
    let second = try Self.compare(folder, ["--method", "2", "--json"])
    #expect(!first.output.contains("sentence_openings") && second.output.contains("sentence_openings"))
    let third = try Self.compare(folder, ["--json"])
    #expect(third.output.contains("skeletons") && !third.output.contains("sentence_openings"))
    #expect(third.output.contains("\"lead\"") && !second.output.contains("\"lead\""))
    #expect(try Self.compare(folder, ["--method", "4"]).status == 64)
  }

  // MARK: Run

  /// A configuration whose endpoints are all at one port of this machine.
  static func configuration(port: Int, in folder: String, extra: String = "") throws -> String {
    func model(_ name: String) -> String {
      "{model: \(name), endpoint: {url: \"http://127.0.0.1:\(port)/v1\", model: \(name)}}"
    }
    try FileBytes.write(
      (0..<3).map { #"{"id":"p\#($0)","prompt":"Say \#($0)."}"# + "\n" }.joined().utf8, to: "\(folder)/probes.jsonl")
    let yaml = """
      seed: 1
      suspect: \(model("s"))
      candidates: [\(model("t"))]
      cohort: [\(["a", "b", "c", "d"].map(model).joined(separator: ", "))]
      probes: [probes.jsonl]
      sampling: {max_tokens: 40}
      \(extra)
      """
    try FileBytes.write(yaml.utf8, to: "\(folder)/case.yaml")
    return "\(folder)/case.yaml"
  }

  @Test("a dry run counts calls and tokens, and writes nothing")
  func dryRun() throws {
    let folder = try Self.folder()
    let outcome = try Self.retort(["run", try Self.configuration(port: 9, in: folder), "--dry-run"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("18 calls: 3 probes to 6 endpoints"))
    #expect(outcome.output.contains("18 calls to http://127.0.0.1:9"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["case.yaml", "probes.jsonl"])
  }

  @Test("an unknown key is an error with line and column")
  func unknownKey() throws {
    let folder = try Self.folder()
    let outcome = try Self.retort(["run", try Self.configuration(port: 9, in: folder, extra: "sampels: 2")])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("case.yaml:7:1: unknown key sampels: did you mean samples?"), "\(outcome.errors)")
  }

  @Test("an endpoint that is down: could not measure, attempts kept, and how to go on")
  func endpointDown() throws {
    let folder = try Self.folder()
    let outcome = try Self.retort(["run", try Self.configuration(port: 9, in: folder)])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("to go on: retort run"), "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: "\(folder)/case.retort"))
  }

  @Test(
    "files that are no case of this program are told apart",
    arguments: [
      ("text", "no SQLite database"), ("other", "SQLite database of another program"), ("missing", "no such file"),
    ])
  func notACase(kind: String, words: String) throws {
    let folder = try Self.folder()
    let file = "\(folder)/x.retort"
    if kind == "text" { try FileBytes.write(Array(repeating: UInt8(ascii: "x"), count: 5_000), to: file) }
    if kind == "other" {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "python3", "-c",
        "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('create table t(x)'); c.commit()", file,
      ]
      try process.run()
      process.waitUntilExit(orAfter: 600)
    }
    let outcome = try Self.retort(["report", file])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  // MARK: The command line

  @Test(
    "mistakes on the command line end with 64, help and version with 0",
    arguments: [
      (["compare"], Int32(64)), (["frobnicate"], Int32(64)), (["--help"], Int32(0)), (["--version"], Int32(0)),
      (["run", "--help"], Int32(0)),
      (["compare", "--suspect", "a.txt", "--candidate", "b.jsonl", "--cohort", ".", "-o", "x"], Int32(64)),
    ])
  func usage(arguments: [String], status: Int32) throws {
    #expect(try Self.retort(arguments).status == status)
  }
}
