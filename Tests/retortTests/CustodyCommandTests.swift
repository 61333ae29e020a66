import Custody
import DemoModels
import Formats
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

  /// A key that nobody here has.
  private static let someVerifier = "x.example.org+9afc6e7d+AbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1"

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
        text = text.replacingOccurrences(of: "is not evaluated", with: "is indicated")
        try FileBytes.write(text.utf8, to: "\(changed)/report/\(name)")
      }
      let found = try Self.verify([changed])
      #expect(found.status == 20 && found.output.contains("✗ manifest: report/report.md"), "\(found.output)")
      #expect(found.output.contains("✓ report: every number comes out again"), "\(found.output)")
      #expect(found.output.contains("✗ sentences: report/result.json:"), "\(found.output)")
      #expect(found.errors.split(separator: "\n").count == 1, "\(found.errors)")
      #expect(found.errors.contains("does not hold: manifest, sentences"), "\(found.errors)")
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
      (["cosign", "F/case.yaml", "--key", "F/k", "--from", Self.someVerifier], 3, "cannot be read"),
      (["cosign", "CASE"], 64, "give either --key"),
      (["cosign", "F/case.yaml", "--key", "F/lab.key"], 64, "give --from KEY"),
      (["cosign", "F/case.yaml", "--key", "F/lab.key", "--from", Self.someVerifier], 3, "is no checkpoint"),
      (["verify", "F", "--head", "F/case.yaml"], 64, "is no checkpoint"),
      (["run", "F/case.yaml", "--ntp", "http://x/"], 64, "must be HOST or HOST:PORT"),
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

  @Test("evidence that an earlier version made holds, its report included")
  func earlierVersion() throws {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("EvidenceTests/Fixtures/every-dialect.tar").path
    let verified = try Self.verify([fixture])
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(verified.output.contains("✓ report: every number comes out again"), "\(verified.output)")
    #expect(verified.output.contains("– sentences: report.md, report.html and its sentences may say anything"))
    #expect(verified.output.contains("\"retort 0.1.0\" made them"), "\(verified.output)")
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
      // Both verifiers take a witness by either of its keys.
      let signingKey = try #require(JSONValue(parsing: witness)?["verifier_key"]?.string)
      for key in [witnessKey, signingKey] {
        #expect(try Self.verify([path, "--witness", key, "--no-report"]).status == 0)
        guard IndependentPython.isHere else { continue }
        let second = String(decoding: try Self.secondVerifier([path, "--witness", key]), as: UTF8.self)
        #expect(second.contains("every record stands under the word of somebody else"), "\(second)")
      }
      let markdown = String(decoding: try FileBytes.read("\(path)/report/report.md"), as: UTF8.self)
      #expect(markdown.contains("| cosigned by | other.example.org, as the notes say (retort verify"), "\(markdown)")
      // Without the other's key anybody could bind one's own to a log of their making.
      try FileManager.default.removeItem(atPath: "\(theirs).heads")
      #expect(try CommandTests.retort(["cosign", head, "--key", theirs]).status == 64)
      #expect(!FileManager.default.fileExists(atPath: "\(theirs).heads"))
    }
  }

  @Test("a party that cosigned a log cosigns a later head only if it continues that one")
  func cosignAgain() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let (ours, verifier) = try Self.key("lab", in: folder)
      let theirs = try Self.key("other", in: folder).file
      let file = try CommandTests.configuration(port: port, in: folder)
      let (path, head, back) = ("\(folder)/case.retort", "\(folder)/head.note", "\(folder)/back.note")
      func run(_ more: String...) throws -> CommandTests.Outcome {
        try CommandTests.retort(["run", file, "--key", ours, "--no-report", "--no-check", "--progress", "none"] + more)
      }
      func own(_ more: String...) throws -> CommandTests.Outcome {
        try CommandTests.retort(["cosign", path, "--key", ours, "-o", head] + more)
      }
      func other(_ more: String...) throws -> CommandTests.Outcome {
        try CommandTests.retort(["cosign", head, "--key", theirs, "--from", verifier] + more)
      }
      _ = try run("--max-calls", "5")
      #expect(try own().status == 0)
      #expect(try other("-o", back).status == 0)
      #expect(try CommandTests.retort(["cosign", path, "--accept", back]).status == 0)
      try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/early.retort")
      _ = try run("--max-calls", "9")
      let second = try own("--json")
      #expect(second.status == 0, "\(second.errors)")
      try Self.check(second.output, "checkpoint")
      #expect(JSONValue(parsing: second.output)?["continues"]?.integer ?? 0 > 0)
      #expect(String(decoding: try FileBytes.read(head), as: UTF8.self).hasPrefix("old "))
      #expect(try other("-o", back).status == 0)
      #expect(try CommandTests.retort(["cosign", path, "--accept", back]).status == 0)
      // The head without its proof: told where the proof must start.
      _ = try run("--max-calls", "12")
      #expect(try own("--since", "1").status == 0)
      let bare = try other()
      let size = try #require(JSONValue(parsing: second.output)?["size"]?.integer)
      #expect(bare.status == 3 && bare.errors.contains("--since \(size))"), "\(bare.errors)")
      #expect(bare.output.isEmpty)
      let shown = "\(folder)/shown.note"
      try FileManager.default.copyItem(atPath: back, toPath: shown)
      // Begun anew from a copy of before, to better answers: the first party signs it, the second does not.
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: "\(folder)/early.retort", toPath: path)
      let fork = try run()
      #expect(fork.status == 0, "\(fork.errors)")
      #expect(try own("--since", "\(size)").status == 0)
      let refused = try other()
      #expect(refused.status == 20 && refused.errors.contains("do not sign it"), "\(refused.errors)")
      #expect(refused.output.isEmpty && refused.errors.split(separator: "\n").count == 1)
      // Nor does its evidence continue what was shown.
      let evidence = "\(folder)/case.evidence"
      #expect(try CommandTests.retort(["export", path, "-o", evidence, "--key", ours]).status == 0)
      let whole = try Self.verify([evidence, "--no-report"])
      #expect(whole.status == 0 && whole.output.contains("✓ consistency: "), "\(whole.output)")
      let found = try Self.verify([evidence, "--no-report", "--head", shown])
      #expect(found.status == 20 && found.output.contains("✗ consistency: "), "\(found.output)")
    }
  }

  @Test(
    "certificates of the endpoints and offsets of the clock are in the log, around what they are for",
    .enabled(if: LocalAuthority.isHere && IndependentPython.isHere, "\(LocalAuthority.note)"))
  func connectionsAndClocks() async throws {
    let folder = try CommandTests.folder()
    let certificate = try LocalCertificate(in: folder)
    try await PythonServer.serving("tls.py", [certificate.file, certificate.keyFile]) { ports in
      try await PythonServer.serving("sntp.py", ["7.25"]) { clocks in
        let ours = try Self.key("lab", in: folder).file
        let file = try CommandTests.configuration(port: ports[0], in: folder)
        let yaml = String(decoding: try FileBytes.read(file), as: UTF8.self)
        try FileBytes.write(
          yaml.replacingOccurrences(of: "http://127.0.0.1", with: "https://localhost").utf8, to: file)
        let run = try CommandTests.retort(
          [
            "run", file, "--key", ours, "--progress", "none", "--no-check", "--ntp", "127.0.0.1:\(clocks[0])", "--ntp",
            "127.0.0.1:9", "--json",
          ],
          environment: ["SSL_CERT_FILE": certificate.file])
        #expect(run.status == 0, "\(run.errors)")
        try Self.check(run.output, "result")
        let path = "\(folder)/case.evidence"
        #expect(try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", ours]).status == 0)
        let records = try FileBytes.read("\(path)/records.jsonl").split(separator: UInt8(ascii: "\n"))
          .compactMap { JSONValue(parsing: Array($0)) }
        let kinds = records.compactMap { $0["kind"]?.string }
        #expect(
          kinds == ["protocol", "circumstances", "clock", "clock", "run", "connection"]
            + Array(repeating: "attempt", count: 18) + ["clock", "clock"], "\(kinds)")
        let connection = try #require(records.first { $0["kind"]?.string == "connection" })
        #expect(connection["certificate_sha256"]?.string == Digest(of: try certificate.der()).hex)
        #expect(connection["spki_sha256"]?.string == Digest(of: try certificate.publicKey()).hex)
        #expect(connection["host"]?.string == "localhost:\(ports[0])" && connection["version"]?.string == "TLS 1.3")
        let readings = records.filter { $0["kind"]?.string == "clock" }
        #expect(readings.map { $0["moment"]?.string } == ["begin", "begin", "end", "end"])
        for (place, reading) in readings.enumerated() {
          guard place % 2 == 0 else {
            #expect(reading["problem"]?.string != nil)
            continue
          }
          let delay = try #require(reading["delay_us"]?.integer)
          #expect(abs((reading["offset_us"]?.integer ?? 0) - 7_250_000) <= delay / 2 + 1_000, "\(reading)")
        }
        let verified = try Self.verify([path])
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.contains("; 127.0.0.1:\(clocks[0]): +72"), "\(verified.output)")
        #expect(String(decoding: try Self.secondVerifier([path]), as: UTF8.self).contains("✓ records: 26"))
        let report = String(decoding: try FileBytes.read("\(path)/report/report.md"), as: UTF8.self)
        #expect(
          report.contains(
            "localhost:\(ports[0]), TLS 1.3, certificate \(Digest(of: try certificate.der()).hex.prefix(16))…"))
        #expect(report.contains("found as far as certificates go"))
        let nothing = try CommandTests.retort(
          ["run", file, "--no-report"], environment: ["SSL_CERT_FILE": "\(folder)/lab.key"])
        #expect(nothing.status == 3 && nothing.errors.contains("no certificate (PEM) is in it"), "\(nothing.errors)")
      }
    }
  }

  /// What `Reports/verify.py` prints of evidence that it finds nothing wrong with.
  private static func secondVerifier(_ arguments: [String]) throws -> Data {
    try IndependentPython.run(
      "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')",
      arguments: [verifierScript] + arguments)
  }

  private static let verifierScript = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Reports/verify.py").path

  /// What SQLite itself finds in a case file, asked by another program on a copy, as a process left it.
  private static func integrity(_ file: String) throws -> String {
    let script = """
      import os, shutil, sqlite3, sys, tempfile
      with tempfile.TemporaryDirectory() as folder:
          for ending in ("", "-wal"):
              if os.path.exists(sys.argv[1] + ending): shutil.copy(sys.argv[1] + ending, f"{folder}/copy{ending}")
          found = sqlite3.connect(f"{folder}/copy")
          print(*found.execute("PRAGMA integrity_check").fetchall(), *found.execute("PRAGMA foreign_key_check").fetchall())
      """
    guard IndependentPython.isHere else { return "('ok',)" }
    return String(decoding: try IndependentPython.run(script, arguments: [file]), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test(
    "a run on a disk that is full ends with a clear line; with room it goes on, and the evidence verifies",
    .enabled(if: SmallDisk.isPossible, "skipped: a small disk can be mounted by root on Linux only"))
  func fullDisk() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let ours = try Self.key("lab", in: folder).file
      let disk = try SmallDisk(at: "\(folder)/disk", kilobytes: 700)
      defer { disk.unmount() }
      let file = try CommandTests.configuration(port: port, in: disk.path, extra: "samples: 40")
      let arguments = ["run", file, "--key", ours, "--no-report", "--no-check", "--progress", "none"]
      let full = try CommandTests.retort(arguments)
      #expect(full.status == 3, "\(full.errors)")
      let last = full.errors.split(separator: "\n").last ?? ""
      #expect(last.contains("no space left on the disk: free some and run again; what was stored is kept"), "\(last)")
      #expect(try Self.integrity("\(disk.path)/case.retort") == "('ok',)")
      try disk.remount("size=16m")
      try disk.remount("ro")
      let readOnly = try CommandTests.retort(arguments)
      let told = readOnly.errors.split(separator: "\n").last ?? ""
      #expect(readOnly.status == 3 && told.contains("case.retort: "), "\(readOnly.errors)")
      #expect(told.contains("cannot be written") || told.contains("check the disk"), "\(told)")
      try disk.remount("rw")
      let again = try CommandTests.retort(arguments)
      #expect(again.status == 0 && again.errors.contains("720 of 720 answers"), "\(again.errors)")
      let path = "\(folder)/case.evidence"
      let exported = try CommandTests.retort(["export", "\(disk.path)/case.retort", "-o", path, "--key", ours])
      #expect(exported.status == 0, "\(exported.errors)")
      let verified = try Self.verify([path, "--no-report"])
      #expect(verified.status == 0, "\(verified.output)")
      #expect(try Self.integrity("\(disk.path)/case.retort") == "('ok',)")
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
      #expect(verified.output.contains("✓ coverage: the protocol promises time stamps by "), "\(verified.output)")
    }
  }

  @Test(
    "an authority of the protocol is asked whenever the log is signed; that it did not answer is in the log and is told",
    .enabled(if: LocalAuthority.isHere && IndependentPython.isHere, "\(LocalAuthority.note)"))
  func promisedStamps() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let authority = try LocalAuthority(in: try CommandTests.folder(), key: .p256)
      let server = try TimeStampServer(authority, in: folder)
      defer { server.stop() }
      let (key, verifier) = try Self.key("lab", in: folder)
      let file = try CommandTests.configuration(port: port, in: folder)
      func run(_ more: String...) throws -> CommandTests.Outcome {
        try CommandTests.retort(["run", file, "--key", key, "--no-report", "--no-check", "--progress", "none"] + more)
      }
      let url = try server.url()
      let stamping = ["--time-stamp", url, "--time-stamp-certificates", authority.anchor]
      #expect(try run(stamping[0], stamping[1], stamping[2], stamping[3], "--max-calls", "7").status == 5)
      // Not named again, and asked all the same.
      #expect(try run("--max-calls", "11").status == 5)
      let half = "\(folder)/half.evidence"
      #expect(try CommandTests.retort(["export", "\(folder)/case.retort", "-o", half, "--key", key]).status == 0)
      let stamps = try FileManager.default.contentsOfDirectory(atPath: "\(half)/time-stamps").filter {
        $0.hasSuffix("tsr")
      }
      #expect(stamps.count >= 3, "\(stamps)")
      server.stop()
      // The case does not hang on an authority: it is asked to its end, and analysed.
      let last = try CommandTests.retort(["run", file, "--key", key, "--no-check", "--progress", "none"])
      #expect(last.status == 0 && FileBytes.exists("\(folder)/case.report/result.json"), "\(last.errors)")
      #expect(last.errors.contains("\(url): the time-stamping authority does not answer: "), "\(last.errors)")
      #expect(last.errors.contains("; the log says so, and so will the evidence\n"), "\(last.errors)")
      let path = "\(folder)/case.evidence"
      let exported = try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", key])
      #expect(exported.status == 0 && exported.errors.contains("the log says so"), "\(exported.errors)")
      let verified = try Self.verify([path, "--key", verifier, "--authority", authority.anchor, "--no-report"])
      #expect(verified.status == 0, "\(verified.output)")
      #expect(verified.output.contains("– coverage: the protocol promises time stamps by \(url)"), "\(verified.output)")
      #expect(verified.output.contains("\(url) gave none of the last checkpoint: "), "\(verified.output)")
      let records = String(decoding: try FileBytes.read("\(path)/records.jsonl"), as: UTF8.self)
      // Once before the last attempts and once after them, however often it was asked.
      #expect(records.components(separatedBy: "\"problem\":").count == 3)
    }
  }

  @Test(
    "Ctrl-C ends a run with 130, and its last head is stamped all the same: no authority is said to have failed",
    .enabled(if: LocalAuthority.isHere && IndependentPython.isHere, "\(LocalAuthority.note)"))
  func interruptedStamps() async throws {
    try await PythonServer.serving("sntp.py", ["0"]) { clocks in
      try await serve(latency: .milliseconds(150)) { port in
        let folder = try CommandTests.folder()
        let authority = try LocalAuthority(in: try CommandTests.folder(), key: .p256)
        let server = try TimeStampServer(authority, in: folder)
        defer { server.stop() }
        let (key, _) = try Self.key("lab", in: folder)
        let file = try CommandTests.configuration(port: port, in: folder, extra: "samples: 10")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandTests.program)
        process.arguments = [
          "run", file, "--key", key, "--time-stamp", try server.url(), "--time-stamp-certificates", authority.anchor,
          "--ntp", "127.0.0.1:\(clocks[0])", "--no-check", "--progress", "json",
        ]
        try FileBytes.write([], to: "\(folder)/err")
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/err"))
        process.standardOutput = FileHandle.nullDevice
        func errors() throws -> String { String(decoding: try FileBytes.read("\(folder)/err"), as: UTF8.self) }
        try process.run()
        let end = ContinuousClock.now + .seconds(60)
        while try !errors().contains("\"answered\"") {
          guard process.isRunning, ContinuousClock.now < end else { break }
          try await Task.sleep(for: .milliseconds(10))
        }
        process.interrupt()
        process.waitUntilExit(orAfter: 600)
        let said = try errors()
        #expect(process.terminationStatus == 130, "\(said)")
        #expect(said.contains("finishing what is in flight"))
        let path = "\(folder)/half.evidence"
        let exported = try CommandTests.retort(["export", "\(folder)/case.retort", "-o", path, "--key", key])
        #expect(exported.status == 0, "\(exported.errors)")
        let records = String(decoding: try FileBytes.read("\(path)/records.jsonl"), as: UTF8.self)
        #expect(!records.contains("\"problem\""), "\(records.split(separator: "\n").filter { $0.contains("problem") })")
        #expect(records.components(separatedBy: "\"moment\":\"end\"").count == 2)
        let verified = try Self.verify([path, "--authority", authority.anchor, "--no-report"])
        // The plan is not at its end; whatever else there is holds.
        #expect(verified.status == 23, "\(verified.output)")
        #expect(verified.output.contains("✓ coverage: "), "\(verified.output)")
      }
    }
  }

  @Test("a case of more bytes than are read whole is told from a note by its first ones")
  func largeCase() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let (key, _) = try Self.key("lab", in: folder)
      let file = try CommandTests.configuration(port: port, in: folder)
      let run = try CommandTests.retort(["run", file, "--key", key, "--no-report", "--no-check", "--progress", "none"])
      #expect(run.status == 0, "\(run.errors)")
      let store = "\(folder)/case.retort"
      // A hole, which takes no room on the disk and to SQLite is beyond the end of the database.
      #expect(truncate(store, off_t(Limits.fileBytes + 4_096)) == 0)
      let head = try CommandTests.retort(["cosign", store, "--key", key])
      #expect(head.status == 0 && head.output.hasPrefix("lab.example.org/case/"), "\(head.errors)")
    }
  }

  @Test("runs that begin one case at once: nothing is lost, and all but one are told who has it")
  func beganAtOnce() async throws {
    try await serve(latency: .milliseconds(20)) { port in
      for _ in 0..<3 {
        let folder = try CommandTests.folder()
        let file = try CommandTests.configuration(port: port, in: folder, extra: "samples: 4")
        try FileBytes.write("mine".utf8, to: "\(folder)/case.retort.new")
        let runs = try (0..<3).map { number in
          let process = Process()
          process.executableURL = URL(fileURLWithPath: CommandTests.program)
          process.arguments = ["run", file, "--no-report", "--no-check", "--progress", "none"]
          let errors = "\(folder)/\(number).err"
          try FileBytes.write("".utf8, to: errors)
          process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
          try process.run()
          return (process, errors)
        }
        var done = 0
        for (process, file) in runs {
          process.waitUntilExit(orAfter: 600)
          let errors = String(decoding: try FileBytes.read(file), as: UTF8.self)
          if process.terminationStatus == 0 {
            done += 1
          } else {
            #expect(
              process.terminationStatus == 3 && errors.contains("has it open: wait for it, or stop it"), "\(errors)")
            try FileManager.default.removeItem(atPath: file)
          }
        }
        #expect(done >= 1)
        #expect(try Self.integrity("\(folder)/case.retort") == "('ok',)")
        let last = try CommandTests.retort(["run", file, "--no-report", "--progress", "none"])
        #expect(last.status == 0 && last.errors.contains("72 of 72 answers in"), "\(last.errors)")
        #expect(last.errors.contains(", 0 attempts in this run"), "\(last.errors)")
        #expect(try FileBytes.read("\(folder)/case.retort.new") == Array("mine".utf8))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".") }
        #expect(left == [], "\(left)")
      }
    }
  }

  @Test("a head is cosigned under its own key's name only, and a memory that says nothing is damaged")
  func cosignStranger() async throws {
    let folder = try CommandTests.folder()
    let lab = try #require(SigningKey(newNamed: "lab.example.org"))
    let (theirs, _) = try Self.key("other", in: folder)
    func cosign(_ origin: String) throws -> CommandTests.Outcome {
      let text = Checkpoint(origin: origin, size: 9, root: Digest(of: "x")).text
      try FileBytes.write(try SignedNote(text: text, signedBy: lab).written.utf8, to: "\(folder)/head.note")
      return try CommandTests.retort(["cosign", "\(folder)/head.note", "--key", theirs, "--from", lab.key.text(.note)])
    }
    // Else a head that is too far ahead would keep the true log's from being cosigned ever again.
    let strange = try cosign("victim.example.org/case/0123456789abcdef")
    #expect(strange.status == 3 && strange.errors.contains("is not signed by"), "\(strange.errors)")
    #expect(!FileBytes.exists("\(theirs).heads"))
    #expect(try cosign("lab.example.org/case/0123456789abcdef").status == 0)
    try FileBytes.write("".utf8, to: "\(theirs).heads")
    let emptied = try cosign("lab.example.org/case/0123456789abcdef")
    #expect(emptied.status == 3 && emptied.errors.contains("restore the file from a copy"), "\(emptied.errors)")
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
        process.waitUntilExit(orAfter: 600)
        let left = "\(folder)/case.retort"
        if FileBytes.exists(left) { #expect(try Self.integrity(left) == "('ok',)") }
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
      process.waitUntilExit(orAfter: 600)
      #expect(try Self.integrity("\(folder)/case.retort") == "('ok',)")
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

  /// It answers nobody any more when this returns.
  func stop() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit(orAfter: 600)
  }
}
