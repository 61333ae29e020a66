package import Cases

/// The stock phrase with which two models begin their answers most often, whoever is asked what: how often each of them
/// does, and how often others do. Its words are not kept: they are somebody's text.
///
/// An opening is the first 5 tokens of an answer, or the first 10 characters where most of the pair's letters belong to
/// scripts without spaces. Of the openings that both use the one is taken whose lesser share is greatest; with several
/// samples each answer counts.
///
/// - Note: a description of one pair that was looked at because it stands out: with no cohort of pairs chosen likewise, it
///   is no measure of how unusual that is.
package struct StockOpening: Sendable, Equatable {
  package static let tokens = 5

  /// Shares of their answers that begin with it.
  package let ofOne: Double
  package let ofOther: Double
  /// Other models, and how many of them begin with it as often as half of the lesser share.
  package let others: Int
  package let othersAlike: Int
  /// The other model that begins with it most often; nil if none does.
  package let next: (model: ModelID, share: Double)?

  /// - Returns: nil if the two begin no answer alike.
  package init?(_ one: ModelID, _ other: ModelID, among transcripts: [ModelID: Transcript]) {
    guard let first = transcripts[one], let second = transcripts[other] else { return nil }
    let texts = (first.responses + second.responses).map { NormalisedText($0.text) }
    let letters = texts.reduce(into: (withoutSpaces: 0, all: 0)) { sum, text in
      let own = text.countLetters()
      sum.withoutSpaces += own.withoutSpaces
      sum.all += own.all
    }
    let byCharacters = 2 * letters.withoutSpaces > letters.all
    func shares(_ transcript: Transcript) -> [UInt64: Double] {
      let openings = transcript.responses.map { Self.opening($0.text, byCharacters: byCharacters) }
      return openings.reduce(into: [:]) { $0[$1, default: 0] += 1 / Double(openings.count) }
    }
    let (a, b) = (shares(first), shares(second))
    let common = a.keys.filter { b[$0] != nil }
    // Equal shares: the lesser hash, so that the choice is the same in every run.
    guard
      let phrase = common.max(by: {
        let (x, y) = (min(a[$0] ?? 0, b[$0] ?? 0), min(a[$1] ?? 0, b[$1] ?? 0))
        return x != y ? x < y : $0 > $1
      })
    else { return nil }
    ofOne = a[phrase] ?? 0
    ofOther = b[phrase] ?? 0
    let half = min(ofOne, ofOther) / 2
    let rest = transcripts.keys.filter { $0 != one && $0 != other }.sorted()
    let found = rest.compactMap { model in transcripts[model].map { (model: model, share: shares($0)[phrase] ?? 0) } }
    others = rest.count
    othersAlike = found.count { $0.share >= half }
    next = found.filter { $0.share > 0 }.max { ($0.share, $1.model) < ($1.share, $0.model) }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.ofOne == b.ofOne && a.ofOther == b.ofOther && a.others == b.others && a.othersAlike == b.othersAlike
      && a.next?.model == b.next?.model && a.next?.share == b.next?.share
  }

  private static func opening(_ text: String, byCharacters: Bool) -> UInt64 {
    // What lies behind the first hundreds of characters cannot be in it, but for white space.
    let head = text.drop { $0.isWhitespace }.prefix(400)
    let answer = PromptAnswers.Answer(String(head))
    return answer.units(byCharacters: byCharacters).prefix(byCharacters ? 2 * tokens : tokens)
      .reduce(0) { TokenHash.sequence($0, then: $1) }
  }
}

extension String {
  /// Without the first sentence or line, as `SentenceOpenings` parts them: what is left when a habit of beginning is taken away.
  /// One sentence becomes nothing.
  var withoutFirstSentence: String {
    // Most first sentences are short.
    var head = firstScalars(512)
    var end = Self.endOfFirstSentence(head)
    if end == head.count {
      head = firstScalars(.max)
      end = Self.endOfFirstSentence(head)
    }
    let bytes = head[..<end].reduce(0) { $0 + Unicode.UTF8.width(Unicode.Scalar($1) ?? "\u{FFFD}") }
    return String(self[utf8.index(startIndex, offsetBy: bytes)...])
  }

  private func firstScalars(_ limit: Int) -> [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(min(limit, utf8.count))
    for scalar in unicodeScalars {
      guard scalars.count < limit else { break }
      scalars.append(scalar.value)
    }
    return scalars
  }

  /// Where the first sentence that says something ends, and what closes it. Where none says anything, all is marks and white space.
  private static func endOfFirstSentence(_ scalars: [UInt32]) -> Int {
    func isSaid(_ part: Range<Int>) -> Bool { scalars[part].contains { !$0.isWhiteSpace } }
    guard let first = SentenceSplit.parts(scalars, until: isSaid).last, isSaid(first) else { return scalars.count }
    // From the mark that ends it on; the channels do not see the mark.
    return first.upperBound + scalars[first.upperBound...].prefix(while: isEnd).count
  }

  private static func isEnd(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x3002, 0xFF01, 0xFF1F, 0x22, 0x27, 0x29, 0x5D, 0x300D, 0x300F: true
    default: scalar.isWhiteSpace
    }
  }
}
