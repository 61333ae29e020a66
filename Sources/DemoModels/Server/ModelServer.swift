package import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves models by the OpenAI dialect on a free port of 127.0.0.1 for as long as `body` runs.
///
/// The server answers `GET /v1/models`, `POST /v1/chat/completions` and `POST /v1/completions`. Log probabilities are
/// the model's own, before temperature and top-p. A chat answer depends on the text of all messages; a legacy
/// completion continues its prompt, and each training answer weighs the same.
///
/// - Parameters:
///   - models: by the names under which they are asked for.
///   - seed: of the answers to requests that name none. The same requests then get the same answers, in whatever order
///     they come, except that equal requests each get their own answer, in the order of their arrival.
///   - latency: waited before each answer.
///   - now: the time that replies tell in `created`.
///   - body: gets the port. When it returns or throws, connections are closed and the port is free again.
/// - Throws: what `body` throws; ``DemoModelsError/notStarted`` or the system's error when no port can be taken.
package func withModelServer<Result: Sendable>(
  models: [String: LanguageModel], seed: UInt64, latency: Duration = .zero,
  now: @escaping @Sendable () -> Date = { Date() },
  body: @Sendable (_ port: Int) async throws -> Result
) async throws -> Result {
  let service = ModelService(models: models, seeds: RequestSeeds(seed: seed), latency: latency, now: now)
  let (ports, port) = AsyncStream.makeStream(of: Int.self)
  var logger = Logger(label: "retort.demo-models")
  logger.logLevel = .critical
  let application = Application(
    router: modelRouter(service),
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), serverName: "retort-demo"),
    onServerRunning: { channel in
      if let number = channel.localAddress?.port { port.yield(number) }
      port.finish()
    },
    logger: logger)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      defer { port.finish() }
      do { try await application.run() } catch { if !Task.isCancelled { throw error } }
    }
    defer { group.cancelAll() }
    for await number in ports { return try await body(number) }
    try await group.waitForAll()
    throw DemoModelsError.notStarted
  }
}

private func modelRouter(_ service: ModelService) -> Router<BasicRequestContext> {
  let router = Router()
  router.add(middleware: OpenAIErrors())
  router.get("/v1/models") { _, _ in try service.listing() }
  router.post("/v1/chat/completions") { request, _ in try await service.chat(bytes(of: request)) }
  router.post("/v1/completions") { request, _ in try await service.completion(bytes(of: request)) }
  return router
}

private func bytes(of request: Request) async throws -> [UInt8] {
  var bytes: [UInt8] = []
  for try await buffer in request.body {
    guard bytes.count + buffer.readableBytes <= ModelService.bodyLimit else {
      throw DemoModelsError.bodyTooLarge(limit: ModelService.bodyLimit)
    }
    bytes += buffer.readableBytesView
  }
  return bytes
}

/// Words every error as OpenAI does.
private struct OpenAIErrors: RouterMiddleware {
  private static let methods = [
    "/v1/models": "GET", "/v1/chat/completions": "POST", "/v1/completions": "POST",
  ]

  func handle(
    _ request: Request, context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as DemoModelsError {
      return try Self.response(error)
    } catch let error as HTTPError where error.status == .notFound || error.status == .methodNotAllowed {
      let path = request.uri.path
      return try Self.response(
        Self.methods[path] == nil
          ? .unknownPath(path) : .methodNotAllowed(request.method.rawValue, path: path))
    }
  }

  private static func response(_ error: DemoModelsError) throws -> Response {
    try ModelService.json(["error": error.wire], status: error.status)
  }
}
