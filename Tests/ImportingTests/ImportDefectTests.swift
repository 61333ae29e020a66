import Cases
import Formats
import Importing
import TestSupport
import Testing

@Suite("What cannot be imported")
struct ImportDefectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: ImportFormat
    let text: String
    let spot: SourcePlace.Spot
    let defect: ImportDefect
    var testDescription: String { "\(format.rawValue): \(defect)" }
  }

  static let cases: [Case] = [
    Case(format: .alpacaEval, text: "[\n {\"a\": 1},\n {,\n]", spot: .line(3), defect: .notJSON),
    Case(
      format: .alpacaEval, text: "{}", spot: .path(""), defect: .wrongType(field: "the file", expected: "a JSON list")),
    Case(
      format: .alpacaEval, text: #"[{"instruction":"a","output":"b","generator":"g"},{"output":"x"}]"#,
      spot: .path("[1]"), defect: .missing(field: "instruction")),
    Case(
      format: .alpacaEval, text: #"[{"instruction":"a","output":5,"generator":"g"}]"#, spot: .path("[0]"),
      defect: .wrongType(field: "output", expected: "a text")),
    Case(
      format: .alpacaEval, text: #"[{"instruction":"a","output":"b"}]"#, spot: .path("[0]"), defect: .modelUnknown),
    Case(format: .promptfoo, text: "{}", spot: .path(""), defect: .missing(field: "results.results")),
    Case(
      format: .promptfoo, text: #"{"results":[{"prompt":{}}]}"#, spot: .path("results[0]"),
      defect: .missing(field: "raw")),
    Case(format: .inspect, text: #"{"samples":[]}"#, spot: .path(""), defect: .missing(field: "eval")),
    Case(
      format: .inspect,
      text:
        #"{"eval":{"model":"m","task":"t"},"samples":[{"id":1,"messages":[{"role":"user","content":"attachment://x"}],"output":{}}]}"#,
      spot: .path("samples[0]"), defect: .missing(field: "attachments.x")),
    Case(format: .lmEval, text: #"{"resps":[["x"]]}"#, spot: .line(1), defect: .missing(field: "doc_id")),
    Case(
      format: .openAIBatch, text: #"{"custom_id":"a","response":{"status_code":200,"body":{"model":"m"}}}"#,
      spot: .line(1), defect: .missing(field: "choices")),
    Case(
      format: .jsonl, text: "{\"prompt_id\":\"a\"}\n", spot: .line(1),
      defect: .answerFieldMissing(
        expected: [
          "text", "response", "output", "outputs", "completion", "prediction", "generation", "model_output",
          "model_outputs", "model_response", "generated_text", "predicted_text", "predict", "reply", "raw_output",
          "answer",
        ], found: ["prompt_id"])),
    Case(format: .jsonl, text: #"{"text":"a","model":"m"}"#, spot: .line(1), defect: .promptUnknown),
    Case(format: .jsonl, text: #"{"id":"","text":"a"}"#, spot: .line(1), defect: .emptyName(field: "id")),
    Case(format: .jsonl, text: #"{"id":"a","sample":-1,"text":"a"}"#, spot: .line(1), defect: .sampleOutOfRange),
    Case(
      format: .csv, text: "id,text\na\n", spot: .line(2), defect: .fieldsUnequal(found: 1, expected: 2)),
    Case(
      format: .csv, text: "id,sample,text\na,x,y\n", spot: .line(2),
      defect: .wrongType(field: "sample", expected: "a whole number")),
  ]

  @Test("a record of the wrong shape is named with its file and place", arguments: cases)
  func defects(_ case: Case) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(`case`.text, to: "source")
    #expect(
      throws: ImportError.notImportable(SourcePlace(file: file, spot: `case`.spot), `case`.defect)
    ) { try ImportedTranscripts.read([file], format: `case`.format) }
  }

  @Test("an answer given twice and a name with two texts are errors with both places")
  func contradictions() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      #"{"id":"a","sample":0,"text":"x"}"# + "\n" + #"{"id":"a","sample":0,"text":"y"}"# + "\n", to: "m.jsonl")
    let place = { SourcePlace(file: file, spot: .line($0)) }
    #expect(
      throws: ImportError.notImportable(
        place(2), .repeatedAnswer(model: ModelID("m"), prompt: PromptID("a"), sample: 0, first: place(1)))
    ) { try ImportedTranscripts.read([file], format: .jsonl) }
    try folder.write(
      #"{"id":"a","prompt":"P","text":"x"}"# + "\n" + #"{"id":"a","prompt":"Q","text":"y"}"# + "\n", to: "m.jsonl")
    #expect(throws: ImportError.notImportable(place(2), .promptDiffers(PromptID("a"), first: place(1)))) {
      try ImportedTranscripts.read([file], format: .jsonl)
    }
  }

  @Test("cut and foreign lines are named with their number, and a file without an answer is an error")
  func lines() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(#"{"id":"a","text":"x"}"# + "\n" + #"{"id":"b","te"#, to: "m.jsonl")
    #expect(throws: FileError.defectiveLine(file: file, line: 2, .cutOff)) {
      try ImportedTranscripts.read([file], format: .jsonl)
    }
    try folder.write(#"{"id":"a","text":null}"#, to: "m.jsonl")
    #expect(throws: ImportError.nothingToImport(files: [file], skipped: 1, because: .noAnswer)) {
      try ImportedTranscripts.read([file], format: .jsonl)
    }
  }

  @Test("random and truncated bytes never crash an importer", arguments: ImportFormat.allCases)
  func randomBytes(format: ImportFormat) throws {
    let whole = [
      ImportFormatTests.alpaca, ImportFormatTests.promptfoo, ImportFormatTests.inspect, ImportFormatTests.lmEval,
      ImportFormatTests.batch, "prompt_id,sample,text\na,0,\"x\"\n",
    ].map { Array($0.utf8) }
    let folder = try TemporaryFolder()
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % max(bound, 1)
    }
    for round in 0..<300 {
      var bytes = whole[round % whole.count]
      if round % 3 == 0 { bytes = Array(bytes.prefix(next(bytes.count))) }
      for _ in 0..<next(6) where !bytes.isEmpty { bytes[next(bytes.count)] = UInt8(next(256)) }
      try FileBytes.write(bytes, to: folder.file("x.jsonl"))
      _ = try? ImportedTranscripts.read([folder.file("x.jsonl")], format: format, model: ModelID("m"))
    }
  }
}
