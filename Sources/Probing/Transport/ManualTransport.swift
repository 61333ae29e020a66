import Cases
import Formats

/// Carries prompts to a person and answers back.
///
/// `show` gets the prompt as it is to be pasted into the chat window; `read` gives the next line of what is pasted, nil at
/// the end of the input. An answer ends with a line that holds a single full stop; lines of full stops within an answer are
/// pasted with one more.
package actor ManualTransport: Transport {
  /// The line behind an answer.
  package static let end = "."

  private let show: @Sendable (_ model: String, _ system: String?, _ prompt: String) -> Void
  private let read: @Sendable () -> String?
  private var busy = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(
    show: @escaping @Sendable (_ model: String, _ system: String?, _ prompt: String) -> Void,
    read: @escaping @Sendable () -> String?
  ) {
    self.show = show
    self.read = read
  }

  /// One after the other: a person has one pair of hands.
  package func send(_ request: TransportRequest) async -> TransportReply {
    while busy { await withCheckedContinuation { waiting.append($0) } }
    busy = true
    defer {
      busy = false
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    let clock = ContinuousClock()
    let started = clock.now
    guard let shown = JSONValue(parsing: request.request.body) else {
      return TransportReply(head: nil, body: [], problem: .invalidRequest("no prompt"), firstByte: nil)
    }
    show(shown["model"]?.string ?? "", shown["system"]?.string, shown["prompt"]?.string ?? "")
    let read = read
    let pasted = await Task.detached(operation: { Self.answer(read) }).value
    guard case .success(let text) = pasted else {
      return TransportReply(
        head: nil, body: [], problem: .bodyTooLarge(limit: HTTPTransport.bodyLimit), firstByte: nil)
    }
    guard let text else {
      // Nothing was sent anywhere: there is no attempt to repeat until somebody pastes.
      return TransportReply(head: nil, body: [], problem: .inputEnded, firstByte: nil)
    }
    return TransportReply(
      head: TransportReply.Head(status: 200, headers: []),
      body: Array(JSONValue.object(["pasted": .string(text)]).canonical.utf8), problem: nil,
      firstByte: clock.now - started)
  }

  private struct TooLong: Error {}

  /// Lines up to the one that ends an answer; nil if the input ends before it.
  private static func answer(_ read: () -> String?) -> Result<String?, TooLong> {
    var lines: [String] = []
    var bytes = 0
    while let line = read() {
      if line == end { return .success(lines.joined(separator: "\n")) }
      bytes += line.utf8.count + 1
      guard bytes <= HTTPTransport.bodyLimit else { return .failure(TooLong()) }
      let isEscaped = line.count > 1 && line.allSatisfy { $0 == "." }
      lines.append(isEscaped ? String(line.dropFirst()) : line)
    }
    return .success(nil)
  }
}

/// Prompts of `manual` endpoints to a person, all others over HTTP.
struct RoutingTransport: Transport {
  let http: any Transport
  let manual: (any Transport)?

  func send(_ request: TransportRequest) async -> TransportReply {
    guard request.request.url == Endpoint.manualURL else { return await http.send(request) }
    guard let manual else {
      return TransportReply(
        head: nil, body: [], problem: .invalidRequest("nobody is here to paste an answer"), firstByte: nil)
    }
    return await manual.send(request)
  }
}
