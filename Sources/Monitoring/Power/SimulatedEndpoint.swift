import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An endpoint of which everything is known: for each probe the probability of each answer. With it the rule of a check can be
/// put to the test thousands of years long.
package struct SimulatedEndpoint: Sendable {
  /// How many answers the diffuse probes have, and how sure the peaked ones are.
  package enum World: String, CaseIterable, Hashable, Sendable {
    /// 8 answers, Dirichlet ½; the peaked probes say the same in 97 of 100 cases.
    case few = "8 answers"
    /// 20 to 100 answers whose probabilities fall by Zipf's law, with an exponent from 0.7 to 1.9; the peaked probes say the same in 97 to
    /// 100 of 100 cases.
    case many = "20 to 100 answers"
  }

  /// Probabilities of the answers to each probe; they sum to 1.
  var peaked: [[Double]]
  var diffuse: [[Double]]

  private static let answers = 8
  /// Answers that no probe of the world gives, for models that do.
  private static let strange = 20

  init(_ world: World, peaked: Int, diffuse: Int, generator: inout SeededGenerator) {
    switch world {
    case .few:
      self.peaked = Array(
        repeating: [0.97] + Array(repeating: 0.03 / Double(Self.answers - 1), count: Self.answers - 1), count: peaked)
      self.diffuse = (0..<diffuse).map { _ in Self.dirichlet(Self.answers, &generator) }
    case .many:
      self.peaked = (0..<peaked).map { _ in
        let rest = 0.03 * Self.uniform(&generator)
        return [1 - rest] + Self.dirichlet(4, &generator).map { $0 * rest } + [0]
      }
      self.diffuse = (0..<diffuse).map { _ in
        let exponent = 0.7 + 1.2 * Self.uniform(&generator)
        return Self.zipf(20 + generator.next(below: 81), exponent)
      }
    }
  }

  /// A change of the model behind the endpoint. All but the first ones are stand-ins for what they are named after, of a stated size.
  package enum Change: String, CaseIterable, Sendable {
    case none = "no change"
    case oneAnswer = "one changed answer in 20 peaked probes"
    case halfAnswer = "one changed answer in 20 peaked probes, in every second call"
    case totalVariation = "20 % total variation on diffuse probes, among their own answers"
    case newAnswers = "20 % new answers to diffuse probes, 20 of them"
    case temperature = "temperature 1 → 0.7"
    case traffic = "another model answers 20 % of the calls"
    case quantisation = "noise of 0.3 on all log-probabilities (a coarser quantisation)"
    case systemPrompt = "every tenth answer anew (a hidden system prompt)"
  }

  func changed(by change: Change, generator: inout SeededGenerator) -> SimulatedEndpoint {
    var other = self
    switch change {
    case .none: break
    case .oneAnswer: other.peaked[0] = Array(peaked[0].dropFirst()) + [peaked[0][0]]
    case .halfAnswer: other.peaked[0] = peaked[0].map { 0.5 * $0 } + [0.5]
    case .totalVariation:
      other.diffuse = diffuse.map { probabilities in
        var target = Self.other(than: probabilities, &generator)
        var distance = Self.totalVariation(probabilities, target)
        while distance < 0.2 {
          target = Self.other(than: probabilities, &generator)
          distance = Self.totalVariation(probabilities, target)
        }
        return zip(probabilities, target).map { $0 + 0.2 / distance * ($1 - $0) }
      }
    case .newAnswers:
      other.diffuse = diffuse.map { $0.map { 0.8 * $0 } + Self.zipf(Self.strange, 1.2).map { 0.2 * $0 } }
    case .traffic:
      // Three of the peaked probes are answered otherwise by the other model, the diffuse ones with the same answers in
      // another order.
      for place in 0..<min(3, peaked.count) { other.peaked[place] = peaked[place].map { 0.8 * $0 } + [0.2] }
      other.diffuse = diffuse.map { probabilities in
        var shuffled = probabilities
        generator.shuffle(&shuffled)
        return zip(probabilities, shuffled).map { 0.8 * $0 + 0.2 * $1 }
      }
    case .quantisation:
      func noisy(_ probabilities: [Double]) -> [Double] {
        Self.normalised(probabilities.map { $0 * exp(0.3 * generator.nextNormal()) })
      }
      other.peaked = peaked.map(noisy)
      other.diffuse = diffuse.map(noisy)
    case .temperature:
      func cooled(_ probabilities: [Double]) -> [Double] { Self.normalised(probabilities.map { pow($0, 1 / 0.7) }) }
      other.peaked = peaked.map(cooled)
      other.diffuse = diffuse.map(cooled)
    case .systemPrompt:
      func mixed(_ probabilities: [Double]) -> [Double] { probabilities.map { 0.9 * $0 } + [0.1] }
      other.peaked = peaked.map(mixed)
      other.diffuse = diffuse.map(mixed)
    }
    return other
  }

  static func totalVariation(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  private static func normalised(_ weights: [Double]) -> [Double] {
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  private static func uniform(_ generator: inout SeededGenerator) -> Double {
    Double(generator.next() >> 11) * 0x1p-53
  }

  private static func zipf(_ count: Int, _ exponent: Double) -> [Double] {
    normalised((1...count).map { pow(Double($0), -exponent) })
  }

  /// Another distribution over the same answers: a fresh one of few, the same one in another order of many.
  private static func other(than probabilities: [Double], _ generator: inout SeededGenerator) -> [Double] {
    guard probabilities.count > answers else { return dirichlet(probabilities.count, &generator) }
    var shuffled = probabilities
    generator.shuffle(&shuffled)
    return shuffled
  }

  /// The square of a normal number has, but for its scale, the gamma distribution with parameter ½.
  private static func dirichlet(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
    normalised(
      (0..<count).map { _ in
        let value = generator.nextNormal()
        return value * value
      })
  }
}
