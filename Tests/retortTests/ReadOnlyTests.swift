import CaseFile
import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// What reads a copy leaves the original as it is, by whatever name it is reached.
@Suite("A case that is only read")
struct ReadOnlyTests {
  private static func facts(_ file: String) throws -> [AnyHashable] {
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    return [
      attributes[.posixPermissions], attributes[.modificationDate], attributes[.size], attributes[.systemFileNumber],
    ]
    .map { $0 as? AnyHashable ?? AnyHashable(0) } + [AnyHashable(try FileBytes.read(file))]
  }

  private static func link(_ from: String, _ to: String) throws -> String {
    try FileManager.default.createSymbolicLink(atPath: from, withDestinationPath: to)
    return from
  }

  @Test("through links of every kind a copy shows what a run has stored so far, and rights and bytes stay")
  func links() throws {
    let held = try ServeCommandTests.HostileCase(trap: 9)
    let folder = held.folder
    let other = try CommandTests.folder()
    // The run still holds the case: its last answers are in the log beside it.
    #expect(FileBytes.exists(held.file + "-wal"))
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: held.file)
    let before = try (Self.facts(held.file), Self.facts(held.file + "-wal"), FileBytes.list(folder))
    let names = [
      try Self.link("\(other)/absolute.retort", held.file),
      try Self.link("\(folder)/relative.retort", "hostile.retort"),
      try Self.link("\(other)/twice.retort", "\(other)/absolute.retort"),
      try Self.link("\(other)/linked", folder) + "/hostile.retort",
    ]
    for name in names {
      let copy = try CaseSnapshot(of: name)
      #expect(try copy.store.countAttempts() == 66, "\(name)")
      #expect(try CaseSnapshot.State(of: name) == CaseSnapshot.State(of: held.file))
    }
    try FileManager.default.removeItem(atPath: "\(folder)/relative.retort")
    #expect(try Self.facts(held.file) == before.0 && Self.facts(held.file + "-wal") == before.1)
    #expect(try FileBytes.list(folder) == before.2)
    // A link to nowhere is told by its own name.
    let nowhere = try Self.link("\(other)/nowhere.retort", "\(other)/none.retort")
    #expect(throws: FileError.unreadable(file: nowhere, reason: "no such file or folder")) {
      try CaseSnapshot(of: nowhere)
    }
  }

  @Test("a second name of the file shows the case, and neither name's rights change")
  func hardLink() throws {
    let hostile = try ServeCommandTests.HostileCase(trap: 9)
    try hostile.store.close()
    let second = "\(hostile.folder)/second.retort"
    try FileManager.default.linkItem(atPath: hostile.file, toPath: second)
    try FileManager.default.setAttributes([.posixPermissions: 0o440], ofItemAtPath: hostile.file)
    let before = try Self.facts(hostile.file)
    #expect(try CaseSnapshot(of: second).store.countAttempts() == 66)
    #expect(try Self.facts(hostile.file) == before)
  }

  @Test("a case in a folder that nobody may write to is served and reported on")
  func readOnlyFolder() throws {
    let hostile = try ServeCommandTests.HostileCase(trap: 9)
    try hostile.store.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: hostile.file)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: hostile.folder)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: hostile.folder) }
    #expect(try CaseSnapshot(of: hostile.file).store.countAttempts() == 66)
    let report = try CommandTests.retort(["report", hostile.file, "-o", try CommandTests.folder()])
    #expect(report.status == 0, "\(report.errors)")
  }
}

