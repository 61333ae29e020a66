package import Cases
package import Similarity
package import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Could two sets of answers to the same prompts come from one and the same model: relabelled, served by another host,
/// quantised, or simply asked twice?
///
/// Up to four equality tests under the same permutations within the prompts, judged together by Fisher's combination; Holm's
/// method tells which of them sees a difference by itself.
/// Not to reject says something only if the tests would have rejected a different model: their power is shown by what
/// they say of models that are known to be others, asked equally often.
///
/// - Source: `NonparametricCombination`; Holm, "A Simple Sequentially Rejective Multiple Test Procedure" (1979); the tests'
///   own files.
package struct SameModelGate: Sendable {
  package enum Test: String, CaseIterable, Codable, Sendable {
    /// MMD of the answers' texts (`StringKernel`).
    case answers
    /// Jensen–Shannon divergence of the distributions of short answers (`ShortAnswer`), mean over prompts; only where all
    /// answers to a prompt are short.
    case shortAnswers = "short_answers"
    /// Energy distance of the logarithms of the answers' lengths.
    case lengths
    /// Energy distance of how likely each answer was to the model that gave it, in natural-log units a byte; only where all
    /// answers to a prompt have a log-probability for every token. One endpoint may state these before its temperature is
    /// applied and another after: then they differ for one and the same model.
    case logprobs
  }

  package struct Finding: Hashable, Sendable {
    package let test: Test
    /// Prompts that the test could use.
    package let prompts: Int
    package let statistic: Double
    /// Of this test alone.
    package let pValue: Double
    /// Multiplied by Holm's rule: at most `level` where this test tells the two apart by itself.
    package let adjusted: Double
    package let permutations: Int

    package init(
      test: Test, prompts: Int, statistic: Double, pValue: Double, adjusted: Double, permutations: Int
    ) {
      self.test = test
      self.prompts = prompts
      self.statistic = statistic
      self.pValue = pValue
      self.adjusted = adjusted
      self.permutations = permutations
    }
  }

  /// What the same tests say of models that are known to be different.
  package struct Power: Hashable, Sendable {
    package let toldApart: Int
    package let of: Int
    /// Exact interval of 95 % for the share.
    package let low: Double
    package let high: Double

    package init(toldApart: Int, of: Int) {
      self.toldApart = toldApart
      self.of = of
      let interval = ExactInterval.twoSided(successes: toldApart, trials: of, confidence: 0.95)
      low = interval.low
      high = interval.high
    }
  }

  package enum Result: Hashable, Sendable {
    /// `together`: the p-value of all tests in one, which decides.
    case tested([Finding], together: Double, power: Power?)
    /// No prompt has two answers on both sides.
    case needsMoreSamples
  }

  package let kernel: StringKernel
  package let permutation: StratifiedPermutation
  /// Probability of telling one model from itself, over all tests.
  package let level: Double

  package init(
    kernel: StringKernel = .spectrum, permutation: StratifiedPermutation, level: Double = 0.05
  ) {
    self.kernel = kernel
    self.permutation = permutation
    self.level = level
  }

  /// - Parameter others: models that are known to be different from `b`; each is tested against it for the power.
  package func compare(_ a: Transcript, _ b: Transcript, others: [Transcript] = []) async -> Result {
    guard let (findings, together) = await tests(a, b) else { return .needsMoreSamples }
    let asked = Self.counts(a)
    var toldApart = 0
    var tested = 0
    for other in others.sorted(by: { $0.model < $1.model }) where other.model != a.model && other.model != b.model {
      guard let found = await tests(Self.thinned(other, to: asked), b) else { continue }
      tested += 1
      if found.together <= level { toldApart += 1 }
    }
    return .tested(
      findings, together: together, power: tested > 0 ? Power(toldApart: toldApart, of: tested) : nil)
  }

  /// Most models that `decide` takes the power from.
  package static let maximumForPower = 20

  /// The same, with the power only where it is needed: where the two are not told apart. Of many others the first in the
  /// order of their names are taken.
  package func decide(_ a: Transcript, _ b: Transcript, others: [Transcript]) async -> Result {
    let alone = await compare(a, b)
    guard alone.tellsApart(level: level) == false else { return alone }
    let known = others.filter { $0.model != a.model && $0.model != b.model }.sorted { $0.model < $1.model }
    return await compare(a, b, others: Array(known.prefix(Self.maximumForPower)))
  }

  /// - Returns: nil where there is nothing to test.
  private func tests(_ a: Transcript, _ b: Transcript) async -> (findings: [Finding], together: Double)? {
    let prompts = Self.shared(a, b)
    var found: [(test: Test, prompts: Int, finding: StratifiedPermutation.Finding)] = []
    let kernel = kernel
    let texts = await Strata.of(prompts) { kernel.gram(of: $0) }
    if let discrepancy = TwoSampleDiscrepancy(texts, measure: .kernel) {
      found.append((.answers, prompts.count, await discrepancy.test(permutation)))
    }
    let short = Self.shortAnswers(prompts)
    if !short.isEmpty {
      let finding = await permutation.test(
        sizes: short.map(\.answers.keys.count), numbers: short.map(\.number)
      ) { stratum, order in short[stratum].answers.divergence(order: order) / Double(short.count) }
      found.append((.shortAnswers, short.count, finding))
    }
    let lengths = await Strata.of(prompts) { texts in
      let logs = texts.map { log(Double(max(NormalisedText($0).characters, 1))) }
      return logs.flatMap { one in logs.map { abs(one - $0) } }
    }
    if let discrepancy = TwoSampleDiscrepancy(lengths, measure: .distance) {
      found.append((.lengths, prompts.count, await discrepancy.test(permutation)))
    }
    let likely = prompts.indices.filter { prompts[$0].likelihoods.allSatisfy { $0 != nil } }
    let likelihoods = likely.map { number -> TwoSampleDiscrepancy.Stratum in
      let known = prompts[number].likelihoods.compactMap(\.self)
      return .init(
        values: known.flatMap { one in known.map { abs(one - $0) } }, firstSide: prompts[number].firstSide,
        count: known.count)
    }
    if let discrepancy = TwoSampleDiscrepancy(likelihoods, measure: .distance) {
      found.append((.logprobs, likely.count, await discrepancy.test(permutation, numbers: likely)))
    }
    guard !found.isEmpty else { return nil }
    let adjusted = HolmAdjustment.adjusted(found.map(\.finding.pValue))
    let findings = zip(found, adjusted).map {
      Finding(
        test: $0.test, prompts: $0.prompts, statistic: $0.finding.statistic, pValue: $0.finding.pValue, adjusted: $1,
        permutations: permutation.permutations)
    }
    return (
      findings, NonparametricCombination.pValue(found.map { [$0.finding.statistic] + $0.finding.permuted })
    )
  }

  /// Prompts with at least two answers on each side; side one's first.
  private static func shared(_ a: Transcript, _ b: Transcript) -> [Prompt] {
    let (first, second) = (samples(a), samples(b))
    return first.keys.sorted().compactMap { id in
      guard let one = first[id], let other = second[id], one.count > 1, other.count > 1 else { return nil }
      return Prompt(
        texts: (one + other).map(\.text), likelihoods: (one + other).map(likelihood), firstSide: one.count)
    }
  }

  /// Code points of an answer that is not drawn twice.
  static let longAnswer = 100
  /// Share of the prompts with several long answers from which on it is no chance that these are all the same.
  static let shareOfCopies = 0.9

  /// A model whose long answers nearly all come again byte for byte was copied, or drawn without chance: in either case they are
  /// one sample a prompt. Where fewer do, that is how it answers.
  private static func samples(_ transcript: Transcript) -> [PromptID: [Response]] {
    let answers = Dictionary(grouping: transcript.responses, by: \.prompt)
    let several = answers.values.filter { given in
      given.count > 1 && given.allSatisfy { $0.text.unicodeScalars.count >= longAnswer }
    }
    let same = several.count { given in given.allSatisfy { $0.text == given[0].text } }
    guard same > 0, Double(same) >= shareOfCopies * Double(several.count) else { return answers }
    return answers.mapValues { given in
      var seen: Set<String> = []
      return given.filter { $0.text.unicodeScalars.count < longAnswer || seen.insert($0.text).inserted }
    }
  }

  /// Mean log-probability a byte of an answer under the model that gave it; nil where a token has none.
  private static func likelihood(_ response: Response) -> Double? {
    guard let tokens = response.tokens, !tokens.isEmpty else { return nil }
    var sum = 0.0
    var bytes = 0
    for token in tokens {
      guard let logprob = token.logprob else { return nil }
      sum += logprob
      bytes += token.exactBytes.count
    }
    return bytes > 0 ? sum / Double(bytes) : nil
  }

  private static func counts(_ transcript: Transcript) -> [PromptID: Int] {
    Dictionary(grouping: transcript.responses, by: \.prompt).mapValues(\.count)
  }

  /// No more answers to a prompt than are asked for, the first ones: another power would be that of another test.
  private static func thinned(_ transcript: Transcript, to counts: [PromptID: Int]) -> Transcript {
    var left = counts
    return Transcript(
      model: transcript.model,
      responses: transcript.responses.filter { response in
        guard let count = left[response.prompt], count > 0 else { return false }
        left[response.prompt] = count - 1
        return true
      }, source: transcript.source)
  }

  struct Prompt: Sendable {
    let texts: [String]
    /// In the order of `texts`.
    let likelihoods: [Double?]
    let firstSide: Int
  }

  /// Short answers of both sides to one prompt, numbered by what they say.
  private struct ShortAnswers: Sendable {
    let keys: [Int]
    let kinds: Int
    let firstSide: Int

    func divergence(order: [Int]) -> Double {
      var sides = [[Int]](repeating: [Int](repeating: 0, count: kinds), count: 2)
      for (place, member) in order.enumerated() { sides[place < firstSide ? 0 : 1][keys[member]] += 1 }
      return DiscreteDivergence.jensenShannon(sides[0], sides[1])
    }
  }

  /// With the numbers of their prompts.
  private static func shortAnswers(_ prompts: [Prompt]) -> [(number: Int, answers: ShortAnswers)] {
    prompts.enumerated().compactMap { number, prompt in
      let keys = prompt.texts.compactMap(ShortAnswer.key(of:))
      guard keys.count == prompt.texts.count else { return nil }
      var numbers: [UInt64: Int] = [:]
      for key in keys where numbers[key] == nil { numbers[key] = numbers.count }
      return (
        number,
        ShortAnswers(keys: keys.map { numbers[$0] ?? 0 }, kinds: numbers.count, firstSide: prompt.firstSide)
      )
    }
  }

  private enum Strata {
    /// Several prompts at a time, in their order.
    static func of(
      _ prompts: [Prompt], _ values: @escaping @Sendable ([String]) -> [Double]
    ) async -> [TwoSampleDiscrepancy.Stratum] {
      await concurrentMap(prompts.count, blocksOf: 16) { block in
        prompts[block].map {
          TwoSampleDiscrepancy.Stratum(values: values($0.texts), firstSide: $0.firstSide, count: $0.texts.count)
        }
      }.flatMap(\.self)
    }
  }
}

extension SameModelGate.Result {
  /// Whether the tests together tell the two apart at `level`; nil if nothing was tested.
  package func tellsApart(level: Double) -> Bool? {
    guard case .tested(_, let together, _) = self else { return nil }
    return together <= level
  }
}
