import Formats
import Foundation
import Testing

/// Where results go: never among the files of the system because a variable of a script was not set.
@Suite("Places of output")
struct OutputPlaceTests {
  private static func line(_ arguments: [String], in folder: String? = nil) throws -> String {
    let end = try CommandTests.retort(arguments, in: folder)
    #expect(end.status == 64 && end.output.isEmpty, "\(arguments): \(end.status) \(end.errors)")
    #expect(
      end.errors.split(separator: "\n").count == 1 && end.errors.hasPrefix("retort: "), "\(arguments): \(end.errors)")
    return end.errors
  }

  @Test(
    "an empty value of any option is refused, and an empty argument",
    arguments: [
      (["export", "x.retort", "-o", ""], "an empty value after -o: is a variable of a script not set?"),
      (["run", "case.yaml", "-o", ""], "an empty value after -o:"),
      (["report", "x.retort", "--output", ""], "an empty value after --output:"),
      (["demo", "--output="], "an empty value after --output:"), (["demo", "-o="], "an empty value after -o:"),
      (["check", "b.json", "--ledger", ""], "an empty value after --ledger:"),
      (["verify", "x.evidence", "--head", ""], "an empty value after --head:"),
      (["compare", "--suspect", "", "--candidate", "t.jsonl", "--cohort", "c"], "an empty value after --suspect:"),
      (["report", ""], "an empty argument:"), (["import", "jsonl", "", "-o", "x"], "an empty argument:"),
      (["report", "--", ""], "an empty argument:"),
    ])
  func empty(arguments: [String], words: String) throws {
    #expect(try Self.line(arguments).contains(words))
  }

  @Test("the root of all files is no place for output", arguments: ["/", "//", "/.", "/tmp/.."])
  func root(place: String) throws {
    for arguments in [
      ["export", "x.retort", "-o", place], ["demo", "--output=\(place)"], ["calibrate", "--demo", "-o", place],
    ] {
      #expect(try Self.line(arguments).contains("not the root of all files"))
    }
    #expect(try Self.line(["report", "x.retort", "-o", "."], in: "/").contains("not the root of all files"))
  }

  @Test("what follows -- is taken as it stands, and the working folder is a place like others")
  func taken() throws {
    let folder = try CommandTests.folder()
    let named = try CommandTests.retort(["report", "--", "--output="], in: folder)
    #expect(named.status == 3 && named.errors.contains("no such file"), "\(named.errors)")
    let here = try CommandTests.retort(["report", "x.retort", "-o", "."], in: folder)
    #expect(here.status == 3 && here.errors.contains("no such file"), "\(here.errors)")
  }

  @Test("a folder where one file is written is refused before anything is asked or computed")
  func folders() throws {
    let folder = try CommandTests.folder()
    let commands = [
      ["calibrate", "--demo"], ["merge", "nowhere.part"], ["key", "new", "lab.example.org"],
      ["cosign", "nowhere", "--key", "k"], ["probes", "expand", "nowhere.json", "--seed", "1", "--count", "1"],
      ["probes", "border", "--from", "nowhere.jsonl", "--endpoint", "nowhere.yaml"],
      ["embed", "nowhere", "--url", "http://127.0.0.1:9/v1", "--model", "m"], ["baseline", "create", "nowhere.yaml"],
      ["init", "--check", "--endpoint", "http://127.0.0.1:9/v1#m"],
    ]
    for command in commands {
      for place in [folder, folder + "/", folder + "/new/"] {
        let line = try Self.line(command + ["-o", place])
        #expect(line.contains("-o \(place): must be the name of a file, not of a folder"), "\(line)")
      }
    }
    #expect(try FileBytes.list(folder).isEmpty)
  }

  /// What lies in a folder, to the byte.
  private static func contents(_ folder: String) throws -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: try FileBytes.list(folder).map { ($0, try FileBytes.read("\(folder)/\($0)")) })
  }

  @Test(
    "a check touches no file that no check wrote, whatever else is wrong",
    arguments: [
      ("report.md", "mine"), ("report.txt", "mine"), ("junit.xml", "mine"), ("timeline.svg", "mine"),
      ("result.json", "mine"), ("result.json", #"{"schema":"retort.report/1"}"#), ("previous.json", "{}"),
      ("summary.json", "[]"),
    ])
  func foreign(name: String, text: String) throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(text.utf8, to: "\(folder)/\(name)")
    let before = try Self.contents(folder)
    for arguments in [
      ["nosuch.json"], ["nosuch.json", "--configuration", "nosuch.yaml"], ["--between", "nosuch1", "nosuch2"],
      ["nosuch.json", "--max-calls", "0"], ["nosuch1.json", "nosuch2.json"],
    ] {
      let end = try CommandTests.retort(["check"] + arguments + ["-o", folder])
      #expect(end.status == 64, "\(arguments): \(end.errors)")
      #expect(
        arguments.contains("0") || end.errors.contains("another file of that name is there"),
        "\(arguments): \(end.errors)")
      #expect(try Self.contents(folder) == before, "\(arguments)")
    }
  }

  @Test("what a check wrote is set aside by the next one, and what a mistyped option would end is left as it is")
  func setAside() throws {
    let folder = try CommandTests.folder()
    for name in ["report.md", "junit.xml"] { try FileBytes.write("old".utf8, to: "\(folder)/\(name)") }
    try FileBytes.write(#"{"schema":"retort.check/1"}"#.utf8, to: "\(folder)/result.json")
    let before = try Self.contents(folder)
    #expect(try CommandTests.retort(["check", "nosuch.json", "-o", folder, "--max-calls", "0"]).status == 64)
    #expect(try Self.contents(folder) == before)
    #expect(try CommandTests.retort(["check", "nosuch.json", "-o", folder]).status == 3)
    #expect(try FileBytes.list(folder) == ["previous.json"])
    #expect(try CommandTests.retort(["check", "nosuch.json", "-o", folder]).status == 3)
    #expect(try FileBytes.list(folder) == ["previous.json"])
  }

  @Test("what cannot be made again is replaced by no output, whoever names it")
  func irreplaceable() throws {
    let folder = try CommandTests.folder()
    let head = "lab.example.org/case/0123456789abcdef\n9\n\(Data(repeating: 7, count: 32).base64EncodedString())\n"
    for (name, text) in [
      ("case.retort", "SQLite format 3\0 and so on"), ("lab.key", "PRIVATE+KEY+lab.example.org+01234567+AAAA\n"),
      ("lab.key.heads", head + "\n"), ("prod.ledger.jsonl", #"{"schema":"retort.ledger/1"}"# + "\n"),
    ] {
      try FileBytes.write(text.utf8, to: "\(folder)/\(name)")
    }
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "case.retort")
    let before = try Self.contents(folder)
    let commands = [
      ["calibrate", "--demo"], ["merge", "nowhere.part"], ["cosign", "nowhere", "--key", "k"],
      ["probes", "border", "--from", "nowhere.jsonl", "--endpoint", "nowhere.yaml"],
      ["embed", "nowhere", "--url", "http://127.0.0.1:9/v1", "--model", "m"], ["baseline", "create", "nowhere.yaml"],
    ]
    for name in before.keys {
      for command in commands {
        #expect(try Self.line(command + ["-o", "\(folder)/\(name)"]).contains("another file of that name is there"))
      }
      #expect(try Self.line(["history", "b.json", "--svg", "\(folder)/\(name)"]).contains("another file of that name"))
    }
    #expect(try Self.contents(folder) == before)
  }

  @Test("an output is no file that is read, by whatever name, and a head replaces nothing but a head")
  func inputs() throws {
    let folder = try CommandTests.folder()
    for name in ["mine", "l.jsonl", "head.note"] { try FileBytes.write("mine".utf8, to: "\(folder)/\(name)") }
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "mine")
    try FileManager.default.linkItem(atPath: "\(folder)/mine", toPath: "\(folder)/hard")
    let before = try Self.contents(folder)
    for other in ["mine", "./mine", "link", "hard"] {
      for arguments in [
        ["merge", "mine", "-o", other], ["merge", "x.part", "mine", "--output=\(other)"],
        ["cosign", "x.retort", "--key=mine", "-o", other], ["history", "mine", "--svg", other],
        ["calibrate", "--pairs", "mine", "-o", other],
      ] {
        let line = try Self.line(arguments, in: folder)
        #expect(line.contains("must be another file than those that are read"), "\(line)")
      }
    }
    let note = try Self.line(["cosign", "x.retort", "--key", "k", "-o", "head.note"], in: folder)
    #expect(note.contains("another file of that name is there"), "\(note)")
    #expect(try Self.contents(folder) == before)
  }
}
