import CaseFile
import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// `retort serve` as a process of its own, asked over HTTP and by a browser.
@Suite("retort serve", .serialized)
struct ServeCommandTests {
  /// A case of six models and twelve probes, with answers that try to be more than text.
  struct HostileCase {
    let folder: String
    let file: String
    let store: CaseStore
    let remaining: [PlannedItem]
    let run: Int

    static let needle = "a needle & its <b>thread</b>"

    /// - Parameter hidden: text in which markup stands beside joining code points, for names, prompts and answers.
    init(trap: Int, hidden: [String] = []) throws {
      folder = try CommandTests.folder()
      file = "\(folder)/hostile.retort"
      let marks = hidden.joined(separator: " ")
      let lines = (0..<12).map { number in
        JSONValue.object([
          "id": .string("p\(number)\(number == 3 ? marks : "")"),
          "prompt": .string("Question <i>\(number)</i>?\(number == 4 ? marks : "")"),
          "category": .string("open\(number == 5 ? marks : "")"),
        ]).canonical + "\n"
      }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/probes.jsonl")
      func model(_ name: String) -> CaseConfiguration.Model {
        CaseConfiguration.Model(
          id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: name), lineage: Lineage.Entry())
      }
      let names = ["<script>s</script>", "t\"onload=x", "a\(marks)", "b", "c", "d"]
      let configuration = CaseConfiguration(
        name: "hostile", seed: 1, suspect: model(names[0]), candidates: [model(names[1])],
        cohort: names[2...].map(model), probeSets: [try ProbeSet.read(file: "\(folder)/probes.jsonl")],
        sampling: Sampling(temperature: 0.7))
      var items: [PlannedItem] = []
      for probe in configuration.probes {
        for model in configuration.models {
          items.append(
            PlannedItem(order: items.count, model: model.id, probe: probe.id, sample: 0, requestSeed: items.count))
        }
      }
      store = try CaseStore.create(at: file, configuration: configuration, plan: items, tool: "test")
      run = try store.beginRun(started: "2026-11-23T12:44:10.123Z", tool: "test")
      let texts = [
        "<script>fetch('http://127.0.0.1:\(trap)/s')</script><img src=http://127.0.0.1:\(trap)/i>",
        "</pre><iframe src=http://127.0.0.1:\(trap)/f></iframe>", "\u{1B}]0;t\u{7} a\u{202E}b", Self.needle,
      ]
      for item in items.dropLast(6) {
        try store.append(Self.answer(item, texts[item.order % 4] + " \(item.order)" + marks), run: run)
      }
      remaining = Array(items.suffix(6))
    }

