import CaseFile
import Cases
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Reasoning beside answers")
struct ReasoningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a case keeps it, and a transcript that is written carries it back; what has none is written as before")
  func kept() throws {
    let configuration = try SampleCase.configuration()
    let store = try SampleCase.store(at: folder.file("x.retort"), configuration)
    let run = try store.beginRun(started: "2026-11-23T12:44:10.000Z", tool: "t")
    for item in try store.remaining() {
      try store.append(
        SampleCase.answered(item, text: "No.", reasoning: item.model == ModelID("s") ? "Hmm \u{0} \(item.order)" : nil),
        run: run)
    }
    let transcripts = try store.contents().transcripts
    let recorded = try store.recordedAnswers(of: ModelID("s"))
    try store.close()
    let suspect = try #require(transcripts[ModelID("s")])
    #expect(suspect.responses.map(\.reasoning) == recorded.map(\.response.reasoning))
    #expect(suspect.responses.allSatisfy { $0.reasoning?.hasPrefix("Hmm \u{0} ") == true && $0.text == "No." })
    #expect(transcripts[ModelID("t")]?.responses.allSatisfy { $0.reasoning == nil } == true)
    let file = folder.file("s.jsonl")
    try FileBytes.write(suspect.responses.map(\.canonicalLine).joined().utf8, to: file)
    #expect(try TranscriptReader.read(file: file, model: ModelID("s")).responses == suspect.responses)
    let plain = try #require(transcripts[ModelID("t")]?.responses.first)
    #expect(plain.canonicalLine == #"{"prompt_id":"p0","sample":0,"text":"No."}"# + "\n")
  }

  @Test("reasoning that is no text is a defective line")
  func defective() throws {
    let file = folder.file("s.jsonl")
    try FileBytes.write(#"{"prompt_id":"p","text":"A","reasoning":7}"#.utf8 + [0x0A], to: file)
    #expect(throws: FileError.self) { try TranscriptReader.read(file: file, model: ModelID("s")) }
  }
}
