package import Cases
import Formats
package import Similarity
package import Statistics

/// What is kept of one model's answers to one probe, so that others can be compared with them: counts of short answers, sketches
/// of long ones, distributions of the first token.
package struct ProbeRecord: Hashable, Sendable {
  /// How its answers are compared: never `logprobs`, which come beside.
  package let stratum: Stratum
  /// Answers, those without text included.
  package private(set) var samples: Int
  /// Times that each answer was given, by its key; empty for `text`.
  package private(set) var answers: [String: Int]
  /// Of `text` only.
  package private(set) var sketches: [AnswerSketch]
  package private(set) var distributions: [TokenDistribution: Int]
  package private(set) var promptTokens: Set<Int>
  /// What of an answer its key is.
  package let reading: AnswerReading
  /// nil in a record of an older version.
  package private(set) var dress: AnswerDress?
  /// Of `border` only: the answers of each session.
  package private(set) var sessions: [[String: Int]]

  package init(
    stratum: Stratum, samples: Int, answers: [String: Int] = [:], sketches: [AnswerSketch] = [],
    distributions: [TokenDistribution: Int] = [:], promptTokens: Set<Int> = [], reading: AnswerReading = .words,
    dress: AnswerDress? = nil, sessions: [[String: Int]] = []
  ) {
    self.reading = reading
    self.dress = dress
    self.sessions = sessions
    self.stratum = stratum
    self.samples = samples
    self.answers = answers
    self.sketches = sketches
    self.distributions = distributions
    self.promptTokens = promptTokens
  }

  package init(_ recorded: [RecordedAnswer], stratum: Stratum, reading: AnswerReading = .words) {
    let texts = recorded.map(\.response.text)
    let answers = stratum == .text ? [:] : Self.counts(texts.map { Self.key($0, reading) })
    self.init(
      stratum: stratum, samples: recorded.count, answers: answers,
      sketches: stratum == .text ? texts.map(AnswerSketch.init) : [],
      distributions: Self.counts(recorded.compactMap { TokenDistribution(of: $0.response.tokens) }),
      promptTokens: Set(recorded.compactMap(\.promptTokens)), reading: reading, dress: AnswerDress(recorded),
      sessions: stratum == .border && !recorded.isEmpty ? [answers] : [])
  }

  /// How the answers to a probe are best compared; to be decided once, on the baseline.
  package static func stratum(of answers: [RecordedAnswer], reading: AnswerReading = .words) -> Stratum {
    let keys = answers.map { reading.key($0.response.text) }
    guard keys.count(where: { $0.unicodeScalars.count > AnswerKey.longest }) * 10 <= keys.count else { return .text }
    let most = counts(keys).values.max() ?? 0
    return Double(most) >= Stratum.peakedShare * Double(keys.count) ? .peaked : .diffuse
  }

  /// An answer that is too long to be kept is known by its hash.
  package static func key(_ text: String, _ reading: AnswerReading = .words) -> String {
    let key = reading.key(text)
    guard key.unicodeScalars.count > AnswerKey.longest else { return key }
    return "sha256:" + Digest(of: key).hex.prefix(16)
  }

  private static func counts<Value: Hashable>(_ values: [Value]) -> [Value: Int] {
    values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The answer that was given most often, the first in byte order of several.
  package var commonest: String? {
    answers.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// The same answers, to a prompt of so many tokens; unchanged if that is not known.
  func counting(promptsAs tokens: Set<Int>?) -> ProbeRecord {
    guard let tokens, !tokens.isEmpty else { return self }
    var copy = self
    copy.promptTokens = tokens
    return copy
  }

  /// Both together.
  package func adding(_ other: ProbeRecord) -> ProbeRecord {
    var sum = self
    sum.samples += other.samples
    sum.answers.merge(other.answers, uniquingKeysWith: +)
    sum.sketches += other.sketches
    sum.distributions.merge(other.distributions, uniquingKeysWith: +)
    sum.promptTokens.formUnion(other.promptTokens)
    sum.dress = dress.flatMap { own in other.dress.map(own.adding) }
    sum.sessions += other.sessions
    return sum
  }

  /// The answers of both to one probe, these first.
  ///
  /// - Returns: nil if a side has fewer than two.
  package func block(against other: ProbeRecord) -> ExchangeableBlock? {
    guard stratum == other.stratum, samples >= 2, other.samples >= 2 else { return nil }
    if stratum == .text {
      return Self.gramBlock(sketches, other.sketches) { $0.similarity(to: $1) }
    }
    let keys = Set(answers.keys).union(other.answers.keys).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    var categories: [Int32] = []
    categories.reserveCapacity(samples + other.samples)
    for side in [answers, other.answers] {
      for (number, key) in keys.enumerated() {
        categories += repeatElement(Int32(number), count: side[key] ?? 0)
      }
    }
    return ExchangeableBlock(categories: categories, firstSide: samples)
  }

  /// The first tokens of both, these first; the kernel is minus the distance.
  ///
  /// - Returns: nil if a side has fewer than two with log-probabilities.
  package func logprobBlock(against other: ProbeRecord) -> ExchangeableBlock? {
    func members(_ record: ProbeRecord) -> [TokenDistribution] {
      record.distributions.sorted { $0.key.order < $1.key.order }.flatMap { repeatElement($0.key, count: $0.value) }
    }
    return Self.gramBlock(members(self), members(other)) { $0 == $1 ? 0 : -$0.distance(to: $1) }
  }

  private static func gramBlock<Member>(
    _ first: [Member], _ second: [Member], kernel: (Member, Member) -> Double
  ) -> ExchangeableBlock? {
    guard first.count >= 2, second.count >= 2 else { return nil }
    let members = first + second
    var gram = [Double](repeating: 0, count: members.count * members.count)
    for i in members.indices {
      for j in 0..<i {
        let value = kernel(members[i], members[j])
        gram[i * members.count + j] = value
        gram[j * members.count + i] = value
      }
    }
    return ExchangeableBlock(gram: gram, count: members.count, firstSide: first.count)
  }
}

extension TokenDistribution {
  /// A text by which distributions have one order.
  var order: String {
    values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.key):\($0.value)" }
      .joined(separator: " ")
  }
}
