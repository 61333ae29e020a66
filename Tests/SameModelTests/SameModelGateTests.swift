import Cases
import Formats
import Foundation
import SameModel
import Similarity
import Statistics
import TestSupport
import Testing

@Suite("Same-model gate")
struct SameModelGateTests {
  /// Answers by prompt.
  static func transcript(_ model: String, _ answers: [String: [String]]) -> Transcript {
    Transcript(
      model: ModelID(model),
      responses: answers.flatMap { prompt, texts in
        texts.enumerated().map { Response(prompt: PromptID(prompt), sample: $0, text: $1) }
      }, source: Digest(of: model))
  }

  /// Answers drawn from ten, by weights of one's own.
  static func transcript(_ name: String, favourite: Int, seed: UInt64, prompts: Int = 30, samples: Int = 4)
    -> Transcript
  {
    var generator = SeededGenerator(seed: seed)
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return Transcript(
      model: ModelID(name),
      responses: (0..<prompts).flatMap { prompt in
        (0..<samples).map { sample in
          let word = generator.next(below: 2) == 0 ? favourite : generator.next(below: words.count)
          return Response(prompt: PromptID("p\(100 + prompt)"), sample: sample, text: "\(words[word]).")
        }
      }, source: Digest(of: name))
  }

  private let gate = SameModelGate(permutation: StratifiedPermutation(permutations: 399, seed: 5))

  @Test("a model asked twice is not told from itself, another one is, and the power says so")
  func copies() async throws {
    let a = Self.transcript("a", favourite: 1, seed: 1)
    let again = Self.transcript("again", favourite: 1, seed: 2)
    let others = (0..<6).map { Self.transcript("o\($0)", favourite: 3 + $0, seed: 10 + UInt64($0)) }
    let same = await gate.compare(a, again, others: others)
    #expect(same.tellsApart(level: gate.level) == false)
    guard case .tested(let findings, _, let power) = same else { throw Unexpected() }
    #expect(findings.map(\.test) == [.answers, .shortAnswers, .lengths])
    #expect(findings.allSatisfy { $0.prompts == 30 && $0.adjusted >= $0.pValue })
    #expect(power?.toldApart == 6 && power?.of == 6)
    #expect(await gate.compare(a, others[0]).tellsApart(level: gate.level) == true)
    #expect(await gate.compare(a, again, others: others.reversed()) == same)
  }

  @Test("a model against itself is told apart as often as the level says, all tests together")
  func level() async {
    let gate = SameModelGate(permutation: StratifiedPermutation(permutations: 99, seed: 3))
    var rejected = 0
    for trial in 0..<200 {
      let a = Self.likely("a", shift: 0, seed: UInt64(1_000 + 2 * trial), prompts: 8, samples: 3)
      let b = Self.likely("b", shift: 0, seed: UInt64(1_001 + 2 * trial), prompts: 8, samples: 3)
      if await gate.compare(a, b).tellsApart(level: gate.level) == true { rejected += 1 }
    }
    // Binomial(200, 0.05) is above 20 with probability 0.001.
    #expect((1...20).contains(rejected), "\(rejected) of 200 at the 5 % level")
  }

  /// Answers with log-probabilities, a byte each nearer to 0 by `shift`.
  static func likely(_ name: String, shift: Double, seed: UInt64, prompts: Int, samples: Int) -> Transcript {
    var generator = SeededGenerator(seed: seed)
    let plain = transcript(name, favourite: 1, seed: seed, prompts: prompts, samples: samples)
    return Transcript(
      model: plain.model,
      responses: plain.responses.map { response in
        let perByte = -1 + shift - Double(generator.next(below: 1_000)) / 1_000
        return Response(
          prompt: response.prompt, sample: response.sample, text: response.text,
          tokens: [TokenLogprob(token: response.text, logprob: perByte * Double(response.text.utf8.count))])
      }, source: plain.source)
  }

