import Cases
import Formats
import Foundation
import LinearAlgebra
import Similarity
import TestSupport
import Testing

@Suite("Channels of habit")
struct HabitChannelTests {
  static let channels: [any Channel] = [
    OpeningAgreement(length: 2), BeginningOverlap(), SentenceOpenings(), StyleProfile(),
    SkeletonOverlap(), ClosingOverlap(),
  ]

  /// Contributions by prompt, channel and pair, of models in byte order.
  static func contributions(_ prompts: [[[String]]]) async throws -> [[[Double]]] {
    let transcripts = (0..<(prompts.first?.count ?? 0)).map { model in
      Transcript(
        model: ModelID("m\(100 + model)"),
        responses: prompts.enumerated().flatMap { prompt, models in
          models[model].enumerated().map {
            Response(prompt: PromptID("p\(1_000 + prompt)"), sample: $0, text: $1)
          }
        }, source: Digest(of: "\(model)"))
    }
    let measured = try await ChannelRun.measure(ChannelTests.table(transcripts), channels: channels)
    return prompts.indices.map { prompt in
      measured.contributions.map { Array($0.values.row(prompt)) }
    }
  }

  private func compareWithPython(_ prompts: [[[String]]]) async throws {
    let expected = try JSONDecoder().decode(
      [[[Double]]].self,
      from: IndependentPython.run(IndependentChannels.script, input: JSONEncoder().encode(prompts)))
    let found = try await Self.contributions(prompts)
    for (prompt, channels) in expected.enumerated() {
      for (channel, values) in channels.enumerated() {
        for (pair, value) in values.enumerated() {
          #expect(
            abs(found[prompt][channel][pair] - value) < 5e-9,
            "\(Self.channels[channel].name), prompt \(prompt), pair \(pair)")
        }
      }
    }
  }

  @Test(
    "on texts of all kinds they are those of an independent implementation",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func written() async throws {
    try await compareWithPython([
      [
        ["Sure! Here are three tips:\n\n1. Buy tea.\n2. **Boil** water.\n\n- done\n* also\nIs it? Yes.", "Well, no."],
        ["Sure, here is one.  \"Quoted.\" Then more...\n# Heading\nI can't say; we'll see."],
        ["I think that the answer is 42, however it may be 3.14.\nOverall: fine!"], ["---\n12) x"],
      ],
      [
        ["これは良い考えです。「はい」と言いました。\n・一つ目\n１．二つ目"], ["これは、悪い考えである！なぜ？ABC"], ["はい。Sure です（笑）。\n\n# 題"], ["ありがとうございます。"],
      ],
      [
        ["The walking dogs, 3rd edition, quickly_moved: it's the Nation's ABILITY!", "the"],
        ["A singing cats, 12 additions, slowly moved; it is a station's reality?"],
        ["Thing. Red. Sly. Is 1a.", "Собаки, быстро бегущие, не спят — и это хорошо."],
        ["\(String(repeating: "He is here, walking. ", count: 90))end"],
      ],
      [["Größe ÄÖÜ — naïve – „x“ … `code`"], ["x"], ["Größe zählt. ½ ²"], ["a\u{A0}b c\u{301}afé e\u{301}"]],
    ])
  }

  @Test(
    "on real answers they are those of an independent implementation",
    .enabled(
      if: IndependentPython.isHere && ReferenceCorpus.isHere, "\(IndependentPython.note); \(ReferenceCorpus.note)"),
    arguments: [
      ("alpaca_eval", ["alpaca-7b", "claude-2", "gpt4_0613", "guanaco-7b", "vicuna-7b"]),
      ("shaberi_ja", ["deepseek-ai__DeepSeek-R1", "gemini-1.5-pro", "gpt-4o-mini", "Qwen__Qwen2-7B-Instruct"]),
    ])
  func real(corpus: String, models: [String]) async throws {
    let transcripts = try models.map { try ReferenceCorpus.transcript($0, of: corpus) }
    var shared = Set(transcripts[0].responses.map(\.prompt))
    for transcript in transcripts { shared.formIntersection(transcript.responses.map(\.prompt)) }
    let prompts = shared.sorted().enumerated().filter { $0.offset % 40 == 0 }.map(\.element)
    try await compareWithPython(
      prompts.map { prompt in transcripts.map { $0.responses.filter { $0.prompt == prompt }.map(\.text) } })
  }

  @Test(
    "style is 0 for answers built alike and at least -6; the others lie in 0...1; none depends on the order of models")
  func properties() async throws {
    let texts = [
      ["One, two. Three!"], ["One, two. Three!"], ["- a\n- b\n- c"], ["What? Why? I do not know; we may see."],
    ]
    let found = try await Self.contributions([texts])[0]
    let reversed = try await Self.contributions([texts.reversed()])[0]
    #expect(found[3][0] == 0)
    for channel in Self.channels.indices {
      let range: ClosedRange<Double> = channel == 3 ? -6...0 : 0...1
      // Pairs (0,1) (0,2) (0,3) (1,2) (1,3) (2,3); with the models reversed, (0,1) is (2,3), and so on.
      for (forward, backward) in zip(found[channel], [5, 4, 2, 3, 1, 0].map { reversed[channel][$0] }) {
        #expect(range.contains(forward))
        #expect(abs(forward - backward) < 1e-12)
      }
    }
  }
}
