import CaseFile
import DemoModels
import Foundation
import TestSupport
import Testing

/// Keys, runs, evidence and verification as a user types them, against the demo's server.
@Suite("Chain of custody from the command line", .serialized)
struct CustodyCommandTests {
  private func serve<Result: Sendable>(
    latency: Duration = .zero, _ body: @Sendable (_ port: Int) async throws -> Result
  ) async throws -> Result {
    let model = DemoWorld.train(DemoWorld.independent)
    let models = Dictionary(uniqueKeysWithValues: ["s", "t", "a", "b", "c", "d"].map { ($0, model) })
    return try await withModelServer(models: models, seed: 1, latency: latency, body: body)
  }

  private static func key(_ name: String, in folder: String) throws -> (file: String, verifier: String) {
    let file = "\(folder)/\(name).key"
    let made = try CommandTests.retort(["key", "new", "\(name).example.org", "-o", file])
    #expect(made.status == 0, "\(made.errors)")
    return (file, made.output.trimmingCharacters(in: .newlines))
  }

  private static func verify(_ arguments: [String]) throws -> CommandTests.Outcome {
    try CommandTests.retort(["verify"] + arguments)
  }

  private static func check(_ document: String, _ schema: String) throws {
    if IndependentPython.isHere { #expect(try Schemas.violations(of: document, schema) == "", "\(document)") }
  }

  @Test("from a key over a run to evidence that verifies, report included, and is refused when it was changed")
  func wholeWay() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let (key, verifier) = try Self.key("lab", in: folder)
      try Self.check(try CommandTests.retort(["key", "show", key, "--json"]).output, "key")
      let file = try CommandTests.configuration(port: port, in: folder)
      let run = try CommandTests.retort(["run", file, "--key", key, "--progress", "none", "--json"])
      #expect(run.status == 0, "\(run.errors)")
      try Self.check(run.output, "result")
      #expect(JSONValue(parsing: run.output)?["protocol"]?["run"]?["custody"]?["checkpoints"]?.array?.count == 2)
      let path = "\(folder)/case.evidence"
      let exported = try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", key, "--json"])
      #expect(exported.status == 0, "\(exported.errors)")
      try Self.check(exported.output, "evidence")
      let verified = try Self.verify([path, "--key", verifier, "--json"])
      #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
      try Self.check(verified.output, "verification")
      #expect(try FileBytes.read("\(path)/report/result.json") == FileBytes.read("\(folder)/case.report/result.json"))

      // The archive, elsewhere, without the case and without a home.
      let tar = "\(folder)/case.tar"
      #expect(try CommandTests.retort(["export", "\(folder)/case.retort", "-o", tar, "--key", key]).status == 0)
      let elsewhere = try CommandTests.folder()
      try FileManager.default.moveItem(atPath: tar, toPath: "\(elsewhere)/x.tar")
      let alone = try CommandTests.retort(
        ["verify", "x.tar", "--key", verifier], environment: ["HOME": elsewhere, "TMPDIR": elsewhere], in: elsewhere)
      #expect(alone.status == 0, "\(alone.output)\(alone.errors)")

      // A number of the report, with everything that lists it repaired: only the computation tells.
      let changed = "\(folder)/changed.evidence"
      try FileManager.default.copyItem(atPath: path, toPath: changed)
      for name in ["result.json", "report.md"] {
        var text = String(decoding: try FileBytes.read("\(changed)/report/\(name)"), as: UTF8.self)
        text = text.replacingOccurrences(of: "does not stand out", with: "stands out")
        try FileBytes.write(text.utf8, to: "\(changed)/report/\(name)")
      }
      let found = try Self.verify([changed])
      #expect(found.status == 20 && found.output.contains("✗ manifest: report/report.md"), "\(found.output)")
      #expect(found.output.contains("✗ report: report/result.json:"), "\(found.output)")
      #expect(found.errors.split(separator: "\n").count == 1, "\(found.errors)")
      #expect(found.errors.contains("does not hold: manifest, report"), "\(found.errors)")
      let json = try Self.verify([changed, "--json"])
      try Self.check(json.output, "verification")
      try Self.check(json.errors, "error")
      #expect(JSONValue(parsing: json.errors)?["code"]?.string == "altered")
      let stranger = try Self.key("stranger", in: folder).verifier
      #expect(try Self.verify([path, "--key", stranger, "--no-report"]).status == 21)
    }
  }

  @Test(
    "mistakes are told in one line, and change nothing",
    arguments: [
      (["export", "CASE", "-o", "F/x.evidence"], Int32(64), "add --key FILE"),
      (["export", "CASE", "-o", "F/x", "--redact"], 64, "ends in .evidence or .tar"),
      (["export", "CASE", "-o", "F/x.tar", "--key", "F/none.key"], 3, "none.key: cannot be read"),
      (["export", "CASE", "-o", "F/x.tar", "--key", "F/case.yaml"], 3, "others may read this private key"),
      (["key", "new", "two words", "-o", "F/k"], 64, "cannot be a key's name"),
      (["key", "new", "a", "-o", "F/case.yaml"], 64, "another file of that name is there"),
      (["verify", "F"], 3, "is no evidence"), (["verify", "F/none.tar"], 3, "no such file"),
      (["verify", "F/case.yaml"], 3, "is no evidence"), (["verify", "F", "--key", "x"], 64, "is no verifier key"),
      (["cosign", "F/case.yaml", "--key", "F/k"], 3, "cannot be read"), (["cosign", "CASE"], 64, "give either --key"),
      (["run", "F/case.yaml", "--time-stamp", "http://127.0.0.1:9/"], 64, "add --key"),
      (["run", "F/case.yaml", "--key", "F/lab.key", "--time-stamp", "ftp://x"], 64, "must be an http or https URL"),
      (["run", "F/case.yaml", "--key", "F/lab.key", "--time-stamp", "http://127.0.0.1:9/"], 3, "does not answer"),
    ] as [([String], Int32, String)])
  func mistakes(arguments: [String], status: Int32, words: String) throws {
    let folder = try CommandTests.folder()
    _ = try CommandTests.configuration(port: 9, in: folder)
    _ = try Self.key("lab", in: folder)
    let outcome = try CommandTests.retort(
      arguments.map {
        $0.replacingOccurrences(of: "CASE", with: "F/case.retort").replacingOccurrences(of: "F/", with: folder + "/")
      }
      .map { $0 == "F" ? folder : $0 })
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(left).subtracting(["case.retort"]) == ["case.yaml", "probes.jsonl", "lab.key"], "\(left)")
  }

  @Test("two parties cosign each other's log before either sees a result")
  func cosign() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let (ours, verifier) = try Self.key("lab", in: folder)
      let theirs = try Self.key("other", in: folder).file
      let file = try CommandTests.configuration(port: port, in: folder)
      let run = try CommandTests.retort(["run", file, "--key", ours, "--no-report", "--progress", "none"])
      #expect(run.status == 0 && run.output.isEmpty && !FileManager.default.fileExists(atPath: "\(folder)/case.report"))
      let head = "\(folder)/head.note"
      #expect(try CommandTests.retort(["cosign", "\(folder)/case.retort", "--key", ours, "-o", head]).status == 0)
      #expect(
        try CommandTests.retort(["cosign", head, "--key", theirs, "--from", try Self.key("x", in: folder).verifier])
          .status == 3)
      let signed = try CommandTests.retort(
        ["cosign", head, "--key", theirs, "--from", verifier, "-o", "\(folder)/back.note", "--json"])
      #expect(signed.status == 0, "\(signed.errors)")
      try Self.check(signed.output, "checkpoint")
      #expect(try CommandTests.retort(["cosign", "\(folder)/case.retort", "--accept", head]).status == 3)
      let kept = try CommandTests.retort(["cosign", "\(folder)/case.retort", "--accept", "\(folder)/back.note"])
      #expect(kept.status == 0, "\(kept.errors)")
      let path = "\(folder)/case.evidence"
      #expect(try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", ours]).status == 0)
      let witness = try CommandTests.retort(["key", "show", theirs, "--json"]).output
      let witnessKey = try #require(JSONValue(parsing: witness)?["witness_key"]?.string)
      let verified = try Self.verify([path, "--witness", witnessKey, "--no-report"])
      #expect(verified.status == 0 && verified.output.contains("by other.example.org"), "\(verified.output)")
      let markdown = String(decoding: try FileBytes.read("\(path)/report/report.md"), as: UTF8.self)
      #expect(markdown.contains("| cosigned by | other.example.org |"), "\(markdown)")
    }
  }

  @Test(
    "a run is time-stamped by an authority over HTTP before its first request and after its last",
    .enabled(if: LocalAuthority.isHere && IndependentPython.isHere, "\(LocalAuthority.note)"))
  func timeStamps() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let authority = try LocalAuthority(in: try CommandTests.folder())
      let server = try TimeStampServer(authority, in: folder)
      defer { server.stop() }
      let (key, verifier) = try Self.key("lab", in: folder)
      let file = try CommandTests.configuration(port: port, in: folder)
      let run = try CommandTests.retort(
        ["run", file, "--key", key, "--time-stamp", try server.url(), "--progress", "none"])
      #expect(run.status == 0, "\(run.errors)")
      let path = "\(folder)/case.evidence"
      #expect(try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", key]).status == 0)
      let verified = try Self.verify([path, "--key", verifier, "--authority", authority.anchor])
      #expect(verified.status == 0, "\(verified.output)")
      #expect(verified.output.contains("✓ time stamps: 2: "), "\(verified.output)")
      #expect(verified.output.contains("time-stamped before the first attempt"), "\(verified.output)")
      // openssl's own word on what was exported.
      let note = try FileBytes.read("\(path)/checkpoints/00001.note")
      #expect(try authority.accepts(try FileBytes.read("\(path)/time-stamps/00001.1.tsr"), for: note))
    }
  }

  @Test("kill -9 at a random moment, again and again: the resumed case verifies, nothing is lost or doubled")
  func killed() async throws {
    try await serve(latency: .milliseconds(8)) { port in
      let folder = try CommandTests.folder()
      let (key, _) = try Self.key("lab", in: folder)
      let file = try CommandTests.configuration(port: port, in: folder, extra: "samples: 20")
      for _ in 0..<6 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandTests.program)
        process.arguments = ["run", file, "--key", key, "--no-report", "--progress", "none"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        let number = process.processIdentifier
        try await Task.sleep(for: .milliseconds(Int.random(in: 30...250)))
        if number > 0, process.isRunning { kill(number, SIGKILL) }
        process.waitUntilExit()
      }
      let last = try CommandTests.retort(["run", file, "--key", key, "--no-report", "--progress", "none"])
      #expect(last.status == 0, "\(last.errors)")
      #expect(last.errors.contains("360 of 360 answers"), "\(last.errors)")
      let path = "\(folder)/case.evidence"
      let exported = try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", key])
      #expect(exported.status == 0, "\(exported.errors)")
      let verified = try Self.verify([path])
      #expect(
        verified.status == 0 && verified.output.contains("all 360 planned items were asked"), "\(verified.output)")
    }
  }

  @Test("a second process on a case is told who holds it")
  func held() async throws {
    try await serve(latency: .milliseconds(200)) { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(port: port, in: folder, extra: "samples: 20")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandTests.program)
      process.arguments = ["run", file, "--progress", "none"]
      process.standardError = FileHandle.nullDevice
      try process.run()
      let number = process.processIdentifier
      let end = ContinuousClock.now + .seconds(20)
      while !FileManager.default.fileExists(atPath: "\(folder)/case.retort"), ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(20))
      }
      try await Task.sleep(for: .milliseconds(300))
      let second = try CommandTests.retort(["run", file, "--progress", "none"])
      #expect(process.isRunning)
      if number > 0, process.isRunning { kill(number, SIGKILL) }
      process.waitUntilExit()
      #expect(second.status == 3)
      #if os(Linux)
        #expect(
          second.errors.contains("case.retort: process \(number) (\(CommandTests.program) run"),
          "\(second.errors)")
      #endif
      #expect(second.errors.contains("has it open: wait for it, or stop it"), "\(second.errors)")
    }
  }
}

