import NIOCore
import NIOHTTP1

/// Stands between the parser of responses and the HTTP client, and lets through nothing but what the client can take: one
/// head, one body and one end for each request, with a status that HTTP has.
///
/// The client (async-http-client 1.37) ends the program where a response comes that was not asked for, or where a body comes
/// behind a status that it passes over; both are in an endpoint's hand.
final class ResponseGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  /// Heads with a status below 200 before that of the response itself.
  static let maximumInformational = 16

  /// What must not come from an endpoint.
  enum Refusal: Error, Hashable, CustomStringConvertible {
    case status(UInt)
    case informational
    case protocolSwitch
    case unexpected

    var description: String {
      switch self {
      case .status(let code): "a status of \(code): HTTP has those from 100 to 599"
      case .informational: "more than \(ResponseGuard.maximumInformational) heads with a status below 200"
      case .protocolSwitch: "status 101: another protocol was not asked for"
      case .unexpected: "a part of a response that nothing asked for"
      }
    }
  }

  private enum State {
    case idle
    case waiting(informational: Int)
    case inBody
    /// The connection is being closed: whatever still comes is dropped.
    case refused
  }

  private var state = State.idle

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head = unwrapOutboundIn(data), case .idle = state { state = .waiting(informational: 0) }
    context.write(data, promise: promise)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (_, .refused): return
    case (.head(let head), .waiting(let informational)):
      guard let refusal = Self.refusal(head, informational) else {
        state = head.status.code < 200 ? .waiting(informational: informational + 1) : .inBody
        // The client passes over these as well.
        guard head.status.code >= 200 else { return }
        return context.fireChannelRead(data)
      }
      refuse(refusal, context)
    case (.body, .inBody): context.fireChannelRead(data)
    case (.end, .inBody):
      state = .idle
      context.fireChannelRead(data)
    // The parser ends a response without a body, which those below 200 are.
    case (.end, .waiting(let informational)) where informational > 0: return
    default: refuse(.unexpected, context)
    }
  }

  private static func refusal(_ head: HTTPResponseHead, _ informational: Int) -> Refusal? {
    let code = head.status.code
    guard (100...599).contains(code) else { return .status(code) }
    guard code != 101 else { return .protocolSwitch }
    return code >= 200 || informational < maximumInformational ? nil : .informational
  }

  private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
    state = .refused
    context.fireErrorCaught(refusal)
    context.close(promise: nil)
  }
}

extension ResponseGuard {
  /// Puts one behind the parser of a connection.
  ///
  /// - Throws: an error of NIO for a connection without that parser: it must not be used.
  static func install(on channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    try pipeline.addHandler(ResponseGuard(), position: .after(parser))
  }
}
