package import Cases
import Formats

/// How an endpoint can be asked for the likelihood of a given answer.
package enum GivenAnswerWay: Hashable, Sendable {
  /// The prompt's own log-probabilities, the answer being the end of it.
  case echo
  /// A grammar of the answer's tokens, which the server's own tokeniser gives: the server of llama.cpp.
  case grammar
}

/// Takes texts apart by the tokeniser of an endpoint: `/tokenize` of llama.cpp's server, beside `/v1`.
package struct GivenTokens: Sendable {
  private let model: CaseConfiguration.Model
  private let transport: any Transport
  private let keys: KeyRing
  private let timeout: Duration

  /// - Parameter others: models whose keys the endpoint's host may know as well.
  package init(
    _ model: CaseConfiguration.Model, guarding others: [CaseConfiguration.Model] = [], transport: any Transport,
    environment: [String: String], timeout: Duration = .seconds(120)
  ) throws {
    self.model = model
    self.transport = transport
    keys = try KeyRing(for: [model], guarding: others, environment: environment)
    self.timeout = timeout
  }

  /// - Returns: for each text its tokens; nil where a token is a part of a character, which grammars of tokens cannot say.
  /// - Throws: `ProbingError.noTokens` when the endpoint will not answer, or answers something else.
  package func tokens(of texts: [String]) async throws -> [[Int]?] {
    var found: [[Int]?] = []
    for text in texts {
      try Task.checkCancellation()
      found.append(try await tokens(of: text))
    }
    return found
  }

  private static let mostMarks = 8

  private func tokens(of text: String) async throws -> [Int]? {
    let url = model.endpoint.url
    let base = url.hasSuffix("/v1") ? String(url.dropLast(3)) : url
    let request = Attempt.Request.json(
      to: Endpoint(url: base, model: model.endpoint.model), path: "/tokenize",
      ["content": .string(text), "with_pieces": .bool(true), "parse_special": .bool(false)])
    let credentials = keys.credentials(of: model.id, for: request.url, model.endpoint.dialect.dialect)
    let message = TransportRequest(request: request, credentials: credentials, timeout: timeout)
    var reply = await transport.send(message)
    // Servers close connections that were open for long; a new one then serves.
    if case .connection? = reply.problem, reply.head == nil { reply = await transport.send(message) }
    let redacted = RedactedReply(reply, keys.redaction(for: model.endpoint.host))
    func failed(_ detail: String) -> ProbingError {
      .noTokens(model.id, host: model.endpoint.host, detail: detail)
    }
    guard redacted.problem == nil, let response = redacted.response else {
      throw failed(redacted.problem?.words ?? "no response")
    }
    guard (200..<300).contains(response.status),
      let tokens = JSONValue(parsing: response.body, upTo: .response)?["tokens"]?.array
    else {
      throw failed("status \(response.status): \(ResponseReading.excerpt(response.body))")
    }
    // Numbers of tokens, too, can spell a key.
    guard !response.isRedacted else { throw failed("the response holds the key that was sent") }
    let pieces = tokens.map { (id: $0["id"]?.integer, piece: $0["piece"]) }
    // A piece that is no text comes as a list of bytes.
    guard pieces.allSatisfy({ $0.piece?.string != nil }) else { return nil }
    let ids = pieces.compactMap(\.id)
    let said = pieces.compactMap { $0.piece?.string }.joined()
    // SentencePiece writes a space before the first word of a text.
    // A token without text costs as much as any other: a text has no more of them than bytes, but for marks around it.
    guard ids.count <= text.utf8.count + Self.mostMarks else { throw failed("a text has more tokens than bytes") }
    guard ids.count == tokens.count, said.utf8.elementsEqual(text.utf8) || said.utf8.elementsEqual(" \(text)".utf8)
    else { throw failed("the tokens of a text are not that text") }
    return ids
  }
}