/// `openssl ts -reply` behind HTTP.
private final class TimeStampServer: @unchecked Sendable {
  private let process = Process()
  private let input = Pipe()
  private let portFile: String

  init(_ authority: LocalAuthority, in folder: String) throws {
    portFile = "\(try CommandTests.folder())/port"
    let script = """
      import http.server, os, subprocess, sys, tempfile, threading
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_POST(self):
              with tempfile.NamedTemporaryFile() as query:
                  query.write(self.rfile.read(int(self.headers["content-length"]))); query.flush()
                  reply = subprocess.run([sys.argv[1], "ts", "-reply", "-config", sys.argv[2], "-queryfile", query.name],
                                         capture_output=True).stdout
              self.send_response(200); self.send_header("content-type", "application/timestamp-reply")
              self.send_header("content-length", str(len(reply))); self.end_headers(); self.wfile.write(reply)
          def log_message(self, *a): pass
      server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
      open(sys.argv[3] + ".new", "w").write(str(server.server_port)); os.rename(sys.argv[3] + ".new", sys.argv[3])
      threading.Thread(target=server.serve_forever, daemon=True).start()
      sys.stdin.read()
      """
    process.executableURL = URL(fileURLWithPath: IndependentPython.interpreter ?? "")
    // It ends when its input does: with the tests, however they end.
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.arguments = ["-c", script, LocalAuthority.openssl ?? "", authority.configuration, portFile]
    try process.run()
  }

  func url() throws -> String {
    let end = ContinuousClock.now + .seconds(20)
    while !FileManager.default.fileExists(atPath: portFile), ContinuousClock.now < end { usleep(20_000) }
    return "http://127.0.0.1:\(String(decoding: try FileBytes.read(portFile), as: UTF8.self))/"
  }

  func stop() { process.terminate() }
}
