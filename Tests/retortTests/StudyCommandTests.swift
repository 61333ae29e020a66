import CaseFile
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
      #expect(readme.contains(try #require(verdict["sentence"]?.string).prefix(40)))
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
