import Formats
import Foundation
import TestSupport
import Testing

/// `retort study` on a small corpus of its own.
@Suite("retort study")
struct StudyCommandTests {
  static func corpus(study: String) throws -> String {
    let folder = try CommandTests.transcripts()
    let set = "\(folder)/corpus/small"
    try FileBytes.write([], to: "\(set)/responses/.keep")
    for name in ["suspect", "teacher"] {
      try FileBytes.write(FileBytes.read("\(folder)/\(name).jsonl"), to: "\(set)/responses/\(name).jsonl")
    }
    for name in try FileBytes.list("\(folder)/cohort") {
      try FileBytes.write(FileBytes.read("\(folder)/cohort/\(name)"), to: "\(set)/responses/\(name)")
    }
    try FileBytes.write(#"{"prompt_id":"p0","text":"too few"}"#.utf8, to: "\(set)/responses/brief.jsonl")
    let lineage = "model,developer,corpus\nteacher,Big,small\nc0,Big,small\nsuspect,Own,small\n"
    try FileBytes.write(lineage.utf8, to: "\(folder)/corpus/lineage.csv")
    let answers = [
      #"{"answer":"I am Robo by BIG.","template_mentions_ai_vendor":false}"#,
      #"{"answer":"I am Big's","template_mentions_ai_vendor":true}"#,
      #"{"answer":"none","template_mentions_ai_vendor":false}"#,
    ]
    try FileBytes.write((answers.joined(separator: "\n") + "\n").utf8, to: "\(folder)/corpus/who/suspect.jsonl")
    try FileBytes.write(
      #"{"a":{"top_repetitive_words":[{"word":"x"},{"word":"y"}]},"b":{"top_repetitive_words":[{"word":"y"},{"word":"z"}]}}"#
        .utf8, to: "\(folder)/corpus/words.json")
    try FileBytes.write(study.utf8, to: "\(folder)/study.yaml")
    return folder
  }

  static let areFiguresCommitted = FileBytes.exists(
    URL(fileURLWithPath: Schemas.folder).deletingLastPathComponent()
      .appendingPathComponent("deepseek/misguided_attention/scores.csv").path)

  static let study = """
    title: Small | study
    introduction: Before.
    conclusion: After.
    lineage: lineage.csv
    comparisons:
      - set: small
        about: Forty prompts.
        suspects: [suspect]
        candidates_of: [Big]
        fewest_prompts: 10
    identity:
      folder: who
      about: Asked.
      vendors: [{name: Big, words: [big]}]
    profiles: {file: words.json, about: Words., suspects: [a]}
    """

  static func run(_ folder: String, _ more: [String] = []) throws -> CommandTests.Outcome {
    try CommandTests.retort(
      ["study", "\(folder)/study.yaml", "--corpus", "\(folder)/corpus", "-o", "\(folder)/out"] + more)
  }

  @Test(
    "one command makes the reports and the README over them, from the same figures and without a word of any answer")
  func whole() throws {
    let folder = try Self.corpus(study: Self.study)
    let outcome = try Self.run(folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let readme = String(decoding: try FileBytes.read("\(folder)/out/README.md"), as: UTF8.self)
    #expect(outcome.output == readme)
    let result = try #require(JSONValue(parsing: try FileBytes.read("\(folder)/out/small/suspect/result.json")))
    #expect(result["candidates"]?.array?.count == 2)
    for verdict in result["verdicts"]?.array ?? [] where verdict["standing"]?.string == "stands_out" {
      #expect(readme.contains("**suspect and \(try #require(verdict["candidate"]?.string)), looked into.**"))
    }
    #expect(readme.hasPrefix("# Small \\| study\n\nBefore.\n"))
    #expect(readme.contains("1 models that answered fewer than 10 prompts were left out: brief."))
    #expect(readme.contains("Not evaluated: outside the range of the calibration"))
    #expect(readme.contains("| suspect | 3 | 2 | 1 (1 to 99 %) |"))
    #expect(readme.contains("| a | b 33 % | 33 % |"))
    for file in ["README.md", "small/suspect/report.md", "small/suspect/report.html", "small/suspect/result.json"] {
      let text = String(decoding: try FileBytes.read("\(folder)/out/\(file)"), as: UTF8.self)
      #expect(!text.contains("v1w") && !text.contains("Robo"), "\(file)")
    }
  }

  @Test(
    "a row a pair and the figures of the set lie beside; reports that are not kept are not linked; standing pairs are looked into"
  )
  func kept() throws {
    let folder = try Self.corpus(study: Self.study + "\nkeeps_reports: false")
    let outcome = try Self.run(folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try #require(JSONValue(parsing: try FileBytes.read("\(folder)/out/small/suspect/result.json")))
    let rows = String(decoding: try FileBytes.read("\(folder)/out/small/scores.csv"), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(
      rows.count == 3 && rows[0].prefix(6) == ["suspect", "candidate", "developer", "prompts", "standing", "combined"])
    for (row, candidate) in zip(rows.dropFirst(), result["candidates"]?.array ?? []) {
      #expect(row[1] == candidate["model"]?.string && row[2] == "Big")
      #expect(Double(row[5]) == candidate["combined"]?["score"]?.number)
    }
    for name in ["tree.svg", "heatmap.svg"] { #expect(FileBytes.exists("\(folder)/out/small/\(name)")) }
    #expect(
      outcome.output.contains("| suspect | 2 | not evaluated | not evaluated | teacher |")
        && !outcome.output.contains("(small/suspect/report.md)"))
    #expect(outcome.output.contains("are made beside them by `make cases`"))
    #expect(outcome.output.contains("weighed as one group before they are weighed one by one; for no group"))
    #expect(outcome.output.contains("| no link | 0 of 2 | not evaluated | 2: "), "\(outcome.output)")
    #expect(outcome.output.contains("**suspect and teacher, looked into.**"))
    #expect(
      outcome.output.contains("without the first sentence of every answer of every model: nothing is left to compare."))
    #expect(!outcome.output.contains("v1w"))
    // Kept reports are linked.
    #expect(try Self.run(try Self.corpus(study: Self.study)).output.contains("[suspect](small/suspect/report.md)"))
  }

  @Test(
    "the committed figures of a suspect are those that the corpus gives today",
    .enabled(if: ReferenceCorpus.joins, "\(ReferenceCorpus.note)"),
    .enabled(if: areFiguresCommitted, "skipped: Reports/deepseek has no figures yet; make cases"))
  func committed() throws {
    let suspect = "deepseek-chat-v3-0324"
    let reports = URL(fileURLWithPath: Schemas.folder).deletingLastPathComponent().appendingPathComponent("deepseek")
      .path
    let yaml = String(decoding: try FileBytes.read("\(reports)/study.yaml"), as: UTF8.self)
    // Of the committed study the one set and the one suspect: its scores do not depend on the others.
    let start = try #require(yaml.range(of: "  - set: misguided_attention"))
    let end = try #require(yaml.range(of: "\nidentity:"))
    let set = String(yaml[start.lowerBound..<end.lowerBound])
      .replacing(#/suspects: \[.*\]/#, with: "suspects: [\(suspect)]")
    let seed = try #require(yaml.firstMatch(of: #/\nseed: (\d+)\n/#)).1
    let folder = try CommandTests.folder()
    try FileBytes.write(
      "title: t\nintroduction: i\nconclusion: c\nlineage: lineage.csv\nseed: \(seed)\ncomparisons:\n\(set)\n".utf8,
      to: "\(folder)/study.yaml")
    try ReferenceCorpus.join(into: "\(folder)/corpus")
    let outcome = try CommandTests.retort([
      "study", "\(folder)/study.yaml", "--corpus", "\(folder)/corpus", "-o", "\(folder)/out",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    func rows(_ file: String) throws -> [[String]] {
      String(decoding: try FileBytes.read(file), as: UTF8.self).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        .filter { $0[0] == suspect }
    }
    let committed = try rows("\(reports)/misguided_attention/scores.csv")
    let made = try rows("\(folder)/out/misguided_attention/scores.csv")
    #expect(committed.count == made.count && committed.count > 40)
    for (one, other) in zip(committed, made) {
      for (a, b) in zip(one, other) where a != b {
        let (x, y) = (Double(a) ?? .nan, Double(b) ?? .nan)
        // As far as the kernels of two processors may disagree.
        #expect(abs(x - y) <= 1e-4 * max(abs(x), 1), "\(one) and \(other)")
      }
    }
  }

  @Test("its JSON follows the schema", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schema() throws {
    let outcome = try Self.run(try Self.corpus(study: Self.study), ["--json"])
    #expect(try Schemas.violations(of: outcome.output, "study") == "")
    #expect(
      JSONValue(parsing: Array(outcome.output.utf8))?["results"]?.array?.first?["stands_out"]?.array?.isEmpty == false)
  }

  @Test(
    "a mistake in the study is told with its place",
    arguments: [
      ("suspects: [suspect]", "suspects: [nobody]", "has no transcript of nobody", Int32(64)),
      ("set: small", "set: smal", "no such file or folder", 3), ("about: Forty prompts.", "abuot: x", ":7:", 64),
      ("candidates_of: [Big]", "fewest: 3", ":9:", 64), ("lineage: lineage.csv", "", "lineage is missing", 64),
    ])
  func mistakes(from: String, to: String, message: String, status: Int32) throws {
    let outcome = try Self.run(
      try Self.corpus(study: Self.study.replacingOccurrences(of: from, with: to)))
    #expect(outcome.status == status && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message) && outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
  }
}
