import CaseFile
import Cases
import Formats
import Monitoring
import Terminal
import TestSupport
import Testing

/// What people read of an error: what, where, what to do, in one line.
@Suite("Errors in a sentence")
struct ErrorSentenceTests {
  static let errors: [any Error] = [
    FileError.unreadable(file: "f", reason: "r"), FileError.inUse(file: "f"), FileError.wouldOverwrite(file: "f"),
    FileError.defectiveLine(file: "f", line: 3, .notJSON),
    FileError.configuration(file: "f", line: 3, column: 4, .conflictingKeys("a", "b")),
    CasesError.noTranscript(of: ModelID("m"), folder: "f"), CaseFileError.notSQLite(file: "f"),
    MonitoringError.tooFewSessions(found: 1, needed: 3), MonitoringError.neverVaries(probes: 8),
  ]

  @Test("each is one line that ends without a stop and names its file")
  func lines() throws {
    for error in Self.errors {
      let line = try #require(ErrorSentence.of(error), "\(error)")
      #expect(!line.contains("\n") && line.last != "." && line.count > 15, "\(line)")
      if !(error is MonitoringError) { #expect(line.hasPrefix("f"), "\(line)") }
    }
  }

  @Test("where an error is in a file, its line and column are told")
  func places() {
    let line = ErrorSentence.of(FileError.configuration(file: "f", line: 3, column: 4, .conflictingKeys("a", "b")))
    #expect(line == "f:3:4: a and b exclude each other: remove one")
    #expect(ErrorSentence.of(FileError.inUse(file: "f")) == "f: another process has it open: wait for it, or stop it")
  }

  @Test("an error of nobody's is left to the command")
  func foreign() {
    struct Foreign: Error {}
    #expect(ErrorSentence.of(Foreign()) == nil)
  }

  @Test("a word is quoted so that a shell reads it back", arguments: ["", "a b", "it's", "$HOME", "a;b", "üñ", "*"])
  func words(word: String) throws {
    guard IndependentPython.isHere else { return }
    let read = try IndependentPython.run(
      "import shlex, sys; print(shlex.split(sys.argv[1])[0], end='')", arguments: [ShellWord.quoted(word)])
    #expect(String(decoding: read, as: UTF8.self) == word)
  }
}
