package import Cases
import Formats
import FoundationEssentials
import NIOCore
import NIOPosix

/// Asks a server once how far the machine's clock is off: SNTP, version 4 (RFC 4330; the packet is that of RFC 5905, 7.3).
///
/// With T₁ and T₄ the times at which the request left and the answer came, T₂ and T₃ those at which the server got the one and
/// sent the other, the clock is behind by `((T₂ − T₁) + (T₃ − T₄)) / 2`, wrong by half of `(T₄ − T₁) − (T₃ − T₂)` at most.
/// T₄ is T₁ and what a monotonic clock says has passed, so that a clock that is set meanwhile spoils nothing.
package struct NetworkTime: Sendable {
  /// Host and port, for the log.
  package let server: String
  private let host: String
  private let port: Int
  private let timeout: Duration

  package static let port = 123

  /// - Parameter server: `HOST` or `HOST:PORT`; an IPv6 address with a port stands in brackets.
  /// - Returns: nil for anything else.
  package init?(_ server: String, timeout: Duration = .seconds(5)) {
    guard let (host, port) = Self.parts(of: server) else { return nil }
    self.host = host
    self.port = port
    self.server = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    self.timeout = timeout
  }

  /// What the server says. A server that does not answer is a reading too: nothing is thrown, a run does not depend on it.
  package func reading(_ moment: ClockReading.Moment, clock: RunClock) async -> ClockReading {
    do {
      let exchange = try await exchange(clock)
      return ClockReading(
        server: server, moment: moment,
        outcome: .answered(
          offset: exchange.offset.microseconds, delay: exchange.delay.microseconds, stratum: exchange.stratum))
    } catch let problem as Problem {
      return ClockReading(server: server, moment: moment, outcome: .failed(problem.words))
    } catch {
      return ClockReading(server: server, moment: moment, outcome: .failed("\(error)"))
    }
  }

  private static func parts(of server: String) -> (host: String, port: Int)? {
    var (host, port) = (server, String(Self.port))
    if server.hasPrefix("["), let end = server.firstIndex(of: "]") {
      host = String(server[server.index(after: server.startIndex)..<end])
      let rest = server[server.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
      if !rest.isEmpty { port = String(rest.dropFirst()) }
    } else if server.count(where: { $0 == ":" }) == 1 {
      let fields = server.split(separator: ":", omittingEmptySubsequences: false)
      (host, port) = (String(fields[0]), String(fields[1]))
    }
    guard !host.isEmpty, host.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "/" }),
      let number = Int(port), (1...65_535).contains(number), String(number) == port
    else { return nil }
    return (host, number)
  }

  enum Problem: Error, Equatable {
    case noAnswer
    case unreachable(String)
    /// Kiss of death: four letters of the server (RFC 5905, 7.4).
    case refused(String)
    case notSynchronised

    var words: String {
      switch self {
      case .noAnswer: "no answer in time"
      case .unreachable(let reason): "cannot be reached: \(reason)"
      case .refused(let code): "refused: \(code)"
      case .notSynchronised: "its own clock is not set"
      }
    }
  }

  private func exchange(_ clock: RunClock) async throws -> TimeExchange {
    let address: SocketAddress
    do {
      address = try await NIOThreadPool.singleton.runIfActive { [host, port] in
        try SocketAddress.makeAddressResolvingHost(host, port: port)
      }
    } catch {
      throw Problem.unreachable("no such host")
    }
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let answer = loop.makePromise(of: TimeExchange.self)
    let channel: any Channel
    do {
      channel = try await DatagramBootstrap(group: loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(TimeHandler(answer: answer, clock: clock))
          }
        }
        .connect(to: address).get()
    } catch {
      answer.fail(Problem.noAnswer)
      throw Problem.unreachable("\(error)")
    }
    let alarm = loop.scheduleTask(in: .nanoseconds(Int64(timeout.wholeNanoseconds))) { answer.fail(Problem.noAnswer) }
    let result: Result<TimeExchange, any Error>
    do {
      result = .success(try await answer.futureResult.get())
    } catch {
      result = .failure(error)
    }
    alarm.cancel()
    try? await channel.close().get()
    return try result.get()
  }
}

