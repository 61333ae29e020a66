import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// Every number and every file from outside has a bound, and what is refused is told with it.
@Suite("Limits")
struct LimitsTests {
  private func defect(_ text: String) throws -> ConfigurationDefect? {
    let folder = try TemporaryFolder()
    try folder.write(#"{"id": "one", "prompt": "Why?"}"# + "\n", to: "open.jsonl")
    do {
      _ = try CaseConfigurationReader.parse(Array(text.utf8), file: folder.file("case.yaml"))
      return nil
    } catch FileError.configuration(_, _, _, let defect) {
      return defect
    }
  }

  private let lines = """
    seed: 7
    suspect: {model: s, endpoint: {url: "http://127.0.0.1:1/v1", model: s FIELDS}}
    candidates: [{model: t, endpoint: {url: "http://127.0.0.1:1/v1", model: t}}]
    cohort:
      - {model: a, endpoint: {url: "http://127.0.0.1:1/v1", model: a}}
      - {model: b, endpoint: {url: "http://127.0.0.1:1/v1", model: b}}
      - {model: c, endpoint: {url: "http://127.0.0.1:1/v1", model: c}}
      - {model: d, endpoint: {url: "http://127.0.0.1:1/v1", model: d}}
    probes: [open.jsonl]

    """

  private func document(_ more: String = "", fields: String = "") -> String {
    lines.replacingOccurrences(of: "FIELDS", with: fields) + more
  }

  @Test(
    "numbers of a configuration that no run can mean are refused with their bounds",
    arguments: [
      ("samples: 9223372036854775807", "samples", "1 to 10000"), ("samples: 1000000000", "samples", "1 to 10000"),
      ("samples: 9223372036854775808", "samples", "1 to 10000"), ("samples: 0", "samples", "1 to 10000"),
      ("sampling: {max_tokens: 9223372036854775807}", "sampling.max_tokens", "1 to 10000000"),
      ("sampling: {top_logprobs: 9223372036854775807}", "sampling.top_logprobs", "1 to 1000"),
      ("concurrency: 9223372036854775807", "concurrency", "1 to 1000"),
      ("budget: {max_calls: 9223372036854775807}", "budget.max_calls", "1 to 1000000000"),
      ("budget: {max_tokens: 9223372036854775807}", "budget.max_tokens", "1 to 1000000000000000"),
      ("budget: {max_time: 9223372036854775807h}", "budget.max_time", "more than 0 and at most a year"),
      ("timeout: 9223372036854775807s", "timeout", "more than 0 and at most a year"),
    ])
  func numbers(text: String, field: String, allowed: String) throws {
    #expect(try defect(document(text + "\n")) == .outOfRange(field: field, allowed: allowed))
  }

  @Test("a plan is counted before it is made")
  func plan() throws {
    let folder = try TemporaryFolder()
    let probes = (0..<100).map { #"{"id": "p\#($0)", "prompt": "Why?"}"# + "\n" }.joined()
    try folder.write(probes, to: "open.jsonl")
    func read(_ samples: Int) throws -> CaseConfiguration {
      try CaseConfigurationReader.parse(
        Array(document("samples: \(samples)\n").utf8), file: folder.file("case.yaml"))
    }
    #expect(try read(8_333).plannedItems == 4_999_800)
    let error = #expect(throws: FileError.self) { try read(8_334) }
    guard case .configuration(_, 9, 9, .planTooLarge(models: 6, limit: 5_000_000))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a name that becomes the name of a file has a length")
  func names() throws {
    let long = String(repeating: "x", count: 201)
    let text = document().replacingOccurrences(of: "{model: a,", with: "{model: \(long),")
    #expect(try defect(text) == .outOfRange(field: "cohort[0].model", allowed: "at most 200 bytes long"))
    #expect(try defect(document().replacingOccurrences(of: "{model: a,", with: "{model: \(long.dropLast()),")) == nil)
  }

  @Test(
    "numbers of probes have bounds as those of a case have",
    arguments: [
      ("samples", 10_001), ("samples", 0), ("samples", .max), ("max_tokens", 10_000_001), ("max_tokens", .max),
    ])
  func probes(field: String, value: Int) throws {
    let line = #"{"id":"a","prompt":"X?","\#(field)":\#(value)}"#
    let allowed = field == "samples" ? "1 to 10000" : "1 to 10000000"
    #expect(
      throws: FileError.defectiveLine(file: "p", line: 1, .outOfRange(field: field, allowed: allowed))
    ) { try ProbeSet.parse(Array(line.utf8), file: "p") }
  }

  // MARK: - YAML

  /// Nine times nine times nine …: a few hundred bytes.
  private func laughs(_ levels: Int) -> String {
    let names = "abcdefghij".map(String.init)
    return (0..<levels).map { level in
      let inner = Array(repeating: level == 0 ? "1" : "*\(names[level - 1])", count: 9).joined(separator: ",")
      return "&\(names[level]) [\(inner)]"
    }.joined(separator: ", ")
  }

  @Test("aliases count as what they stand for, wherever they are", arguments: [6, 8, 10])
  func aliases(levels: Int) throws {
    let limit = "of more than 100000 values, aliases counted as what they stand for"
    #expect(try defect(document(fields: ", fields: {q: [\(laughs(levels))]}")) == .tooLarge(limit))
    // As a key it would be compared with its like.
    #expect(try defect(document("? [\(laughs(levels))]\n: 1\n")) == .tooLarge(limit))
    #expect(try defect(document("name: [\(laughs(levels))]\n")) == .tooLarge(limit))
  }

  @Test("aliases within bounds are what they stand for")
  func fewAliases() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"id": "one", "prompt": "Why?"}"# + "\n", to: "open.jsonl")
    let text = document(fields: ", fields: {q: [\(laughs(2))]}")
    let configuration = try CaseConfigurationReader.parse(Array(text.utf8), file: folder.file("case.yaml"))
    let nine = JSONValue.array(Array(repeating: .integer(1), count: 9))
    #expect(
      configuration.models[0].endpoint.fields == ["q": .array([nine, .array(Array(repeating: nine, count: 9))])])
  }

  @Test("levels that aliases add to each other are counted")
  func depth() throws {
    let open = String(repeating: "[", count: 60), close = String(repeating: "]", count: 60)
    let limit = ConfigurationDefect.tooLarge("of more than 100 levels")
    #expect(try defect(document(fields: ", fields: {q: &a \(open)1\(close), r: \(open)*a\(close)}")) == limit)
    let deep = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    #expect(try defect(document(fields: ", fields: {q: \(deep)}")) == limit)
  }

  @Test("a document has a length, and may begin with a byte order mark")
  func documents() throws {
    let long = document("name: \"" + String(repeating: "x", count: 4 << 20) + "\"\n")
    #expect(try defect(long) == .tooLarge("longer than 4 MiB"))
    #expect(try defect("\u{FEFF}" + document()) == nil)
  }

  // MARK: - Files

  @Test("JSON that takes more than its room is refused with the limit, and where it stopped")
  func json() throws {
    let room = JSONSize(room: 60)
    func limit(_ text: String) -> String? {
      guard case .failure(let problem) = JSONValue.parse(Array(text.utf8), upTo: room) else { return nil }
      return problem.limit
    }
    let words = "of more than 60 values, lists and objects counted several times"
    #expect(limit("[" + Array(repeating: "1", count: 54).joined(separator: ",") + "]") == nil)
    #expect(limit("[" + Array(repeating: "1", count: 55).joined(separator: ",") + "]") == words)
    #expect(limit("[" + Array(repeating: "[]", count: 10).joined(separator: ",") + "]") == words)
    #expect(limit("[" + Array(repeating: #"{"":0}"#, count: 7).joined(separator: ",") + "]") == words)
    #expect(limit(String(repeating: "[", count: 300)) != nil)
    guard case .failure(let deep) = JSONValue.parse(Array(String(repeating: "[", count: 300).utf8)) else {
      Issue.record("read")
      return
    }
    #expect(deep.limit == "nested deeper than 256")
    guard case .failure(let broken) = JSONValue.parse(Array("[1,".utf8), upTo: room) else {
      Issue.record("read")
      return
    }
    #expect(broken.limit == nil && broken.offset == 3)
  }

  @Test("a line of a transcript has a length")
  func longLine() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.jsonl")
    let first = #"{"prompt_id":"a","text":"b"}"# + "\n"
    let long = Data(first.utf8) + Data(repeating: UInt8(ascii: "x"), count: (64 << 20) + 1)
    try long.write(to: URL(fileURLWithPath: file))
    #expect(throws: FileError.defectiveLine(file: file, line: 2, .tooLarge("longer than 64 MiB"))) {
      try TranscriptReader.read(file: file, model: ModelID("m"))
    }
  }

  @Test("a file that unpacks to more than text does is refused with the limit")
  func bomb() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.jsonl.gz")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "head -c 200000000 /dev/zero | gzip -1 > \"$0\"", file]
    try process.run()
    process.waitUntilExit()
    #expect(
      throws: FileError.fileTooLarge(file: file, limit: "64 MiB and 100 times its size, unpacked")
    ) { try TranscriptReader.read(file: file, model: ModelID("m")) }
  }

  @Test("what a file unpacks to is bounded whatever its size, and the limit is the one that was met")
  func unpacked() throws {
    let zeros = [UInt8](repeating: 0, count: 300_000)
    let packed = KeyEcho.compressed(zeros, window: 31)
    #expect(try Gzip.inflateIfNeeded(packed, file: "f", upTo: 300_000) == zeros)
    #expect(try Gzip.inflateIfNeeded(packed + packed, file: "f") == zeros + zeros)
    #expect(throws: FileError.fileTooLarge(file: "f", limit: "256 KiB, unpacked")) {
      try Gzip.inflateIfNeeded(packed, file: "f", upTo: 256 << 10)
    }
    for damaged in [Array(packed.dropLast()), packed + [0], Array(packed.prefix(5))] {
      #expect(throws: FileError.damagedGzip(file: "f")) { try Gzip.inflateIfNeeded(damaged, file: "f") }
    }
  }

  @Test("a ledger is read up to a limit; a device that never ends and a pipe that nobody writes to are no ledgers")
  func growing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("0123456789", to: "l.jsonl")
    let growing = try GrowingFile(file)
    try growing.append(Array("ab".utf8))
    #expect(try growing.bytes(upTo: 12) == Array("0123456789ab".utf8))
    #expect(throws: FileError.fileTooLarge(file: file, limit: "11 bytes")) { try growing.bytes(upTo: 11) }
    try growing.append(Array("c".utf8))
    #expect(try growing.bytes() == Array("0123456789abc".utf8), "what is added stands at the end")
    let pipe = folder.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    for special in ["/dev/zero", pipe] {
      let refused = #expect(throws: FileError.self) { try GrowingFile(special) }
      guard case .unwritable(special, _)? = refused else {
        Issue.record("\(String(describing: refused))")
        return
      }
    }
  }

  @Test("a table in which two columns have one name is refused; columns without a name may be several")
  func columns() throws {
    let repeated = FileError.repeatedColumn(file: "t", line: 2, name: "text")
    #expect(throws: repeated) { try CSVRows.table(Array("\nid,text,x,text\na,b,c,d\n".utf8), file: "t") }
    #expect(try CSVRows.table(Array("id,text,,\na,b,c,d\n".utf8), file: "t").header == ["id", "text", "", ""])
    #expect(try CSVRows.table([], file: "t").header.isEmpty)
    let folder = try TemporaryFolder()
    let table = try folder.write("model,developer,developer\na,b,c\n", to: "lineage.csv")
    #expect(throws: FileError.repeatedColumn(file: table, line: 1, name: "developer")) {
      try LineageReader.read(file: table)
    }
  }

  @Test("fields of a table have a length, and a table a number of them")
  func table() throws {
    let rows = Array("a,b\nc,\"d\nd\"\n".utf8)
    #expect(try CSVRows.parse(rows, file: "t", longest: 3, most: 5).map(\.fields) == [["a", "b"], ["c", "d\nd"]])
    #expect(throws: FileError.fieldTooLong(file: "t", line: 2, limit: 2)) {
      try CSVRows.parse(rows, file: "t", longest: 2)
    }
    #expect(throws: FileError.tableTooLarge(file: "t", line: 2, limit: 3)) {
      try CSVRows.parse(rows, file: "t", most: 3)
    }
  }

  @Test("a device is not read, and a pipe without a writer is not waited for")
  func devices() throws {
    for device in ["/dev/zero", "/dev/full", "/dev/urandom"] where FileBytes.exists(device) {
      #expect(throws: FileError.unreadable(file: device, reason: "it is a device, not a file")) {
        try FileBytes.read(device)
      }
    }
    #expect(try FileBytes.read("/dev/null") == [])
    #expect(throws: CasesError.emptyProbeSet(file: "/dev/null")) { try ProbeSet.read(file: "/dev/null") }
    let folder = try TemporaryFolder()
    let pipe = folder.file("m.jsonl")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FileError.unreadable(file: pipe, reason: "it is a pipe, not a file")) {
      try FileBytes.read(pipe)
    }
    #expect(throws: FileError.unreadable(file: folder.path, reason: "it is a folder: name a file")) {
      try FileBytes.read(folder.path)
    }
    for other in [pipe, "/dev/zero"] {
      #expect(throws: FileError.unreadable(file: other, reason: "it is no folder: name one")) {
        try FileBytes.list(other)
      }
    }
    try folder.write("abc", to: "f")
    #expect(try FileBytes.read(folder.file("f"), upTo: 3) == Array("abc".utf8))
    #expect(throws: FileError.fileTooLarge(file: folder.file("f"), limit: "2 bytes")) {
      try FileBytes.read(folder.file("f"), upTo: 2)
    }
  }

  @Test("what a shell hands over as a pipe is waited for and read to its end, or to a limit", arguments: [9_999, 7])
  func pipes(limit: Int) throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(reading) }
    Thread.detachNewThread {
      for part in ["abc", "def", "gh"] {
        Thread.sleep(forTimeInterval: 0.05)
        _ = write(writing, part, part.utf8.count)
      }
      _ = close(writing)
    }
    let name = "/dev/fd/\(reading)"
    guard limit < 8 else {
      #expect(try FileBytes.read(name, upTo: limit) == Array("abcdefgh".utf8))
      return
    }
    #expect(throws: FileError.fileTooLarge(file: name, limit: "7 bytes")) { try FileBytes.read(name, upTo: limit) }
  }

  @Test("probes are counted while they are read, and a set of them has a length")
  func probeSets() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write((0..<9).map { #"{"id":"p\#($0)","prompt":"Why?"}"# + "\n" }.joined(), to: "p.jsonl")
    #expect(try ProbeSet.read(file: file, atMost: 9).probes.count == 9)
    for most in [8, 0] {
      #expect(throws: CasesError.tooManyProbes(file: file, line: most + 1, limit: 200_000)) {
        try ProbeSet.read(file: file, atMost: most)
      }
    }
    let long = try folder.write("", to: "long.jsonl")
    try #require(truncate(long, off_t(256 << 20) + 1) == 0)
    #expect(throws: FileError.fileTooLarge(file: long, limit: "256 MiB")) { try ProbeSet.read(file: long) }
  }

  @Test(
    "a vector has a length, and numbers whose squares are numbers",
    arguments: ["[]", "[1e200,1]", "[" + Array(repeating: "1", count: 100_001).joined(separator: ",") + "]"])
  func vectors(numbers: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.file("v.jsonl")
    try folder.write(#"{"model":"m","prompt_id":"p","sample":0,"vector":\#(numbers)}"# + "\n", to: "v.jsonl")
    #expect(
      throws: FileError.defectiveLine(
        file: file, line: 1, .outOfRange(field: "vector", allowed: "1 to 100000 numbers, each within 1e39"))
    ) { try AnswerVectors.read(file: file) }
  }
}
