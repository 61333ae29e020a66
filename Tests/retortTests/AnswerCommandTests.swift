import Formats
import Foundation
import TestSupport
import Testing

/// What commands say of a verdict, and how they help whoever mistypes.
@Suite("Answers on the command line")
struct AnswerCommandTests {
  @Test(
    "compare writes beside the caller where no folder is named, and ends with 3 where a ratio was asked for and there is none"
  )
  func defaults() throws {
    let folder = try CommandTests.transcripts()
    func compare(_ more: [String]) throws -> CommandTests.Outcome {
      try CommandTests.retort(
        ["compare", "--suspect", "suspect.jsonl", "--candidate", "teacher.jsonl", "--cohort", "cohort"] + more,
        in: folder)
    }
    let plain = try compare([])
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(FileManager.default.fileExists(atPath: "\(folder)/suspect.report/report.html"))
    let strict = try compare(["--require-ratio", "-o", "strict"])
    #expect(strict.status == 3)
    #expect(strict.errors.contains("no likelihood ratio could be given; strict/report.html says what would be needed"))
    #expect(strict.output == plain.output)
  }

  @Test(
    "a mistyped command is told with the one that may be meant",
    arguments: [
      (["compar"], "retort has no command compar: did you mean compare?"),
      (["probes", "chekc"], "retort probes has no command chekc: did you mean check?"),
      (["xylophone"], "retort has no command xylophone (see retort --help)"),
    ])
  func mistyped(arguments: [String], expected: String) throws {
    let outcome = try CommandTests.retort(arguments)
    #expect(outcome.status == 64 && outcome.errors.hasPrefix("retort: \(expected)"), "\(outcome.errors)")
  }

  @Test("a mistyped model is told with the one that may be meant")
  func model() throws {
    let folder = try CommandTests.transcripts()
    for (name, near) in [("c11", "c1"), ("C-3", "c3"), ("zzz", nil)] as [(String, String?)] {
      let outcome = try CommandTests.retort(["same", "\(folder)/cohort", "--suspect", name, "--candidate", "c0"])
      #expect(outcome.status == 64, "\(outcome.errors)")
      #expect(outcome.errors.contains(near.map { "did you mean \($0)?" } ?? "check the name"), "\(outcome.errors)")
    }
  }

  @Test("every command has two examples, of options that it has")
  func examples() throws {
    let help = try CommandTests.retort(["--help"]).output
    let commands = help.components(separatedBy: "SUBCOMMANDS:").last?.split(separator: "\n")
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }.compactMap {
        $0.split(separator: " ").first.map(String.init).flatMap { $0 == "See" ? nil : $0 }
      }
    let all = try #require(commands)
    #expect(all.count > 25)
    var paths = all.filter { !["config", "key", "probes", "baseline", "cohort", "manual", "cosign"].contains($0) }.map {
      [$0]
    }
    paths += [
      ["cohort", "import"], ["config", "show"], ["key", "new"], ["key", "show"], ["probes", "list"],
      ["probes", "check"],
    ]
    paths += [["probes", "expand"]] + ["create", "show", "diff", "approve", "history"].map { ["baseline", $0] }
    for path in paths {
      let text = try CommandTests.retort(path + ["--help"]).output
      let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      let shown = lines.filter { $0.hasPrefix("retort \(path.joined(separator: " "))") }
      #expect(shown.count >= 2, "\(path): \(shown)")
      #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("USAGE:") }, "\(path)")
      let words = shown.joined(separator: " ").split(separator: " ").map(String.init)
      for option in words where option.hasPrefix("-") {
        #expect(text.components(separatedBy: option).count > 2, "\(path): \(option)")
      }
    }
  }

  @Test("what keeps a case from a ratio is said by a dry run and by doctor, all at once and before the first call")
  func obstacles() throws {
    let folder = try CommandTests.folder()
    let models = (1...4).map {
      "  - {model: c\($0), developer: C\($0), endpoint: {url: 'http://127.0.0.1:9/v1', model: c\($0)}}\n"
    }
    let lines = (1...30).map { #"{"id":"p\#($0)","prompt":"Say \#($0)."}"# + "\n" }
    try FileBytes.write(lines.joined().utf8, to: "\(folder)/p.jsonl")
    try FileBytes.write(
      """
      name: few
      seed: 1
      suspect: {model: s, endpoint: {url: 'http://127.0.0.1:9/v1', model: s}}
      candidates:
        - {model: t, developer: T, endpoint: {url: 'http://127.0.0.1:9/v1', model: t}}
      cohort:
      \(models.joined())  - {model: c5, developer: T, endpoint: {url: 'http://127.0.0.1:9/v1', model: c5}}
      probes: [p.jsonl]
      """.utf8, to: "\(folder)/case.yaml")
    let dry = try CommandTests.retort(["run", "\(folder)/case.yaml", "--dry-run"])
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("not in its cohort: c5 (same developer as t)\n"), "\(dry.output)")
    let doctor = try CommandTests.retort(["doctor", "\(folder)/case.yaml"])
    for text in [dry.output, doctor.output + doctor.errors] {
      for words in [
        "t: there will be no likelihood ratio", "30 probes that both answer, 100 are needed",
        "4 models of the cohort are related to neither, 8 are needed", "whether the two are one model is not tested",
        "neither developer nor base of s is stated", "developer: NAME or base: NAME in the entry of s",
      ] { #expect(text.contains(words), "\(text)") }
    }
    let json = JSONValue(
      parsing: try CommandTests.retort(["run", "\(folder)/case.yaml", "--dry-run", "--json"]).output)
    #expect(json?["forecast"]?["candidates"]?.array?.first?["reasons"]?.array?.count == 3)
  }
}
