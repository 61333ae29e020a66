import Formats

/// Embeddings of answers, made by somebody else's model: JSONL, `{"model","prompt_id","sample","vector"}` a line.
///
/// A line belongs to one answer of one model; the text itself is not repeated.
package struct AnswerVectors: Sendable {
  package struct Key: Hashable, Sendable {
    package let model: ModelID
    package let prompt: PromptID
    package let sample: Int

    package init(model: ModelID, prompt: PromptID, sample: Int) {
      self.model = model
      self.prompt = prompt
      self.sample = sample
    }
  }

  package let vectors: [Key: [Double]]
  /// Numbers of each vector.
  package let dimensions: Int

  private struct Line: Decodable {
    let model: String
    let prompt_id: String
    let sample: Int
    let vector: [Double]
  }

  /// - Throws: `FileError` naming file and line: for a line that is none of these, an answer that comes twice, a vector
  ///   of another length, and an empty file.
  package static func read(file: String) throws -> AnswerVectors {
    var vectors: [Key: [Double]] = [:]
    var dimensions: Int?
    try JSONLines(file: file, bytes: Gzip.inflateIfNeeded(FileBytes.read(file), file: file)).forEach(as: Line.self) {
      value, line in
      let key = Key(model: ModelID(value.model), prompt: PromptID(value.prompt_id), sample: value.sample)
      guard Limits.sampleNumber.contains(value.sample) else {
        throw FileError.defectiveLine(
          file: file, line: line, .outOfRange(field: "sample", allowed: Limits.words(Limits.sampleNumber)))
      }
      guard Limits.dimensions.contains(value.vector.count), value.vector.allSatisfy(Limits.coordinate.contains) else {
        throw FileError.defectiveLine(
          file: file, line: line,
          .outOfRange(field: "vector", allowed: "\(Limits.words(Limits.dimensions)) numbers, each within 1e39"))
      }
      guard value.vector.count == dimensions ?? value.vector.count, vectors[key] == nil else {
        throw FileError.defectiveLine(file: file, line: line, .wrongType(field: "vector"))
      }
      dimensions = value.vector.count
      vectors[key] = value.vector
    }
    guard let dimensions else { throw CasesError.emptyTranscript(file: file) }
    return AnswerVectors(vectors: vectors, dimensions: dimensions)
  }

  /// Those of the answers of some models.
  package func only(_ models: Set<ModelID>) -> AnswerVectors {
    AnswerVectors(vectors: vectors.filter { models.contains($0.key.model) }, dimensions: dimensions)
  }

  /// The line of one answer, with its line end.
  package static func line(_ key: Key, _ vector: [Double]) -> String {
    JSONValue.object([
      "model": .string(key.model.rawValue), "prompt_id": .string(key.prompt.rawValue), "sample": .integer(key.sample),
      "vector": .array(vector.map(JSONValue.number)),
    ]).canonical + "\n"
  }
}
