import Browsing
import CaseFile
import Cases
import Foundation
import Synchronization
import TestSupport
import Testing

/// The pages of a case over HTTP, as a browser gets them.
@Suite("A case in the browser")
struct CaseServerTests {
  /// A case of six models and so many probes, of which the answers of the first `answered` items are there.
  private struct Shown {
    let folder: TemporaryFolder
    let file: String
    let store: CaseStore
    let plan: [PlannedItem]
    let run: Int

    init(probes: Int = 3, answered: Int, text: (PlannedItem) -> String = { "Answer \($0.order)." }) throws {
      folder = try TemporaryFolder()
      file = folder.file("case.retort")
      let configuration = try SampleCase.configuration(probes: probes)
      plan = SampleCase.plan(configuration)
      store = try SampleCase.store(at: file, configuration)
      run = try store.beginRun(started: "2026-11-23T12:44:10.123Z", tool: "test")
      for item in plan.prefix(answered) { try store.append(SampleCase.answered(item, text: text(item)), run: run) }
    }
  }

  private static func serving<Result: Sendable>(
    _ shown: Shown, report: @escaping @Sendable (CaseContents) async -> ServedReport = { _ in .unavailable("none") },
    _ body: @Sendable (_ get: @escaping @Sendable (String) throws -> RawHTTP.Reply) async throws -> Result
  ) async throws -> Result {
    try await withCaseServer(file: shown.file, port: 0, report: report) { port in
      try await body { try RawHTTP.send($0, host: "127.0.0.1:\(port)", port: port) }
    }
  }

