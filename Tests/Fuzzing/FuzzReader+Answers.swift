import Cases
import Formats
import Foundation
import Probing

/// What endpoints send.
extension FuzzReader {
  static func answers(_ seeds: SeedFiles) throws -> [FuzzReader] {
    let bodies = try seeds["answers"]
    let dialects = Endpoint.DialectName.allCases.map { name in
      FuzzReader("answer-\(name.rawValue)", seeds: bodies) { bytes in
        let status = [200, 200, 200, 200, 400, 429, 500, 204][bytes.count % 8]
        guard case .answer(let outcome, let answer) = name.dialect.read(status: status, body: bytes) else { return }
        let counts = [answer.promptTokens, answer.completionTokens, answer.reasoningTokens].compactMap(\.self)
        guard outcome != .failed, counts.allSatisfy({ $0 >= 0 }) else { throw FuzzFault(description: "counts below 0") }
        _ = SpokenContent(answer.text)
      }
    }
    return dialects + [
      FuzzReader("vectors-answer", seeds: try seeds["vectors-answer"]) { bytes in
        for name in [Endpoint.DialectName.openAIChat, .ollama, .gemini] {
          let endpoint = Endpoint(url: "http://127.0.0.1/v1", model: "m", dialect: name)
          _ = EmbeddingDialect(endpoint)?.read(status: 200, body: bytes, count: 2)
        }
      },
      FuzzReader("waits", seeds: try seeds["waits"]) { bytes in
        // Headers, an empty line, and the error in the body.
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let headers = lines.prefix { !$0.isEmpty }.map { line in
          let parts = line.split(separator: ":", maxSplits: 1)
          return Attempt.Header(
            name: String(parts.first ?? ""),
            value: parts.dropFirst().first.map { $0.trimmingPrefix(" ") }.map(String.init) ?? "")
        }
        let body = lines.dropFirst(headers.count + 1).joined(separator: "\n")
        let error = JSONValue(parsing: body) ?? .string(body)
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        let year = Duration.seconds(31_536_000)
        let waits = [WaitHint.of(headers: headers, error: error, now: now), RateWindow(headers, now: now)?.pause]
        guard waits.allSatisfy({ $0.map { $0 >= .zero && $0 <= year } ?? true }) else {
          throw FuzzFault(description: "a wait of \(waits)")
        }
        _ = FailureClass.of(status: 429, error: error)
      },
      FuzzReader("clock", seeds: [Array(repeating: 0, count: 32), Array(repeating: 0xFF, count: 32)]) { bytes in
        func word(_ place: Int) -> UInt64 {
          bytes.dropFirst(8 * place).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        }
        let exchange = TimeExchange(
          sent: word(0), received: word(1), answered: word(2), arrived: word(3), stratum: 1)
        _ = (exchange.offset.microseconds, exchange.delay.microseconds)
      },
    ]
  }
}