/// Mistakes of users that cost a look into the manual, in one line each.
@Suite("Mistakes on the command line")
struct CommandLineMistakeTests {
  private static func line(_ arguments: [String], _ status: Int32) throws -> String {
    let end = try CommandTests.retort(arguments)
    #expect(end.status == status && end.output.isEmpty, "\(arguments): \(end.status) \(end.errors)")
    #expect(
      end.errors.split(separator: "\n").count == 1 && end.errors.hasPrefix("retort: "), "\(arguments): \(end.errors)")
    return end.errors
  }

  @Test("a negative number belongs to the option before it, and is refused as a value")
  func negative() throws {
    #expect(try Self.line(["serve", "x.retort", "--port", "-5"], 64).contains("--port"))
    #expect(try Self.line(["serve", "x.retort", "--port", "-5"], 64).contains("-5"))
    #expect(try Self.line(["report", "x.retort", "--unknown"], 64).contains("--unknown"))
  }

  @Test("what is named a file and is a folder, and the other way round, is said so")
  func folders() throws {
    let folder = try CommandTests.folder()
    try FileBytes.write("x".utf8, to: "\(folder)/file")
    #expect(try Self.line(["config", "show", folder], 3).contains("folder"))
    #expect(try Self.line(["cosign", folder, "--key", folder], 3).contains("it is a folder"))
    #expect(try Self.line(["key", "new", "me", "-o", "\(folder)/file/key"], 2).contains("cannot be written"))
  }

  @Test("a name that no file can have is a mistake of whoever gave it, told in one line")
  func longNames() throws {
    let folder = try CommandTests.folder()
    let long = String(repeating: "n", count: 300)
    try FileBytes.write(#"{"prompt_id":"p","text":"x"}"#.utf8, to: "\(folder)/answers.jsonl")
    for arguments in [
      ["key", "new", "me", "-o", "\(folder)/\(long)"],
      ["import", "jsonl", "\(folder)/answers.jsonl", "--model", long, "-o", "\(folder)/out"],
    ] {
      let line = try Self.line(arguments, 64)
      #expect(line.contains("choose a shorter one") && line.utf8.count < 300)
    }
  }

  @Test("an export goes neither into the root of all files nor half under names that no file can have")
  func export() throws {
    let folder = try CommandTests.folder()
    let names = ["s", "t", String(repeating: "long", count: 1_250), "a", "b", "c"]
    let transcripts = names.map {
      Transcript(
        model: ModelID($0), responses: [Response(prompt: PromptID("p"), sample: 0, text: "x")], source: Digest(of: $0))
    }
    #expect(throws: FileError.self) { try TranscriptFolder.write(transcripts, probes: [], to: "\(folder)/out") }
    #expect(!FileBytes.exists("\(folder)/out"))
    for root in ["/", "//", "/tmp/.."] {
      #expect(
        throws: FileError.unwritable(file: root, reason: "it is the root of all files: name a folder of its own")
      ) {
        try TranscriptFolder.write(Array(transcripts.prefix(1)), probes: [], to: root)
      }
    }
  }

  @Test(
    "a limit of the system that is too low is one line",
    arguments: [
      ("-n 20", "no more than 20 files may be open"), ("-v 200000", "no more than 200000 KiB of memory may be mapped"),
      ("-v 1000000", "no more than 1000000 KiB of memory may be mapped"),
    ])
  func limits(limit: String, sentence: String) throws {
    let files = try CommandTests.folder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "ulimit \(limit); \"$0\" doctor --url http://127.0.0.1:9/v1 --model m 2>\"$1\"", CommandTests.program,
      "\(files)/err",
    ]
    try process.run()
    process.waitUntilExit(orAfter: 600)
    let errors = String(decoding: try FileBytes.read("\(files)/err"), as: UTF8.self)
    #expect(process.terminationReason == .exit && process.terminationStatus == 2, "\(errors)")
    #expect(errors.contains(sentence) && errors.split(separator: "\n").count == 1, "\(errors)")
  }

  @Test("a file of a key that others may read is pointed out")
  func keyFile() throws {
    let folder = try CommandTests.folder()
    for (mode, isSaid) in [(0o644, true), (0o600, false)] {
      try FileBytes.write("sk-secret-0123456789\n".utf8, to: "\(folder)/key")
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(folder)/key")
      let model = "endpoint: {url: \"http://127.0.0.1:9/v1\", model: m, key_file: key}"
      try FileBytes.write(
        """
        seed: 1
        suspect: {model: s, \(model)}
        candidates: [{model: t, \(model)}]
        cohort: [{model: a, \(model)}, {model: b, \(model)}, {model: c, \(model)}, {model: d, \(model)}]
        probes: [p.jsonl]

        """.utf8, to: "\(folder)/case.yaml")
      try FileBytes.write((#"{"id":"p","prompt":"Q?"}"# + "\n").utf8, to: "\(folder)/p.jsonl")
      let end = try CommandTests.retort(["doctor", "\(folder)/case.yaml"])
      #expect(end.errors.contains("other users may read this key") == isSaid, "\(end.errors)")
      #expect(!end.errors.contains("sk-secret"))
    }
  }
}
