import Formats

/// Reads a transcript as answers to the probes of a case: by the id of the probe, else by the text of the prompt.
///
/// A line whose id is that of a probe answers it; where the line says what was asked, it must be what the probe asks. Any
/// other line answers the probe that asks the same text, system prompt included, if there is one. What answers no probe of the
/// case is counted and not analysed.
package struct RecordedAnswers: Sendable {
  private struct Question: Hashable {
    let system: String
    let prompt: String
  }

  private let ids: Set<PromptID>
  private let questions: [PromptID: Question]
  private let byText: [Question: PromptID]

  package init(to probes: some Sequence<Probe>) { self.init(to: probes, sealed: []) }

  /// - Parameter sealed: probes whose texts are not known here: only their ids are.
  package init(to probes: some Sequence<Probe>, sealed: some Sequence<PromptID>) {
    let probes = probes.sorted { $0.id < $1.id }
    let questions = Dictionary(
      firstOf: probes.map { ($0.id, Question(system: Self.trimmed($0.system ?? ""), prompt: Self.trimmed($0.prompt))) })
    self.questions = questions
    ids = Set(probes.map(\.id)).union(sealed)
    // Two probes may ask one text: the first by name takes what is known by its text alone.
    byText = Dictionary(firstOf: probes.compactMap { probe in questions[probe.id].map { ($0, probe.id) } })
  }

  /// - Parameters:
  ///   - stored: the file, compressed or not.
  ///   - file: names it in errors.
  /// - Throws: `FileError` or `CasesError` naming file and line.
  package func read(
    _ stored: [UInt8], file: String, model: ModelID
  ) throws -> (transcript: Transcript, matching: Recording.Matching) {
    struct Key: Hashable { let prompt: PromptID; let sample: Int }
    var responses: [Response] = []
    var firstLine: [Key: Int] = [:]
    var marks: [String: Int] = [:]
    var (byPrompt, leftOut) = (0, 0)
    let unpacked = try Gzip.inflateIfNeeded(stored, file: file)
    // Whoever checks evidence by other means reads the bytes that were kept: they have one form.
    guard try TextEncoding.shown(by: unpacked, file: file) == unpacked,
      unpacked.first(where: { $0 > 0x20 }) != UInt8(ascii: "[")
    else { throw CasesError.recordedNotLines(file: file) }
    try TranscriptReader.forEachLine(unpacked, file: file, areLines: true) { line, number in
      let asked = line.prompt?.text.map {
        Question(system: Self.trimmed(line.system?.text ?? ""), prompt: Self.trimmed($0))
      }
      let named = line.prompt_id.map { PromptID($0) }.flatMap { ids.contains($0) ? $0 : nil }
      if line.prompt_id == nil, asked == nil {
        throw FileError.defectiveLine(file: file, line: number, .missing(field: "prompt_id"))
      }
      if let named, let asked, let question = questions[named], question.prompt != asked.prompt {
        throw CasesError.recordedPromptDiffers(file: file, line: number, prompt: named)
      }
      guard let prompt = named ?? asked.flatMap({ byText[$0] }) else { return leftOut += 1 }
      let key = Key(prompt: prompt, sample: line.sample ?? 0)
      if let first = firstLine.updateValue(number, forKey: key) {
        throw CasesError.repeatedResponse(
          file: file, line: number, prompt: key.prompt, sample: key.sample, firstLine: first)
      }
      if named == nil { byPrompt += 1 }
      let said = SpokenContent(line.text, reasoning: line.reasoning, source: "reasoning")
      if let mark = said.markInText { marks[mark, default: 0] += 1 }
      responses.append(
        Response(
          prompt: prompt, sample: key.sample, text: said.words, tokens: line.logprobs, reasoning: said.reasoning))
    }
    let transcript = Transcript(
      model: model, responses: responses, source: Digest(of: stored), thoughtsInText: marks)
    let matching = Recording.Matching(
      answers: responses.count, probes: Set(responses.map(\.prompt)).count, byPrompt: byPrompt, leftOut: leftOut)
    return (transcript, matching)
  }

  /// Without white space of ASCII at both ends, which tools add and take away.
  private static func trimmed(_ text: String) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
