import Cases
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Transcripts")
struct TranscriptReaderTests {
  static func file(_ bytes: [UInt8], name: String = "m.jsonl") throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return file.path
  }

  static func read(_ text: String) throws -> Transcript {
    try TranscriptReader.read(file: file(Array(text.utf8)), model: ModelID("m"))
  }

  static let good = #"{"prompt_id": "b", "sample": 1, "text": "two\nlines"}"#

  @Test("lines are ordered by prompt and sample, and the text is kept byte for byte")
  func order() throws {
    let transcript = try Self.read(
      Self.good + "\r\n\n" + #"{"prompt_id":"b","text":" x "}"# + "\n" + #"{"prompt_id":"a","sample":0,"text":""}"#)
    #expect(transcript.responses.map(\.text) == ["", " x ", "two\nlines"])
    #expect(transcript.responses.map(\.sample) == [0, 0, 1])
  }

  @Test("log-probabilities keep ids and bytes; the sentinel and absent values are no numbers")
  func logprobs() throws {
    let transcript = try Self.read(
      #"{"prompt_id":"a","sample":0,"text":"é","logprobs":[{"token":"\ufffd","id":7,"bytes":[195],"logprob":-0.5,"top_logprobs":[{"token":"x","logprob":-9999.0}]},{"token":"b","logprob":null}]}"#
    )
    let tokens = try #require(transcript.responses[0].tokens)
    #expect(tokens[0].id == 7 && tokens[0].bytes == [195] && tokens[0].logprob == -0.5)
    #expect(tokens[0].top?[0].logprob == nil && tokens[1].logprob == nil)
  }

  @Test(
    "a line that cannot be used is named with its number and its defect",
    arguments: [
      ("{\"prompt_id\":\"a\",\"text\":\"x\"}\n{\"prompt_id\":\"b\",\"te", 2, LineDefect.cutOff),
      ("{\"prompt_id\":\"a\",\"text\":\"x\"}\nnot json\n", 2, .notJSON),
      ("{\"prompt_id\":\"a\"}\n", 1, .missing(field: "text")),
      ("\n{\"prompt_id\":\"a\",\"text\":null}\n", 2, .missing(field: "text")),
      ("{\"prompt_id\":5,\"text\":\"x\"}\n", 1, .wrongType(field: "prompt_id")),
      ("{\"prompt_id\":\"a\",\"sample\":\"0\",\"text\":\"x\"}\n", 1, .wrongType(field: "sample")),
      ("{\"prompt_id\":\"\",\"text\":\"x\"}\n", 1, .emptyPromptID),
      ("{\"prompt_id\":\"a\",\"sample\":-1,\"text\":\"x\"}\n", 1, .negativeSample), ("[1]\n", 1, .notJSON),
      // What was never an object was not cut off.
      ("An answer.", 1, .notJSON), ("{\"prompt\":\"Why?\",\"text\":\"x\"}", 1, .promptUnnamed),
      ("[{\"prompt_id\":\"a\",\"text\":\"x\"},\n{\"prompt_id\":\"b\",\"te", 2, .brokenList),
      ("[\n{\"prompt_id\":\"a\",\"text\":\"x\"}\n{\"prompt_id\":\"b\",\"text\":\"x\"}]", 2, .notJSON),
      ("[{\"prompt_id\":\"a\",\"text\":\"x\"},\n]", 2, .brokenList), ("[]\n[]", 2, .brokenList),
      ("[{\"prompt_id\":\"a\",\"text\":\"x\"},\n\n{\"prompt_id\":\"b\"}]", 3, .missing(field: "text")),
    ])
  func defects(text: String, line: Int, defect: LineDefect) throws {
    let file = try Self.file(Array(text.utf8))
    #expect(throws: FileError.defectiveLine(file: file, line: line, defect)) {
      try TranscriptReader.read(file: file, model: ModelID("m"))
    }
  }

  @Test(
    "a list of records is read, and so is UTF-16",
    arguments: [
      "[{\"prompt_id\":\"a\",\"text\":\"x ]},{ \\\" ü\"},{\"prompt_id\":\"b\",\"text\":\"y\",\"logprobs\":[]}]",
      "\n[\n  {\n \"prompt_id\": \"a\",\r\n \"text\": \"x ]},{ \\\" ü\"}\n , {\"prompt_id\":\"b\",\"text\":\"y\"} ] \n",
      "{\"prompt_id\":\"a\",\"text\":\"x ]},{ \\\" ü\"}\n{\"prompt_id\":\"b\",\"text\":\"y\"}\n",
    ])
  func forms(text: String) throws {
    let units = Array("\u{FEFF}\(text)".utf16)
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [Array(text.utf8), Array("\u{FEFF}\(text)".utf8), little, big] {
      let file = try Self.file(bytes)
      let transcript = try TranscriptReader.read(file: file, model: ModelID("m"))
      #expect(transcript.responses.map(\.text) == ["x ]},{ \" ü", "y"])
    }
  }

  @Test("a file that is no text is told by what it is, and text with the mark of an archive is none")
  func binary() throws {
    for (bytes, kind) in [(Array("PAR1\u{15}\u{4}".utf8), BinaryFile.parquet), (Array("PK\u{3}\u{4}a.txt".utf8), .zip)]
    {
      let file = try Self.file(bytes)
      #expect(throws: FileError.binary(file: file, kind)) { try TranscriptReader.read(file: file, model: ModelID("m")) }
    }
    let start = #"{"prompt_id":"a","text":""#
    let text = String(repeating: "x", count: 257 - start.utf8.count) + "ustar  archives"
    #expect(try Self.read(start + text + "\"}").responses.map(\.text) == [text])
  }

  @Test("text that is not UTF-8 is named with its line")
  func encoding() throws {
    let latin1 =
      Array(#"{"prompt_id":"a","text":"x"}"#.utf8) + [10] + Array(#"{"prompt_id":"b","text":"caf"#.utf8) + [0xE9]
      + Array("\"}\n".utf8)
    let file = try Self.file(latin1)
    #expect(throws: FileError.defectiveLine(file: file, line: 2, .notUTF8)) {
      try TranscriptReader.read(file: file, model: ModelID("m"))
    }
  }

  @Test("a prompt answered twice, an empty file and a missing file are errors")
  func whole() throws {
    let twice = try Self.file(Array((Self.good + "\n" + Self.good + "\n").utf8))
    #expect(
      throws: CasesError.repeatedResponse(file: twice, line: 2, prompt: PromptID("b"), sample: 1, firstLine: 1)
    ) {
      try TranscriptReader.read(file: twice, model: ModelID("m"))
    }
    let empty = try Self.file([10, 10])
    #expect(throws: CasesError.emptyTranscript(file: empty)) {
      try TranscriptReader.read(file: empty, model: ModelID("m"))
    }
    #expect(throws: FileError.unreadable(file: empty + "x", reason: "no such file or folder")) {
      try TranscriptReader.read(file: empty + "x", model: ModelID("m"))
    }
  }

  /// Made with `printf … | gzip`; two members in a row, as `cat a.gz b.gz` gives.
  @Test("gzip files are read, several members in a row included; cut and damaged ones are errors")
  func gzip() throws {
    let member = try Self.gzip(Self.good + "\n")
    let other = try Self.gzip(#"{"prompt_id":"z","text":"z"}"# + "\n")
    let file = try Self.file(member + other, name: "m.jsonl.gz")
    #expect(try TranscriptReader.read(file: file, model: ModelID("m")).responses.count == 2)
    for broken in [
      Array(member.dropLast(9)), member.enumerated().map { $0.offset == 20 ? $0.element ^ 0xFF : $0.element },
    ] {
      let file = try Self.file(broken, name: "m.jsonl.gz")
      #expect(throws: (any Error).self) { try TranscriptReader.read(file: file, model: ModelID("m")) }
    }
  }

  private static func gzip(_ text: String) throws -> [UInt8] {
    let plain = try file(Array(text.utf8))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-k", plain]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: URL(fileURLWithPath: plain + ".gz")))
  }

  @Test("random and truncated bytes never crash the readers")
  func randomBytes() throws {
    var state: UInt64 = 99
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    let whole = Array((Self.good + "\n" + Self.good.replacingOccurrences(of: "b", with: "c") + "\n").utf8)
    for round in 0..<400 {
      var bytes = round % 2 == 0 ? Array(whole.prefix(Int(next()) % whole.count)) : (0..<64).map { _ in next() }
      if round % 4 == 2 { bytes[safe: Int(next()) % max(bytes.count, 1)] = next() }
      let file = try Self.file(bytes)
      _ = try? TranscriptReader.read(file: file, model: ModelID("m"))
      _ = try? ProbeSet.read(file: file)
      _ = try? LineageReader.read(file: file)
      try FileManager.default.removeItem(atPath: file)
    }
  }

  @Test(
    "a transcript of the reference corpus is read whole",
    .enabled(if: ReferenceCorpus.isHere, "\(ReferenceCorpus.note)"))
  func corpus() throws {
    #expect(try ReferenceCorpus.transcript("alpaca-7b", of: "alpaca_eval").responses.count == 805)
  }
}