/// Four times of one exchange, as fixed-point numbers of RFC 5905, section 6: seconds since 1900 in the upper 32 bits.
package struct TimeExchange: Equatable, Sendable {
  let sent: UInt64
  let received: UInt64
  let answered: UInt64
  let arrived: UInt64
  let stratum: Int

  package init(sent: UInt64, received: UInt64, answered: UInt64, arrived: UInt64, stratum: Int) {
    self.sent = sent
    self.received = received
    self.answered = answered
    self.arrived = arrived
    self.stratum = stratum
  }

  /// Differences wrap, so that an era that ends between two of them (2036) does no harm.
  package var offset: FixedSeconds {
    FixedSeconds(
      Int64(bitPattern: received &- sent) / 2 + Int64(bitPattern: answered &- arrived) / 2)
  }

  package var delay: FixedSeconds {
    // What a server says may be as far apart as the numbers go.
    let (delay, overflow) = Int64(bitPattern: arrived &- sent)
      .subtractingReportingOverflow(Int64(bitPattern: answered &- received))
    return FixedSeconds(overflow ? .max : max(0, delay))
  }

  /// Seconds times 2³².
  package struct FixedSeconds: Equatable, Sendable {
    let value: Int64

    init(_ value: Int64) { self.value = value }

    package var microseconds: Int { Int((Double(value) / 4_294_967_296 * 1_000_000).rounded()) }
  }

  /// 1900 to 1970.
  private static let epoch = 2_208_988_800.0

  static func timestamp(_ date: Date) -> UInt64 {
    let seconds = date.timeIntervalSince1970 + epoch
    let whole = seconds.rounded(.down)
    return UInt64(bitPattern: Int64(whole)) << 32 | UInt64((seconds - whole) * 4_294_967_296)
  }

  static func span(_ duration: Duration) -> UInt64 {
    UInt64((Double(duration.wholeNanoseconds) / 1e9 * 4_294_967_296).rounded())
  }
}

/// Sends the request when the channel is there, and takes the first answer to it.
private final class TimeHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private let answer: EventLoopPromise<TimeExchange>
  private let clock: RunClock
  /// Sent in place of the transmit timestamp. The server echoes it, so an attacker who cannot see the request cannot forge a
  /// reply, and the request does not reveal this machine's clock.
  private let nonce = UInt64.random(in: 1 ... .max)
  private var sent: (at: UInt64, monotonic: Duration)?

  init(answer: EventLoopPromise<TimeExchange>, clock: RunClock) {
    self.answer = answer
    self.clock = clock
  }

  func channelActive(context: ChannelHandlerContext) {
    guard let address = context.remoteAddress else { return answer.fail(NetworkTime.Problem.noAnswer) }
    sent = (TimeExchange.timestamp(clock.utc()), clock.now())
    let packet = TimePacket.request(nonce)
    context.writeAndFlush(
      wrapOutboundOut(AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: packet))), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let monotonic = clock.now()
    let packet = Array(unwrapInboundIn(data).data.readableBytesView)
    guard let sent else { return }
    switch TimePacket.answer(packet, to: nonce) {
    case nil: return
    case .failure(let problem): answer.fail(problem)
    case .success(let times):
      answer.succeed(
        TimeExchange(
          sent: sent.at, received: times.received, answered: times.answered,
          arrived: sent.at &+ TimeExchange.span(monotonic - sent.monotonic), stratum: times.stratum))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(NetworkTime.Problem.unreachable("\(error)"))
    context.close(promise: nil)
  }
}

/// The 48 bytes of a packet (RFC 5905, 7.3).
enum TimePacket {
  static let length = 48

  /// Version 4, mode 3 (client), and nothing else but the time, which is `nonce`.
  static func request(_ nonce: UInt64) -> [UInt8] {
    [0b00_100_011] + [UInt8](repeating: 0, count: length - 9) + withUnsafeBytes(of: nonce.bigEndian, Array.init)
  }

  /// nil for what is no answer to that request: it is passed over, the right one may still come.
  static func answer(
    _ packet: [UInt8], to nonce: UInt64
  ) -> Result<(received: UInt64, answered: UInt64, stratum: Int), NetworkTime.Problem>? {
    func time(_ place: Int) -> UInt64 { packet[place..<(place + 8)].reduce(0) { $0 << 8 | UInt64($1) } }
    guard packet.count >= length, packet[0] & 0b111 == 4, (1...4).contains(packet[0] >> 3 & 0b111), time(24) == nonce
    else { return nil }
    let stratum = Int(packet[1])
    if stratum == 0 {
      let code = String(decoding: packet[12..<16].filter { (0x21..<0x7F).contains($0) }, as: UTF8.self)
      return .failure(.refused(code))
    }
    guard packet[0] >> 6 != 0b11, stratum < 16, time(40) != 0 else { return .failure(.notSynchronised) }
    return .success((time(32), time(40), stratum))
  }
}
