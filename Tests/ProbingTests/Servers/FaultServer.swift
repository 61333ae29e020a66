import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A real server on a free port of 127.0.0.1 that answers chat completions as a test wants it.
enum FaultServer {
  struct Request: Sendable {
    /// From 0, over all requests.
    let number: Int
    let model: String
    let body: Data
    let authorization: String?
    /// Since the server started.
    let arrived: Duration

    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body) as? [String: Any]) ?? [:] }
  }

  struct Reply: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body: String
    var delay: Duration = .zero
    /// Promise more bytes than come, and close.
    var cut = false
    /// Wait in the middle of the body.
    var stall: Duration = .zero

    static func answer(_ text: String = "An answer.") -> Reply {
      Reply(
        body: """
          {"id":"x","object":"chat.completion","created":1,"model":"declared","system_fingerprint":"fp",
           "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"\(text)","refusal":null}}],
           "usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}}
          """)
    }

    static func error(_ status: Int, _ message: String = "no", headers: [String: String] = [:]) -> Reply {
      Reply(status: status, headers: headers, body: #"{"error":{"message":"\#(message)","type":"t","code":null}}"#)
    }
  }

  final class Log: Sendable {
    private let entries = Mutex<[Request]>([])
    var requests: [Request] { entries.withLock { $0 } }

    func add(model: String, body: Data, authorization: String?, arrived: Duration) -> Request {
      entries.withLock {
        let request = Request(
          number: $0.count, model: model, body: body, authorization: authorization, arrived: arrived)
        $0.append(request)
        return request
      }
    }
  }

  static func run<Result: Sendable>(
    answering reply: @escaping @Sendable (Request) -> Reply,
    body: @Sendable (_ port: Int, Log) async throws -> Result
  ) async throws -> Result {
    let log = Log()
    let started = ContinuousClock.now
    let router = Router()
    router.post("/v1/chat/completions") { request, _ -> Response in
      let bytes = try await request.body.collect(upTo: 1 << 20)
      let data = Data(bytes.readableBytesView)
      let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
      let entry = log.add(
        model: json?["model"] as? String ?? "", body: data, authorization: request.headers[.authorization],
        arrived: .now - started)
      let reply = reply(entry)
      if reply.delay > .zero { try? await Task.sleep(for: reply.delay) }
      var headers: HTTPFields = [.contentType: "application/json"]
      for (name, value) in reply.headers { if let name = HTTPField.Name(name) { headers[name] = value } }
      let buffer = ByteBuffer(string: reply.body)
      let body =
        reply.cut || reply.stall > .zero
        ? ResponseBody(contentLength: buffer.readableBytes + (reply.cut ? 100 : 0)) { writer in
          var rest = buffer
          if let half = rest.readSlice(length: buffer.readableBytes / 2) { try await writer.write(half) }
          try await Task.sleep(for: reply.stall)
          try await writer.write(rest)
          if reply.cut { throw CancellationError() }
          try await writer.finish(nil)
        } : ResponseBody(byteBuffer: buffer)
      return Response(status: HTTPResponse.Status(code: reply.status), headers: headers, body: body)
    }
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "fault-server")
    logger.logLevel = .critical
    let application = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        if let number = channel.localAddress?.port { port.yield(number) }
        port.finish()
      },
      logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try? await application.run() }
      defer { group.cancelAll() }
      for await number in ports { return try await body(number, log) }
      throw CancellationError()
    }
  }
}
