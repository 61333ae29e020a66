import CaseFile
package import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Serves a case to a browser on this machine for as long as `body` runs: the report, probes, answers and attempts, and a
/// search in them. It listens on 127.0.0.1 alone, answers only requests that were addressed to this machine, and reads a copy of
/// the case file, so that a run may hold the original.
///
/// - Parameters:
///   - file: case file.
///   - port: 0 takes a free one.
///   - report: what to show as the report of these contents.
///   - body: gets the port.
/// - Throws: `FileError` or `CaseFileError` if the case cannot be read; ``PortTaken`` or the system's error if it cannot listen.
package func withCaseServer<Result: Sendable>(
  file: String, port: Int, report: @escaping @Sendable (CaseContents) async -> ServedReport,
  body: @Sendable (_ port: Int) async throws -> Result
) async throws -> Result {
  let current = CurrentCase(file: file, first: try CaseSnapshot(of: file), report: report)
  let (ports, channel) = AsyncStream.makeStream(of: Int.self)
  var logger = Logger(label: "retort.browsing")
  logger.logLevel = .critical
  let application = Application(
    router: caseRouter(current),
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port), serverName: "retort"),
    onServerRunning: { server in
      if let number = server.localAddress?.port { channel.yield(number) }
      channel.finish()
    },
    logger: logger)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      defer { channel.finish() }
      do { try await application.run() } catch { if !Task.isCancelled { throw error } }
    }
    defer { group.cancelAll() }
    for await number in ports { return try await body(number) }
    do {
      try await group.waitForAll()
    } catch let error as IOError where error.errnoCode == EADDRINUSE || error.errnoCode == EACCES {
      throw PortTaken(port: port)
    }
    throw PortTaken(port: port)
  }
}

private func caseRouter(_ current: CurrentCase) -> Router<BasicRequestContext> {
  let router = Router(options: .autoGenerateHeadEndpoints)
  router.add(middleware: LoopbackGuard())
  func page(_ path: RouterPath, _ make: @escaping @Sendable (CasePages, QueryItems) throws -> String) {
    router.get(path) { request, _ in
      try answer(try make(CasePages(case: try await current.snapshot()), QueryItems(request.uri.query ?? "")))
    }
  }
  router.get("/") { _, _ in
    // An answer that is not there yet does not keep the page: the whole report may take its time.
    try answer(try CasePages(case: try await current.snapshot()).overview(await current.answer()))
  }
  page("/probes") { try $0.probes($1) }
  page("/probe") { try $0.probe($1) }
  page("/attempts") { try $0.attempts($1) }
  page("/attempt") { try $0.attempt($1) }
  page("/search") { try $0.search($1) }
  router.get("/report") { _, _ in
    switch try await current.report() {
    case .html(let html, _): try answer(html)
    case .unavailable(let reason): try answer(try Page.message("No report yet", reason))
    }
  }
  return router
}

private func answer(_ html: String) throws -> Response {
  Response(
    status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
    body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
}

/// The latest copy of the case and what was made of it.
private actor CurrentCase {
  private let file: String
  private var copy: CaseSnapshot
  private let make: @Sendable (CaseContents) async -> ServedReport
  private var made: (state: CaseSnapshot.State, task: Task<ServedReport, any Error>)?
  private var finished: (state: CaseSnapshot.State, report: ServedReport)?
  private var looked = ContinuousClock.now

  /// Shortest time between two copies of a file that changes.
  private static let pause = Duration.seconds(2)

  init(file: String, first: CaseSnapshot, report: @escaping @Sendable (CaseContents) async -> ServedReport) {
    self.file = file
    copy = first
    make = report
  }

  func snapshot() throws -> CaseSnapshot {
    let now = ContinuousClock.now
    if try CaseSnapshot.State(of: file) != copy.state, now - looked >= Self.pause {
      looked = now
      copy = try CaseSnapshot(of: file)
    }
    return copy
  }

  /// What the first page answers; nil while that is being computed, or where there is none.
  func answer() async -> ServedReport? {
    guard let copy = try? snapshot() else { return nil }
    if let finished, finished.state == copy.state { return finished.report }
    begin(copy)
    return nil
  }

  private func begin(_ copy: CaseSnapshot) {
    guard made?.state != copy.state else { return }
    Task { _ = try? await report() }
  }

  /// Computed once for each state of the file, however many ask for it.
  func report() async throws -> ServedReport {
    let copy = try snapshot()
    if let made, made.state == copy.state { return try await made.task.value }
    let make = make
    let task = Task { await make(try copy.store.contents()) }
    made = (copy.state, task)
    let report = try await task.value
    finished = (copy.state, report)
    return report
  }
}
