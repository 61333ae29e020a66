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
}