  @Test("equal answers at another likelihood are told apart by their log-probabilities alone")
  func logprobs() async throws {
    let a = Self.likely("a", shift: 0, seed: 1, prompts: 30, samples: 4)
    let b = Self.likely("b", shift: 0.4, seed: 2, prompts: 30, samples: 4)
    guard case .tested(let findings, _, _) = await gate.compare(a, b) else { throw Unexpected() }
    #expect(findings.map(\.test) == SameModelGate.Test.allCases)
    #expect(findings.filter { $0.adjusted <= 0.05 }.map(\.test) == [.logprobs])
    // A token without a number makes the prompt's answers unknown, and no test is made of what is left.
    let holed = Transcript(
      model: b.model,
      responses: b.responses.map {
        Response(
          prompt: $0.prompt, sample: $0.sample, text: $0.text,
          tokens: $0.sample == 0 ? [TokenLogprob(token: "x", logprob: nil)] : $0.tokens)
      }, source: b.source)
    guard case .tested(let left, _, _) = await gate.compare(a, holed) else { throw Unexpected() }
    #expect(left.map(\.test) == [.answers, .shortAnswers, .lengths])
  }

  @Test("all tests together decide, also where none tells the two apart by itself")
  func together() async throws {
    let gate = SameModelGate(permutation: StratifiedPermutation(permutations: 199, seed: 3))
    var onlyTogether = 0
    for trial in UInt64(0)..<40 {
      let a = Self.likely("a", shift: 0, seed: 2 * trial, prompts: 16, samples: 4)
      // Somewhat likelier, and every third word another one.
      let b = Self.likely("b", shift: 0.12, seed: 2 * trial + 1, prompts: 16, samples: 4)
      let changed = Transcript(
        model: b.model,
        responses: b.responses.enumerated().map { place, response in
          guard place % 3 == 0 else { return response }
          return Response(
            prompt: response.prompt, sample: response.sample, text: "seven.",
            tokens: response.tokens?.map { TokenLogprob(token: "seven.", logprob: $0.logprob) })
        }, source: b.source)
      let result = await gate.compare(a, changed)
      guard case .tested(let findings, let p, _) = result else { throw Unexpected() }
      #expect(result.tellsApart(level: gate.level) == (p <= gate.level))
      if p <= gate.level, findings.allSatisfy({ $0.adjusted > gate.level }) { onlyTogether += 1 }
    }
    #expect(onlyTogether > 0)
  }

