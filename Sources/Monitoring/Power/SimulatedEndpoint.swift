import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An endpoint of which everything is known: for each probe the probability of each answer. With it the rule of a check can be
/// put to the test thousands of years long.
struct SimulatedEndpoint: Sendable {
  /// Probabilities of the answers to each probe; they sum to 1.
  var peaked: [[Double]]
  var diffuse: [[Double]]

  private static let answers = 8

  /// Peaked probes say the same in 97 of 100 cases; diffuse ones are drawn from a Dirichlet distribution with parameter ½.
  init(peaked: Int, diffuse: Int, generator: inout SeededGenerator) {
    self.peaked = Array(
      repeating: [0.97] + Array(repeating: 0.03 / Double(Self.answers - 1), count: Self.answers - 1), count: peaked)
    self.diffuse = (0..<diffuse).map { _ in Self.dirichlet(&generator) }
  }

  /// A change of the model behind the endpoint. All but the first two are stand-ins for what they are named after, of a stated size.
  enum Change: String, CaseIterable, Sendable {
    case none = "no change"
    case oneAnswer = "one changed answer in 20 peaked probes"
    case totalVariation = "20 % total variation on diffuse probes"
    case quantisation = "noise of 0.3 on all log-probabilities (a coarser quantisation)"
    case temperature = "temperature 1 → 0.7"
    case systemPrompt = "every tenth answer anew (a hidden system prompt)"
  }

  func changed(by change: Change, generator: inout SeededGenerator) -> SimulatedEndpoint {
    var other = self
    switch change {
    case .none: break
    case .oneAnswer: other.peaked[0] = Array(peaked[0].dropFirst()) + [peaked[0][0]]
    case .totalVariation:
      other.diffuse = diffuse.map { probabilities in
        var target = Self.dirichlet(&generator)
        var distance = Self.totalVariation(probabilities, target)
        while distance < 0.2 {
          target = Self.dirichlet(&generator)
          distance = Self.totalVariation(probabilities, target)
        }
        return zip(probabilities, target).map { $0 + 0.2 / distance * ($1 - $0) }
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

  /// The square of a normal number has, but for its scale, the gamma distribution with parameter ½.
  private static func dirichlet(_ generator: inout SeededGenerator) -> [Double] {
    normalised(
      (0..<answers).map { _ in
        let value = generator.nextNormal()
        return value * value
      })
  }
}
