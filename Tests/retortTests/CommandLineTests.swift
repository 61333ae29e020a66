import Formats
import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
  private static func shell(_ name: String) -> String? {
    ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, errors: String) {
    let errors = "\(try CommandTests.folder())/err"
    try FileBytes.write([], to: errors)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit(orAfter: 600)
    return (process.terminationStatus, String(decoding: try FileBytes.read(errors), as: UTF8.self))
  }

  @Test(
    "completion scripts name every command, and the shells that are here can read them",
    arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let outcome = try CommandTests.retort(["--generate-completion-script", shell])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    for word in ["import", "export", "probes", "config", "max-cost"] {
      #expect(outcome.output.contains(word), "\(shell): \(word)")
    }
    let file = "\(try CommandTests.folder())/completions"
    try FileBytes.write(outcome.output.utf8, to: file)
    if let program = Self.shell(shell) {
      let parsed = try Self.run(program, ["-n", file])
      #expect(parsed.status == 0, "\(parsed.errors)")
    }
  }

  @Test("the manual page has every command and option, and roff finds nothing wrong with it")
  func manual() throws {
    let outcome = try CommandTests.retort(["manual"])
    #expect(outcome.status == 0)
    for part in [
      ".SH NAME", ".SS retort run", ".SS retort probes expand", ".SS retort config show", "\\fB\\-\\-max\\-cost\\fR",
    ] {
      #expect(outcome.output.contains(part), "\(part)")
    }
    let file = "\(try CommandTests.folder())/retort.1"
    try FileBytes.write(outcome.output.utf8, to: file)
    if let groff = Self.shell("groff") {
      let formatted = try Self.run(groff, ["-man", "-Tutf8", "-ww", "-Kutf8", file])
      #expect(formatted.status == 0 && formatted.errors.isEmpty, "\(formatted.errors)")
    }
  }

  /// Blocks of the README that begin with `$ retort … --help`, and what follows up to the next command.
  static func helpTexts(in readme: String) -> [(arguments: [String], text: String)] {
    var found: [(arguments: [String], text: String)] = []
    for block in readme.components(separatedBy: "```console\n").dropFirst() {
      let body = block.components(separatedBy: "```")[0]
      for command in ("\n" + body).components(separatedBy: "\n$ ").dropFirst() {
        let lines = command.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let words = lines[0].split(separator: " ").map(String.init)
        guard words.first == "retort", words.last == "--help" else { continue }
        found.append((Array(words.dropFirst()), lines.dropFirst().joined(separator: "\n")))
      }
    }
    return found
  }

  @Test("help texts in the README are those of the program")
  func readme() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("README.md").path
    let readme = String(decoding: try FileBytes.read(file), as: UTF8.self)
    for (arguments, text) in Self.helpTexts(in: readme) {
      let help = try CommandTests.retort(arguments, environment: ["COLUMNS": "80"]).output
      func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
      #expect(trimmed(text) == trimmed(help), "README: retort \(arguments.joined(separator: " "))")
    }
    // The reading of the README itself.
    let sample = "x\n```console\n$ make\n$ retort run --help\nA\n\nB\n$ retort demo\nC\n```\n"
    let parsed = Self.helpTexts(in: sample)
    #expect(parsed.count == 1 && parsed[0].arguments == ["run", "--help"] && parsed[0].text == "A\n\nB")
  }

  @Test("without a name the nearest configuration upwards is read, and no further than the repository's root")
  func discovery() throws {
    let root = try CommandTests.folder()
    _ = try CommandTests.configuration(port: 9, in: root)
    let below = "\(root)/repository/deep/er"
    try FileManager.default.createDirectory(atPath: below, withIntermediateDirectories: true)
    let found = try CommandTests.retort(["run", "--dry-run"], in: below)
    #expect(
      found.status == 0 && found.errors.hasSuffix("\(root.split(separator: "/").last ?? "")/case.yaml\n"),
      "\(found.errors)")
    // retort.yaml counts before case.yaml, and the nearer folder before the farther one.
    try FileManager.default.copyItem(atPath: "\(root)/case.yaml", toPath: "\(root)/retort.yaml")
    #expect(try CommandTests.retort(["run", "--dry-run"], in: root).errors == "configuration: retort.yaml\n")
    let named = try CommandTests.retort(
      ["run", "--dry-run"], environment: ["RETORT_CONFIG": "\(root)/case.yaml"], in: below)
    #expect(named.errors == "configuration: \(root)/case.yaml (RETORT_CONFIG)\n")
    try FileManager.default.createDirectory(atPath: "\(root)/repository/.git", withIntermediateDirectories: true)
    let none = try CommandTests.retort(["run", "--dry-run"], in: below)
    #expect(none.status == 64 && none.errors.contains("retort run FILE"), "\(none.errors)")
  }

  @Test("config show tells every value and where it comes from")
  func configShow() throws {
    let folder = try CommandTests.folder()
    let file = try CommandTests.configuration(port: 9, in: folder, extra: "budget: {max_calls: 7}")
    let shown = try CommandTests.retort(["config", "show", file, "--origin", "--max-calls", "9"])
    #expect(shown.status == 0, "\(shown.errors)")
    for line in [
      "seed: 1  # \(file):1:7", "sampling.max_tokens: 40  # \(file):6:24", "sampling.temperature: 0.7  # default",
      "budget.max_calls: 9  # command line", "cohort[3].endpoint.dialect: openai-chat  # default",
      "timeout: 120s  # default",
    ] {
      #expect(shown.output.contains(line + "\n"), "\(line) in \(shown.output)")
    }
    #expect(!shown.output.contains("max_calls: 7"))
    let json = try CommandTests.retort(["config", "show", file, "--json"])
    if IndependentPython.isHere { #expect(try Schemas.violations(of: json.output, "config") == "") }
  }

  @Test("with --json a failure is one line of JSON on standard error, with its code and the next command")
  func errorEnvelope() throws {
    let folder = try CommandTests.folder()
    let down = try CommandTests.retort([
      "run", try CommandTests.configuration(port: 9, in: folder), "--json", "--progress", "none",
    ])
    #expect(down.status == 3 && down.output.isEmpty)
    let last = try #require(down.errors.split(separator: "\n").last.map(String.init))
    #expect(JSONValue(parsing: last)?["next"]?.string == "retort run \(folder)/case.yaml")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: last, "error") == "") }
    let missing = try CommandTests.retort(["export", "\(folder)/no.retort", "-o", folder, "--json"])
    #expect(JSONValue(parsing: missing.errors)?["code"]?.string == "could_not_measure", "\(missing.errors)")
  }

  @Test(
    "colours follow NO_COLOR, then CLICOLOR_FORCE; a pipe has none",
    arguments: [
      ([:], false), (["CLICOLOR_FORCE": "1"], true), (["CLICOLOR_FORCE": "0"], false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false), (["CLICOLOR_FORCE": "1", "NO_COLOR": ""], true),
    ])
  func colours(environment: [String: String], colour: Bool) throws {
    let environment = ["NO_COLOR": "", "CLICOLOR_FORCE": ""].merging(environment) { _, new in new }
    let outcome = try CommandTests.retort(["report", "/nowhere.retort"], environment: environment)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("\u{1B}[1;31mretort:\u{1B}[0m") == colour)
    #expect(outcome.errors.contains("\u{1B}") == colour)
  }

  @Test(
    "a terminal gets a bar and colours, a dumb one neither, and none is asked a question",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"),
    arguments: [("xterm", true), ("dumb", false)])
  func terminal(term: String, escapes: Bool) throws {
    let folder = try CommandTests.folder()
    let file = try CommandTests.configuration(port: 9, in: folder)
    let script = """
      import os, pty, sys
      os.environ.update(TERM=sys.argv[1]); [os.environ.pop(k, None) for k in ("NO_COLOR", "CLICOLOR_FORCE")]
      seen = []
      def read(fd):
          data = os.read(fd, 1024); seen.append(data); return data
      status = os.waitstatus_to_exitcode(pty.spawn(sys.argv[2:], read, lambda fd: b""))
      os.write(1, b"\\nstatus %d" % status)
      """
    let output = String(
      decoding: try IndependentPython.run(script, arguments: [term, CommandTests.program, "run", file]), as: UTF8.self)
    #expect(output.contains("status 3"), "\(output)")
    #expect(output.contains("\r\u{1B}[K[") == escapes && output.contains("\u{1B}[1;31m") == escapes, "\(output)")
  }
}
