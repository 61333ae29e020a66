/// One sentence that may say who made its speaker.
///
/// Phrases and names are whole words. What was made by somebody is the speaker only where the sentence speaks of one, and what is
/// denied between speaker and name, or of a name in Japanese behind it, is no claim.
struct ClaimSentence {
  /// Words for what anything may be, not only who speaks: they need one of `speakers` in the sentence.
  private static let ofAnything: Set = [
    "created by", "developed by", "trained by", "made by", "built by", "entwickelt von", "développé par", "créé par",
    "desarrollado por", "creado por",
  ]
  private static let speakers = [
    "i", "i'm", "i've", "me", "my", "ich", "mich", "mein", "meine", "je", "j'ai", "m'a", "moi", "yo", "soy", "fui",
    "mi",
  ]
  private static let denials = [
    "not", "never", "neither", "nor", "no soy", "no fui", "pas", "nicht", "kein", "keine", "nie",
    "can't", "cannot", "don't", "wasn't", "isn't", "haven't", "didn't", "couldn't", "won't",
    "不是", "并非", "没有", "而非",
  ]
  /// They stand behind the name.
  private static let denialsBehind = ["ではありません", "ではない", "じゃない", "でない"]

  private static let claims = IdentityClaims.claims.sorted { $0.key < $1.key }.flatMap(\.value)

  private let bytes: [UInt8]
  /// Where somebody speaks of itself, in order.
  private let spoken: [Int]
  private let denied: [Int]
  /// Ends of clauses, and denials behind a name, in order.
  private let endings: [(place: Int, denies: Bool)]
  private let isClaim: Bool

  /// - Parameter sentence: in lower case.
  init(_ sentence: some StringProtocol) {
    let bytes = Array(sentence.utf8)
    func places(_ phrases: [String]) -> [Int] { phrases.flatMap { Self.places(of: $0, in: bytes) } }
    let phrases = Self.claims.filter { !Self.places(of: $0, in: bytes).isEmpty }
    let own = phrases.filter { !Self.ofAnything.contains($0) }
    let speakers = places(Self.speakers)
    self.bytes = bytes
    isClaim = !own.isEmpty || !phrases.isEmpty && !speakers.isEmpty
    spoken = (places(own) + speakers).sorted()
    denied = places(Self.denials).sorted()
    endings =
      (places(Self.denialsBehind).map { ($0, true) } + places(["、", ","]).map { ($0, false) }).sorted { $0.0 < $1.0 }
  }

  /// Whether it says that its speaker bears one of these names, or was made by who does.
  func claims(_ names: [String]) -> Bool {
    guard isClaim else { return false }
    return names.contains { name in
      Self.places(of: name, in: bytes).contains { place in
        // The denial of "no soy" begins before the speaker.
        let speaker = (Self.last(of: spoken, before: place) ?? 0) - "no ".utf8.count
        let isDenied = Self.last(of: denied, before: place).map { $0 >= speaker } ?? false
        let next = Self.count(of: endings.count) { endings[$0].place < place }
        return !isDenied && !(next < endings.count && endings[next].denies)
      }
    }
  }

  private static func last(of places: [Int], before place: Int) -> Int? {
    let count = count(of: places.count) { places[$0] < place }
    return count > 0 ? places[count - 1] : nil
  }

  /// How many of so many places in order lie before another.
  private static func count(of places: Int, isBefore: (Int) -> Bool) -> Int {
    var (low, high) = (0, places)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where a phrase stands; one of ASCII as whole words, a name before a digit or a version too.
  private static func places(of phrase: String, in bytes: [UInt8]) -> [Int] {
    let sought = Array(phrase.utf8)
    guard let first = sought.first, bytes.count >= sought.count else { return [] }
    let isASCII = sought.allSatisfy { $0 < 0x80 }
    return (0...(bytes.count - sought.count)).filter { place in
      guard bytes[place] == first, bytes[place...].starts(with: sought) else { return false }
      let end = place + sought.count
      let joinsBefore = place > 0 && isOfWord(bytes[place - 1])
      let joinsBehind = end < bytes.count && isLetter(sought[sought.count - 1]) && isLetter(bytes[end])
      return !isASCII || !joinsBefore && !joinsBehind
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  private static func isOfWord(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }
}
