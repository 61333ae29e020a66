import Cases
import DemoModels
import Formats
import Foundation
import TestSupport
import Testing

/// From nothing to a configuration that runs.
@Suite("Drafting a case")
struct InitCommandTests {
  private static let names = ["mine", "theirs", "a", "b", "c", "d", "e", "f", "g", "h"]

  private func serve<Result: Sendable>(_ body: @Sendable (_ port: Int) async throws -> Result) async throws -> Result {
    let model = DemoWorld.train(DemoWorld.independent)
    return try await withModelServer(
      models: Dictionary(uniqueKeysWithValues: Self.names.map { ($0, model) }), seed: 1, body: body)
  }

  @Test(
    "two models and a server: the case is written, a ratio and the same-model test are possible, and it is what runs")
  func served() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let url = "http://127.0.0.1:\(port)/v1"
      let outcome = try CommandTests.retort(
        ["init", "--suspect", "\(url)#mine", "--candidate", "\(url)#theirs", "--cohort", url], in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      // Names that tell nothing of who made the models: that is asked for before anything is paid.
      #expect(outcome.output.contains("because: neither developer nor base of mine and theirs is stated"))
      #expect(outcome.output.contains("whether the two are one model is tested, on 120 probes"))
      let draft = String(decoding: try FileBytes.read("\(folder)/case.yaml"), as: UTF8.self)
      let entries = draft.components(separatedBy: "# developer: NAME")
      #expect(entries.count == Self.names.count + 1)
      let stated = entries.dropFirst().enumerated().map { "developer: maker of number \($0.offset)\($0.element)" }
      try FileBytes.write((entries[0] + stated.joined()).utf8, to: "\(folder)/case.yaml")
      let configuration = try CaseConfigurationReader.read(file: "\(folder)/case.yaml")
      #expect(Set(configuration.models.map(\.id.rawValue)) == Set(Self.names) && configuration.samples == 2)
      // Nothing is overwritten, and the estimate says the same without a question to anybody.
      let again = try CommandTests.retort(
        ["init", "--suspect", "\(url)#mine", "--candidate", "\(url)#theirs", "--cohort", url], in: folder)
      #expect(again.status == 64 && again.errors.contains("case.yaml"))
      let dry = try CommandTests.retort(["run", "case.yaml", "--dry-run"], in: folder)
      #expect(dry.status == 0 && dry.output.contains("2400 calls") && dry.output.contains("time: about"))
      #expect(dry.output.contains("✓ theirs: a likelihood ratio is possible (120 common probes, 8 unrelated models)"))
      let json = try CommandTests.retort(["run", "case.yaml", "--dry-run", "--json"], in: folder)
      if IndependentPython.isHere { #expect(try Schemas.violations(of: json.output, "estimate") == "") }
      let doctor = try CommandTests.retort(["doctor", "case.yaml", "--json"], in: folder)
      #expect(JSONValue(parsing: doctor.output)?["forecast"]?["candidates"]?.array?.count == 1)
      if IndependentPython.isHere { #expect(try Schemas.violations(of: doctor.output, "doctor") == "") }
    }
  }

  @Test("what is missing is named, each reason with its remedy, before anything is asked")
  func forecast() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(
      (0..<40).map { #"{"id": "q\#($0)", "prompt": "Question \#($0)?", "samples": 1, "max_tokens": 20}"# + "\n" }
        .joined().utf8, to: "\(folder)/few.jsonl")
    let outcome = try CommandTests.retort(
      [
        "init", "--suspect", "http://127.0.0.1:9/v1#s", "--candidate", "http://127.0.0.1:9/v1#t", "--probes",
        "few.jsonl",
      ] + ["a", "b", "c", "d"].flatMap { ["--cohort", "http://127.0.0.1:9/v1#\($0)"] }, in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    for words in [
      "✗ t: there will be no likelihood ratio", "40 probes that both answer, 100 are needed",
      "4 models of the cohort are related to neither, 8 are needed", "answers of at most 80 characters",
      "remedy:  4 more models of other developers: recorded answers cost nothing",
      "✗ t: whether the two are one model is not tested", #"take "samples": 1 out of the lines of the probe set"#,
      "neither developer nor base is stated of a, b, c, d, s, t", "direction: not by these scores",
    ] {
      #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)")
    }
  }

  @Test("a folder of others' answers becomes a cohort, and a case on it asks two models alone")
  func recorded() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      for (number, name) in [
        "qwen-x", "llama-x", "gemma-x", "phi-x", "mistral-x", "olmo-x", "granite-x", "falcon-x", "unheard",
      ]
      .enumerated() {
        let records = (0..<130).map { prompt in
          JSONValue.object([
            "instruction": .string("Question \(prompt) about things?"), "generator": .string(name),
            "output": .string(String(repeating: "Answer \(number) to \(prompt) in many words. ", count: 6)),
          ])
        }
        try FileBytes.write(
          JSONValue.array(records).canonical.utf8, to: "\(folder)/results/\(name)/model_outputs.json")
      }
      try FileBytes.write(Array("no answers\n".utf8), to: "\(folder)/results/broken.json")
      // A link that leads round, and a file without an end.
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/results/loop", withDestinationPath: "..")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/results/zero.json", withDestinationPath: "/dev/zero")
      let cohort = try CommandTests.retort(["cohort", "import", "results", "-o", "cohort"], in: folder)
      #expect(cohort.status == 0, "\(cohort.errors)")
      #expect(cohort.output.contains("9 models, 130 prompts that at least four fifths of them answered"))
      #expect(cohort.errors.contains("took answer from output; prompt from instruction; model from generator: 9 files"))
      #expect(cohort.errors.contains("broken.json") && cohort.errors.contains("nothing could be guessed of unheard"))
      let lineage = String(decoding: try FileBytes.read("\(folder)/cohort/lineage.csv"), as: UTF8.self)
      #expect(lineage.contains("qwen-x,Alibaba,,,") && lineage.contains("unheard,,,,"))
      // What is not imported yet is no cohort, and what helps is said.
      let raw = try CommandTests.retort(
        [
          "init", "--suspect", "http://127.0.0.1:\(port)/v1#mine", "--candidate", "http://127.0.0.1:\(port)/v1#theirs",
          "--cohort", "results",
        ], in: folder)
      #expect(raw.status != 0 && raw.errors.contains("retort cohort import results -o cohort"), "\(raw.errors)")
      let url = "http://127.0.0.1:\(port)/v1"
      let draft = try CommandTests.retort(
        [
          "init", "--suspect", "\(url)#mine", "--candidate", "\(url)#theirs", "--cohort", "cohort", "--samples", "1",
          "--json",
        ],
        in: folder)
      #expect(draft.status == 0, "\(draft.errors)")
      if IndependentPython.isHere {
        #expect(try Schemas.violations(of: draft.output, "draft") == "")
        let json = try CommandTests.retort(["cohort", "import", "results", "-o", "cohort", "--json"], in: folder)
        #expect(try Schemas.violations(of: json.output, "cohort") == "")
      }
      let configuration = try CaseConfigurationReader.read(file: "\(folder)/case.yaml")
      #expect(configuration.models.map(\.id.rawValue) == ["mine", "theirs"] && configuration.recorded.count == 9)
      #expect(configuration.probes.count == 120 && configuration.plannedItems == 240)
      // Fewer probes for the run itself: what it has to show is the way, not the number.
      let probes = String(decoding: try FileBytes.read("\(folder)/case.probes.jsonl"), as: UTF8.self)
      try FileBytes.write(
        probes.split(separator: "\n").prefix(6).map { $0 + "\n" }.joined().utf8, to: "\(folder)/case.probes.jsonl")
      let run = try CommandTests.retort(["run", "case.yaml", "--no-check"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let report = String(decoding: try FileBytes.read("\(folder)/case.report/report.md"), as: UTF8.self)
      for words in [
        "Recorded, not asked", "qwen-x.jsonl", "were recorded before the case and not asked for",
        "the whole cohort was recorded elsewhere", "Who recorded the answers of",
      ] {
        #expect(report.contains(words), "\(words)")
      }
      if IndependentPython.isHere {
        let result = String(decoding: try FileBytes.read("\(folder)/case.report/result.json"), as: UTF8.self)
        #expect(try Schemas.violations(of: result, "result") == "")
      }
      // Exported, verified, and the report computed again from the recorded bytes.
      #expect(try CommandTests.retort(["key", "new", "lab", "-o", "lab.key"], in: folder).status == 0)
      let export = try CommandTests.retort(
        ["export", "case.retort", "-o", "e.evidence", "--key", "lab.key"], in: folder)
      #expect(export.status == 0, "\(export.errors)")
      let verify = try CommandTests.retort(["verify", "e.evidence"], in: folder)
      #expect(
        verify.status == 0 && verify.output.contains("✓ recorded: 9 models were not asked"),
        "\(verify.output)\(verify.errors)")
      #expect(verify.output.contains("✓ report"))
    }
  }

