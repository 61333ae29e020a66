import Custody
import Formats
import Foundation
import TestSupport
import Testing

/// Keys and heads that options of a verification name, whole and damaged: both verifiers give one exit code, and 3 for nothing
/// but evidence that is not there.
@Suite(
  "Keys and heads that are given to verifiers", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
struct VouchingFilesTests {
  private struct Given {
    let option: String
    let value: String
    let status: Int
  }

  private let folder: String
  private let evidence: String
  private let key: NoteKey

  init() throws {
    folder = try CommandTests.folder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "-xf", "\(DocumentationTests.root)/Tests/EvidenceTests/Fixtures/every-dialect.tar"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    try process.run()
    process.waitUntilExit(orAfter: 600)
    evidence = "\(folder)/evidence"
    let line = String(decoding: try FileBytes.read("\(evidence)/keys.txt"), as: UTF8.self)
    key = try #require(NoteKey(line.trimmingCharacters(in: .newlines)))
  }

  /// Exit codes of `Reports/verify.py`, one for each list of arguments.
  private static func second(_ all: [[String]]) throws -> [Int] {
    let run = """
      import json, runpy, sys
      script = sys.argv[1]
      for arguments in json.loads(sys.argv[2]):
          sys.argv = [script] + arguments
          try: runpy.run_path(script, run_name="__main__")
          except SystemExit as end: print("exit", end.code)
      """
    let arguments = JSONValue.array(all.map { .array($0.map { .string($0) }) }).canonical
    let output = try IndependentPython.run(
      run, arguments: ["\(DocumentationTests.root)/Reports/verify.py", arguments])
    return String(decoding: output, as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix("exit ") }.compactMap { Int($0.dropFirst("exit ".count)) }
  }

  private func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    try FileBytes.write(bytes, to: "\(folder)/\(name)")
    return "\(folder)/\(name)"
  }

  private func damaged() throws -> [String] {
    [
      "\(folder)/none", "\(folder)/none/deeper", folder, "/dev/null", try file("empty", []),
      try file("blank", "\n \n".utf8), try file("garbage", "not a key, nor a head\n".utf8),
      try file("binary", (0...255).map { UInt8($0) }), try file("half", [0x6C, 0xC3]),
    ]
  }

  private func keys() throws -> [Given] {
    let (text, other) = (key.text(.note), key.text(.cosignature))
    func row(_ value: String, _ status: Int) -> Given { Given(option: "--key", value: value, status: status) }
    return [
      row(text, 0), row(try file("key", text.utf8), 0), row(try file("key.crlf", "\(text)\r\n".utf8), 0),
      row(try file("key.spaced", " \n\(text)\n\n".utf8), 0), row("\(evidence)/keys.txt", 0),
      row(String(text.dropLast(5)), 64), row(try file("key.cut", text.utf8.dropLast(5)), 64),
      row(other, 64), row(try file("key.other", "\(other)\n".utf8), 64),
      row(try file("keys.two", "\(text)\n\(text)\n".utf8), 64),
      row(try file("keys.both", "\(text)\n\(other)\n".utf8), 64),
      row(try file("private", "PRIVATE+KEY+\(text)\n".utf8), 64), row("\(evidence)/checkpoints/00001.note", 64),
      // Read, and nobody cosigned.
      Given(option: "--witness", value: text, status: 22),
      Given(option: "--witness", value: try file("witness", "\(other)\n".utf8), status: 22),
      Given(option: "--witness", value: try file("witnesses", "\(other)\n\(other)\n".utf8), status: 64),
    ]
  }

  private func heads() throws -> [Given] {
    func row(_ value: String, _ status: Int) -> Given { Given(option: "--head", value: value, status: status) }
    let head = try FileBytes.read("\(evidence)/checkpoints/00002.note")
    let proof = try FileBytes.read("\(evidence)/consistency/00002.proof")
    return [
      row("\(evidence)/checkpoints/00001.note", 0), row("\(evidence)/checkpoints/00002.note", 0),
      row(try file("head.proven", proof + [0x0A] + head), 0), row(try file("head.cut", head.dropLast(10)), 64),
      row(try file("head.unsigned", head.prefix { $0 != 0xE2 }), 64), row(try file("head.twice", head + head), 64),
      row(try file("head.old", "old 5\n".utf8), 64), row(try file("head.none", "old 5\n\n".utf8), 64),
      row(try file("head.unproven", Array("old x\n\n".utf8) + head), 64),
      row(try file("head.misproven", Array("old 5\nAAAA\n\n".utf8) + head), 64),
      row("\(evidence)/MANIFEST.note", 64), row("\(evidence)/keys.txt", 64), row(key.text(.note), 64),
    ]
  }

  /// Of certificates, all or none count.
  private func certificates() throws -> [Given] {
    let place = "\(folder)/authority"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    let authority = try LocalAuthority(in: place, key: .p256)
    let one = String(decoding: try FileBytes.read(authority.anchor), as: UTF8.self)
    let other = String(decoding: try FileBytes.read("\(place)/tsa.pem"), as: UTF8.self)
    let (begin, end) = ("-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n")
    let rows = [
      (one, 0), (one + other, 0), ("Of ours:\n" + one + "\n\u{e9}\n" + other, 0), (" " + one + " ", 0),
      (one.replacing("\n", with: "\r\n"), 0), (String(one.dropLast(20)), 64), (one + String(other.dropLast(20)), 64),
      (one + begin + end, 64), (one + begin + String(other.dropFirst(40)), 64),
      (one + other.replacing("END", with: "end"), 64),
      (one.replacing(begin, with: begin + "A: b\n\n"), 64), (one.replacing("\n-----END", with: "\nAAAA\n-----END"), 64),
      (one.replacing("CERTIFICATE", with: "X509 CERTIFICATE"), 64),
    ]
    return try rows.enumerated().map { number, row in
      Given(option: "--authority", value: try file("\(number).pem", row.0.utf8), status: row.1)
    }
  }

  @Test("both verifiers end alike, and with 64 for whatever cannot be read")
  func alike() throws {
    var all = try keys() + heads() + (LocalAuthority.isHere ? certificates() : [])
    for value in try damaged() {
      for option in ["--key", "--witness", "--head", "--authority"] {
        all.append(Given(option: option, value: value, status: 64))
      }
    }
    let second = try Self.second(all.map { [evidence, $0.option, $0.value] })
    try #require(second.count == all.count)
    for (given, other) in zip(all, second) {
      let own = try CommandTests.retort(["verify", evidence, given.option, given.value, "--no-report"])
      let name = "\(given.option) \(given.value)"
      #expect(Int(own.status) == given.status, "\(name): \(own.status) \(own.output)\(own.errors)")
      #expect(other == given.status, "verify.py \(name): \(other)")
      guard given.status == 64 else { continue }
      #expect(own.errors.split(separator: "\n").count == 1 && own.errors.contains(given.option), "\(own.errors)")
      #expect(!own.errors.contains("PRIVATE+KEY"), "\(own.errors)")
    }
  }

  @Test("a pipe that nobody writes to is not waited for, nor one that lies among the devices")
  func pipes() throws {
    let places = [folder, "/dev/shm"].filter { FileBytes.isFolder($0) }.map { "\($0)/retort-\(UUID().uuidString)" }
    defer { for place in places { unlink(place) } }
    for place in places { try #require(mkfifo(place, 0o600) == 0) }
    let all = places.flatMap { place in ["--key", "--witness", "--head", "--authority"].map { [evidence, $0, place] } }
    #expect(try Self.second(all) == all.map { _ in 64 })
    for arguments in all { #expect(try CommandTests.retort(["verify", "--no-report"] + arguments).status == 64) }
  }

  @Test("options are read before the evidence is opened, each by its whole name")
  func order() throws {
    let none = "\(folder)/none"
    #expect(try Self.second([[none], [none, "--head", none], [none, "--key", none]]) == [3, 64, 64])
    let wrong = [[""], [evidence, "--ke", key.text(.note)]]
    #expect(try Self.second(wrong) == [64, 64])
    for arguments in wrong { #expect(try CommandTests.retort(["verify"] + arguments).status == 64) }
    #expect(try CommandTests.retort(["verify", none]).status == 3)
    #expect(try CommandTests.retort(["verify", none, "--head", none]).status == 64)
    #expect(try CommandTests.retort(["verify", none, "--key", none]).status == 64)
  }

  @Test("evidence is checked in bounded memory, however large its files are", arguments: ["MANIFEST.note", "keys.txt"])
  func large(path: String) throws {
    // A hole, of which the disk has nothing, larger than the memory that is given.
    #expect(truncate("\(evidence)/\(path)", 3 << 30) == 0)
    let run = """
      import resource, runpy, subprocess, sys
      program, script, evidence = sys.argv[1:]
      resource.setrlimit(resource.RLIMIT_AS, (5 << 29, 5 << 29))
      print(subprocess.run([program, "verify", evidence, "--no-report"], stdout=subprocess.DEVNULL).returncode)
      print(subprocess.run([sys.executable, script, evidence], stdout=subprocess.DEVNULL).returncode)
      """
    let output = try IndependentPython.run(
      run, arguments: [CommandTests.program, "\(DocumentationTests.root)/Reports/verify.py", evidence])
    let status = path == "MANIFEST.note" ? "21" : "20"
    #expect(String(decoding: output, as: UTF8.self) == "\(status)\n\(status)\n")
  }
}
