import CaseFile
import Foundation
import Probing

/// `retort embed`: vectors of all answers of a case or a folder, appended to one file as they come.
struct EmbedSession {
  let source: String
  let endpoint: Endpoint
  let batch: Int
  let output: String
  let json: Bool

  func run() async throws {
    try OptionBounds.check(batch, "--batch", in: Limits.batch)
    let answers = try await answers()
    let known = FileBytes.exists(output) ? try AnswerVectors.read(file: output).vectors : [:]
    let missing = answers.filter { known[$0.key] == nil }
    let transport = HTTPTransport(connections: 1)
    do {
      guard
        let run = try EmbeddingRun(
          endpoint, transport: transport, environment: ProcessInfo.processInfo.environment)
      else {
        throw UsageError.badValue(
          option: "--dialect", value: endpoint.dialect.rawValue, expected: "a dialect that has embeddings")
      }
      if run.isKeyUnguarded { Talk.say(EndpointKeyText.unguarded([ModelID(endpoint.model)])) }
      try await run.vectors(of: missing.map(\.text), batch: batch) { range, vectors in
        let lines = zip(missing[range], vectors).map { AnswerVectors.line($0.key, $1) }.joined()
        try FileBytes.append(lines.utf8, to: output)
      }
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
    Talk.say("\(missing.count) vectors added to \(output), \(answers.count - missing.count) were there")
    if json {
      try StandardOutput.json(
        .object([
          "schema": .string("retort.embed/1"), "tool": .string(Version.tool), "file": .string(output),
          "answers": .integer(answers.count), "added": .integer(missing.count),
        ]))
    }
  }

  /// Answers that say something, in the order of model, prompt and sample.
  private func answers() async throws -> [(key: AnswerVectors.Key, text: String)] {
    let transcripts: [ModelID: Transcript]
    if FileBytes.isFolder(source) {
      var files: [ModelID: String] = [:]
      for name in try FileBytes.list(source) {
        if let id = TranscriptReader.modelName(ofFile: name) { files[id] = "\(source)/\(name)" }
      }
      transcripts = try await RecordedTranscripts.read(files)
    } else {
      let store = try CaseStore.open(at: source)
      defer { try? store.close() }
      transcripts = try store.contents().transcripts
    }
    return transcripts.sorted { $0.key < $1.key }.flatMap { model, transcript in
      transcript.responses.filter { !$0.text.isEmpty }.map {
        (AnswerVectors.Key(model: model, prompt: $0.prompt, sample: $0.sample), $0.text)
      }
    }
  }
}
