import CaseFile
import Monitoring
import Testing

@Suite("Change test")
struct ChangeTestTests {
  /// A model that answers each prompt with words of its own vocabulary, drawn with the given seed.
  static func transcript(voice: Int, seed: UInt64, prompts: Int, samples: Int) -> Transcript {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return Transcript(
      model: ModelID("m\(voice)-\(seed)"),
      responses: (0..<prompts).flatMap { prompt in
        (0..<samples).map { sample in
          let words = (0..<25).map { _ in next(5) == 0 ? "v\(voice)x\(next(6))" : "w\(next(9))" }
          return Response(prompt: PromptID("p\(prompt)"), sample: sample, text: words.joined(separator: " "))
        }
      }, source: Digest(of: "\(seed)"))
  }

  private func pValue(_ a: Transcript, _ b: Transcript, seed: UInt64 = 1) async throws -> Double {
    guard case .tested(let finding) = await ChangeTest(permutations: 199, seed: seed).compare(a, b) else {
      throw NotTested()
    }
    return finding.pValue
  }

  struct NotTested: Error {}

  @Test("two models are told apart")
  func different() async throws {
    let a = Self.transcript(voice: 1, seed: 10, prompts: 40, samples: 3)
    let b = Self.transcript(voice: 2, seed: 11, prompts: 40, samples: 3)
    #expect(try await pValue(a, b) <= 0.01)
  }

  @Test("a model against itself is rejected as often as the level says")
  func level() async throws {
    var rejected = 0
    for trial in 0..<200 {
      let a = Self.transcript(voice: 1, seed: UInt64(1_000 + 2 * trial), prompts: 8, samples: 3)
      let b = Self.transcript(voice: 1, seed: UInt64(1_001 + 2 * trial), prompts: 8, samples: 3)
      if try await pValue(a, b, seed: UInt64(trial)) <= 0.05 { rejected += 1 }
    }
    // Binomial(200, 0.05): 3...20 has probability 0.998.
    #expect((3...20).contains(rejected), "\(rejected) of 200 at the 5 % level")
  }

  @Test("one sample a prompt on either side cannot be tested")
  func oneSample() async {
    let a = Self.transcript(voice: 1, seed: 1, prompts: 9, samples: 3)
    let b = Self.transcript(voice: 2, seed: 2, prompts: 9, samples: 1)
    #expect(await ChangeTest(seed: 1).compare(a, b) == .needsMoreSamples)
  }

  @Test("the discrepancy of equal sets of distinct answers is the unbiased one")
  func unbiased() async throws {
    let a = Transcript(
      model: ModelID("a"),
      responses: ["red fox jumps", "blue bird sings"].enumerated().map {
        Response(prompt: PromptID("p"), sample: $0, text: $1)
      }, source: Digest(of: "a"))
    guard case .tested(let finding) = await ChangeTest(permutations: 19, seed: 1).compare(a, a) else {
      throw NotTested()
    }
    // Within each side the cosine is 0; across, two of four pairs are equal answers: 0 + 0 - 2 * 2/4.
    #expect(abs(finding.discrepancy + 1) < 1e-12)
    #expect(finding.pValue == 1)
  }
}