  @Test(
    "the statistic of log-probabilities is SciPy's energy distance, squared and in the mean over prompts",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func energy() async throws {
    let a = Self.likely("a", shift: 0, seed: 1, prompts: 6, samples: 5)
    let b = Self.likely("b", shift: 0.1, seed: 2, prompts: 6, samples: 4)
    func values(_ transcript: Transcript) -> [[Double]] {
      Dictionary(grouping: transcript.responses, by: \.prompt).sorted { $0.key < $1.key }.map {
        $0.value.map { ($0.tokens?.first?.logprob ?? 0) / Double($0.text.utf8.count) }
      }
    }
    let script = """
      import json, sys
      import numpy as np
      a, b = json.load(sys.stdin)
      def mean(x, y, same):
        d = np.abs(np.subtract.outer(x, y))
        return d.sum() / (len(x) * (len(x) - 1)) if same else d.mean()
      print(np.mean([2 * mean(x, y, False) - mean(x, x, True) - mean(y, y, True) for x, y in zip(a, b)]))
      """
    let output = try IndependentPython.run(script, input: JSONEncoder().encode([values(a), values(b)]))
    let expected = try #require(
      Double(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)))
    guard case .tested(let findings, _, _) = await gate.compare(a, b) else { throw Unexpected() }
    let found = try #require(findings.first { $0.test == .logprobs })
    #expect(abs(found.statistic - expected) < 1e-9, "\(found.statistic) \(expected)")
  }

  @Test("the power is asked for only where the two are not told apart")
  func decision() async throws {
    let a = Self.transcript("a", favourite: 1, seed: 1)
    let others = (0..<3).map { Self.transcript("o\($0)", favourite: 3 + $0, seed: 10 + UInt64($0)) }
    guard case .tested(_, _, let power) = await gate.decide(a, others[0], others: others) else { throw Unexpected() }
    #expect(power == nil)
    let again = Self.transcript("again", favourite: 1, seed: 2)
    guard case .tested(_, _, let known) = await gate.decide(a, again, others: others) else { throw Unexpected() }
    #expect(known?.of == 3 && known?.toldApart == 3)
  }

  struct Unexpected: Error {}

  @Test("one answer a prompt cannot be tested, and long answers are no short ones")
  func limits() async throws {
    let one = Self.transcript("a", favourite: 1, seed: 1, samples: 1)
    #expect(await gate.compare(one, Self.transcript("b", favourite: 1, seed: 2)) == .needsMoreSamples)
    #expect(ShortAnswer.key(of: "Forty-two!") == ShortAnswer.key(of: "forty two"))
    #expect(ShortAnswer.key(of: "one two three four five six") != nil)
    #expect(ShortAnswer.key(of: "one two three four five six seven") == nil)
    #expect(ShortAnswer.key(of: "…") == nil)
  }

  @Test("a prompt that one side answered more often does not make a power of more answers")
  func thinned() async throws {
    func says(_ name: String, _ text: String, samples: Int) -> Transcript {
      let texts = Array(repeating: text, count: samples)
      return Self.transcript(name, ["p1": texts, "p2": texts])
    }
    // 2 against 2 answers to 2 prompts have 9 arrangements that differ; 40 against 2 would tell them apart.
    let a = says("a", "two", samples: 2)
    let b = says("b", "two", samples: 2)
    guard case .tested(_, _, let power) = await gate.compare(a, b, others: [says("o", "nine", samples: 40)]) else {
      throw Unexpected()
    }
    #expect(await gate.compare(says("o", "nine", samples: 40), b).tellsApart(level: gate.level) == true)
    #expect(power?.toldApart == 0 && power?.of == 1)
  }

  @Test(
    "with the Hamming kernel the statistic is that of Model Equality Testing",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func modelEqualityTesting() async throws {
    let texts = [
      ["The cat sat.", "The cat sat on it", "A dog ran", "Dogs ran away", "The"],
      ["日本語です", "日本語でした。", "English", "", "Eng"],
      ["x", "xy", "xyz and more than the limit of the kernel", "xyz and more"],
    ]
    let sides = [3, 2, 2]
    struct Input: Codable { let texts: [[String]]; let sides: [Int]; let length: Int }
    // The statistic as its paper defines it: all couples of one prompt are pooled, kernels are scaled to 1 on the diagonal.
    let script = """
      import json, sys
      import numpy as np
      data = json.load(sys.stdin); L = data["length"]
      x, y = [], []
      for prompt, (texts, side) in enumerate(zip(data["texts"], data["sides"])):
        for i, text in enumerate(texts):
          codes = [ord(c) for c in text[:L]]
          (x if i < side else y).append((prompt, np.array(codes + [-1] * (L - len(codes)))))
      def mean(a, b, same):
        total = count = 0
        for i, (p, s) in enumerate(a):
          for j, (q, t) in enumerate(b):
            if p == q and not (same and i == j):
              total += (s == t).sum() / np.sqrt((s == s).sum() * (t == t).sum()); count += 1
        return total / count
      print(mean(x, x, True) - 2 * mean(x, y, False) + mean(y, y, True))
      """
    let expected = try #require(
      Double(
        String(
          decoding: try IndependentPython.run(
            script, input: JSONEncoder().encode(Input(texts: texts, sides: sides, length: 20))), as: UTF8.self
        ).trimmingCharacters(in: .whitespacesAndNewlines)))
    let strata = zip(texts, sides).map { texts, side in
      TwoSampleDiscrepancy.Stratum(
        values: StringKernel.hamming(length: 20, countsPadding: true).gram(of: texts), firstSide: side,
        count: texts.count)
    }
    let statistic = try #require(TwoSampleDiscrepancy(strata, measure: .kernel))
    #expect(abs(statistic.value - expected) < 1e-9)
  }

  @Test("kernels are symmetric, within 0...1 and 1 on the diagonal; padding counts only where it is asked for")
  func kernels() {
    let texts = ["The cat sat on the mat.", "the cat sat", "", "日本語のテキスト", "The cat sat on the mat."]
    for kernel in [
      StringKernel.spectrum, .hamming(length: 30, countsPadding: true), .hamming(length: 30, countsPadding: false),
    ] {
      let gram = kernel.gram(of: texts)
      for a in texts.indices {
        #expect(gram[a * 5 + a] == 1)
        for b in texts.indices {
          #expect(gram[a * 5 + b] == gram[b * 5 + a] && (0...1).contains(gram[a * 5 + b]))
        }
      }
      #expect(abs(gram[4] - 1) < 1e-12, "equal texts")
    }
    #expect(StringKernel.hamming(length: 30, countsPadding: false).gram(of: ["ab", "xy"])[1] == 0)
    #expect(abs(StringKernel.hamming(length: 10, countsPadding: true).gram(of: ["ab", "xy"])[1] - 0.8) < 1e-12)
    #expect(abs(StringKernel.hamming(length: 30, countsPadding: false).gram(of: ["abcd", "a"])[1] - 0.5) < 1e-12)
  }

  @Test(
    "spectrum cosines are those of scikit-learn", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func spectrum() throws {
    let texts = ["A red fox, a red dog.", "a red fox a red hen", "No fox: no dog!", "red"]
    let script = """
      import json, re, sys
      import numpy as np
      from sklearn.feature_extraction.text import CountVectorizer
      def features(text):
        t = re.findall(r"\\w+|[^\\w\\s]", text.lower())
        return [" ".join(t[i:i + n]) for n in (1, 2, 3, 4) for i in range(len(t) - n + 1)]
      c = CountVectorizer(analyzer=features).fit_transform(json.load(sys.stdin)).toarray().astype(float)
      w = np.where(c > 0, 1 + np.log(np.maximum(c, 1)), 0); w /= np.linalg.norm(w, axis=1, keepdims=True)
      print(json.dumps((w @ w.T).ravel().tolist()))
      """
    let expected = try JSONDecoder().decode(
      [Double].self, from: IndependentPython.run(script, input: JSONEncoder().encode(texts)))
    #expect(zip(StringKernel.spectrum.gram(of: texts), expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(
    "of the lab's models it tells no quantised copy from the original, and nearly all others",
    .enabled(if: LabTranscripts.isHere, "\(LabTranscripts.note)"))
  func lab() async throws {
    let gate = SameModelGate(permutation: StratifiedPermutation(permutations: 499, seed: 1))
    let original = try LabTranscripts.answers("T1")
    // S1k, which was trained on the teacher's whole distributions, and F1, its fine-tune, are not among them: 800 answers do
    // not tell them from T1.
    let others = ["S1", "S1L", "S3", "I0"]
    let result = await gate.compare(
      try LabTranscripts.answers("T1-q8"), original, others: try others.map(LabTranscripts.answers))
    #expect(result.tellsApart(level: gate.level) == false)
    guard case .tested(_, _, let power) = result else { throw Unexpected() }
    #expect(power?.toldApart == others.count && power?.of == others.count)
    let coarser = await gate.compare(try LabTranscripts.answers("T1-q4"), original)
    #expect(coarser.tellsApart(level: gate.level) == false)
  }
}
