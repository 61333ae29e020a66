import Cases
import Formats
import Similarity
import Statistics
import Testing

@Suite("Parts of a measurement")
struct ShardTests {
  static let channels: [any Channel] = [
    OpeningAgreement(length: 2), SkeletonOverlap(), StyleProfile(), ContentOverlap(),
  ]

  /// Answers of thirteen models in one sample or two, of which some are missing, one blank, and one prompt is answered by one model
  /// alone. Every answer has phrases that 8 to 11 of the models say, which are multiplied as a matrix, and others of few.
  static let answers: [(model: ModelID, response: Response)] = {
    var generator = SeededGenerator(seed: 3)
    let words = ["Kettle", "boil", "the", "water", "then", "lid.", "pour", "it", "slowly,", "and", "wait:", "so"]
    var answers: [(model: ModelID, response: Response)] = []
    for prompt in 0..<41 {
      for model in 0..<13 where prompt < 40 && generator.next(below: 12) > 0 || model == 2 {
        // 5 and 13 have no common factor: of 13 models 8 + phrase say a phrase.
        let said = (0..<4).filter { (model * 5 + $0 * 3 + prompt) % 13 < 8 + $0 }
        for sample in 0..<(1 + model % 2) {
          let own = (0..<10 + generator.next(below: 30)).map { _ in words[generator.next(below: words.count)] }
          let text = own + said.flatMap { phrase in (0..<4).map { "phrase\(phrase)\(prompt % 5)\($0)" } }
          answers.append(
            (
              ModelID("m\(model)"),
              Response(
                prompt: PromptID("p\(prompt)"), sample: sample,
                text: prompt == 7 && model == 1 ? " \n" : text.joined(separator: " "))
            ))
        }
      }
    }
    return answers.sorted {
      ($0.response.prompt, $0.model, $0.response.sample) < ($1.response.prompt, $1.model, $1.response.sample)
    }
  }()

  static func part(
    _ answers: [(model: ModelID, response: Response)], rows: Bool, channels: [any Channel] = channels, method: Int = 3
  ) throws -> MeasuredPart {
    var shard = ShardMeasuring(method: method, channels: channels, keepsPrompts: rows)
    for (line, answer) in answers.enumerated() { try shard.add(answer.response, of: answer.model, line: line + 1) }
    return try shard.finished()
  }

  /// Prompts dealt to so many shards, by a hash or in order.
  static func split(_ count: Int) -> [[(model: ModelID, response: Response)]] {
    let prompts = Set(answers.map(\.response.prompt)).sorted()
    let shard = Dictionary(uniqueKeysWithValues: prompts.enumerated().map { ($1, ($0 * 31 + 7) % count) })
    return (0..<count).map { number in answers.filter { shard[$0.response.prompt] == number } }
  }

  @Test(
    "split into any number of shards, in any order and nesting, a measurement has one sum", arguments: [false, true])
  func shards(rows: Bool) throws {
    let whole = try Self.part(Self.answers, rows: rows).lines
    for count in [1, 2, 7, 41, 60] {
      var generator = SeededGenerator(seed: UInt64(count))
      var parts = try Self.split(count).map { try MeasuredPart(parsing: Self.part($0, rows: rows).lines, named: "p") }
      generator.shuffle(&parts)
      var sum = parts[0]
      for part in parts.dropFirst() { try sum.add(part, named: "p") }
      #expect(sum.lines == whole)
      // Sums of sums.
      var halves = [parts.prefix(count / 2 + 1), parts.suffix(from: count / 2 + 1)].compactMap {
        half -> MeasuredPart? in
        guard var sum = half.first else { return nil }
        for part in half.dropFirst() { try? sum.add(part, named: "p") }
        return sum
      }
      if halves.count == 2 { try halves[1].add(halves[0], named: "p") }
      #expect(halves.last?.lines == whole)
    }
  }

