/// A string that occurs exactly once in nearly all answers of a model, after a mark at their start, and rarely in those of most
/// other models: the separator between two parts of a server's output. A few other models may share the server.
struct InnerMark: Hashable {
  /// Code points that are looked for; a longer mark shows by each of its parts.
  static let length = 6
  static let leastShare = 0.8
  static let maximumElsewhere = 0.1

  let text: [Unicode.Scalar]

  /// - Parameters:
  ///   - answers: of one model, without the mark at their start.
  ///   - others: answers of other models, each model's apart.
  init?(_ answers: [String], others: [[String]]) {
    let spoken = answers.filter { !$0.isEmpty }
    guard spoken.count >= CommonBorder.minimumAnswers else { return nil }
    var counts: [UInt64: Int] = [:]
    for answer in spoken {
      for gram in Self.single(Array(answer.unicodeScalars)) { counts[gram, default: 0] += 1 }
    }
    var common = Set(counts.filter { Double($0.value) >= Self.leastShare * Double(spoken.count) }.keys)
    guard !common.isEmpty else { return nil }
    var elsewhere: [UInt64: Int] = [:]
    for answers in others {
      var own: [UInt64: Int] = [:]
      for answer in answers {
        for gram in Set(Self.grams(Array(answer.unicodeScalars)).map(\.hash)) where common.contains(gram) {
          own[gram, default: 0] += 1
        }
      }
      for (gram, count) in own where Double(count) > Self.maximumElsewhere * Double(answers.count) {
        elsewhere[gram, default: 0] += 1
      }
    }
    common = common.filter { 2 * (elsewhere[$0] ?? 0) <= others.count }
    // The last part of the mark, wherever most answers have it: all parts follow one another.
    guard
      let sample = spoken.first(where: { answer in
        Self.grams(Array(answer.unicodeScalars)).contains { common.contains($0.hash) }
      })
    else { return nil }
    let scalars = Array(sample.unicodeScalars)
    let places = Self.grams(scalars).filter { common.contains($0.hash) }.map(\.place)
    guard let first = places.first, let last = Self.runEnd(places, from: first) else { return nil }
    text = Array(scalars[first..<(last + Self.length)])
  }

  private static func runEnd(_ places: [Int], from first: Int) -> Int? {
    var last = first
    for place in places.dropFirst() where place == last + 1 { last = place }
    return last
  }

  /// What stands behind the mark; nil for an answer without it.
  func rest(of answer: String) -> String? {
    let scalars = Array(answer.unicodeScalars)
    guard let found = scalars.firstRange(of: text) else { return nil }
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: scalars[found.upperBound...])
    return String(rest)
  }

  private static func grams(_ scalars: [Unicode.Scalar]) -> [(hash: UInt64, place: Int)] {
    guard scalars.count >= length else { return [] }
    return (0...(scalars.count - length)).map { start in
      // FNV-1a over code points.
      (
        hash: scalars[start..<(start + length)].reduce(14_695_981_039_346_656_037) {
          ($0 ^ UInt64($1.value)) &* 1_099_511_628_211
        },
        place: start
      )
    }
  }

  /// Grams that an answer holds exactly once.
  private static func single(_ scalars: [Unicode.Scalar]) -> [UInt64] {
    grams(scalars).reduce(into: [UInt64: Int]()) { $0[$1.hash, default: 0] += 1 }.filter { $0.value == 1 }.map(\.key)
  }
}
