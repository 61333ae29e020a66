import AnswerDebris
import Cases
import Formats
import Likelihood
import Rendering
import Reporting
import Similarity
import TestSupport
import Testing
import Workflows

/// What a server left in the answers of two models changes nothing that a command says of them.
@Suite("Answers without debris, in every command that compares them")
struct CleanedAnswersTests {
  private static let mark = "§q7~ the tool of the house says in reply: "
  private static let marked: Set = ["m1", "m5"]

  /// The voices, plain and with the mark before all answers of two of them.
  private static func folders(prompts: Int = 30, samples: Int = 1) throws -> (plain: String, marked: String) {
    let paths = try [false, true].map { isMarked in
      let recorded = try RecordedFolder()
      for (model, transcript) in Voices.transcripts(prompts: prompts) {
        let start = isMarked && marked.contains(model.rawValue) ? mark : ""
        let responses = transcript.responses.flatMap { response in
          (0..<samples).map {
            Response(
              prompt: response.prompt, sample: $0, text: start + response.text + ($0 == 0 ? "" : " again \($0)"))
          }
        }
        try recorded.write(responses, to: "voices/responses/\(model).jsonl")
      }
      try recorded.write("model,developer,corpus\nm0,Big,voices\nm5,Big,voices\n", to: "lineage.csv")
      return recorded.path
    }
    return (paths[0], paths[1])
  }

  private static func source(_ path: String) -> AnswerSource {
    AnswerSource(path: "\(path)/voices/responses", suspect: "m1")
  }

  @Test("channels")
  func channels() async throws {
    let (plain, marked) = try Self.folders()
    let found = try await MeasureChannels(Self.source(marked)).run()
    let expected = try await MeasureChannels(Self.source(plain)).run()
    #expect(Set(found.debris.map(\.model.rawValue)) == Self.marked && expected.debris.isEmpty)
    let scores = [expected, found].map { $0.table.rows.map { $0.cells.map(\.score) } }
    #expect(scores[0] == scores[1])
  }

  @Test("same")
  func same() async throws {
    let (plain, marked) = try Self.folders(prompts: 10, samples: 3)
    let tests = try await [plain, marked].asyncMap {
      try await CompareSameModel(Self.source($0), candidate: "m4").run(permutations: 99)
    }
    #expect(tests[0].comparison.tests == tests[1].comparison.tests)
    #expect(tests[0].debris.isEmpty && tests[1].debris.map(\.model) == [ModelID("m1")])
  }

  @Test("tree; a measurement of the answers as they came does not stand for them")
  func tree() async throws {
    let (plain, marked) = try Self.folders()
    let trees = try await [plain, marked].asyncMap {
      try await DrawTree(AnswerSource(path: "\($0)/voices/responses")).run(replicates: 5)
    }
    #expect(trees[0].files.newick == trees[1].files.newick)
    #expect(trees[0].debris.isEmpty && Set(trees[1].debris.map(\.model.rawValue)) == Self.marked)
    let again = try await DrawTree(AnswerSource(path: "\(marked)/voices/responses"), measurement: "of them").run(
      replicates: 5)
    #expect(again.files.newick == trees[0].files.newick && again.isMeasuredAgain && !trees[1].isMeasuredAgain)
  }

  @Test("study: reports, the figures of the set, and pairs that are looked into")
  func study() async throws {
    let (plain, marked) = try Self.folders()
    let yaml = """
      title: Voices
      introduction: Before.
      conclusion: After.
      lineage: lineage.csv
      comparisons:
        - set: voices
          about: Thirty prompts.
          suspects: [m1, m4]
          candidates_of: [Big]
          fewest_prompts: 10
      """
    for path in [plain, marked] {
      try FileBytes.write(yaml.utf8, to: "\(path)/study.yaml")
      let study = try StudyReader.read(file: "\(path)/study.yaml")
      _ = try await MakeStudy(study, corpus: path, tool: "t").run(to: "\(path)/out")
    }
    for file in ["voices/scores.csv", "voices/tree.svg", "voices/heatmap.svg"] {
      #expect(try FileBytes.read("\(plain)/out/\(file)") == FileBytes.read("\(marked)/out/\(file)"), "\(file)")
    }
    let readmes = try [plain, marked].map { String(decoding: try FileBytes.read("\($0)/out/README.md"), as: UTF8.self) }
    let pairs = readmes.map { text in text.split(separator: "\n").filter { $0.contains("beginning that both use most") }
    }
    #expect(pairs[0] == pairs[1])
  }
}

extension Sequence {
  fileprivate func asyncMap<Mapped>(_ transform: (Element) async throws -> Mapped) async rethrows -> [Mapped] {
    var mapped: [Mapped] = []
    for element in self { mapped.append(try await transform(element)) }
    return mapped
  }
}
