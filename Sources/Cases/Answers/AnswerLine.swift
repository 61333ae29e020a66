package import Formats

/// One line of answers of many models: `{"model","prompt_id","sample","text"}`, for those who stream them. `sample` may be left out where
/// each probe was asked once. Thoughts that stand in the text are taken apart as in transcripts.
package struct AnswerLine: Sendable {
  package let model: ModelID
  package let response: Response

  /// - Parameter number: of the line, for errors.
  package init(parsing line: [UInt8], file: String, number: Int) throws(FileError) {
    func defective(_ defect: LineDefect) -> FileError { .defectiveLine(file: file, line: number, defect) }
    guard line.count <= Limits.lineBytes else {
      throw defective(.tooLarge("longer than \(Limits.words(bytes: Limits.lineBytes))"))
    }
    guard let members = JSONValue(parsing: line, upTo: .file)?.object else { throw defective(.notJSON) }
    func text(_ field: String) throws(FileError) -> String {
      guard let value = members[field] else { throw defective(.missing(field: field)) }
      guard let text = value.string else { throw defective(.wrongType(field: field)) }
      return text
    }
    let (model, prompt) = (try text("model"), try text("prompt_id"))
    guard !prompt.isEmpty else { throw defective(.emptyPromptID) }
    guard !model.isEmpty else { throw defective(.outOfRange(field: "model", allowed: "a name")) }
    let sample = members["sample"].map(\.integer) ?? 0
    guard let sample else { throw defective(.wrongType(field: "sample")) }
    guard sample >= 0 else { throw defective(.negativeSample) }
    guard Limits.sampleNumber.contains(sample) else {
      throw defective(.outOfRange(field: "sample", allowed: Limits.words(Limits.sampleNumber)))
    }
    let said = SpokenContent(try text("text"), reasoning: members["reasoning"]?.string, source: "reasoning")
    self.model = ModelID(model)
    response = Response(prompt: PromptID(prompt), sample: sample, text: said.words, reasoning: said.reasoning)
  }
}
