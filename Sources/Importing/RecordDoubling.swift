import Cases
import Formats

/// Records that are in the files more than once, word for word: a log that was appended twice, or joined with itself.
///
/// Of a record with a long answer every repetition is a copy: nobody draws the same long text twice, with all that stands
/// beside it. Short answers come again by chance; they are copies where every record of the files comes as often as every other,
/// or a whole number of times so.
struct RecordDoubling {
  /// Unicode scalars of an answer that is not drawn twice.
  static let longAnswer = 100
  /// Records from which on it is no chance that all of them come several times.
  static let minimumRecords = 3

  /// How often each record comes.
  private var counts: [Digest: Int] = [:]
  /// How often the files hold everything.
  private let times: Int
  private var seen: [Digest: Int] = [:]
  private var names = Names()

  init(_ records: [ImportRecord]) {
    for case .answer(let answer) in records {
      if let name = names.name(answer) { counts[name, default: 0] += 1 }
    }
    func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
    times = counts.count >= Self.minimumRecords ? counts.values.reduce(0, divisor) : 1
  }

  /// Whether an answer, handed in in the order of the files, is there already.
  mutating func isCopy(_ answer: ImportedAnswer) -> Bool {
    guard let name = names.name(answer) else { return false }
    let before = seen[name, default: 0]
    seen[name] = before + 1
    if answer.said.words.unicodeScalars.count >= Self.longAnswer { return before > 0 }
    return times > 1 && before >= (counts[name] ?? 1) / times
  }

  /// What answers are told apart by. A record is written out once for all its answers, which follow one another: a line may hold
  /// a million.
  private struct Names {
    private var last: (place: SourcePlace, record: Digest)?

    mutating func name(_ answer: ImportedAnswer) -> Digest? {
      guard let record = answer.record else { return nil }
      let digest =
        if let last, last.place == answer.place { last.record } else { Digest(of: JSONValue.object(record).canonical) }
      last = (answer.place, digest)
      // The answers of one record, such as samples in a list, are told apart; and those of models that only their files name.
      return Digest(of: "\(answer.model ?? "")\n\(digest.hex)\n\(answer.said.words)\n\(answer.sample ?? -1)")
    }
  }
}
