import Formats
import Foundation
import TestSupport
import Testing

@Suite("Schemas of what commands print")
struct SchemaTests {
  /// Commands without subcommands, with their arguments.
  private static func commands(of command: JSONValue, path: [String] = []) -> [(path: [String], options: [String])] {
    (command["subcommands"]?.array ?? []).flatMap { child -> [(path: [String], options: [String])] in
      let path = path + [child["commandName"]?.string ?? ""]
      let below = commands(of: child, path: path)
      let options = (child["arguments"]?.array ?? []).flatMap {
        ($0["names"]?.array ?? []).compactMap { $0["name"]?.string }
      }
      return below.isEmpty ? [(path, options)] : below
    }
  }

  @Test("every command can print JSON, but those that print the manual and parts of a measurement")
  func everyCommand() throws {
    let help = try CommandTests.retort(["--experimental-dump-help"]).output
    let root = try #require(JSONValue(parsing: help)?["command"])
    let without = Self.commands(of: root).filter { !$0.options.contains("json") }.map { $0.path.joined(separator: " ") }
    #expect(Set(without).subtracting(["help"]) == ["manual", "merge", "shard"])
  }

  @Test(
    "compare, channels and validate print what their schemas say",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func analyses() throws {
    let folder = try CommandTests.transcripts()
    let compared = try CommandTests.compare(folder, ["--json"])
    #expect(try Schemas.violations(of: compared.output, "result") == "")

    let corpus = "\(folder)/corpus"
    for name in ["suspect", "teacher"] {
      try FileManager.default.copyItem(atPath: "\(folder)/\(name).jsonl", toPath: "\(folder)/cohort/\(name).jsonl")
    }
    try FileManager.default.createDirectory(atPath: "\(corpus)/one", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: "\(folder)/cohort", toPath: "\(corpus)/one/responses")
    let channels = try CommandTests.retort(["channels", "\(folder)/cohort", "--suspect", "suspect", "--json"])
    #expect(channels.status == 0, "\(channels.errors)")
    #expect(try Schemas.violations(of: channels.output, "channels") == "")

    let names = ["suspect", "teacher", "c0", "c1", "c2", "c3", "c4"]
    let lineage = names.map { "\($0),D-\($0),one\n" }.joined()
    try FileBytes.write("model,developer,corpus\n\(lineage)".utf8, to: "\(corpus)/lineage.csv")
    try FileBytes.write(
      """
      teacher,student,label,relation,teacher_corpus,student_corpus,student_family,teacher_developer
      teacher,suspect,1,direct,one,one,f,D

      """.utf8, to: "\(corpus)/pairs.csv")
    let validated = try CommandTests.retort(
      ["validate", "--corpus", corpus, "--pairs", "\(corpus)/pairs.csv", "-o", "\(folder)/v", "--json"])
    #expect(validated.status == 0, "\(validated.errors)")
    #expect(try Schemas.violations(of: validated.output, "validation") == "")
  }

  @Test(
    "a schema refuses a document that says more than it allows",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func strict() throws {
    let document = #"{"schema":"retort.error/1","tool":"t","code":"usage","exit":64,"message":"m"}"#
    #expect(try Schemas.violations(of: document, "error") == "")
    #expect(try Schemas.violations(of: document.replacingOccurrences(of: "64", with: "1"), "error") != "")
    #expect(
      try Schemas.violations(of: document.replacingOccurrences(of: "\"exit\"", with: "\"x\":1,\"exit\""), "error") != ""
    )
  }
}
