import Formats
import Foundation
import TestSupport
import Testing

@Suite("Import and export commands")
struct ImportCommandTests {
  private static let lines =
    #"{"prompt_id":"a","sample":0,"text":"x"}"# + "\n" + #"{"prompt_id":"b","sample":0,"text":""}"# + "\n"

  @Test("transcripts that are imported come out to the byte, and again without a change")
  func roundTrip() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(Self.lines.utf8, to: "\(folder)/m.jsonl")
    for _ in 0..<2 {
      let outcome = try CommandTests.retort(["import", "jsonl", "\(folder)/m.jsonl", "-o", "\(folder)/out"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output == "\(folder)/out/transcripts/m.jsonl: 2 answers\n")
      #expect(try FileBytes.read("\(folder)/out/transcripts/m.jsonl") == Array(Self.lines.utf8))
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/out/probes.jsonl"))
    let other = try CommandTests.retort(
      ["import", "csv", "\(folder)/m.jsonl", "-o", "\(folder)/out", "--field", "txt=x"])
    #expect(other.status == 64 && other.errors.contains("write ROLE=NAME"), "\(other.errors)")
    let misspelt = try CommandTests.retort(
      ["import", "jsonl", "\(folder)/m.jsonl", "-o", "\(folder)/out", "--field", "prompt=promt"])
    #expect(misspelt.status == 64 && misspelt.errors.contains("--field prompt=promt"), "\(misspelt.errors)")
  }

  @Test("what is left out is named on standard error, and all of it in the JSON")
  func leftOut() throws {
    let folder = try CommandTests.folder()
    let bad = (0..<30).map { #"{"prompt_id":"n\#($0)","text":null}"# + "\n" }.joined()
    try FileBytes.write((Self.lines + bad).utf8, to: "\(folder)/m.jsonl")
    let outcome = try CommandTests.retort(["import", "jsonl", "\(folder)/m.jsonl", "-o", "\(folder)/out", "--json"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("left out: \(folder)/m.jsonl:3: no answer, not even an empty one"))
    #expect(outcome.errors.contains("left out: 10 more"))
    let document = try #require(JSONValue(parsing: outcome.output))
    #expect(document["left_out"]?.array?.count == 30)
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "import") == "") }
  }

  @Test("a file of another format is one line with place and remedy")
  func wrongFormat() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write(Self.lines.utf8, to: "\(folder)/m.jsonl")
    let outcome = try CommandTests.retort(["import", "alpaca_eval", "\(folder)/m.jsonl", "-o", "\(folder)/out"])
    #expect(outcome.status == 3)
    #expect(
      outcome.errors
        == "retort: \(folder)/m.jsonl:2: not JSON: check that the file is whole and that the format is the right one\n")
    #expect(outcome.output.isEmpty && !FileManager.default.fileExists(atPath: "\(folder)/out"))
  }

  @Test("a case that is exported and compared gives the scores of its own report")
  func exportCase() throws {
    let folder = try CommandTests.folder()
    #expect(try CommandTests.retort(["demo", "-o", folder]).status == 0)
    let outcome = try CommandTests.retort(["export", "\(folder)/demo.retort", "-o", "\(folder)/out", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "export") == "") }
    let cohort = (JSONValue(parsing: outcome.output)?["cohort"]?.array ?? []).compactMap(\.string)
    #expect(cohort.count >= 4)
    let transcripts = "\(folder)/out/transcripts"
    let compared = try CommandTests.retort([
      "compare", "--suspect", "\(transcripts)/student.jsonl", "--candidate", "\(transcripts)/teacher.jsonl",
      "--candidate", "\(transcripts)/independent.jsonl", "--cohort", transcripts, "--probes",
      "\(folder)/out/probes.jsonl", "--lineage", "\(folder)/out/lineage.csv", "--seed", "20261123",
      "--calibration", "demo", "-o", "\(folder)/report",
    ])
    #expect(compared.status == 0, "\(compared.errors)")
    func verdicts(_ file: String) throws -> JSONValue? { JSONValue(parsing: try FileBytes.read(file))?["verdicts"] }
    #expect(try verdicts("\(folder)/report/result.json") == verdicts("\(folder)/result.json"))
    // And once through the importer.
    let again = try CommandTests.retort(
      ["import", "jsonl"] + (try FileBytes.list(transcripts).map { "\(transcripts)/\($0)" }) + [
        "-o", "\(folder)/again",
      ])
    #expect(again.status == 0, "\(again.errors)")
    for name in try FileBytes.list(transcripts) {
      #expect(try FileBytes.read("\(folder)/again/transcripts/\(name)") == FileBytes.read("\(transcripts)/\(name)"))
    }
  }
}
