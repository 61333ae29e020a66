import Cases
import Formats

/// Takes debris off the answers of one model.
struct DebrisCleaner {
  let texts: [String]
  /// What most answers begin and end with once known marks are off.
  let borders: [CommonBorder]

  /// Texts that several prompts got, short ones where many did, with the number of these prompts.
  let repeats: [String: Int]

  /// Labels of other speakers within many answers, with the share of answers that have each.
  let turns: [(label: String, share: Double)]

  private let responses: [Response]
  private let prompts: Int
  private let rules: Debris.Rules
  /// Answers that began with their prompt, and the beginning of one.
  private let echo: (text: String, count: Int)?
  /// Known marks that enough answers have, with the number that have them.
  private let marks: [(mark: String, count: Int)]
  private let stripped: [String]

  init(_ transcript: Transcript?, rules: Debris.Rules) {
    self.rules = rules
    responses = transcript?.responses ?? []
    texts = responses.map(\.text)
    var (spoken, marks) = Self.withoutMarks(texts, terminals: rules == .present)
    let echoes = rules == .present ? EchoedPrompts(spoken, responses.map { transcript?.echoed[$0.prompt] }) : nil
    echo = echoes.map { ($0.shown, $0.count) }
    if let echoes {
      // What a template writes behind the prompt is at the start now.
      let behind = Self.withoutMarks(echoes.rests, terminals: false)
      spoken = behind.texts
      marks = Dictionary((marks + behind.marks).map { ($0.mark, $0.count) }, uniquingKeysWith: max)
        .sorted { $0.key < $1.key }.map { (mark: $0.key, count: $0.value) }
    }
    self.marks = marks
    stripped = spoken
    borders = rules == .present ? CommonBorder.both(spoken) : CommonBorder.plain(spoken)
    turns = rules == .present ? FurtherTurn.labels(in: spoken) : []
    prompts = Set(responses.map(\.prompt)).count
    var asked: [String: Set<PromptID>] = [:]
    asked.reserveCapacity(spoken.count)
    for (text, response) in zip(spoken, responses) { asked[text, default: []].insert(response.prompt) }
    let short = Debris.shareOfShortRepeats * Double(prompts)
    repeats = asked.mapValues(\.count).filter { text, count in
      count >= Debris.minimumRepeats && !DebrisCatalogue.isError(text)
        && (text.unicodeScalars.count >= Debris.shortestRepeat || Double(count) >= short)
    }
  }

  private static func withoutMarks(
    _ texts: [String], terminals: Bool
  ) -> (texts: [String], marks: [(mark: String, count: Int)]) {
    let plain = terminals ? TerminalCodes.removed(from: texts) : (texts: texts, marks: [])
    let found = KnownMarks(plain.texts)
    return (plain.texts.map { found.removed(from: $0) }, plain.marks + found.counts)
  }

  /// Prompts that got the text which most got; 1 if none is repeated.
  ///
  /// - Parameter other: a model whose own repeated texts do not count.
  func greatestRepeat(excluding other: DebrisCleaner) -> Int {
    repeats.filter { other.repeats[$0.key] == nil }.values.max() ?? 1
  }

  /// Share of this model's answers that have another's border.
  func share(of border: CommonBorder) -> Double { share { border.removed(from: $0) != nil } }

  func share(ofTurn label: String) -> Double { share { FurtherTurn.start(of: label, in: $0) != nil } }

  private func share(_ holds: (String) -> Bool) -> Double {
    stripped.isEmpty ? 0 : Double(stripped.count(where: holds)) / Double(stripped.count)
  }