  @Test("the sum says what measuring at once says, to the last bit")
  func equal() async throws {
    let transcripts = Dictionary(grouping: Self.answers, by: \.model).map { model, answers in
      Transcript(model: model, responses: answers.map(\.response), source: Digest(of: model.rawValue))
    }
    let expected = try await ChannelRun.measure(ChannelTests.table(transcripts), channels: Self.channels)
    let part = try Self.part(Self.answers, rows: true)
    let found = part.measurements()
    #expect(found.prompts == expected.prompts && found.pairs == expected.pairs && found.prompts.count == 40)
    #expect(found.participation == expected.participation && !found.participation.isComplete)
    #expect(found.contributions.map(\.values) == expected.contributions.map(\.values))
    #expect(found.meanLengths == expected.meanLengths)
    #expect(found.isWrittenWithoutSpaces == expected.isWrittenWithoutSpaces)
    let sums = try Self.part(Self.answers, rows: false).measurements()
    #expect(sums.scores() == expected.scores() && sums.prefix(2).scores() == Array(expected.scores().prefix(2)))
    #expect(!sums.keepsPrompts && found.keepsPrompts)
    for pair in 0..<expected.pairs.count { #expect(sums.prompts(ofPair: pair) == expected.prompts(ofPair: pair)) }
    // Answers are known again, whatever their order, and others are not.
    #expect(transcripts.allSatisfy { part.holds($0) })
    let other = Transcript(
      model: transcripts[0].model, responses: Array(transcripts[0].responses.dropLast()), source: Digest(of: ""))
    #expect(!part.holds(other))
  }

  @Test("some of the prompts of a measurement say what measuring them says, to the last bit")
  func fewerPrompts() async throws {
    func table(_ answers: [(model: ModelID, response: Response)]) -> AnswerTable {
      let transcripts = Dictionary(grouping: answers, by: \.model).map { model, answers in
        Transcript(model: model, responses: answers.map(\.response), source: Digest(of: model.rawValue))
      }
      return ChannelTests.table(transcripts)
    }
    let all = try await ChannelRun.measure(table(Self.answers), channels: Self.channels)
    for fewer in Self.split(5) {
      let fewer = table(fewer)
      let expected = try await ChannelRun.measure(fewer, channels: Self.channels)
      let rows = all.prompts.indices.filter { fewer.prompts.contains(all.prompts[$0]) }
      let found = all.reduced(toPrompts: rows, meanLengths: fewer.meanLengths)
      #expect(found.scores() == expected.scores() && found.meanLengths == expected.meanLengths)
      // Channels in another order.
      let turned = Array(found.contributions.indices.reversed())
      #expect(found.only(turned).scores() == expected.scores().reversed())
      #expect(expected.only(turned).scores() == expected.scores().reversed())
      #expect(found.prompts == expected.prompts && found.prompts.count >= 8)
      for pair in 0..<all.pairs.count { #expect(found.prompts(ofPair: pair) == expected.prompts(ofPair: pair)) }
    }
  }

  @Test(
    "a part knows the prompts that one model alone answered: with other answers to one of them it is refused",
    arguments: [false, true])
  func lonePrompts(rows: Bool) throws {
    func part(_ answers: [(model: String, prompt: String)]) throws -> MeasuredPart {
      let answers = answers.map { answer in
        (
          model: ModelID(answer.model),
          response: Response(
            prompt: PromptID(answer.prompt), sample: 0, text: "\(answer.model) says this to \(answer.prompt)")
        )
      }
      return try MeasuredPart(parsing: Self.part(answers, rows: rows).lines, named: "p")
    }
    let (two, other) = (try part([("a", "p1"), ("b", "p1")]), try part([("c", "p1"), ("a", "p2"), ("c", "p2")]))
    for (one, next) in [(two, other), (other, two), (other, try part([("a", "p1")]))] {
      var sum = one
      #expect(throws: PartError.promptTwice(part: "p", prompt: "p1")) { try sum.add(next, named: "p") }
      #expect(sum == one)
    }
    // Where no part has other answers to it, it adds nothing to any pair.
    var sum = two
    try sum.add(part([("a", "p0"), ("a", "p2"), ("c", "p2")]), named: "p")
    #expect(try sum == part([("a", "p0"), ("a", "p1"), ("b", "p1"), ("a", "p2"), ("c", "p2")]))
    #expect(sum.promptCount == 2 && sum.measurements().prompts.map(\.rawValue) == ["p1", "p2"])
  }

  @Test("answers out of order, or twice, are no shard")
  func order() throws {
    for (one, other) in [(3, 4), (0, 200), (17, 16)] {
      var answers = Self.answers
      answers.swapAt(one, other)
      #expect(throws: PartError.self) { try Self.part(answers, rows: false) }
    }
    var twice = Self.answers
    twice.insert(twice[5], at: 5)
    #expect(throws: PartError.notInOrder(line: 7)) { try Self.part(twice, rows: false) }
  }

  @Test("what is cut, damaged or made otherwise is refused by name")
  func refused() throws {
    let parts = Self.split(2)
    let (one, other) = (try Self.part(parts[0], rows: false), try Self.part(parts[1], rows: false))
    let bytes = one.lines
    // Cut anywhere, it has no end, or not its own.
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: PartError.self) { try MeasuredPart(parsing: Array(bytes[..<count]), named: "p") }
    }
    for place in stride(from: 0, to: bytes.count, by: 53) {
      var damaged = bytes
      damaged[place] ^= 1
      #expect(throws: PartError.self, "byte \(place)") { try MeasuredPart(parsing: damaged, named: "p") }
    }
    var sum = one
    #expect(throws: PartError.promptTwice(part: "p", prompt: "p1")) { try sum.add(one, named: "p") }
    #expect(throws: PartError.rowsInSomeOnly(part: "p")) { try sum.add(Self.part(parts[1], rows: true), named: "p") }
    #expect(throws: PartError.otherMethod(part: "p", method: 2, first: 3)) {
      try sum.add(Self.part(parts[1], rows: false, method: 2), named: "p")
    }
    #expect(throws: PartError.self) {
      try sum.add(Self.part(parts[1], rows: false, channels: [StyleProfile()]), named: "p")
    }
    // A refused part changes nothing.
    #expect(sum == one)
    try sum.add(other, named: "p")
    // A shard without answers is a part of nothing.
    try sum.add(Self.part([], rows: false), named: "p")
    #expect(try sum.lines == Self.part(Self.answers, rows: false).lines)
  }

  @Test("lines that no part has are refused, though their digest is right")
  func forged() throws {
    let text = String(decoding: try Self.part(Self.answers, rows: true).lines, as: UTF8.self)
    func rewritten(_ change: (inout [String]) -> Void) -> [UInt8] {
      var lines = text.split(separator: "\n").map(String.init).dropLast().map(\.self)
      change(&lines)
      let body = lines.map { $0 + "\n" }.joined()
      let prompts = lines.count { $0.hasPrefix("p\t") }
      return Array((body + "end\t\(prompts)\t\(lines.count)\t\(Digest(of: body).hex)\n").utf8)
    }
    #expect(throws: Never.self) { try MeasuredPart(parsing: rewritten { _ in }, named: "p") }
    func first(_ kind: String, _ lines: [String]) -> Int { lines.firstIndex { $0.hasPrefix("\(kind)\t") } ?? 0 }
    let changes: [(inout [String]) -> Void] = [
      { $0[first("p", $0)] = String($0[first("p", $0)].dropLast()) + "-" }, { $0.append("p\t\"z\"\t2") },
      { $0.remove(at: first("m", $0)) }, { $0.remove(at: first("r", $0)) }, { $0.remove(at: first("p", $0)) },
      { $0.swapAt(first("p", $0), first("p", $0) + 1) }, { $0.append("x\t1") }, { $0.append("") },
      { $0[first("s", $0)] = "s\t0\t1\t2\tnan\t0\t0\t0" },
      { $0[first("s", $0)] = "s\t0\t1\t2\t99999999999999\t0\t0\t0" },
      { $0[first("s", $0)] = "s\t1\t0\t2\t0\t0\t0\t0" }, { $0[first("s", $0)] = "s\t0\t1\t0\t0\t0\t0\t0" },
      { $0[first("r", $0)] = "r\t0\t0 1\t1\t1\t1\t1e3" }, { $0[first("r", $0)] = "r\t0\t0 99\t1\t1\t1\t1" },
      { $0[0] = $0[0].replacing("\"method\":3", with: "\"method\":null") },
      { $0[0] = $0[0].replacing("\"m1\"", with: "\"m9\"") }, { $0[0] = "[]" },
    ]
    for (place, change) in changes.enumerated() {
      #expect(throws: PartError.self, "change \(place)") { try MeasuredPart(parsing: rewritten(change), named: "p") }
    }
  }
}
