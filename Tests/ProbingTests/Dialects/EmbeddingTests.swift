import Cases
import Formats
import Foundation
import Probing
import Testing

/// Shapes from the vendors' documentation.
struct EmbeddingTests {
  private func dialect(_ name: Endpoint.DialectName) throws -> EmbeddingDialect {
    try #require(EmbeddingDialect(Endpoint(url: "http://h/v1", model: "e", dialect: name)))
  }

  @Test("lists, base64 and another order are one result")
  func openAI() throws {
    let floats: [Float] = [0.5, -2, 0.25]
    let bytes = floats.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) }
    }
    let base64 = Data(bytes).base64EncodedString()
    let body =
      #"{"data":[{"index":1,"embedding":"\#(base64)"},{"index":0,"embedding":[1,2,3]}],"usage":{"prompt_tokens":2}}"#
    #expect(
      try dialect(.openAIChat).read(status: 200, body: Array(body.utf8), count: 2)
        == .vectors([[1, 2, 3], [0.5, -2, 0.25]]))
  }

  @Test("Ollama and Gemini have shapes of their own")
  func others() throws {
    #expect(
      try dialect(.ollama).read(status: 200, body: Array(#"{"embeddings":[[1,2],[3,4]]}"#.utf8), count: 2)
        == .vectors([[1, 2], [3, 4]]))
    #expect(
      try dialect(.gemini).read(status: 200, body: Array(#"{"embeddings":[{"values":[1,2]}]}"#.utf8), count: 1)
        == .vectors([[1, 2]]))
    #expect(try dialect(.gemini).request(["a"]).url == "http://h/v1/models/e:batchEmbedContents")
    #expect(try dialect(.ollama).request(["a"]).url == "http://h/v1/api/embed")
    #expect(EmbeddingDialect(Endpoint(url: "http://h", model: "e", dialect: .anthropic)) == nil)
  }

  @Test(
    "anything but one usable vector for each text is no answer",
    arguments: [
      #"{"data":[]}"#, #"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#,
      #"{"data":[{"index":0,"embedding":[1,"x"]},{"index":1,"embedding":[1,2]}]}"#,
      #"{"data":[{"embedding":[]},{"embedding":[]}]}"#,
      #"{"data":[{"index":0,"embedding":"AAA="},{"index":1,"embedding":"AAAA"}]}"#, "{}", "<html>",
      // Which text is meant?
      #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]}"#,
      #"{"data":[{"index":1,"embedding":[1]},{"index":2,"embedding":[2]}]}"#,
      #"{"data":[{"index":-9223372036854775808,"embedding":[1]},{"index":9223372036854775807,"embedding":[2]}]}"#,
      #"{"data":[{"embedding":[1]},{"index":0,"embedding":[2]}]}"#,
    ])
  func unusable(body: String) throws {
    guard case .failure(.transient, _, _) = try dialect(.openAIChat).read(status: 200, body: Array(body.utf8), count: 2)
    else {
      Issue.record("vectors")
      return
    }
  }

  @Test("no bytes crash the reader")
  func anyBytes() throws {
    let whole = Array(#"{"data":[{"index":0,"embedding":[1,2.5,-3e2]}]}"#.utf8)
    for _ in 0..<3_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6) { bytes[Int.random(in: bytes.indices)] = .random(in: .min ... .max) }
      _ = try dialect(.openAIChat).read(status: 200, body: bytes, count: 1)
    }
  }

  /// Vectors of `first` numbers, after the first batch of `then`.
  private actor Growing: Transport {
    private let then: Int
    private var length: Int

    init(first: Int, then: Int) { (length, self.then) = (first, then) }

    func send(_ request: TransportRequest) async -> TransportReply {
      let body = #"{"data":[{"index":0,"embedding":\#([Int](repeating: 1, count: length))}]}"#
      length = then
      return TransportReply(
        head: TransportReply.Head(status: 200, headers: []), body: Array(body.utf8), problem: nil, firstByte: nil)
    }
  }

  @Test(
    "a vector of another length than those before ends the run before it is kept: the file could not be read any more",
    arguments: [(nil, 3, 3, 3), (nil, 3, 4, 1), (3, 3, 2, 1), (2, 3, 3, 0)] as [(Int?, Int, Int, Int)])
  func lengths(known: Int?, first: Int, then: Int, kept: Int) async throws {
    let transport = Growing(first: first, then: then)
    let run = try #require(
      try EmbeddingRun(Endpoint(url: "http://h/v1", model: "e"), transport: transport, environment: [:]))
    var stored = 0
    do {
      try await run.vectors(of: ["a", "b", "c"], batch: 1, dimensions: known) { _, vectors in stored += vectors.count }
      #expect(kept == 3)
    } catch ProbingError.noVectors(_, let detail, isKeyRefused: false) {
      #expect(detail.contains("those before have \(known ?? first)"), "\(detail)")
    }
    #expect(stored == kept)
  }

  @Test("vectors are read back as they were written; a line of another length is named")
  func file() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    let key = AnswerVectors.Key(model: ModelID("m"), prompt: PromptID("p"), sample: 0)
    let other = AnswerVectors.Key(model: ModelID("m"), prompt: PromptID("p"), sample: 1)
    try FileBytes.append(AnswerVectors.line(key, [0.1, -2]).utf8, to: file)
    try FileBytes.append(AnswerVectors.line(other, [3, 4e-9]).utf8, to: file)
    let read = try AnswerVectors.read(file: file)
    #expect(read.vectors == [key: [0.1, -2], other: [3, 4e-9]] && read.dimensions == 2)
    try FileBytes.append(AnswerVectors.line(key, [0.1, -2]).utf8, to: file)
    #expect(throws: FileError.self) { try AnswerVectors.read(file: file) }
  }
}