  /// - Parameters:
  ///   - borders: those that are debris.
  ///   - turns: labels behind which another speaker goes on.
  ///   - repeats: prompts that get one text where that is how models of this case speak; more is debris.
  ///   - others: answers of other models, each model's apart.
  func cleaned(
    _ borders: [CommonBorder], turns: [String], repeats: Int, model: ModelID, others: [[String]]
  ) -> (responses: [Response], findings: [Debris.Finding]) {
    var findings: [Debris.Finding] = []
    func found(_ kind: Debris.Finding.Kind, _ text: String, _ count: Int) {
      findings.append(
        Debris.Finding(
          model: model, kind: kind, text: String(text.unicodeScalars.prefix(60).map(String.init).joined()),
          count: count, of: texts.count))
    }
    for (mark, count) in marks { found(.mark, mark, count) }
    if let echo { found(.echo, echo.text, echo.count) }
    var spoken = stripped
    for border in borders {
      var count = 0
      spoken = spoken.map { text in
        guard let rest = border.removed(from: text) else { return text }
        count += 1
        return rest
      }
      found(border.side == .start ? .start : .end, border.text, count)
    }
    if borders.contains(where: {
      rules == .present && $0.side == .start && $0.text.contains("{") && $0.text.hasSuffix("\"")
    }) {
      // They stood in a text of JSON, and are read as that.
      spoken = spoken.map { JSONValue(parsing: "\"\($0)\"")?.string ?? $0 }
    }
    for label in turns {
      var count = 0
      spoken = spoken.map { text in
        guard let start = FurtherTurn.start(of: label, in: text) else { return text }
        count += 1
        return String(text[..<start])
      }
      found(.turn, label, count)
    }
    if borders.contains(where: { $0.side == .start }), let inner = InnerMark(spoken, others: others),
      rules == .before0_10 || Debris.leavesAnswers(spoken.compactMap(inner.rest))
    {
      var count = 0
      spoken = spoken.map { text in
        guard let rest = inner.rest(of: text) else { return text }
        count += 1
        return rest
      }
      var mark = String.UnicodeScalarView()
      mark.append(contentsOf: inner.text)
      found(.preamble, String(mark), count)
    }
    // Thoughts may come to light once the marks before them are off.
    spoken = zip(texts, spoken).map { before, after in before == after ? after : SpokenContent(after).words }
    let dropped = repeated(spoken, beyond: repeats, found: found)
    let kept = responses.indices.filter { !dropped.contains($0) }.map { place in
      let response = responses[place]
      return response.text == spoken[place]
        ? response
        : Response(prompt: response.prompt, sample: response.sample, text: spoken[place], reasoning: response.reasoning)
    }
    return (kept, findings)
  }

  /// Places of answers that are errors, or one text for many prompts.
  private func repeated(
    _ spoken: [String], beyond habit: Int, found: (Debris.Finding.Kind, String, Int) -> Void
  ) -> Set<Int> {
    var places: [String: [Int]] = [:]
    places.reserveCapacity(spoken.count)
    for (place, text) in spoken.enumerated() {
      places[DebrisCatalogue.isError(text) ? Self.pattern(text) : text, default: []].append(place)
    }
    // Short answers are forced by their prompts: of a model that gives hardly any other they are no debris.
    let lengths = spoken.map { $0.unicodeScalars.prefix(Debris.shortestRepeat).count }.sorted()
    let isTerse = lengths.isEmpty || lengths[lengths.count / 2] < Debris.shortestRepeat
    var dropped: Set<Int> = []
    for (text, where_) in places.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
      let count = Set(where_.map { responses[$0].prompt }).count
      guard count >= Debris.minimumRepeats else { continue }
      let isError = DebrisCatalogue.isError(text)
      if count <= habit, !isError { continue }
      let isShort = text.unicodeScalars.count < Debris.shortestRepeat
      if isTerse, !isError || DebrisCatalogue.nothings.contains(text.lowercased().trimmed), !text.trimmed.isEmpty {
        continue
      }
      guard isError || !isShort || Double(count) >= Debris.shareOfShortRepeats * Double(prompts) else { continue }
      found(isError ? .error : .repeated, text, count)
      dropped.formUnion(where_)
    }
    return dropped
  }

  /// An error's text without what differs from one to the next: numbers and the names of requests.
  private static func pattern(_ text: String) -> String {
    var pattern = ""
    var isNumber = false
    for scalar in text.unicodeScalars {
      let isDigit = scalar.properties.numericType != nil
      if !isDigit { pattern.unicodeScalars.append(scalar) } else if !isNumber { pattern += "0" }
      isNumber = isDigit
    }
    return pattern
  }
}