  /// Requests block: as many as there are processors would leave none for the server, which answers in this process.
  private static func onOwnThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { done in
      Thread { done.resume(with: Swift.Result(catching: body)) }.start()
    }
  }

  @Test("the first page counts what is planned, answered and failed, model by model")
  func overview() async throws {
    let shown = try Shown(answered: 7)
    try shown.store.append(SampleCase.failed(shown.plan[7]), run: shown.run)
    try await Self.serving(shown) { get in
      let page = try get("/")
      #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
      #expect(page.body.contains("7 of 18 planned answers are there, by 8 attempts."))
      // The suspect answered first of the second probe as well; the candidate after it failed.
      #expect(page.body.contains(#"<a href="/attempts?model=s&amp;outcome=ok">2</a>"#), "\(page.body.suffix(2_000))")
      #expect(page.body.contains(#"<a href="/attempts?model=t&amp;outcome=failed">1</a>"#))
      let failed = try get("/attempts?outcome=failed")
      #expect(failed.body.contains("1 in all.") && failed.body.contains("status 500: "))
    }
  }

  @Test("what is more than a page is turned over, forth and back, and nothing is shown twice")
  func turning() async throws {
    let shown = try Shown(probes: 40, answered: 240)
    try await Self.serving(shown) { get in
      var seen: [String] = []
      for (place, range) in [(0, "1 to 100 of 240."), (100, "101 to 200 of 240."), (200, "201 to 240 of 240.")] {
        let page = try get("/attempts?from=\(place)")
        #expect(page.body.contains(range), "\(place)")
        #expect(page.body.contains(">before</a>") == (place > 0) && page.body.contains(">next</a>") == (place < 200))
        seen += page.body.matches(of: #/<a href="\/attempt\?id=(\d+)">/#).map { String($0.output.1) }
      }
      #expect(seen.count == 240 && Set(seen).count == 240)
      let beyond = try get("/attempts?from=99999999999999999999")
      #expect(beyond.status == 200)
      #expect(try get("/attempts?from=240").body.contains("None of 240."))
      #expect(try get("/attempts?from=-5").body.contains("1 to 100 of 240."))
    }
  }

  @Test(
    "an address is read as a form writes it, and one that is none finds nothing",
    arguments: [
      ("a+b", true), ("a%20b", true), ("A+B", true), ("%C3%BC%26%3d%2B", true), ("a%2Bb", false), ("%zz", false),
      ("%C3", false), ("a b%", false),
    ])
  func addresses(query: String, isFound: Bool) async throws {
    let shown = try Shown(answered: 1) { _ in "say A b and \u{FC}&=+ here" }
    try await Self.serving(shown) { get in
      let page = try get("/search?q=\(query.replacing(" ", with: "%20"))&after=")
      #expect(page.status == 200)
      #expect(
        page.body.contains("\(isFound ? "1 attempt holds" : "0 attempts hold") the words."), "\(page.body.suffix(900))")
    }
  }

  @Test(
    "an address of nothing in the case is a page that says so", arguments: ["/probe?id=x", "/probe", "/attempt?id=99"])
  func nothing(path: String) async throws {
    try await Self.serving(try Shown(answered: 1)) { get in
      let page = try get(path)
      #expect(page.status == 404 && page.body.contains("The case has no "))
    }
  }

  @Test("an answer is shown up to a limit, which is told, and its beginning in lists")
  func long() async throws {
    let shown = try Shown(answered: 1) { _ in "start " + String(repeating: "x", count: 200_000) + " end" }
    try await Self.serving(shown) { get in
      let page = try get("/attempt?id=1")
      #expect(page.body.contains("The first 100000 characters.") && !page.body.contains("x end"))
      let list = try get("/attempts")
      #expect(list.body.contains("start xxx") && list.body.utf8.count < 10_000)
    }
  }

  @Test("the report is computed once for a state of the file, however many ask at once, and anew for the next state")
  func report() async throws {
    let shown = try Shown(answered: 6)
    let computed = Mutex<[Int]>([])
    try await Self.serving(
      shown,
      report: { contents in
        let answers = contents.transcripts.values.reduce(0) { $0 + $1.responses.count }
        computed.withLock { $0.append(answers) }
        try? await Task.sleep(for: .milliseconds(200))
        return answers < 12 ? .unavailable("only <\(answers)> answers") : .html("<p>whole</p>")
      }
    ) { get in
      let pages = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<4 { group.addTask { try await Self.onOwnThread { try get("/report").body } } }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(
        pages.count == 4 && pages.allSatisfy { $0.contains("No report yet") && $0.contains("only &lt;6&gt; answers") })
      #expect(computed.withLock { $0 } == [6])
      for item in shown.plan[6..<12] { try shown.store.append(SampleCase.answered(item), run: shown.run) }
      // A file that changes all the time is copied every two seconds at most.
      try await Task.sleep(for: .milliseconds(2_100))
      #expect(try get("/report").body == "<p>whole</p>")
      #expect(computed.withLock { $0 } == [6, 12])
    }
  }

  @Test("a request under another name than this machine's gets nothing of the case")
  func otherName() async throws {
    let shown = try Shown(answered: 3)
    try await withCaseServer(file: shown.file, port: 0, report: { _ in .unavailable("none") }) { port in
      #expect(try RawHTTP.send("/attempts", host: "localhost:\(port)", port: port).body.contains("Answer 0."))
      for host in ["evil.example:\(port)", "127.0.0.1.evil.example", "127.0.0.2:\(port)"] {
        let page = try RawHTTP.send("/attempts", host: host, port: port)
        #expect(page.status == 421 && !page.body.contains("Answer"), "\(host)")
      }
    }
  }

  @Test("a port that another server has is told, and the server ends with its body")
  func ports() async throws {
    let shown = try Shown(answered: 1)
    let port = try await withCaseServer(file: shown.file, port: 0, report: { _ in .unavailable("") }) { port in
      let taken = await #expect(throws: PortTaken.self) {
        try await withCaseServer(file: shown.file, port: port, report: { _ in .unavailable("") }) { _ in }
      }
      #expect(taken?.port == port)
      return port
    }
    #expect(throws: RawHTTP.Failure.self) { try RawHTTP.send("/", host: "127.0.0.1:\(port)", port: port) }
  }

  @Test("what is no case is told before anything listens")
  func noCase() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("no case", to: "x.retort")
    await #expect(throws: CaseFileError.notSQLite(file: file)) {
      try await withCaseServer(file: file, port: 0, report: { _ in .unavailable("") }) { _ in }
    }
  }
}
