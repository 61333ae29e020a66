import Cases
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
    /// As the first, with border inputs in place of three of four diffuse probes.
    case border = "8 answers, and border inputs"
  }

  /// Two logits that are nearly one. Which comes first depends on the noise of the request, and on what the server has to do
  /// meanwhile: that is one number for all requests of a session.
  struct Tie {
    /// Of the two logits.
    var gap: Double
    /// How often another model answers, or something else does, and by what it then says.
    var share = 0.0
    var others: [Double] = [0, 0, 1]

    /// Of a request.
    static let noise = 0.05
    /// Of a session.
    static let wander = 0.02

    /// Probabilities of the two, and of any other first token, in one session.
    func session(_ generator: inout SeededGenerator) -> [Double] {
      let first = NormalDistribution.cumulative((gap + Self.wander * generator.nextNormal()) / Self.noise)
      return zip([first, 1 - first, 0], others).map { (1 - share) * $0 + share * $1 }
    }
  }

  /// Probabilities of the answers to each probe; they sum to 1.
  var peaked: [[Double]]
  var diffuse: [[Double]]
  var ties: [Tie] = []

  private static let answers = 8
  /// Answers that no probe of the world gives, for models that do.
  private static let strange = 20

  init(_ world: World, peaked: Int, diffuse: Int, border: Int, generator: inout SeededGenerator) {
    ties = Self.ties(border, &generator)
    switch world {
    case .few, .border:
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
    case logits10 = "noise of 0.1 on all log-probabilities"
    case logits5 = "noise of 0.05 on all log-probabilities"
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
      for place in ties.indices {
        Self.mix(&other.ties[place], share: 0.2, &generator)
      }
      // Three of the peaked probes are answered otherwise by the other model, the diffuse ones with the same answers in
      // another order.
      for place in 0..<min(3, peaked.count) { other.peaked[place] = peaked[place].map { 0.8 * $0 } + [0.2] }
      other.diffuse = diffuse.map { probabilities in
        var shuffled = probabilities
        generator.shuffle(&shuffled)
        return zip(probabilities, shuffled).map { 0.8 * $0 + 0.2 * $1 }
      }
    case .quantisation: other.add(0.3, &generator)
    case .logits10: other.add(0.1, &generator)
    case .logits5: other.add(0.05, &generator)
    case .temperature:
      func cooled(_ probabilities: [Double]) -> [Double] { Self.normalised(probabilities.map { pow($0, 1 / 0.7) }) }
      other.peaked = peaked.map(cooled)
      other.diffuse = diffuse.map(cooled)
    case .systemPrompt:
      func mixed(_ probabilities: [Double]) -> [Double] { probabilities.map { 0.9 * $0 } + [0.1] }
      other.peaked = peaked.map(mixed)
      other.diffuse = diffuse.map(mixed)
      for place in ties.indices { other.ties[place].share = 0.1 }
    }
    return other
  }

  /// Noise on every logit; the gap of two has that of both.
  private mutating func add(_ noise: Double, _ generator: inout SeededGenerator) {
    func noisy(_ probabilities: [Double]) -> [Double] {
      Self.normalised(probabilities.map { $0 * exp(noise * generator.nextNormal()) })
    }
    peaked = peaked.map(noisy)
    diffuse = diffuse.map(noisy)
    for place in ties.indices { ties[place].gap += noise * 2.0.squareRoot() * generator.nextNormal() }
  }

  /// Prompts that another model answers, it too with one of two tokens, or with another.
  private static func mix(_ tie: inout Tie, share: Double, _ generator: inout SeededGenerator) {
    tie.share = share
    tie.others = [[1, 0, 0], [0, 1, 0], [0, 0, 1]][generator.next(below: 3)]
  }

  /// Prompts among which border inputs are looked for; the gap of their two best logits is normal, of this deviation.
  private static let candidates = (count: 3_000, deviation: 2.0)

  /// Found as they are at a real endpoint: by asking.
  private static func ties(_ count: Int, _ generator: inout SeededGenerator) -> [Tie] {
    guard count > 0 else { return [] }
    let gaps = (0..<candidates.count).map { _ in abs(candidates.deviation * generator.nextNormal()) }
    func asked(_ places: [Int], _ times: Int) -> [PromptID: [String]] {
      Dictionary(
        places.map { place in
          let first = Tie(gap: gaps[place]).session(&generator)[0]
          return (PromptID("\(place)"), (0..<times).map { _ in uniform(&generator) < first ? "0" : "1" })
        }, uniquingKeysWith: { one, _ in one })
    }
    // The rest would need a thousand requests to be seen to differ once.
    let near = gaps.indices.filter { gaps[$0] < 4 * Tie.noise }
    var answers = asked(Array(near), BorderSearch.answers.first)
    let more = BorderSearch.promising(answers).compactMap { Int($0.rawValue) }
    answers.merge(asked(more, BorderSearch.answers.more), uniquingKeysWith: +)
    return BorderSearch.nearest(answers, most: count).compactMap { Int($0.rawValue).map { Tie(gap: gaps[$0]) } }
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
