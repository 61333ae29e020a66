import Cases
import Formats
import Importing
import TestSupport
import Testing

/// What a file to import may cost, however it is written.
@Suite("Limits of imports")
struct ImportLimitsTests {
  @Test("answers of one prompt are numbered in one pass over them", .timeLimit(.minutes(1)))
  func numbering() throws {
    let folder = try TemporaryFolder()
    let count = 20_000
    let rows = (0..<count).map { #"{"prompt":"p","text":"\#($0)"}"# + "\n" }.joined()
    try folder.write(rows, to: "m.jsonl")
    let imported = try ImportedTranscripts.read([folder.file("m.jsonl")], format: .jsonl)
    #expect(imported.transcripts[0].responses.map(\.sample) == Array(0..<count))
  }

  @Test("an attachment that is named many times is not put in many times over")
  func attachments() throws {
    let folder = try TemporaryFolder()
    let parts = Array(repeating: #"{"type":"text","text":"attachment://h"}"#, count: 80).joined(separator: ",")
    let log = """
      {"eval":{"model":"m","task":"t"},"samples":[{"id":1,"epoch":1,"attachments":{"h":"\(String(repeating: "x", count: 1 << 20))"},\
      "messages":[{"role":"user","content":[\(parts)]}],"output":{"choices":[{"message":{"content":"a"}}]}}]}
      """
    try folder.write(log, to: "log.json")
    let error = #expect(throws: ImportError.self) {
      try ImportedTranscripts.read([folder.file("log.json")], format: .inspect)
    }
    guard case .notImportable(_, .tooLarge("of more than 64 MiB with its attachments"))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a table in which two columns have one name is refused")
  func columns() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("id,text,text\na,b,c\n", to: "m.csv")
    #expect(throws: FileError.repeatedColumn(file: file, line: 1, name: "text")) {
      try ImportedTranscripts.read([file], format: .csv)
    }
  }
}
