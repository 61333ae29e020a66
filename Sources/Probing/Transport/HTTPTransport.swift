import AsyncHTTPClient
package import Cases
import EndpointKeys
import Formats
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// HTTP/1.1 over async-http-client. Redirects are not followed: they would carry the key to another host. Every connection
/// has a `ResponseGuard`.
package final class HTTPTransport: Transport {
  /// Longest body that is read.
  package static let bodyLimit = Limits.responseBytes

  /// What is kept of a longer one.
  package static let keptOfTooLong = Limits.keptOfResponse

  private let configuration: HTTPClient.Configuration
  private let proxies: Proxies
  private let connected: (@Sendable (ConnectionFacts) async throws -> Void)?
  /// One for each host and port: the client tells its connections, but not which request they were opened for.
  private let clients = Mutex<[String: HTTPClient]>([:])

  /// - Parameters:
  ///   - connections: to one host at a time.
  ///   - authorities: file of the certificates (PEM) that are trusted in place of the system's; nil trusts those.
  ///   - proxies: through which hosts are reached.
  ///   - connected: told what TLS showed of the other end, before the first request over a connection is sent; if it throws,
  ///     none is. Not called for plain HTTP, nor on Apple platforms, where TLS is Network.framework's.
  package init(
    connections: Int, authorities: String? = nil, proxies: Proxies = .none,
    connected: (@Sendable (ConnectionFacts) async throws -> Void)? = nil
  ) {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: HTTPClient.Configuration.Timeout(connect: .seconds(20)))
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connections, 1)
    // The runner decides what is asked again, and stores every attempt; a hidden second one would not be.
    configuration.connectionPool.retryConnectionEstablishment = false
    // Behind HTTP/2 there is no place for the guard.
    configuration.httpVersion = .http1Only
    var tls = TLSConfiguration.makeClientConfiguration()
    // Whoever stands between could ask for an older one, and read the key (RFC 8996).
    tls.minimumTLSVersion = .tlsv12
    if let authorities { tls.trustRoots = .file(authorities) }
    configuration.tlsConfiguration = tls
    self.configuration = configuration
    self.proxies = proxies
    self.connected = connected
  }

  /// What every command sends by, with the certificates and the proxies that the environment names.
  ///
  /// - Throws: `FileError` or `ProbingError` for variables that name nothing of the kind.
  package convenience init(
    connections: Int, environment: [String: String],
    connected: (@Sendable (ConnectionFacts) async throws -> Void)? = nil
  ) throws {
    self.init(
      connections: connections, authorities: try TrustedAuthorities.file(environment),
      proxies: try Proxies(environment),
      connected: connected)
  }

  /// Must be called before the last reference goes.
  package func shutdown() async {
    let clients = clients.withLock { clients in
      defer { clients = [:] }
      return Array(clients.values)
    }
    for client in clients { try? await client.shutdown() }
  }

  private func client(for url: String) -> HTTPClient {
    let host = Endpoint.host(of: String(url.prefix { $0 != "?" && $0 != "#" })) ?? ""
    return clients.withLock { clients in
      if let client = clients[host] { return client }
      var configuration = configuration
      let connected = connected
      configuration.http1_1ConnectionDebugInitializer = { channel in
        let ready = Self.prepare(channel, host: host.replacing("https://", with: ""), connected)
        // The client forgets a connection that was refused here; it does not close it.
        ready.whenFailure { _ in channel.close(promise: nil) }
        return ready
      }
      configuration.proxy = proxies.server(for: host).map(Self.proxy)
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
      clients[host] = client
      return client
    }
  }

  private static func proxy(_ server: Proxies.Server) -> HTTPClient.Configuration.Proxy {
    server.isSOCKS
      ? .socksServer(host: server.host, port: server.port)
      : .server(
        host: server.host, port: server.port,
        authorization: server.user.map { .basic(username: $0, password: server.password ?? "") })
  }

  /// Where a request goes on its way, for what is said of a failure; nothing without a proxy.
  private func way(to url: String) -> String {
    let host = Endpoint.host(of: String(url.prefix { $0 != "?" && $0 != "#" })) ?? ""
    return proxies.server(for: host).map {
      " (asked through the proxy \($0.words); NO_PROXY names hosts that are asked without)"
    } ?? ""
  }

  /// Makes a new connection fit for its first request. Called on the connection's own loop, before a byte is read.
  private static func prepare(
    _ channel: any Channel, host: String, _ connected: (@Sendable (ConnectionFacts) async throws -> Void)?
  ) -> EventLoopFuture<Void> {
    do {
      try ResponseGuard.install(on: channel)
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
    guard let connected else { return channel.eventLoop.makeSucceededVoidFuture() }
    return PeerFacts.read(channel, host: host).flatMapWithEventLoop { facts, loop in
      guard let facts else { return loop.makeSucceededVoidFuture() }
      return loop.makeFutureWithTask { try await connected(facts) }
    }.flatMapThrowing {
      // Closed by the other end meanwhile: the client would keep it for ever as one that is in use.
      guard channel.isActive else { throw ChannelError.eof }
    }
  }

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
    message.method = request.isLookup ? .GET : .POST
    for header in request.request.headers + [request.credentials].compactMap(\.self) {
      message.headers.add(name: header.name, value: header.value)
    }
    // Some gateways let nobody in who does not say who asks.
    message.headers.add(name: "user-agent", value: "retort")
    if !request.isLookup { message.body = .bytes(ByteBuffer(bytes: request.request.body)) }

    let clock = ContinuousClock()
    let started = clock.now
    var head: TransportReply.Head?
    var firstByte: Duration?
    var body: [UInt8] = []
    func reply(_ problem: TransportReply.Problem?) -> TransportReply {
      TransportReply(head: head, body: body, problem: problem, firstByte: firstByte)
    }
    do {
      let response = try await client(for: request.request.url).execute(
        message, timeout: .nanoseconds(Int64(request.timeout.wholeNanoseconds)))
      firstByte = clock.now - started
      head = TransportReply.Head(
        status: Int(response.status.code),
        headers: response.headers.map { Attempt.Header(name: $0.name, value: $0.value) })
      for try await part in response.body {
        guard body.count + part.readableBytes <= Self.bodyLimit else {
          // Enough to see what it was; nothing of it is an answer.
          body = Array(body.prefix(Self.keptOfTooLong))
          return reply(.bodyTooLarge(limit: Self.bodyLimit))
        }
        part.withUnsafeReadableBytes { body.append(contentsOf: $0) }
      }
      return Self.inflated(reply(nil))
    } catch let error as HTTPClientError {
      switch error {
      case .deadlineExceeded, .cancelled, .readTimeout, .writeTimeout, .connectTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
        return reply(.timeout)
      case .invalidURL, .emptyHost, .emptyScheme:
        return reply(.invalidRequest(error.description))
      default:
        return reply(.connection(Self.words(error.description) + way(to: request.request.url)))
      }
    } catch is CancellationError {
      return reply(.timeout)
    } catch {
      // Refused connections, unknown hosts and broken responses come as other types.
      return reply(.connection(Self.words("\(error)") + way(to: request.request.url)))
    }
  }

  /// A response that came compressed, which nobody asked for, as it was before that; what cannot be unpacked, or was
  /// cut off, stays as it came.
  private static func inflated(_ reply: TransportReply) -> TransportReply {
    guard let head = reply.head else { return reply }
    let encodings = head.headers.filter { $0.name.lowercased() == "content-encoding" }.map(\.value)
    let encoding = encodings.isEmpty ? nil : encodings.joined(separator: ",")
    guard
      case .inflated(let body) = InflatedBody(reply.body, encoding: encoding, limit: bodyLimit, takingCut: false)
    else { return reply }
    // They told of the bytes that came.
    let headers = head.headers.filter { !["content-encoding", "content-length"].contains($0.name.lowercased()) }
    return TransportReply(
      head: TransportReply.Head(status: head.status, headers: headers), body: body, problem: reply.problem,
      firstByte: reply.firstByte)
  }

  /// The system's words without places in its source, and what helps where it is known.
  package static func words(_ error: String) -> String {
    let error = error.split(separator: " at /", omittingEmptySubsequences: false).enumerated().map { number, part in
      number == 0 ? String(part) : String(part.drop { !",])".contains($0) })
    }.joined()
    if error.contains("CERTIFICATE_VERIFY_FAILED") {
      return "the certificate is not trusted: SSL_CERT_FILE=FILE names the certificates (PEM) that are; \(error)"
    }
    if error.contains("Connection refused") {
      return "nothing listens there (connection refused): start the server, or correct the address"
    }
    if error.contains("failedToValidateHostname") { return "the certificate is that of another host" }
    if ["UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION"].contains(where: error.contains) {
      return "it speaks no TLS from 1.2 on; \(error)"
    }
    return error
  }
}
