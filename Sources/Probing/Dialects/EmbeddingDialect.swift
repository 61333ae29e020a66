package import Cases
package import Formats
import FoundationEssentials

/// Where vectors are asked for, and in which words.
package enum EmbeddingShape: Hashable, Sendable {
  case openAI
  /// As OpenAI's, with the version of the interface in the URL.
  case azure
  case ollama
  case gemini
}

/// How vectors are asked for: `POST {base}/embeddings` as OpenAI defines it and most servers speak it, `/api/embed` of
/// Ollama, `:batchEmbedContents` of Gemini.
package struct EmbeddingDialect: Sendable {
  private let endpoint: Endpoint
  private let shape: EmbeddingShape

  /// - Returns: nil for a dialect that has no embeddings.
  package init?(_ endpoint: Endpoint) {
    guard let shape = endpoint.dialect.dialect.embeddings else { return nil }
    self.endpoint = endpoint
    self.shape = shape
  }

  package func request(_ texts: [String]) -> Attempt.Request {
    let input = JSONValue.array(texts.map(JSONValue.string))
    switch shape {
    case .ollama:
      return .json(to: endpoint, path: "/api/embed", ["model": .string(endpoint.model), "input": input])
    case .gemini:
      let name = endpoint.model.hasPrefix("models/") ? endpoint.model : "models/" + endpoint.model
      let requests = texts.map {
        JSONValue.object([
          "model": .string(name),
          "content": .object(["parts": .array([.object(["text": .string($0)])])]),
        ])
      }
      return .json(to: endpoint, path: "/\(name):batchEmbedContents", ["requests": .array(requests)])
    case .openAI, .azure:
      let request = Attempt.Request.json(
        to: endpoint, path: "/embeddings",
        ["model": .string(endpoint.model), "input": input, "encoding_format": .string("float")])
      guard shape == .azure, let version = endpoint.apiVersion else { return request }
      return Attempt.Request(
        url: request.url + "?api-version=" + version, headers: request.headers, body: request.body)
    }
  }

  package enum Reading: Hashable, Sendable {
    /// One vector for each text, in their order.
    case vectors([[Double]])
    case failure(FailureClass, detail: String, error: JSONValue?)
  }

  /// - Parameter count: texts that were sent. Fewer vectors, or vectors of several lengths, are no answer.
  package func read(status: Int, body: [UInt8], count: Int) -> Reading {
    switch ResponseReading.object(status: status, body: body, assembling: { _ in nil }) {
    case .failed(.failure(let kind, let detail, let error)): return .failure(kind, detail: detail, error: error)
    case .failed(.answer): return .failure(.configuration, detail: "the texts were withheld by a filter", error: nil)
    case .object(let json):
      let vectors = Self.vectors(json)
      guard vectors.count == count, Set(vectors.map(\.count)).count == 1,
        Limits.dimensions.contains(vectors.first?.count ?? 0)
      else {
        return .failure(.transient, detail: "\(vectors.count) usable vectors for \(count) texts", error: nil)
      }
      return .vectors(vectors)
    }
  }

  private static func vectors(_ json: JSONValue) -> [[Double]] {
    if let data = json["data"]?.array {
      // Servers may return the vectors in any order. Indices that are not exactly those of the texts cannot be matched to them.
      let numbered = data.enumerated().map { place, entry in
        (place: entry["index"]?.integer ?? place, numbers: numbers(entry["embedding"]))
      }.sorted { $0.place < $1.place }
      let places = numbered.map { $0.place }
      guard places == Array(data.indices) else { return [] }
      return numbered.compactMap { $0.numbers }
    }
    return (json["embeddings"]?.array ?? []).compactMap { numbers($0["values"] ?? $0) }
  }

  /// A list of numbers, or base64 of little-endian 32-bit floats.
  private static func numbers(_ value: JSONValue?) -> [Double]? {
    if let text = value?.string {
      guard let data = Data(base64Encoded: text), data.count % 4 == 0 else { return nil }
      let bytes = Array(data)
      let numbers = stride(from: 0, to: bytes.count, by: 4).map { at in
        Double(
          Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }))
      }
      return numbers.allSatisfy(Limits.coordinate.contains) ? numbers : nil
    }
    guard let list = value?.array else { return nil }
    let numbers = list.compactMap(\.number)
    return numbers.count == list.count && numbers.allSatisfy(Limits.coordinate.contains) ? numbers : nil
  }
}
