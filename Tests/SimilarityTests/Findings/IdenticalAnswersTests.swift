import Cases
import Formats
import Foundation
import Similarity
import TestSupport
import Testing

@Suite("Identical answers")
struct IdenticalAnswersTests {
  static let long = String(repeating: "word ", count: 30)

  static func transcripts(_ answers: [String: [[String]]]) -> [ModelID: Transcript] {
    Dictionary(
      uniqueKeysWithValues: answers.map { name, prompts in
        let model = ModelID(name)
        let responses = prompts.enumerated().flatMap { prompt, samples in
          samples.enumerated().map { Response(prompt: PromptID("p\(prompt)"), sample: $0, text: $1) }
        }
        return (model, Transcript(model: model, responses: responses, source: Digest(of: name)))
      })
  }

  @Test("a prompt counts once for a pair, only for long answers, only to the byte")
  func counts() {
    let found = IdenticalAnswers(
      Self.transcripts([
        "a": [["1" + Self.long, "1" + Self.long], ["short"], ["2" + Self.long], ["3é" + Self.long]],
        "b": [["1" + Self.long], ["short"], ["2" + Self.long + " "], ["3e\u{301}" + Self.long]],
      ])
    ).pairs
    #expect(found.map { [$0.a.rawValue, $0.b.rawValue, "\($0.count)", "\($0.of)"] } == [["a", "b", "1", "3"]])
  }

  @Test("an answer that five models give alike is forced by its prompt")
  func forced() {
    func models(_ count: Int) -> [ModelID: Transcript] {
      Self.transcripts(Dictionary(uniqueKeysWithValues: (0..<count).map { ("m\($0)", [[Self.long]]) }))
    }
    #expect(IdenticalAnswers(models(4)).pairs.count == 6)
    #expect(IdenticalAnswers(models(5)).pairs.isEmpty)
  }

  @Test(
    "the corpus's entries under a wrong name are seen, as often as Python counts them",
    .enabled(if: ReferenceCorpus.isHere && IndependentPython.isHere, "\(ReferenceCorpus.note), or no Python"))
  func corpus() throws {
    let names = ["gpt4_1106_preview", "claude-2", "claude-3-opus-20240229"]
    let suspect = "aligner-2b_claude-3-opus-20240229"
    var transcripts: [ModelID: Transcript] = [:]
    for name in names { transcripts[ModelID(name)] = try ReferenceCorpus.transcript(name, of: "alpaca_eval") }
    transcripts[ModelID(suspect)] = try ReferenceCorpus.transcript(suspect, of: "aligner")
    let files =
      [ReferenceCorpus.file("aligner/responses/\(suspect).jsonl.gz")]
      + names.map { ReferenceCorpus.file("alpaca_eval/responses/\($0).jsonl.gz") }
    let counted = try IndependentPython.run(
      """
      import gzip, json, sys
      def read(f): return {d["prompt_id"]: d["text"].encode() for d in map(json.loads, gzip.open(f)) if len(d["text"]) >= 100}
      own, *others = map(read, sys.argv[1:])
      print(*(sum(own.get(k) == v for k, v in o.items()) for o in others))
      """, arguments: files)
    let expected = String(decoding: counted, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    let found = names.map { name in
      IdenticalAnswers(transcripts).pairs.first { Set([$0.a, $0.b]) == [ModelID(name), ModelID(suspect)] }?.count ?? 0
    }
    #expect(found == expected && found[0] > 80)
  }
}
