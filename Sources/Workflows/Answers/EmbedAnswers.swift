package import Cases
import Formats
import Probing

/// Vectors of all answers of a case or a folder, appended to one file as they come.
package struct EmbedAnswers: Sendable {
  package struct Counts: Sendable, Equatable {
    package let answers: Int
    /// Vectors that were not in the file before.
    package let added: Int

    package init(answers: Int, added: Int) {
      self.answers = answers
      self.added = added
    }
  }

  private let source: AnswerSource
  private let endpoint: Endpoint
  private let environment: [String: String]

  /// - Parameters:
  ///   - endpoint: of an embedding model.
  ///   - environment: where its key is looked up.
  package init(_ source: AnswerSource, endpoint: Endpoint, environment: [String: String]) {
    self.source = source
    self.endpoint = endpoint
    self.environment = environment
  }

  /// - Parameters:
  ///   - batch: texts in one request, 1 or more.
  ///   - file: where the vectors are kept; one that exists is gone on with.
  ///   - unguarded: called with the model if its key cannot be looked for in what its endpoint sends.
  /// - Throws: `WorkflowError.noEmbeddings`, `EndpointKeyError`, `ProbingError`, or `FileError.inUse` while another process adds to
  ///   the file; what came before is kept.
  package func run(
    batch: Int, to file: String, unguarded: ([ModelID]) -> Void = { _ in }
  ) async throws -> Counts {
    let answers = try await answers()
    guard !FileBytes.isSpecial(file) else {
      throw FileError.unwritable(file: file, reason: "it is no file: what was added could not be read again")
    }
    try FileBytes.makeFolder(of: file)
    // Two that go on with one file would each add what the other adds.
    let lock = try FileLock.take(beside: file, patience: .zero)
    defer { withExtendedLifetime(lock) {} }
    let known = FileBytes.exists(file) ? try AnswerVectors.read(file: file) : nil
    let missing = answers.filter { known?.vectors[$0.key] == nil }
    let transport = try HTTPTransport(connections: 1, environment: environment)
    do {
      guard let run = try EmbeddingRun(endpoint, transport: transport, environment: environment) else {
        throw WorkflowError.noEmbeddings(endpoint.dialect)
      }
      if run.isKeyUnguarded { unguarded([ModelID(endpoint.model)]) }
      try await run.vectors(of: missing.map(\.text), batch: batch, dimensions: known?.dimensions) { range, vectors in
        let lines = zip(missing[range], vectors).map { AnswerVectors.line($0.key, $1) }.joined()
        try FileBytes.append(lines.utf8, to: file)
      }
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
    return Counts(answers: answers.count, added: missing.count)
  }

  /// Answers that say something, in the order of model, prompt and sample.
  private func answers() async throws -> [(key: AnswerVectors.Key, text: String)] {
    try await source.transcripts().sorted { $0.key < $1.key }.flatMap { model, transcript in
      transcript.responses.filter { !$0.text.isEmpty }.map {
        (AnswerVectors.Key(model: model, prompt: $0.prompt, sample: $0.sample), $0.text)
      }
    }
  }
}
