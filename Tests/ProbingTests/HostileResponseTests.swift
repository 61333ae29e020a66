import Cases
import Foundation
import Probing
import TestSupport
import Testing

/// What an endpoint can send to hurt the program that asks it: every reply is a value, and the next one is read as ever.
@Suite("Hostile responses", .timeLimit(.minutes(2)))
struct HostileResponseTests {
  /// Heads that HTTP does not have, or that nothing asked for.
  enum Wire: String, CaseIterable {
    case status099, status000, status001, status600, status999, status1000, statusNegative, statusHuge, statusWord
    case informationalFlood, informationalWithBody, protocolSwitch, processing, manyHeaders
    case bodyless, twoResponses, trailingInformational, early, earlyInformational, oldVersion, newVersion,
      chunksOfNothing
    case noContentWithBody, notModifiedWithBody

    var bytes: [UInt8] {
      let rest = "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
      let fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
      let text =
        switch self {
        case .status099: "HTTP/1.1 099 X" + rest
        case .status000: "HTTP/1.1 000 X" + rest
        case .status001: "HTTP/1.1 001 X" + rest
        case .status600: "HTTP/1.1 600 X" + rest
        case .status999: "HTTP/1.1 999 X" + rest
        case .status1000: "HTTP/1.1 1000 X" + rest
        case .statusNegative: "HTTP/1.1 -99 X" + rest
        case .statusHuge: "HTTP/1.1 99999999999999999999 X" + rest
        case .statusWord: "HTTP/1.1 two X" + rest
        case .informationalFlood: String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 1_000) + fine
        case .informationalWithBody: "HTTP/1.1 103 Early\r\nContent-Length: 2\r\n\r\n{}" + fine
        case .protocolSwitch: "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n{}"
        case .processing: "HTTP/1.1 102 Processing\r\n\r\n" + fine
        case .manyHeaders:
          "HTTP/1.1 200 OK\r\n" + (0..<20_000).map { "X-\($0): aaaaaaaaaaaaaaaaaaaa\r\n" }.joined()
            + "Content-Length: 2\r\n\r\n{}"
        case .bodyless: "HTTP/1.1 200 OK\r\n\r\n"
        case .twoResponses: fine + fine
        case .trailingInformational: fine + "HTTP/1.1 100 Continue\r\n\r\n"
        case .early, .earlyInformational: fine
        case .oldVersion: "HTTP/0.9 200 OK" + rest
        case .newVersion: "HTTP/3.7 200 OK" + rest
        case .chunksOfNothing: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}"
        case .noContentWithBody: "HTTP/1.1 204 None\r\nContent-Length: 2\r\n\r\n{}"
        case .notModifiedWithBody: "HTTP/1.1 304 Not\r\nContent-Length: 2\r\n\r\n{}"
        }
      return Array(text.utf8)
    }

    var early: [UInt8] {
      switch self {
      case .early: bytes
      case .earlyInformational: Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
      default: []
      }
    }

    /// What the failure must say.
    var words: String? {
      switch self {
      case .status099: "a status of 99"
      case .status000: "a status of 0"
      case .status001: "a status of 1"
      case .status600: "a status of 600"
      case .status999: "a status of 999"
      case .informationalFlood: "more than 16 heads"
      case .protocolSwitch: "status 101"
      case .manyHeaders: "too many header bytes"
      default: nil
      }
    }
  }

  private func request(_ port: Int) -> TransportRequest {
    TransportRequest(
      request: Attempt.Request(url: "http://127.0.0.1:\(port)/v1", headers: [], body: Array("{}".utf8)),
      credentials: nil, timeout: .seconds(60))
  }

  @Test("no head of a response ends the program, and the next request is answered", arguments: Wire.allCases)
  func heads(wire: Wire) async throws {
    let transport = HTTPTransport(connections: 1)
    let hostile = try RawServer(early: wire.early) { _ in RawServer.Reply(wire.bytes) }
    for _ in 0..<3 {
      let reply = await transport.send(request(hostile.port))
      if let words = wire.words {
        guard case .connection(let told)? = reply.problem else {
          Issue.record("\(reply)")
          continue
        }
        #expect(told.contains(words), "\(told)")
      }
    }
    hostile.stop()
    let sane = try RawServer { _ in .of(Array("{}".utf8)) }
    let reply = await transport.send(request(sane.port))
    #expect(reply.head?.status == 200 && reply.problem == nil)
    sane.stop()
    await transport.shutdown()
  }

  @Test("a body longer than is read is told with the limit, and little of it is kept")
  func long() async throws {
    let transport = HTTPTransport(connections: 1)
    let server = try RawServer { _ in .of(Array(repeating: 0x20, count: HTTPTransport.bodyLimit + 1)) }
    let reply = await transport.send(request(server.port))
    #expect(reply.problem == .bodyTooLarge(limit: HTTPTransport.bodyLimit))
    #expect(reply.body.count == HTTPTransport.keptOfTooLong)
    server.stop()
    await transport.shutdown()
  }

  @Test(
    "a response that came compressed, though nobody asked for it, is what it was before; one that was cut off stays as it came",
    arguments: [true, false])
  func compressed(isTold: Bool) async throws {
    // gzip of {"a":"Two mills."}
    let packed = Array(try #require(Data(base64Encoded: "H4sIAAAAAAACA6tWSlSyUgopz1fIzczJKdZTqgUAi0SAShIAAAA=")))
    let headers = ["Content-Type: application/json"] + (isTold ? ["Content-Encoding: gzip"] : [])
    let transport = HTTPTransport(connections: 1)
    let server = try RawServer { _ in .of(packed, headers: headers) }
    let reply = await transport.send(request(server.port))
    #expect(reply.body == Array(#"{"a":"Two mills."}"#.utf8) && reply.problem == nil)
    #expect(reply.head?.headers.map { $0.name.lowercased() }.contains("content-encoding") == false)
    server.stop()
    let cut = Array(packed.dropLast(6))
    let cutting = try RawServer { _ in .of(cut, headers: headers) }
    #expect(await transport.send(request(cutting.port)).body == cut)
    cutting.stop()
    await transport.shutdown()
  }

  @Test("a stream of empty lines is read line by line, one of too many events is refused with the limit")
  func events() throws {
    let newlines = try #require(StreamedBody(events: Array("data:".utf8) + Array(repeating: 0x0A, count: 2_000_000)))
    #expect(newlines.values.isEmpty && !newlines.isBroken && !newlines.isDone)
    let event = Array("data: 1\n\n".utf8)
    let most = try #require(
      StreamedBody(events: Array(repeatElement(event, count: StreamedBody.maximumEvents).joined())))
    #expect(!most.isTooLong && most.values.count == StreamedBody.maximumEvents)
    let tooMany =
      Array(repeatElement(event, count: StreamedBody.maximumEvents + 1).joined()) + Array("data: [DONE]\n\n".utf8)
    #expect(try #require(StreamedBody(events: tooMany)).isTooLong)
    guard case .failure(.configuration, let detail, _) = OpenAIChat().read(status: 200, body: tooMany) else {
      Issue.record("read as something else")
      return
    }
    #expect(detail.contains("a stream of more than 65536 events"))
    #expect(try #require(StreamedBody(lines: Array(repeatElement([0x31, 0x0A], count: 70_000).joined()))).isTooLong)
  }
}
