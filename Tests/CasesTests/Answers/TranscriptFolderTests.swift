import Cases
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Folders of transcripts")
struct TranscriptFolderTests {
  @Test("a model's answers that begin with their prompts say them, and are known by that when they are read")
  func echoes() throws {
    let folder = try TemporaryFolder()
    let prompt = "Say a word\nof yours."
    let transcripts = ["> Say a word\n> of yours.\n\nSalt.", "Salt."].enumerated().map { number, text in
      Transcript(model: ModelID("m\(number)"), counted: [Response(prompt: PromptID("a"), sample: 0, text: text)])
        .knowing([PromptID("a"): prompt])
    }
    let files = try TranscriptFolder.write(
      transcripts, probes: [Probe(id: PromptID("a"), prompt: prompt)], to: folder.file("out"))
    let read = try zip(transcripts, files).map { try TranscriptReader.read(file: $1.path, model: $0.model) }
    #expect(read.map(\.echoed) == [[PromptID("a"): prompt], [:]])
    #expect(PromptEcho(of: prompt, in: read[0].responses[0].text)?.rest == "\n\nSalt.")
    // A short prompt that is the beginning of a word is none.
    #expect(PromptEcho(of: "Salt", in: "Salty words.") == nil && PromptEcho(of: "Salt", in: "Salt: a word.") != nil)
  }

  @Test("what was written is read back to the byte")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let tokens = [
      TokenLogprob(
        token: "é", id: 3, bytes: [195, 169], logprob: -0.125, top: [TokenLogprob(token: "\u{FFFD}", logprob: nil)])
    ]
    let transcripts = ["m", "org/m%.x", ".hidden"].map { name in
      Transcript(
        model: ModelID(name),
        counted: [
          Response(prompt: PromptID("b"), sample: 1, text: "\u{0}\u{7F}\"\\ \u{2028} 👩🏽‍🚀\r\n", tokens: tokens),
          Response(prompt: PromptID("b"), sample: 0, text: ""), Response(prompt: PromptID("a"), sample: 0, text: name),
        ])
    }
    let probes = [
      Probe(
        id: PromptID("b"), prompt: "Say \"b\".", system: "S", category: "c", language: "en", samples: 2, maxTokens: 9,
        temperature: 1, reads: ["openings"]), Probe(id: PromptID("a"), prompt: "Say a."),
    ]
    let written = try TranscriptFolder.write(transcripts, probes: probes, to: folder.file("out"))
    #expect(written.map(\.path).contains(folder.file("out/transcripts/org%2Fm%25.x.jsonl")))
    #expect(try ProbeSet.read(file: folder.file("out/probes.jsonl")).probes == probes)
    for (transcript, file) in zip(transcripts, written) {
      let read = try TranscriptReader.read(file: file.path, model: transcript.model)
      #expect(read.responses == transcript.responses)
      #expect(TranscriptReader.modelName(ofFile: file.path) == transcript.model)
      #expect(read.source == file.digest)
    }
  }

  @Test(
    "a name that begins with a mark that joins what is before it is a name of a file as any other",
    arguments: ["\u{301}m", "\u{600}m", "\u{200D}", "\u{1F3FD}m", "lab/\u{301}m", "a%\u{301}", "%\u{200D}2F"])
  func joiningNames(name: String) throws {
    let folder = try TemporaryFolder()
    let transcripts = ["a", name].map {
      Transcript(model: ModelID($0), counted: [Response(prompt: PromptID("p"), sample: 0, text: "t")])
    }
    let written = try TranscriptFolder.write(transcripts, probes: [], to: folder.file("out"))
    #expect(written.count == 2)
    for (transcript, file) in zip(transcripts, written) {
      #expect(TranscriptReader.modelName(ofFile: file.path) == transcript.model)
      #expect(try TranscriptReader.read(file: file.path, model: transcript.model).responses == transcript.responses)
    }
    #expect(try Set(TranscriptFolder.files(of: folder.file("out/transcripts")).keys) == Set(transcripts.map(\.model)))
  }

  @Test("a file that is there and differs is never overwritten, and nothing else is written")
  func overwrite() throws {
    let folder = try TemporaryFolder()
    func write(_ text: String) throws {
      let a = Transcript(model: ModelID("a"), counted: [Response(prompt: PromptID("p"), sample: 0, text: "same")])
      let b = Transcript(model: ModelID("b"), counted: [Response(prompt: PromptID("p"), sample: 0, text: text)])
      _ = try TranscriptFolder.write([a, b], probes: [], to: folder.path)
    }
    try write("one")
    try write("one")
    try FileManager.default.removeItem(atPath: folder.file("transcripts/a.jsonl"))
    #expect(throws: FileError.wouldOverwrite(file: folder.file("transcripts/b.jsonl"))) { try write("two") }
    #expect(!FileManager.default.fileExists(atPath: folder.file("transcripts/a.jsonl")))
  }

  @Test("models whose files would have one name on some systems are told apart")
  func collision() throws {
    let folder = try TemporaryFolder()
    let models = ["A", "a"].map {
      Transcript(model: ModelID($0), counted: [Response(prompt: PromptID("p"), sample: 0, text: "")])
    }
    #expect(throws: CasesError.self) { try TranscriptFolder.write(models, probes: [], to: folder.path) }
  }

  @Test("a lineage table is read back as it was")
  func lineage() throws {
    let folder = try TemporaryFolder()
    let lineage = Lineage([
      ModelID("b,\"x\"\ny"): Lineage.Entry(developer: "A, \"B\" Inc.", teachers: [ModelID("t 1"), ModelID("t2")]),
      ModelID("a"): Lineage.Entry(base: "base", family: "f"),
    ])
    let file = try folder.write(lineage.csv, to: "lineage.csv")
    #expect(try LineageReader.read(file: file).entries == lineage.entries)
    #expect(lineage.csv.hasPrefix("model,developer,base_model,family,trained_on_outputs_of\na,"))
  }
}