    static func answer(_ item: PlannedItem, _ text: String) -> Attempt {
      Attempt(
        item: item,
        times: .init(
          started: "2026-11-23T12:44:10.123Z", ended: "2026-11-23T12:44:11.000Z", startedNanoseconds: 0,
          firstByteNanoseconds: nil, endedNanoseconds: 3),
        request: .init(url: "http://127.0.0.1:9/v1/chat/completions", headers: [], body: Array("{\"x\":1}".utf8)),
        response: .init(status: 200, headers: [], body: Array(text.utf8), isRedacted: false), outcome: .ok,
        answer: Answer(text: text, finish: "stop"), failure: nil, chargedTokens: 1)
    }
  }

  /// Serves a file while `body` runs.
  static func serving<Result>(_ file: String, _ more: [String] = [], body: (Int) async throws -> Result) async throws
    -> Result
  {
    let folder = try CommandTests.folder()
    for name in ["out", "err"] { try FileBytes.write([], to: "\(folder)/\(name)") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandTests.program)
    process.arguments = ["serve", file, "--json"] + more
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/out"))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/err"))
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit(orAfter: 600)
    }
    let end = ContinuousClock.now + .seconds(60)
    while true {
      let text = String(decoding: try FileBytes.read("\(folder)/out"), as: UTF8.self)
      if text.hasSuffix("\n"), let url = JSONValue(parsing: text)?["url"]?.string,
        let port = url.split(separator: ":").last.flatMap({ Int($0.dropLast()) })
      {
        if IndependentPython.isHere { #expect(try Schemas.violations(of: text, "serving") == "") }
        return try await body(port)
      }
      guard process.isRunning, ContinuousClock.now < end else {
        throw RawHTTP.Failure(String(decoding: try FileBytes.read("\(folder)/err"), as: UTF8.self))
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func get(_ path: String, _ port: Int) throws -> RawHTTP.Reply {
    try RawHTTP.send(path, host: "127.0.0.1:\(port)", port: port)
  }

  @Test("while a run holds the case it is shown as far as it is, then further; the file stays as the run left it")
  func whileHeld() async throws {
    let held = try HostileCase(trap: 9)
    let bytes = try ["", "-wal"].map { try FileBytes.read(held.file + $0) }
    try await Self.serving(held.file) { port in
      #expect(try Self.get("/", port).body.contains("66 of 72 planned answers are there, by 66 attempts."))
      let search = try Self.get("/search?q=A+NEEDLE+%26+its", port)
      #expect(search.status == 200)
      #expect(search.body.contains("0 prompts and 16 attempts hold the words."), "\(search.body.suffix(3_000))")
      #expect(search.body.contains("a needle &amp; its &lt;b&gt;thread&lt;/b&gt;") && !search.body.contains("<b>"))
      #expect(try Self.get("/search?q=question+%3Ci%3E7", port).body.contains("1 prompt and 0 attempts"))
      let probe = try Self.get("/probe?id=p0", port)
      #expect(probe.body.contains("Question &lt;i&gt;0&lt;/i&gt;?") && probe.body.contains("6 in all."))
      #expect(probe.body.contains("a\u{FFFD}b") && !probe.body.unicodeScalars.contains { $0.value == 0x1B })
      let attempt = try Self.get("/attempt?id=1", port)
      #expect(attempt.body.contains(Digest(of: "{\"x\":1}").hex) && attempt.body.contains("&lt;script&gt;fetch("))
      let list = try Self.get("/attempts?model=%3Cscript%3Es%3C%2Fscript%3E&outcome=ok", port)
      #expect(list.body.contains("11 in all."))
      for path in ["/probe?id=none", "/attempt?id=0", "/attempt?id=x", "/nothing"] {
        #expect(try Self.get(path, port).status == 404)
      }
      // What the run has written it has written itself.
      #expect(try ["", "-wal"].map { try FileBytes.read(held.file + $0) } == bytes)
      for item in held.remaining { try held.store.append(HostileCase.answer(item, "late"), run: held.run) }
      try await Task.sleep(for: .milliseconds(2_100))
      #expect(try Self.get("/", port).body.contains("72 of 72 planned answers are there"))
      try held.store.close()
      #expect(try Self.get("/attempts", port).body.contains("72 in all."))
    }
  }

  @Test("the report is the very file that retort report writes, and needs nothing else")
  func sameReport() async throws {
    let hostile = try HostileCase(trap: 9)
    for item in hostile.remaining { try hostile.store.append(HostileCase.answer(item, "late"), run: hostile.run) }
    try hostile.store.close()
    let written = try CommandTests.retort(["report", hostile.file, "-o", "\(hostile.folder)/r"])
    #expect(written.status == 0, "\(written.errors)")
    let html = String(decoding: try FileBytes.read("\(hostile.folder)/r/report.html"), as: UTF8.self)
    try await Self.serving(hostile.file) { port in
      #expect(try Self.get("/report", port).body == html)
      // Read only: what was served is what was there.
      let before = try FileBytes.read(hostile.file)
      for path in ["/", "/probes", "/attempts", "/search?q=late"] { #expect(try Self.get(path, port).status == 200) }
      #expect(try FileBytes.read(hostile.file) == before)
      #expect(!FileBytes.exists(hostile.file + "-wal") && !FileBytes.exists(hostile.file + "-shm"))
    }
  }

  @Test("requests that were addressed elsewhere are refused, as are those that would change something")
  func addressedElsewhere() async throws {
    let hostile = try HostileCase(trap: 9)
    try hostile.store.close()
    try await Self.serving(hostile.file) { port in
      for host in ["127.0.0.1:\(port)", "localhost:\(port)", "[::1]:\(port)", "LOCALHOST", "127.0.0.1"] {
        #expect(try RawHTTP.send("/", host: host, port: port).status == 200, "\(host)")
      }
      for host in [
        "attacker.example", "attacker.example:\(port)", "127.0.0.1.attacker.example",
        "localhost.attacker.example:\(port)",
        "127.0.0.1@attacker.example", "127.0.0.1:\(port).attacker.example", "0.0.0.0:\(port)", "127.0.0.1:",
      ] {
        let reply = try RawHTTP.send("/attempts", host: host, port: port)
        #expect(reply.status == 421 || reply.status == 400, "\(host): \(reply.status)")
        #expect(!reply.body.contains("needle"))
      }
      let none = try RawHTTP.send("/attempts", host: nil, port: port)
      #expect(none.status >= 400 && !none.body.contains("needle"))
      for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        #expect(try RawHTTP.send("/", method: method, host: "127.0.0.1:\(port)", port: port).status == 405, "\(method)")
      }
      #expect(try RawHTTP.send("/", method: "HEAD", host: "127.0.0.1:\(port)", port: port).status == 200)
      for path in ["/", "/report", "/search?q=a", "/nothing"] {
        let headers = try Self.get(path, port).headers
        #expect(headers["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'unsafe-inline'") == true)
        #expect(headers["content-security-policy"]?.contains("script") == false)
        #expect(headers["x-content-type-options"] == "nosniff" && headers["cache-control"] == "no-store")
        #expect(headers["access-control-allow-origin"] == nil)
      }
      // The same port at another address of this machine is not listened to.
      #expect(throws: RawHTTP.Failure.self) {
        try RawHTTP.send("/", host: "127.0.0.1:\(port)", port: port, address: 0x7F00_0002)
      }
    }
  }

  @Test(
    "in a browser the search finds a text, hostile answers are text, and nothing but the server is asked",
    .enabled(if: HeadlessBrowser.isHere, "\(HeadlessBrowser.note)"))
  func browser() async throws {
    let trap = try Trap()
    let hostile = try HostileCase(trap: trap.port)
    for item in hostile.remaining { try hostile.store.append(HostileCase.answer(item, "late"), run: hostile.run) }
    try hostile.store.close()
    try await Self.serving(hostile.file) { port in
      let address = "http://127.0.0.1:\(port)"
      let found = try HeadlessBrowser.dom(at: "\(address)/search?q=thread%3C%2Fb%3E")
      #expect(found.contains("a needle &amp; its &lt;b&gt;thread&lt;/b&gt;") && found.contains("16 attempts hold"))
      for path in ["/", "/probes", "/probe?id=p0", "/attempts", "/attempt?id=1", "/report", "/search?q=script"] {
        let page = try HeadlessBrowser.dom(at: address + path)
        #expect(page.contains("</html>"), "\(path)")
        #expect(!page.contains("<script") && !page.contains("<iframe") && !page.contains("<img"), "\(path)")
      }
      #expect(try HeadlessBrowser.dom(at: "\(address)/probe?id=p0").contains("&lt;script&gt;fetch("))
      #expect(!trap.wasReached)
      for page in ["/", "/probe?id=p0", "/attempt?id=1", "/search?q=needle"] {
        for layout in try HeadlessBrowser.layouts(of: try Self.get(page, port).body, widths: [390, 1_280]) {
          #expect(layout.scrollWidth <= layout.width && layout.errors.isEmpty && layout.scripts == 0, "\(page)")
        }
      }
    }
    // The trap works: the same text as a page of its own reaches it.
    let page = "\(hostile.folder)/page.html"
    try FileBytes.write("<img src=http://127.0.0.1:\(trap.port)/i>".utf8, to: page)
    // Nobody answers there, so the browser waits until it is ended.
    #expect(throws: HeadlessBrowser.Failure.self) {
      try HeadlessBrowser.dom(at: "file://\(page)", within: .seconds(10))
    }
    #expect(trap.wasReached)
  }

  /// With each delimiter beside every class of joining code points.
  private static func hidden(_ port: Int) -> [String] {
    GraphemeBreaks.hiding(
      "\"><meta http-equiv=refresh content=0;url=http://127.0.0.1:\(port)/m><img src=http://127.0.0.1:\(port)/i>"
        + "<style>*{background:url(http://127.0.0.1:\(port)/s)}</style><form action=http://127.0.0.1:\(port)/f>")
  }

  private static func search(_ words: String) -> String {
    "/search?q=" + words.utf8.map { String(format: "%%%02X", $0) }.joined()
  }

  @Test(
    "text whose markup hides beside joining code points is text on every page, and in the words that are searched for")
  func hiddenMarkup() async throws {
    let pieces = Self.hidden(9)
    let hostile = try HostileCase(trap: 9, hidden: pieces)
    for item in hostile.remaining { try hostile.store.append(HostileCase.answer(item, "late"), run: hostile.run) }
    try hostile.store.close()
    try await Self.serving(hostile.file) { port in
      let words = pieces.indices.filter { $0 % 8 == 0 }.map {
        Self.search(pieces[$0..<min($0 + 8, pieces.count)].joined())
      }
      for path in ["/", "/probes", "/probe?id=p0", "/probe?id=p4", "/attempts", "/attempt?id=1", "/nothing"] + words {
        let page = try Self.get(path, port)
        #expect(MarkupScan.foreign(in: page.body, but: ["a", "form", "input", "button"]) == [], "\(path)")
        let elements = MarkupScan.elements(of: page.body)
        #expect(elements.count { $0.name == "form" } == 1 && elements.count { $0.name == "meta" } == 2, "\(path)")
        #expect(page.headers["content-security-policy"]?.contains("sandbox allow-forms") == true)
        #expect(page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
        #expect(page.headers["referrer-policy"] == "no-referrer")
      }
      // A host is never answered with its own name.
      let host = try RawHTTP.send("/", host: "\u{600}<b>\u{600}", port: port)
      #expect(host.status >= 400 && !host.body.utf8.contains("\u{600}".utf8.first ?? 0))
    }
  }

  @Test(
    "in the browser such text sends no request, from any page",
    .enabled(if: HeadlessBrowser.isHere, "\(HeadlessBrowser.note)"))
  func hiddenMarkupInBrowser() async throws {
    let trap = try Trap()
    let pieces = Self.hidden(trap.port)
    let hostile = try HostileCase(trap: trap.port, hidden: pieces)
    for item in hostile.remaining { try hostile.store.append(HostileCase.answer(item, "late"), run: hostile.run) }
    try hostile.store.close()
    try await Self.serving(hostile.file) { port in
      for path in ["/", "/probes", "/attempt?id=1", "/report", Self.search(pieces.prefix(40).joined())] {
        let dom = try HeadlessBrowser.dom(at: "http://127.0.0.1:\(port)\(path)", within: .seconds(60))
        #expect(
          dom.contains("</html>") && MarkupScan.foreign(in: dom, but: ["a", "form", "input", "button"]) == [], "\(path)"
        )
        #expect(!trap.wasReached, "\(path)")
      }
    }
  }

  @Test("a port in use, a missing file and an impossible port are one line each")
  func mistakes() async throws {
    let hostile = try HostileCase(trap: 9)
    try hostile.store.close()
    try await Self.serving(hostile.file) { port in
      let taken = try CommandTests.retort(["serve", hostile.file, "--port", "\(port)"])
      #expect(taken.status == 3 && taken.output.isEmpty)
      #expect(
        taken.errors.contains("port \(port) of 127.0.0.1 cannot be used")
          && taken.errors.split(separator: "\n").count == 1)
    }
    let missing = try CommandTests.retort(["serve", "\(hostile.folder)/none.retort"])
    #expect(missing.status == 3 && missing.errors.contains("none.retort: cannot be read: no such file"))
    #expect(try CommandTests.retort(["serve", hostile.file, "--port", "70000"]).status == 64)
  }
}
