import AsyncHTTPClient
import CaseFile
import NIOCore
import NIOHTTP1

/// HTTP over async-http-client. Redirects are not followed: they would carry the key to another host.
package final class HTTPTransport: Transport {
  /// Longest body that is read.
  static let bodyLimit = 32 << 20

  private let client: HTTPClient

  /// - Parameter connections: to one host at a time.
  package init(connections: Int) {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: HTTPClient.Configuration.Timeout(connect: .seconds(20)))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connections, 1)
    // The runner decides what is asked again, and stores every attempt; a hidden second one would not be.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Must be called before the last reference goes.
  package func shutdown() async { try? await client.shutdown() }

  /// The timeout holds for the whole exchange: the client's own ends with the head of the response, and a stream that
  /// stalls in the middle would hold its place for ever.
  package func send(_ request: TransportRequest) async -> TransportReply {
    await withTaskGroup(of: TransportReply?.self) { group in
      group.addTask { await self.exchange(request) }
      group.addTask {
        try? await Task.sleep(for: request.timeout)
        return nil
      }
      var reply: TransportReply?
      // Cut short by the clock, the exchange still tells what had arrived.
      while reply == nil, let next = await group.next() {
        group.cancelAll()
        reply = next
      }
      return reply ?? TransportReply(head: nil, body: [], problem: .timeout, firstByte: nil)
    }
  }

  private func exchange(_ request: TransportRequest) async -> TransportReply {
    var message = HTTPClientRequest(url: request.request.url)
    message.method = .POST
    for header in request.request.headers + [request.credentials].compactMap(\.self) {
      message.headers.add(name: header.name, value: header.value)
    }
    message.body = .bytes(ByteBuffer(bytes: request.request.body))

    let clock = ContinuousClock()
    let started = clock.now
    var head: TransportReply.Head?
    var firstByte: Duration?
    var body: [UInt8] = []
    func reply(_ problem: TransportReply.Problem?) -> TransportReply {
      TransportReply(head: head, body: body, problem: problem, firstByte: firstByte)
    }
    do {
      let response = try await client.execute(
        message, timeout: .nanoseconds(Int64(request.timeout.wholeNanoseconds)))
      firstByte = clock.now - started
      head = TransportReply.Head(
        status: Int(response.status.code),
        headers: response.headers.map { Attempt.Header(name: $0.name, value: $0.value) })
      for try await part in response.body {
        guard body.count + part.readableBytes <= Self.bodyLimit else {
          return reply(.bodyTooLarge(limit: Self.bodyLimit))
        }
        body.append(contentsOf: part.readableBytesView)
      }
      return reply(nil)
    } catch let error as HTTPClientError {
      switch error {
      case .deadlineExceeded, .cancelled, .readTimeout, .writeTimeout, .connectTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
        return reply(.timeout)
      case .invalidURL, .emptyHost, .emptyScheme:
        return reply(.invalidRequest(error.description))
      default:
        return reply(.connection(error.description))
      }
    } catch is CancellationError {
      return reply(.timeout)
    } catch {
      // Refused connections, unknown hosts and broken responses come as other types.
      return reply(.connection("\(error)"))
    }
  }
}