  @Test("an address that cannot be used is told without the password and the key in it")
  func masked() throws {
    let folder = try CommandTests.folder()
    for (word, shown) in [
      ("http://me:hunter2@host/v1#m", "http://…@host/v1#m: "),
      ("http://host/v1?api_key=hunter2#m", "http://host/v1?…#m: "),
      ("https://me:hun#t/er2@host?k=hunter2", "https://…@host?…: "), ("me:hunter2@host/v1#m", "…@host/v1#m: "),
      ("host/v1?api_key=hunter2", "host/v1?…: "), ("some#@cf/model", "some#@cf/model: "),
    ] {
      let end = try CommandTests.retort(["init", "--check", "--endpoint", word], in: folder)
      #expect(end.status == 64 && end.errors.hasPrefix("retort: \(shown)"), "\(end.status) \(end.errors)")
      #expect(!end.errors.contains("hunter2") && !end.errors.contains("er2"), "\(end.errors)")
    }
  }

  @Test("a check is drafted too; what is missing and nobody is there to say is a mistake of use")
  func check() throws {
    let folder = try CommandTests.folder()
    let outcome = try CommandTests.retort(["init", "--check", "--endpoint", "https://api.openai.com/v1#m"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = String(decoding: try FileBytes.read("\(folder)/check.yaml"), as: UTF8.self)
    #expect(text.contains("key_env: OPENAI_API_KEY") && text.contains("max_completion_tokens"))
    #expect(try Set(FileBytes.list(folder)) == ["check.yaml", "check.probes.jsonl"])
    #expect(try CommandTests.retort(["init"], in: folder).status == 64)
    let named = try CommandTests.retort(
      ["init", "--suspect", "nonsense", "--candidate", "x", "--cohort", "y"], in: folder)
    #expect(named.status == 64 && named.errors.contains("neither URL#MODEL"))
    let vendor = try CommandTests.retort(
      ["init", "--suspect", "https://api.openai.com/v1", "--candidate", "x", "--cohort", "y"], in: folder)
    #expect(vendor.status == 64 && vendor.errors.contains("name the model as well"))
  }

  @Test("the demo's student is served too, with a case that is ready")
  func rehearsal() async throws {
    let folder = try CommandTests.folder()
    try FileBytes.write([], to: "\(folder)/out")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandTests.program)
    process.arguments = ["serve-demo", "-o", "\(folder)/rehearsal"]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/out"))
    try process.run()
    defer { kill(process.processIdentifier, SIGKILL) }
    let end = ContinuousClock.now + .seconds(120)
    var output = ""
    while !output.contains("retort run"), process.isRunning, ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(20))
      output = String(decoding: try FileBytes.read("\(folder)/out"), as: UTF8.self)
    }
    #expect(output.contains("student, teacher"))
    let dry = try CommandTests.retort(["run", "\(folder)/rehearsal/case.yaml", "--dry-run"])
    #expect(
      dry.status == 0 && dry.output.contains("✓ teacher: a likelihood ratio is possible"), "\(dry.output)\(dry.errors)")
    #expect(dry.output.contains("is tested, on 24 probes"))
  }

  @Test("one page of the manual a command, each with its options")
  func manual() throws {
    let folder = try CommandTests.folder()
    #expect(try CommandTests.retort(["manual", "-o", "\(folder)/man"]).status == 0)
    let pages = Set(try FileBytes.list("\(folder)/man"))
    #expect(pages.isSuperset(of: ["retort.1", "retort-run.1", "retort-cohort-import.1", "retort-baseline-create.1"]))
    let page = String(decoding: try FileBytes.read("\(folder)/man/retort-run.1"), as: UTF8.self)
    #expect(page.hasPrefix(".TH RETORT\\-RUN 1") && page.contains("\\fB\\-\\-dry\\-run\\fR"))
  }
}
