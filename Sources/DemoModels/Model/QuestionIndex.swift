import Foundation

/// Which training questions a new question resembles.
struct QuestionIndex: Sendable {
  /// Keeps a context that occurs only in answers to unlike questions from having no followers at all.
  static let leastWeight = 1e-9

  /// Unit vectors over words, tf-idf weighted.
  private let vectors: [[String: Double]]
  private let inverseFrequencies: [String: Double]

  init(questions: [String]) {
    let words = questions.map(Self.words)
    var frequencies: [String: Int] = [:]
    for distinct in words.map(Set.init) {
      for word in distinct { frequencies[word, default: 0] += 1 }
    }
    let inverseFrequencies = frequencies.mapValues { log(Double(questions.count + 1) / Double($0)) }
    self.inverseFrequencies = inverseFrequencies
    vectors = words.map { Self.unitVector(of: $0, inverseFrequencies) }
  }

  var count: Int { vectors.count }

  /// The weight of each training answer: `exp(sharpness · (cosine − greatest cosine))`, but at least ``leastWeight``;
  /// the greatest is 1. A question that shares no content word with any training question weighs all answers the same.
  ///
  /// - Source: cosine and tf-idf: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988;
  ///   weighing an n-gram model's training texts by nearness to the text at hand: Clarkson and Robinson, "Language
  ///   model adaptation using mixtures and an exponentially decaying cache", ICASSP 1997.
  func weights(for question: String, sharpness: Double) -> [Double] {
    let asked = Self.unitVector(of: Self.words(of: question), inverseFrequencies)
    let terms = asked.sorted { $0.key < $1.key }
    let cosines = vectors.map { vector in
      terms.reduce(0) { $0 + $1.value * (vector[$1.key] ?? 0) }
    }
    let greatest = cosines.max() ?? 0
    return cosines.map { max(Self.leastWeight, exp(sharpness * ($0 - greatest))) }
  }

  private static func unitVector(of words: [String], _ inverseFrequencies: [String: Double]) -> [String: Double] {
    var vector: [String: Double] = [:]
    for word in words {
      if let weight = inverseFrequencies[word] { vector[word, default: 0] += weight }
    }
    let squares = vector.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
    return squares > 0 ? vector.mapValues { $0 / squares.squareRoot() } : [:]
  }

  /// Lower-cased content words without a plural's `s`.
  private static func words(of question: String) -> [String] {
    question.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter { !functionWords.contains($0) }
      .map { $0.count > 3 && $0.hasSuffix("s") && !$0.hasSuffix("ss") ? String($0.dropLast()) : $0 }
  }

  private static let functionWords = Set(
    """
    a about after again all also am an and any anything are as ask at be been before best better by can could did do does
    down else ever few find first from get give go goes good had has have he her here him his how i if in inside into is
    it its just keep know look make makes many may me means more most much must my need needs never new no not of off on
    one only or other our out people put right say see she should so some step take tell than that the their them then
    there these they thing things this to too tried try up us use want wants was way we well were what when where which
    while who why will with without would wrong you your explain sentences
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
