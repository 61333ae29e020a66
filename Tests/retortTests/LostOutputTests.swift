import CaseFile
import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// Output that cannot be written whole, in every command that has some.
@Suite("Lost output", .serialized)
struct LostOutputTests {
  /// Arguments of commands that succeed, all on what was made for them once.
  static func commands() throws -> (folder: String, all: [[String]]) { try prepared.get() }

  private static let prepared = Result { () throws -> (folder: String, all: [[String]]) in
    let (folder, ofCase) = try commandsOfACase()
    return (folder, ofCase + (try commandsOfEvidence(folder)) + (try commandsOfChecks(folder)))
  }

  private static func commandsOfACase() throws -> (folder: String, all: [[String]]) {
    let hostile = try ServeCommandTests.HostileCase(trap: 9)
    for item in hostile.remaining {
      try hostile.store.append(ServeCommandTests.HostileCase.answer(item, "late"), run: hostile.run)
    }
    try hostile.store.close()
    let (folder, file) = (hostile.folder, hostile.file)
    try FileBytes.write(
      """
      name: c
      seed: 1
      probes: [probes.jsonl]
      suspect: {model: s, endpoint: {url: "http://127.0.0.1:9/v1", model: s}}
      candidates: [{model: t, endpoint: {url: "http://127.0.0.1:9/v1", model: t}}]
      cohort:
      - {model: a, endpoint: {url: "http://127.0.0.1:9/v1", model: a}}
      - {model: b, endpoint: {url: "http://127.0.0.1:9/v1", model: b}}
      - {model: c, endpoint: {url: "http://127.0.0.1:9/v1", model: c}}
      - {model: d, endpoint: {url: "http://127.0.0.1:9/v1", model: d}}

      """.utf8, to: "\(folder)/case.yaml")
    try FileBytes.write(
      #"{"id":"v","category":"c","language":"en","prompt":"Say {x}.","slots":{"x":["a","b"]}}"#.utf8,
      to: "\(folder)/v.template")
    try FileBytes.write(
      #"[{"instruction":"Q?","output":"A.","generator":"m"}]"#.utf8, to: "\(folder)/alpaca.json")
    return (
      folder,
      [
        ["--help"], ["--version"], ["run", "--help"], ["manual"], ["key", "new", "me", "-o", "\(folder)/KEY"],
        ["probes", "list", folder], ["probes", "list", folder, "--json"], ["probes", "check", folder],
        ["probes", "expand", "\(folder)/v.template", "--seed", "1", "--count", "2", "-o", "\(folder)/v/v.jsonl"],
        ["config", "show", "\(folder)/case.yaml"], ["config", "show", "\(folder)/case.yaml", "--origin", "--json"],
        ["run", "\(folder)/case.yaml", "--dry-run"], ["run", "\(folder)/case.yaml", "--dry-run", "--json"],
        ["report", file, "-o", "\(folder)/r"], ["report", file, "-o", "\(folder)/r", "--json"],
        ["export", file, "-o", "\(folder)/x"], ["export", file, "-o", "\(folder)/x", "--json"],
        ["import", "alpaca_eval", "\(folder)/alpaca.json", "-o", "\(folder)/i"],
        ["import", "alpaca_eval", "\(folder)/alpaca.json", "-o", "\(folder)/i", "--json"],
        ["channels", file, "--replicates", "0"], ["channels", file, "--replicates", "0", "--json"],
        ["tree", file, "-o", "\(folder)/t", "--replicates", "0"],
        ["tree", file, "-o", "\(folder)/t", "--replicates", "0", "--json"], ["serve", file], ["serve", file, "--json"],
        ["serve-demo"],
      ]
    )
  }

  private static func commandsOfEvidence(_ folder: String) throws -> [[String]] {
    let (file, key, evidence) = ("\(folder)/hostile.retort", "\(folder)/lab.key", "\(folder)/x.evidence")
    for arguments in [["key", "new", "lab.example.org", "-o", key], ["export", file, "-o", evidence, "--key", key]] {
      let made = try CommandTests.retort(arguments)
      try #require(made.status == 0, "\(made.errors)")
    }
    return [
      ["key", "show", key], ["key", "show", key, "--json"], ["cosign", file, "--key", key],
      ["cosign", file, "--key", key, "--json"], ["verify", evidence, "--no-report"],
      ["verify", evidence, "--no-report", "--json"],
    ]
  }

  private static func commandsOfChecks(_ folder: String) throws -> [[String]] {
    let (session, baseline) = ("\(folder)/sessions/s.jsonl", "\(folder)/baselines/prod.json")
    let responses = (0..<6).flatMap { probe in
      (0..<8).map { Response(prompt: PromptID("p\(probe)"), sample: $0, text: "answer \(probe)") }
    }
    try FileBytes.write(responses.map(\.canonicalLine).joined().utf8, to: session)
    let create = ["baseline", "create", "--from", session, "--from", session, "--from", session, "-o", baseline]
    let check = ["check", baseline, "--against", session, "-o", "\(folder)/checks"]
    for arguments in [create, ["baseline", "approve", baseline, "--by", "A", "--reason", "r"], check, create] {
      let made = try CommandTests.retort(arguments)
      try #require(made.status == 0, "\(made.errors)")
    }
    return [
      ["baseline", "show", baseline], ["baseline", "show", baseline, "--json"], ["baseline", "history", baseline],
      ["baseline", "diff", baseline], ["baseline", "diff", baseline, "--json"], ["history", baseline],
      ["history", baseline, "--json"], ["review", "\(folder)/checks"], ["review", "\(folder)/checks", "--json"],
    ] + ["text", "json", "junit", "github", "markdown", "svg"].map { check + ["--format", $0] }
  }

  /// - Parameter redirections: of the shell, such as `>/dev/full`; `KEY` in arguments becomes a new file.
  static func run(
    _ arguments: [String], _ redirections: String, _ folder: String, output: FileHandle = .nullDevice
  ) throws -> (status: Int32, errors: String) {
    let files = try CommandTests.folder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let script = "\"$0\" \"$@\" 2>\"$ERRORS\" \(redirections)"
    process.arguments =
      ["-c", script, CommandTests.program] + arguments.map { $0.replacing("KEY", with: "k\(UUID().uuidString)") }
    process.environment = ProcessInfo.processInfo.environment.merging(["ERRORS": "\(files)/err"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    process.waitUntilExit(orAfter: 600)
    #expect(process.terminationReason == .exit, "\(arguments) \(redirections)")
    let errors = FileBytes.exists("\(files)/err") ? try FileBytes.read("\(files)/err") : []
    return (process.terminationStatus, String(decoding: errors, as: UTF8.self))
  }

  @Test(
    "a full or closed standard output ends every command with 2 and a line that says so, and nothing is lost in silence"
  )
  func standardOutput() throws {
    let (folder, all) = try Self.commands()
    for arguments in all {
      for redirection in [">/dev/full", ">&-"] {
        let end = try Self.run(arguments, redirection, folder)
        let lines = end.errors.split(separator: "\n").filter { $0.contains("retort:") }
        #expect(end.status == 2 && lines.count == 1, "\(arguments) \(redirection): \(end.status) \(end.errors)")
        #expect(lines.first?.contains("standard output cannot be written") == true, "\(arguments) \(redirection)")
      }
    }
  }

  @Test("whoever has read enough of a pipe hears nothing more, and the command does not end with 0")
  func pipe() throws {
    let (folder, all) = try Self.commands()
    for arguments in all where !arguments[0].hasPrefix("serve") {
      // A pipe without a reader: its only one is closed before the command begins.
      let pipe = Pipe()
      try pipe.fileHandleForReading.close()
      let end = try Self.run(arguments, "", folder, output: pipe.fileHandleForWriting)
      #expect(end.status == 2 && !end.errors.contains("retort:"), "\(arguments): \(end.status) \(end.errors)")
    }
  }

  @Test("without standard error or with a full one every command does what it does")
  func standardError() throws {
    let (folder, all) = try Self.commands()
    for arguments in all where !arguments[0].hasPrefix("serve") {
      let status = try Self.run(arguments, ">/dev/null", folder).status
      for redirection in ["2>&- >/dev/null", "2>/dev/full >/dev/null"] {
        #expect(try Self.run(arguments, redirection, folder).status == status, "\(arguments) \(redirection)")
      }
    }
    // An error keeps its status, too.
    #expect(try Self.run(["report", "\(folder)/none.retort"], "2>&-", folder).status == 3)
  }

  @Test("a file that is opened first does not take the place of a closed stream")
  func closedStreams() throws {
    let (folder, _) = try Self.commands()
    let file = "\(folder)/hostile.retort"
    let before = try FileBytes.read(file)
    #expect(try Self.run(["report", file, "-o", "\(folder)/r2"], "<&- >&- 2>&-", folder).status == 2)
    #expect(try FileBytes.read(file) == before)
  }
}
