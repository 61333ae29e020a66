package import Cases
package import EndpointKeys
import Formats

/// A reply without keys: what of it may be stored, and what it says. The one is read from the other.
package struct RedactedReply: Sendable {
  /// nil where no head of a response arrived.
  package let response: Attempt.HTTPResponse?
  package let problem: TransportReply.Problem?
  /// What the response says, as it may be stored; nil where nothing was read.
  package let reading: DialectReading?

  /// - Parameters:
  ///   - readingBroken: whether a response is read whose connection broke, where no length was announced that it falls
  ///     short of.
  ///   - read: what a response of a status and a body says.
  package init(
    _ reply: TransportReply, _ redaction: Redaction, readingBroken: Bool = false,
    read: (Int, [UInt8]) -> DialectReading? = { _, _ in nil }
  ) {
    problem = reply.problem.map { $0.redacted(redaction) }
    guard let head = reply.head else {
      (response, reading) = (nil, nil)
      return
    }
    let encodings = head.headers.filter { $0.name.lowercased() == "content-encoding" }.map(\.value)
    let headers = redaction.headers(HeaderAllowList.keep(head.headers))
    var body = redaction.body(reply.body, encoding: encodings.isEmpty ? nil : encodings.joined(separator: ","))
    var isWhole = reply.problem == nil
    if readingBroken, case .connection? = reply.problem {
      isWhole = !head.headers.contains { $0.name.lowercased() == "content-length" }
    }
    // A dialect may put together what stands apart in the body; of a response that was cut off, too.
    var said = read(head.status, body.bytes)
    if let words = said, redaction.isIn(words.bytes) {
      body = (Redaction.nothing, true)
      said = read(head.status, body.bytes)
    }
    reading = isWhole ? said : nil
    response = Attempt.HTTPResponse(
      status: head.status, headers: headers.headers, body: body.bytes, isRedacted: body.changed || headers.changed)
  }
}

extension TransportReply.Problem {
  func redacted(_ redaction: Redaction) -> Self {
    switch self {
    case .connection(let words): .connection(redaction.text(words))
    case .invalidRequest(let words): .invalidRequest(redaction.text(words))
    case .timeout, .bodyTooLarge, .inputEnded: self
    }
  }
}

extension DialectReading {
  /// Everything that it says, as one document.
  fileprivate var bytes: [UInt8] {
    switch self {
    case .answer(_, let answer): Array(answer.json.canonical.utf8)
    case .failure(_, let detail, let error):
      Array(detail.utf8) + [0x0A] + Array((error?.canonical ?? "").utf8)
    }
  }
}
