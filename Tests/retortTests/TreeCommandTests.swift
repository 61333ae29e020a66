import Formats
import Foundation
import TestSupport
import Testing

@Suite("retort tree")
struct TreeCommandTests {
  /// Suspect, teacher and eight others in one folder.
  static func transcripts(_ rename: (String) -> String = { $0 }) throws -> String {
    let folder = try CommandTests.transcripts(cohort: 8)
    for name in ["suspect", "teacher"] {
      try FileBytes.write(FileBytes.read("\(folder)/\(name).jsonl"), to: "\(folder)/cohort/\(name).jsonl")
    }
    for name in try FileBytes.list("\(folder)/cohort") {
      let stem = String(name.dropLast(".jsonl".count))
      guard rename(stem) != stem else { continue }
      try FileManager.default.moveItem(
        atPath: "\(folder)/cohort/\(name)", toPath: "\(folder)/cohort/\(rename(stem)).jsonl")
    }
    return folder
  }

  private static func text(_ file: String) throws -> String {
    String(decoding: try FileBytes.read(file), as: UTF8.self)
  }

  @Test("a folder gives four files, the same bytes each time; student and teacher are the nearest pair")
  func files() throws {
    let folder = try Self.transcripts()
    let arguments = ["tree", "\(folder)/cohort", "-o", "\(folder)/out"]
    let outcome = try CommandTests.retort(arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("10 models; nearest pairs:\n  suspect – teacher  0.00\n"), "\(outcome.output)")
    let names = ["distances.csv", "heatmap.svg", "tree.nwk", "tree.svg"]
    #expect(try FileBytes.list("\(folder)/out") == names)
    let first = try names.map { try FileBytes.read("\(folder)/out/\($0)") }
    #expect(try CommandTests.retort(arguments).status == 0)
    #expect(try names.map { try FileBytes.read("\(folder)/out/\($0)") } == first)
    #expect(
      try Self.text("\(folder)/out/tree.nwk").contains("('suspect':")
        || Self.text("\(folder)/out/tree.nwk").contains(",'suspect':"))
    let rows = try Self.text("\(folder)/out/distances.csv").components(separatedBy: "\r\n").filter { !$0.isEmpty }
    #expect(rows.count == 11 && rows.allSatisfy { $0.split(separator: ",").count == 11 })
    let other = try CommandTests.retort(arguments + ["--seed", "2", "--replicates", "7"])
    #expect(other.output.contains("of 7 draws"))
  }

  @Test(
    "its JSON follows the schema, and counts relatives among neighbours by the table alone",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func json() throws {
    let folder = try Self.transcripts()
    let lineage = "model,developer,trained_on_outputs_of\nsuspect,A,teacher\nteacher,B,\nc0,C,\nc1,C,\n"
    try FileBytes.write(lineage.utf8, to: "\(folder)/lineage.csv")
    let arguments = ["tree", "\(folder)/cohort", "-o", "\(folder)/out", "--json", "--replicates", "20"]
    let plain = try CommandTests.retort(arguments)
    let outcome = try CommandTests.retort(arguments + ["--lineage", "\(folder)/lineage.csv"])
    for document in [plain, outcome] { #expect(try Schemas.violations(of: document.output, "tree") == "") }
    let found = try #require(JSONValue(parsing: outcome.output))
    #expect(found["relatives"]?["models"]?.integer == 4)
    #expect(found["relatives"]?["kinds"]?["teacher_and_student"]?.integer == 2)
    // Each of the four has one relative among nine others.
    #expect(abs((found["relatives"]?["by_chance"]?.number ?? 0) - 1.0 / 9) < 1e-5)
    // Lineage is told beside the tree, and changes nothing in it.
    #expect(JSONValue(parsing: plain.output)?["newick"] == found["newick"] && plain.output.contains("newick"))
    #expect(JSONValue(parsing: plain.output)?["relatives"] == nil)
    #expect(found["branches"]?.array?.count == 7)
  }

  @Test(
    "names that are markup, quotes or commands stay names in every file",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func hostile() throws {
    let names = [
      "c0": "<script>alert(1)<&script>", "c1": "a'b(c),d:e;", "c2": "\"onload=\"x", "c3": "c\u{202E}d\u{1B}[2J",
      "c4": "]]>&amp;",
    ]
    let folder = try Self.transcripts { names[$0] ?? $0 }
    let outcome = try CommandTests.retort(["tree", "\(folder)/cohort", "-o", "\(folder)/out"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let script = """
      import csv, sys, xml.etree.ElementTree as tree
      for name in ("tree.svg", "heatmap.svg"):
          root = tree.parse(sys.argv[1] + "/" + name).getroot()
          tags = {e.tag.split("}")[1] for e in root.iter()}
          assert tags <= {"svg", "style", "rect", "path", "text", "title", "g"}, tags
          assert not [a for e in root.iter() for a in e.attrib if a.lower().startswith("on") or "href" in a]
          names = {e.text for e in root.iter() if e.tag.split("}")[1] in ("title", "text")}
          assert {"<script>alert(1)<&script>", "a'b(c),d:e;", '"onload="x', "]]>&amp;"} <= names, names
      rows = list(csv.reader(open(sys.argv[1] + "/distances.csv", newline="")))
      assert len(rows) == 11 and all(len(r) == 11 for r in rows)
      assert [r[0] for r in rows[1:]] == rows[0][1:]
      print("fine")
      """
    #expect(
      String(decoding: try IndependentPython.run(script, arguments: ["\(folder)/out"]), as: UTF8.self) == "fine\n")
    for file in ["tree.svg", "heatmap.svg", "distances.csv"] {
      let text = try Self.text("\(folder)/out/\(file)")
      #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }, "\(file)")
    }
    #expect(try Self.text("\(folder)/out/tree.nwk").contains("'a''b(c),d:e;':"))
  }

  @Test("too few models, and a number that cannot be one, are one line each")
  func mistakes() throws {
    let folder = try CommandTests.transcripts(cohort: 5)
    let few = try CommandTests.retort(["tree", "\(folder)/cohort", "-o", "\(folder)/out"])
    #expect(
      few.status == 3 && few.errors.contains("of 5 models too few answered common prompts for a tree, 6 are needed"))
    #expect(!FileBytes.exists("\(folder)/out"))
    #expect(
      try CommandTests.retort(["tree", "\(folder)/cohort", "-o", "\(folder)/out", "--replicates", "-1"]).status == 64)
    #expect(try CommandTests.retort(["tree", "\(folder)/none", "-o", "\(folder)/out"]).status == 3)
  }

  @Test(
    "on real answers relatives are neighbours far more often than by chance",
    .enabled(if: ReferenceCorpus.isHere, "\(ReferenceCorpus.note)"))
  func relatives() throws {
    let folder = try CommandTests.folder()
    let outcome = try CommandTests.retort([
      "tree", ReferenceCorpus.file("misguided_attention/responses"), "--lineage", ReferenceCorpus.file("lineage.csv"),
      "--corpus", "misguided_attention", "--replicates", "0", "--json", "-o", folder,
    ])
    let found = try #require(JSONValue(parsing: outcome.output)?["relatives"], "\(outcome.errors)")
    let models = Double(try #require(found["models"]?.integer))
    let share = Double(try #require(found["nearest_is_relative"]?.integer)) / models
    #expect(models > 80 && share > 4 * (found["by_chance"]?.number ?? 1))
  }
}
