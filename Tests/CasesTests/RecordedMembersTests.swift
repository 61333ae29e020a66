import Cases
import Formats
import TestSupport
import Testing

/// Models of a case whose answers were recorded before.
@Suite("Recorded members")
struct RecordedMembersTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      #"{"id": "one", "prompt": "Why?"}"# + "\n" + #"{"id": "two", "prompt": "How?", "system": "Be kind."}"# + "\n",
      to: "open.jsonl")
    try folder.write(#"{"prompt_id": "one", "text": "Because."}"# + "\n", to: "suspect.jsonl")
    for name in ["a", "b", "c", "d"] {
      let line = #"{"prompt_id": "one", "text": "\#(name)"}"# + "\n"
      try FileBytes.write(line.utf8, to: folder.file("answers/\(name).jsonl"))
    }
  }

  private func parse(
    suspect: String = "{model: s, transcripts: suspect.jsonl}", cohort: String = "[{transcripts: answers}]"
  ) throws -> CaseConfiguration {
    try CaseConfigurationReader.read(
      file: folder.write(
        """
        seed: 1
        suspect: \(suspect)
        candidates: [{model: t, endpoint: {url: "http://127.0.0.1:9/v1", model: t}}]
        cohort: \(cohort)
        probes: [open.jsonl]
        """, to: "case.yaml"))
  }

  private func defect(
    suspect: String = "{model: s, transcripts: suspect.jsonl}", cohort: String = "[{transcripts: answers}]"
  )
    -> ConfigurationDefect?
  {
    do {
      _ = try parse(suspect: suspect, cohort: cohort)
    } catch FileError.configuration(_, _, _, let defect) {
      return defect
    } catch {}
    return nil
  }

  @Test("what the case says of one model and a table of others is spelled alike, as a case keeps it")
  func spelling() throws {
    try folder.write("model;Developer;base_model\na;acme ;Llama 7B\nb;OTHER;x\n", to: "answers/lineage.csv")
    let configuration = try parse(
      suspect: "{model: s, transcripts: suspect.jsonl, developer: Acme, base: meta/llama-7b}")
    let suspect = configuration.suspect.lineage
    let known = Dictionary(firstOf: configuration.cohort.map { ($0.id.rawValue, $0.lineage) })
    #expect(suspect.developer == "Acme" && known["a"]?.developer == "Acme" && known["b"]?.developer == "OTHER")
    #expect(suspect.base != nil && suspect.base == known["a"]?.base)
  }

  @Test(
    "a case keeps recorded answers in one form, which whoever checks evidence can read: lists and UTF-16 are refused")
  func form() throws {
    let line = #"{"prompt_id": "one", "text": "Because."}"#
    for bytes in [
      Array("[\(line)]".utf8), Array("\u{FEFF}\(line)".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
    ] {
      try FileBytes.write(bytes, to: folder.file("other.jsonl"))
      #expect(throws: CasesError.recordedNotLines(file: folder.file("other.jsonl"))) {
        try parse(suspect: "{model: s, transcripts: other.jsonl}")
      }
    }
  }

  @Test("a file stands for a model, a folder for the cohort; only the rest is asked")
  func read() throws {
    try folder.write("model,developer\na,A\nb,B\n", to: "answers/lineage.csv")
    let configuration = try parse(
      suspect:
        "{model: s, transcripts: suspect.jsonl, recorded: {by: lab, date: 2024-03, temperature: 0.2, max_tokens: 99}}")
    #expect(configuration.models.map(\.id.rawValue) == ["t"])
    #expect(configuration.members.map(\.id.rawValue) == ["s", "t", "a", "b", "c", "d"])
    #expect(configuration.plannedItems == 2)
    let suspect = try #require(configuration.suspect.recorded)
    #expect(suspect.recording.origin == .init(by: "lab", date: "2024-03", temperature: 0.2, maxTokens: 99))
    #expect(suspect.recording.matching == .init(answers: 1, probes: 1, byPrompt: 0, leftOut: 0))
    #expect(suspect.recording.digest == Digest(of: try FileBytes.read(folder.file("suspect.jsonl"))))
    #expect(configuration.lineage[ModelID("b")]?.developer == "B" && configuration.lineage[ModelID("c")] == nil)
    let stated = configuration.measurementProtocol["suspect"]?["recorded"]
    #expect(stated?["sha256"]?.string == suspect.recording.digest.hex && stated?["file"]?.string == "suspect.jsonl")
  }

  @Test("a corpus that the lineage table has not, or no table to choose its rows of, is named where it stands")
  func corpus() throws {
    #expect(defect(cohort: "[{transcripts: answers, corpus: one}]") == .missing(field: "cohort[0].lineage"))
    try folder.write("model,developer,corpus\na,A,one\nb,B,two\n", to: "answers/lineage.csv")
    #expect(
      defect(cohort: "[{transcripts: answers, corpus: ones}]")
        == .unknownValue(field: "cohort[0].corpus", value: "ones", known: ["one", "two"]))
    let configuration = try parse(cohort: "[{transcripts: answers, corpus: one}]")
    #expect(configuration.lineage[ModelID("a")]?.developer == "A" && configuration.lineage[ModelID("b")] == nil)
  }

  @Test("other answers are another protocol; where they came from is part of it")
  func digest() throws {
    let before = try parse().digest
    #expect(try parse().digest == before)
    #expect(try parse(suspect: "{model: s, transcripts: suspect.jsonl, recorded: {by: me}}").digest != before)
    try folder.write(#"{"prompt_id": "one", "text": "Because!"}"# + "\n", to: "suspect.jsonl")
    #expect(try parse().digest != before)
  }

  @Test("answers are matched by id, else by what was asked; the rest is counted and left out")
  func matched() throws {
    let lines = [
      #"{"prompt_id": "one", "prompt": " Why?\n", "text": "1"}"#,
      #"{"prompt_id": "x-1", "prompt": "How?", "system": "Be kind.", "text": "2"}"#,
      #"{"prompt": "Why?", "text": "3", "sample": 1}"#,
      #"{"prompt_id": "x-2", "prompt": "How?", "text": "another question: no system prompt"}"#,
      #"{"prompt_id": "x-3", "text": "no prompt"}"#,
    ]
    try folder.write(lines.joined(separator: "\n"), to: "suspect.jsonl")
    let recording = try #require(try parse().suspect.recorded?.recording)
    #expect(recording.matching == .init(answers: 3, probes: 2, byPrompt: 2, leftOut: 2))
    let read = try RecordedAnswers(to: try parse().probes).read(recording.bytes, file: "f", model: ModelID("s"))
    #expect(read.transcript.responses.map(\.text) == ["1", "3", "2"])
  }

  @Test("an answer to something else under the id of a probe is a mistake, and so is one probe answered twice")
  func mismatched() throws {
    try folder.write(#"{"prompt_id": "one", "prompt": "Why not?", "text": "1"}"# + "\n", to: "suspect.jsonl")
    #expect(
      throws: CasesError.recordedPromptDiffers(
        file: folder.file("suspect.jsonl"), line: 1, prompt: PromptID("one"))
    ) { try parse() }
    try folder.write(
      #"{"prompt_id": "one", "text": "1"}"# + "\n" + #"{"prompt": "Why?", "text": "2"}"# + "\n", to: "suspect.jsonl")
    #expect(
      throws: CasesError.repeatedResponse(
        file: folder.file("suspect.jsonl"), line: 2, prompt: PromptID("one"), sample: 0, firstLine: 1)
    ) { try parse() }
  }

  @Test("mistakes in the configuration are told where they are")
  func defects() throws {
    let file = folder.file("none.jsonl")
    #expect(
      defect(suspect: "{model: s, transcripts: none.jsonl}")
        == .transcriptsUnreadable(file: file, reason: "no such file or folder"))
    #expect(
      defect(suspect: "{model: s, transcripts: suspect.jsonl, endpoint: {url: \"http://h\", model: m}}")
        == .conflictingKeys("suspect.endpoint", "suspect.transcripts"))
    #expect(
      defect(suspect: "{model: s, recorded: {by: me}, endpoint: {url: \"http://h\", model: m}}")
        == .missing(field: "suspect.transcripts"))
    #expect(defect(suspect: "{model: s}") == .missing(field: "suspect.endpoint"))
    #expect(
      defect(suspect: "{model: s, transcripts: suspect.jsonl, recorded: {date: yesterday}}")
        == .wrongType(field: "suspect.recorded.date", expected: "a day, month or year, such as 2024-03-31"))
    try folder.write(#"{"prompt_id": "other", "text": "1"}"# + "\n", to: "suspect.jsonl")
    #expect(defect() == .noRecordedAnswer(file: folder.file("suspect.jsonl"), answers: 1))
    #expect(
      defect(suspect: "{model: a, transcripts: suspect.jsonl}")
        == .tooFew(field: "cohort", found: 3, atLeast: 4))
  }
}