extension [UInt8] {
  fileprivate subscript(safe index: Int) -> UInt8 {
    get { indices.contains(index) ? self[index] : 0 }
    set { if indices.contains(index) { self[index] = newValue } }
  }
}

@Suite("Lineage tables")
struct LineageReaderTests {
  private func read(_ text: String, corpus: String? = nil) throws -> Lineage {
    try LineageReader.read(file: TranscriptReaderTests.file(Array(text.utf8), name: "lineage.csv"), corpus: corpus)
  }

  @Test("quoted fields hold commas, quotes and line ends; teachers are separated by semicolons")
  func quoted() throws {
    let lineage = try read(
      "model,developer,note,base_model,family,trained_on_outputs_of\r\nm,\"A, \"\"B\"\" Inc.\",\"two\nlines\",base,,t1; t2\r\nn,,,,,\r\n"
    )
    #expect(
      lineage[ModelID("m")]
        == Lineage.Entry(developer: "A, \"B\" Inc.", base: "base", teachers: [ModelID("t1"), ModelID("t2")]))
    #expect(lineage[ModelID("n")] == nil)
  }

  @Test("rows of one corpus are chosen; contradictions are errors with both lines")
  func corpora() throws {
    let table = "model,developer,corpus\nm,A,one\nm,B,two\n"
    #expect(try read(table, corpus: "two")[ModelID("m")]?.developer == "B")
    let file = try TranscriptReaderTests.file(Array(table.utf8), name: "lineage.csv")
    #expect(throws: CasesError.lineageConflict(file: file, line: 3, model: ModelID("m"), firstLine: 2)) {
      try LineageReader.read(file: file)
    }
  }

  @Test("a corpus that no row has is an error that names those there are; without the column all rows are taken")
  func unknownCorpus() throws {
    let file = try TranscriptReaderTests.file(
      Array("model,developer,corpus\nm,A,two\nm,A,one\nn,B,\n".utf8), name: "lineage.csv")
    #expect(throws: CasesError.unknownCorpus("three", file: file, known: ["one", "two"])) {
      try LineageReader.read(file: file, corpus: "three")
    }
    #expect(throws: CasesError.unknownCorpus("One", file: file, known: ["one", "two"])) {
      try LineageReader.read(file: file, corpus: "One")
    }
    #expect(try read("model,developer\nm,A\n", corpus: "three")[ModelID("m")]?.developer == "A")
  }

  @Test("a missing column, a short row and an open quote are named with their line")
  func defects() throws {
    let noModel = try TranscriptReaderTests.file(Array("name\nx\n".utf8))
    #expect(throws: CasesError.lineageColumnMissing(file: noModel, column: "model")) {
      try LineageReader.read(file: noModel)
    }
    let short = try TranscriptReaderTests.file(Array("model,developer\nm,A\nn\n".utf8))
    #expect(throws: CasesError.lineageRow(file: short, line: 3, found: 1, expected: 2)) {
      try LineageReader.read(file: short)
    }
    let open = try TranscriptReaderTests.file(Array("model,developer\nm,\"A\n".utf8))
    #expect(throws: FileError.quoteOpen(file: open, line: 2)) { try LineageReader.read(file: open) }
  }

  @Test(
    "the table of the reference corpus is read like Python's csv module reads it",
    .enabled(
      if: IndependentPython.isHere && ReferenceCorpus.isHere, "\(IndependentPython.note); \(ReferenceCorpus.note)"))
  func corpus() throws {
    let script = """
      import csv, json, sys
      rows = [r for r in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if r["corpus"] == "alpaca_eval"]
      print(json.dumps({r["model"]: [r["developer"], r["base_model"], r["family"]] for r in rows}))
      """
    let file = ReferenceCorpus.file("lineage.csv")
    let expected = try JSONDecoder().decode(
      [String: [String]].self, from: IndependentPython.run(script, arguments: [file]))
    let lineage = try LineageReader.read(file: file, corpus: "alpaca_eval")
    #expect(expected.count > 150)
    var spelledAlike = 0
    for (model, fields) in expected {
      let entry = lineage[ModelID(model)]
      #expect([entry?.developer ?? "", entry?.family ?? ""] == [fields[0], fields[2]])
      // Read as it stands, but for how it is spelled.
      func letters(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
      #expect(letters(entry?.base ?? "") == letters(fields[1]))
      if entry?.base ?? "" != fields[1] { spelledAlike += 1 }
    }
    #expect(spelledAlike == 11)
  }
}
