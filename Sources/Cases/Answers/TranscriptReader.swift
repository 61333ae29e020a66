import Formats

/// Reads transcripts: `.jsonl` or `.jsonl.gz`, one `{"prompt_id","sample","text"[,"logprobs","reasoning","prompt"]}` a line. One
/// JSON list of the same, and UTF-16, are read too.
///
/// `sample` may be left out where each probe was asked once; it is 0 then. Other fields are ignored. Thoughts that stand in the
/// text are taken apart as everywhere. A line that
/// cannot be used ends the reading with its number: a line left out in silence would be a selection of the evidence.
package enum TranscriptReader {
  /// A line as it stands in a file.
  struct Line: Decodable {
    let prompt_id: String?
    let sample: Int?
    let text: String
    let logprobs: [TokenLogprob]?
    let reasoning: String?
    /// What was asked, where the file says it.
    let prompt: TextIfAny?
    let system: TextIfAny?

    /// A text, or nil for a value of any other type: a field that only some tools write must not make the line defective.
    struct TextIfAny: Decodable {
      let text: String?

      init(text: String?) { self.text = text }

      init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
    }

    /// nil unless the line is of the usual shape; then a decoder says what is wrong, if something is.
    static func plain(_ line: JSONValue) -> Line? {
      guard let members = line.object, let text = members["text"]?.string, members["logprobs"] == nil else {
        return nil
      }
      let (id, sample, reasoning) = (members["prompt_id"], members["sample"], members["reasoning"])
      guard id == nil || id?.string != nil, sample == nil || sample?.integer != nil,
        reasoning == nil || reasoning?.string != nil
      else { return nil }
      return Line(
        prompt_id: id?.string, sample: sample?.integer, text: text, logprobs: nil, reasoning: reasoning?.string,
        prompt: TextIfAny(text: members["prompt"]?.string), system: TextIfAny(text: members["system"]?.string))
    }
  }

  /// Hands out each line of a transcript whose sample can be one.
  ///
  /// - Parameter lines: whether each answer must stand on a line of its own.
  static func forEachLine(
    _ bytes: [UInt8], file: String, areLines lines: Bool, _ body: (Line, _ number: Int) throws -> Void
  ) throws {
    try JSONLines(file: file, bytes: bytes, mayBeList: !lines).forEach(as: Line.self, plain: Line.plain) {
      value, line in
      let sample = value.sample ?? 0
      guard sample >= 0 else { throw FileError.defectiveLine(file: file, line: line, .negativeSample) }
      guard Limits.sampleNumber.contains(sample) else {
        throw FileError.defectiveLine(
          file: file, line: line, .outOfRange(field: "sample", allowed: Limits.words(Limits.sampleNumber)))
      }
      try body(value, line)
    }
  }

  /// - Throws: `FileError` or `CasesError` naming file and line.
  package static func read(file: String, model: ModelID) throws -> Transcript {
    let stored = try FileBytes.read(file)
    let text = try TextEncoding.shown(by: Gzip.inflateIfNeeded(stored, file: file), file: file)
    return try parse(text, file: file, model: model, source: Digest(of: stored))
  }

  /// Reads several transcripts at a time.
  package static func read(_ files: [ModelID: String]) async throws -> [ModelID: Transcript] {
    try await withThrowingTaskGroup(of: Transcript.self) { group in
      for (model, file) in files.sorted(by: { $0.key < $1.key }) {
        group.addTask { try read(file: file, model: model) }
      }
      var transcripts: [ModelID: Transcript] = [:]
      for try await transcript in group { transcripts[transcript.model] = transcript }
      return transcripts
    }
  }

  static func parse(_ bytes: [UInt8], file: String, model: ModelID, source: Digest) throws -> Transcript {
    struct Key: Hashable { let prompt: PromptID; let sample: Int }
    var responses: [Response] = []
    var firstLine: [Key: Int] = [:]
    var marks: [String: Int] = [:]
    var echoed: [PromptID: String] = [:]
    try forEachLine(bytes, file: file, areLines: false) { value, line in
      func defective(_ defect: LineDefect) -> FileError { .defectiveLine(file: file, line: line, defect) }
      guard let id = value.prompt_id else {
        throw defective(value.prompt?.text == nil ? .missing(field: "prompt_id") : .promptUnnamed)
      }
      guard !id.isEmpty else { throw defective(.emptyPromptID) }
      let key = Key(prompt: PromptID(id), sample: value.sample ?? 0)
      if let first = firstLine.updateValue(line, forKey: key) {
        throw CasesError.repeatedResponse(
          file: file, line: line, prompt: key.prompt, sample: key.sample, firstLine: first)
      }
      let said = SpokenContent(value.text, reasoning: value.reasoning, source: "reasoning")
      if let mark = said.markInText { marks[mark, default: 0] += 1 }
      if let prompt = value.prompt?.text, PromptEcho(of: prompt, in: said.words) != nil { echoed[key.prompt] = prompt }
      responses.append(
        Response(
          prompt: key.prompt, sample: key.sample, text: said.words, tokens: value.logprobs, reasoning: said.reasoning))
    }
    guard !responses.isEmpty else { throw CasesError.emptyTranscript(file: file) }
    return Transcript(model: model, responses: responses, source: source, thoughtsInText: marks, echoed: echoed)
  }

  /// The model's name that a transcript's file name gives: `gpt-x.jsonl.gz` is `gpt-x`, `org%2Fm.jsonl` is `org/m`; nil
  /// for other files.
  package static func modelName(ofFile name: String) -> ModelID? {
    // By bytes: a name may end in what joins with the full stop behind it.
    let last = name.utf8.split(separator: UInt8(ascii: "/")).last ?? name.utf8[...]
    for ending in [".jsonl.gz", ".jsonl"].map(\.utf8)
    where last.count > ending.count && last.suffix(ending.count).elementsEqual(ending) {
      return ModelID(TranscriptFileName.decoded(String(decoding: last.dropLast(ending.count), as: UTF8.self)))
    }
    return nil
  }
}
