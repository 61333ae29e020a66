import Cases
import Formats
import Importing
import TestSupport
import Testing

/// Shapes of files that people have; texts are our own.
@Suite("Files as they come")
struct RealFilesTests {
  private static func read(
    _ bytes: [UInt8], name: String = "m1.jsonl", _ format: ImportFormat = .jsonl, fields: ImportFields = ImportFields(),
    encoding: TextEncoding? = nil, matchesByText: Bool = false
  ) throws -> ImportedTranscripts {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/\(name)"
    try FileBytes.create(bytes, at: path)
    return try ImportedTranscripts.read(
      [path], format: format, fields: fields, encoding: encoding, matchesByText: matchesByText)
  }

  private static func read(
    _ text: String, name: String = "m1.jsonl", _ format: ImportFormat = .jsonl, fields: ImportFields = ImportFields(),
    matchesByText: Bool = false
  ) throws -> ImportedTranscripts {
    try read(Array(text.utf8), name: name, format, fields: fields, matchesByText: matchesByText)
  }

  private static func texts(_ imported: ImportedTranscripts) -> [String] {
    imported.transcripts.flatMap { $0.responses.map(\.text) }
  }

  @Test("NaN and Infinity are absent values, counted")
  func numbers() throws {
    let found = try Self.read(#"{"prompt_id":"a","text":"Two.","score":NaN,"low":-Infinity}"# + "\n")
    #expect(Self.texts(found) == ["Two."] && found.absentNumbers == 2)
    let folder = try TemporaryFolder()
    let path = try folder.write(
      #"{"prompt_id":"a","text":"Two.","score":NaN,"logprobs":[{"token":"Two.","logprob":-1}]}"#, to: "m.jsonl")
    let transcript = try TranscriptReader.read(file: path, model: ModelID("m"))
    #expect(transcript.responses.first?.tokens?.first?.logprob == -1)
  }

  @Test("a reference answer is never taken for the model's: the file is asked for the field")
  func gold() throws {
    let text = #"{"id":1,"question":"How many?","answer":"2","prediction":"There are two."}"#
    do {
      _ = try Self.read(text)
      Issue.record("it guessed")
    } catch ImportError.notImportable(_, .ambiguousAnswer(let fields)) {
      #expect(fields == ["prediction", "answer"])
    }
    let told = try Self.read(text, fields: ImportFields([.text: "prediction"]))
    #expect(
      Self.texts(told) == ["There are two."] && told.taken[.text] == ["prediction"]
        && told.taken[.prompt] == ["question"])
  }

  @Test(
    "records within one object come in: lists under a name, numbered ones, tables by columns, rows",
    arguments: [
      #"{"data":[{"prompt":"a?","output":"Two."},{"prompt":"b?","output":"Three."}],"version":1}"#,
      #"{"0":{"origin_prompt":"a?","prediction":"Two.","gold":"2"},"1":{"origin_prompt":"b?","prediction":"Three."}}"#,
      #"{"0":{"origin_prompt":[{"role":"HUMAN","prompt":"a?"}],"prediction":"Two."},"1":{"origin_prompt":"b?","prediction":"Three."}}"#,
      #"{"prompt":{"0":"a?","1":"b?"},"output":{"0":"Two.","1":"Three."}}"#,
      #"{"columns":["prompt","output"],"index":[0,1],"data":[["a?","Two."],["b?","Three."]]}"#,
      #"{"rows":[{"row_idx":0,"row":{"prompt":"a?","output":"Two."}},{"row_idx":1,"row":{"prompt":"b?","output":"Three."}}]}"#,
      """
      {
        "results": [
          {"messages": [{"role": "user", "content": "a?"}], "generated_text": "Two."},
          {"prompt": [{"role": "user", "content": "b?"}], "predict": "Three.", "label": "3"}
        ]
      }
      """,
    ])
  func wrapped(text: String) throws {
    let found = try Self.read(text)
    #expect(Self.texts(found).sorted() == ["Three.", "Two."])
    #expect(found.probes.map(\.prompt).sorted() == ["a?", "b?"])
  }

  @Test(
    "records of tools that keep answers deeper come in, and lines of their logs that hold none are passed over",
    arguments: [
      """
      {"spec":{"completion_fns":["m"]}}
      {"run_id":"r","event_id":0,"sample_id":"s.0","type":"sampling","data":{"prompt":[{"role":"user","content":"a?"}],"sampled":["Two."]}}
      {"run_id":"r","event_id":1,"sample_id":"s.0","type":"match","data":{"correct":true}}
      {"final_report":{"accuracy":1}}
      """,
      #"{"request_states":[{"instance":{"id":"i"},"request":{"prompt":"a?","model":"m"},"result":{"completions":[{"text":"Two."}]}}]}"#,
      #"[{"id":"x","chat":{"messages":[{"role":"user","content":"a?"},{"role":"assistant","content":"Two."}]}}]"#,
      #"{"id":"t","input":{"messages":[{"role":"user","content":"a?"}]},"output":{"role":"assistant","content":"Two."}}"#,
    ])
  func deeper(text: String) throws {
    let found = try Self.read(text)
    #expect(Self.texts(found) == ["Two."] && found.probes.map(\.prompt) == ["a?"])
  }

  @Test(
    "objects that follow one another over several lines, on one, or behind separators are records",
    arguments: [
      "{\n \"prompt_id\": \"a\",\n \"text\": \"Two }{ \\\" \"\n}\n{\n \"prompt_id\": \"b\",\n \"text\": \"Three.\"\n}\n",
      #"{"prompt_id":"a","text":"Two }{ \" "}{"prompt_id":"b","text":"Three."}"#,
      "\u{1E}{\"prompt_id\":\"a\",\"text\":\"Two }{ \\\" \"}\n\u{1E}{\"prompt_id\":\"b\",\"text\":\"Three.\"}\n",
    ])
  func sequence(text: String) throws {
    #expect(Self.texts(try Self.read(text)) == ["Two }{ \" ", "Three."])
  }

  @Test("a log that was cut off is still told by its line")
  func cutOff() {
    let text = #"{"prompt_id":"a","text":"Two."}"# + "\n" + #"{"prompt_id":"b","te"#
    #expect(throws: FileError.defectiveLine(file: "x", line: 2, .cutOff)) {
      do { _ = try Self.read(text) } catch FileError.defectiveLine(_, let line, let defect) {
        throw FileError.defectiveLine(file: "x", line: line, defect)
      }
    }
  }

  @Test("batches of Amazon say their answers in each maker's words")
  func bedrock() throws {
    let lines = [
      #"{"recordId":"1","modelInput":{"messages":[{"role":"user","content":"a?"}]},"modelOutput":{"model":"c","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"One."}]}}"#,
      #"{"recordId":"2","modelInput":{"prompt":"b?"},"modelOutput":{"generation":"Two."}}"#,
      #"{"recordId":"3","modelOutput":{"output":{"message":{"role":"assistant","content":[{"text":"Three."}]}}}}"#,
      #"{"recordId":"4","modelInput":{},"error":{"errorCode":400,"errorMessage":"bad"}}"#,
    ]
    let folder = try TemporaryFolder()
    let path = try folder.write(lines.joined(separator: "\n"), to: "out.jsonl")
    let found = try ImportedTranscripts.read([path], format: .openAIBatch, model: ModelID("m"), fields: ImportFields())
    #expect(Self.texts(found) == ["One.", "Two.", "Three."] && found.skipped.map(\.reason) == [.error])
    #expect(found.transcripts.first?.responses.first?.reasoning == "Hm.")
    #expect(found.probes.map(\.prompt).sorted() == ["a?", "b?"])
  }

  @Test("a table whose lines end as on old Macintoshes comes in")
  func carriageReturns() throws {
    let found = try Self.read("prompt,response\ra?,Two.\rb?,\"Three,\rfour.\"\r", name: "m.csv", .csv)
    #expect(Self.texts(found).sorted() == ["Three,\rfour.", "Two."])
  }

  @Test("an object that holds no answers is told by its fields, and not taken apart")
  func noWrapper() {
    for text in [
      #"{"summary":{"0":1},"other":{"0":2}}"#, #"{"a":[{"x":1}],"b":[{"y":2}]}"#, #"{"1":"x"}"#, #"{"data":[]}"#,
    ] {
      #expect(throws: ImportError.self) { try Self.read(text, name: "m1.jsonl") }
    }
  }

  /// TAR has its mark behind the name of the first file.
  private static let archive = Array("\(String(repeating: "a", count: 257))ustar\u{0}00".utf8)

  @Test(
    "a file that is no text is told by what it is",
    arguments: [
      (Array("PAR1xxxx".utf8), BinaryFile.parquet), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .spreadsheet),
      (Array("PK\u{3}\u{4}........xl/workbook.xml".utf8), .spreadsheet), (Array("PK\u{3}\u{4}a.txt".utf8), .zip),
      ([0x28, 0xB5, 0x2F, 0xFD, 0x00], .zstandard), ([0x80, 0x04, 0x95, 0x00], .pickle),
      (Array("%PDF-1.7\n".utf8), .pdf), (Array("SQLite format 3\u{0}".utf8), .sqlite), (archive, .tar),
      ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], .numpy), (Array("\n<!DOCTYPE html><html></html>".utf8), .webPage),
      (Array("version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n".utf8), .pointer),
    ])
  func binary(bytes: [UInt8], kind: BinaryFile) {
    for format in [ImportFormat.jsonl, .csv] {
      do {
        _ = try Self.read(bytes, name: "m1.jsonl", format)
        Issue.record("it was read")
      } catch ImportError.notImportable(_, .binary(let found)) {
        #expect(found == kind)
      } catch {
        Issue.record(error)
      }
    }
  }

  @Test("lists are samples, choices and conversations have their first answer, and later turns are counted")
  func nested() throws {
    let several = try Self.read(#"{"id":"s","prompt":"Name a river.","output":["The Elbe.","The Oder."]}"#)
    #expect(Self.texts(several) == ["The Elbe.", "The Oder."])
    let turns = try Self.read(#"{"question_id":"q","choices":[{"index":0,"turns":["First.","Second."]}]}"#)
    #expect(Self.texts(turns) == ["First."] && turns.skipped.map(\.reason) == [.laterTurn])
    #expect(turns.taken[.text] == ["choices.0.turns.0"])
    let arena = try Self.read(
      #"{"uid":"u","messages":[{"role":"user","content":"Explain locks."},{"role":"assistant","content":{"answer":"They lift."}}]}"#
    )
    #expect(Self.texts(arena) == ["They lift."] && arena.probes.map(\.prompt) == ["Explain locks."])
    let shared = try Self.read(
      #"{"id":"c","conversations":[{"from":"human","value":"Hi?"},{"from":"gpt","value":"Ho."}]}"#)
    #expect(Self.texts(shared) == ["Ho."])
    let path = try Self.read(
      #"{"id":"x","deep":{"list":[{"said":"Here."}]}}"#, fields: ImportFields([.text: "deep.list.0.said"]))
    #expect(Self.texts(path) == ["Here."])
  }

  @Test("a list of records in one document is read as its lines would be")
  func list() throws {
    let found = try Self.read(
      "[\n {\"prompt_id\":\"a\",\"text\":\"Rowan.\"},\n {\"prompt_id\":\"b\",\"text\":\"Oak.\"}\n]\n")
    #expect(Self.texts(found) == ["Rowan.", "Oak."])
  }

  @Test("thoughts beside the answer are kept under any of their names")
  func reasoning() throws {
    let lines = ["reasoning", "reasoning_content", "thinking"].map {
      #"{"prompt_id":"\#($0)","text":"Two.","\#($0)":"Hm."}"#
    }
    let found = try Self.read(lines.joined(separator: "\n"))
    #expect(found.transcripts[0].responses.map(\.reasoning) == ["Hm.", "Hm.", "Hm."])
  }

  @Test("semicolons and tabs separate where they do in the header", arguments: [";", "\t", ","])
  func separators(separator: String) throws {
    let rows = [["prompt", "response"], ["Name a tree.", "Rowan\(separator == "," ? "" : ", or oak")."]]
    let found = try Self.read(
      rows.map { $0.joined(separator: separator) }.joined(separator: "\n"), name: "m1.csv", .csv)
    #expect(Self.texts(found) == ["Rowan\(separator == "," ? "" : ", or oak")."])
  }

  @Test("UTF-16 shows itself, with a mark or without")
  func utf16() throws {
    let text = "prompt,text\nName a tree.,Eberesche für zwei.\n"
    func bytes(bigEndian: Bool) -> [UInt8] {
      text.utf16.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    for body in [
      [0xFF, 0xFE] + bytes(bigEndian: false), [0xFE, 0xFF] + bytes(bigEndian: true), bytes(bigEndian: false),
    ] {
      #expect(Self.texts(try Self.read(body, name: "m1.csv", .csv)) == ["Eberesche für zwei."])
    }
  }

  @Test("a code page is read where it is named, and else refused with its true line")
  func codePage() throws {
    let bytes = Array("prompt,text\na,Plain.\nb,Caf".utf8) + [0xE9, 0x0A]
    do {
      _ = try Self.read(bytes, name: "m1.csv", .csv)
      Issue.record("it was taken for UTF-8")
    } catch ImportError.notImportable(let place, .notInEncoding(.utf8)) {
      #expect(place.spot == .line(3))
    }
    #expect(Self.texts(try Self.read(bytes, name: "m1.csv", .csv, encoding: .windows1252)).contains("Café"))
  }

  @Test("batches of three vendors, told by their lines; what failed or called a tool is counted")
  func batches() throws {
    let anthropic = try Self.read(
      #"""
      {"custom_id":"a","result":{"type":"succeeded","message":{"model":"c","content":[{"type":"text","text":"Ghent."}]}}}
      {"custom_id":"b","result":{"type":"expired"}}
      {"custom_id":"d","result":{"type":"succeeded","message":{"model":"c","content":[{"type":"tool_use","name":"f"}]}}}
      """#, .anthropicBatch)
    #expect(Self.texts(anthropic) == ["Ghent."] && anthropic.skipped.map(\.reason) == [.error, .otherThanText])
    let gemini = try Self.read(
      #"""
      {"key":"k","request":{"contents":[{"parts":[{"text":"Where?"}]}]},"response":{"modelVersion":"g","candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Ghent."}]}}]}}
      """#, .geminiBatch)
    #expect(Self.texts(gemini) == ["Ghent."] && gemini.probes.map(\.prompt) == ["Where?"])
    #expect(gemini.transcripts[0].responses[0].reasoning == "Hm.")
    let openAI = try Self.read(
      #"""
      {"custom_id":"q","response":{"status_code":200,"body":{"model":"m","choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"1"}]}}]}}}
      {"custom_id":"r","response":{"status_code":200,"body":{"model":"m","choices":[{"index":0,"message":{"content":"Ghent."}}]}}}
      """#, .openAIBatch)
    #expect(Self.texts(openAI) == ["Ghent."] && openAI.skipped.map(\.reason) == [.otherThanText])
  }

  @Test("a record of another format says which one it is")
  func otherFormat() throws {
    do {
      _ = try Self.read(#"{"custom_id":"a","result":{"type":"succeeded"}}"#)
      Issue.record("it was read as a table")
    } catch ImportError.notImportable(_, .otherFormat(let format)) {
      #expect(format == .anthropicBatch)
    }
  }

  /// evaleval/every_eval_ever, instance_level_eval.schema.json.
  @Test("Every Eval Ever: single turns with their thoughts; conversations are counted")
  func everyEvalEver() throws {
    let found = try Self.read(
      #"""
      {"schema_version":"0.2.1","evaluation_id":"e","model_id":"org/m","evaluation_name":"rivers","sample_id":"1","interaction_type":"single_turn","input":{"raw":"Where?","reference":["Ghent"]},"output":{"raw":["Ghent.","In Ghent."],"reasoning_trace":["Hm.","So."]}}
      {"schema_version":"0.2.1","evaluation_id":"e","model_id":"org/m","evaluation_name":"rivers","sample_id":"2","interaction_type":"agentic","input":{"raw":"Go.","reference":[]},"output":null,"messages":[]}
      """#, .everyEvalEver)
    #expect(Self.texts(found) == ["Ghent.", "In Ghent."] && found.transcripts[0].model == ModelID("org/m"))
    #expect(
      found.transcripts[0].responses.map(\.reasoning) == ["Hm.", "So."] && found.skipped.map(\.reason) == [.laterTurn])
  }

  @Test("likelihoods that a tool wrote as text are no answers; numbers that were generated are")
  func likelihoods() throws {
    func line(_ arguments: String, _ response: String) -> String {
      #"{"doc_id":0,"arguments":{"gen_args_0":\#(arguments)},"resps":[["\#(response)"]]}"#
    }
    #expect(throws: ImportError.self) {
      try Self.read(line(#"{"arg_0":" Mills."}"#, "-1234.5"), name: "samples_w_2026-01-01T0.jsonl", .lmEval)
    }
    let generated = try Self.read(
      line(#"{"arg_0":"2+2=","arg_1":{"until":["\n"]}}"#, "4"), name: "samples_w_2026-01-01T0.jsonl", .lmEval)
    #expect(Self.texts(generated) == ["4"])
  }

  @Test("a chat that a tool rendered into a list of one text gives its prompt")
  func renderedChat() throws {
    let found = try Self.read(
      #"{"doc_id":0,"arguments":{"gen_args_0":{"arg_0":["[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"How many?\"}]"],"arg_1":{"until":[]}}},"resps":[["Two."]]}"#,
      name: "samples_g_2026-01-01T0.jsonl", .lmEval)
    #expect(found.probes.map(\.system) == ["Be brief."] && found.probes.map(\.prompt) == ["How many?"])
  }

  private static func promptfoo(_ rows: [(prompt: String, column: Int, text: String, cached: Bool)]) -> String {
    rows.map {
      #"{"provider":{"id":"o:m"},"prompt":{"raw":"\#($0.prompt)"},"promptIdx":\#($0.column),"testIdx":0,"response":{"output":"\#($0.text)","cached":\#($0.cached)}}"#
    }.joined(separator: "\n")
  }

  @Test("promptfoo's lines: one provider configured twice is two models; two prompts of one are not")
  func configurations() throws {
    let twice = try Self.read(
      Self.promptfoo([("Say a.", 0, "Cold.", false), ("Say a.", 1, "Hot.", false)]), .promptfoo)
    #expect(twice.transcripts.map(\.model.rawValue) == ["o:m #0", "o:m #1"])
    let once = try Self.read(Self.promptfoo([("Say a.", 0, "Cold.", false), ("Say b.", 1, "Hot.", false)]), .promptfoo)
    #expect(once.transcripts.map(\.model.rawValue) == ["o:m"])
  }

  @Test("one model under two settings is two models; one setting is one")
  func settings() throws {
    func line(_ prompt: String, _ temperature: String) -> String {
      #"{"model":"m","prompt":"\#(prompt)","temperature":\#(temperature),"text":"At \#(temperature)."}"#
    }
    let two = try Self.read([line("a", "0"), line("a", "1.5")].joined(separator: "\n"))
    #expect(two.transcripts.map(\.model.rawValue) == ["m (temperature 0)", "m (temperature 1.5)"])
    let one = try Self.read([line("a", "0"), line("b", "1.5")].joined(separator: "\n"))
    #expect(one.transcripts.map(\.model.rawValue) == ["m"])
  }

  @Test("a copy from the tool's cache is left out and counted; the first of its kind is kept")
  func cached() throws {
    let found = try Self.read(
      Self.promptfoo([
        ("Say a.", 0, "Cold.", false), ("Say a.", 0, "Cold.", true), ("Say a.", 0, "Warm.", false),
        ("Say b.", 0, "Hot.", true),
      ]), .promptfoo)
    #expect(Self.texts(found).sorted() == ["Cold.", "Hot.", "Warm."])
    #expect(found.cached == 1 && found.skipped.map(\.reason) == [.copyFromCache])
  }

  @Test("a log that was written twice is read once; short answers that come again are samples")
  func doubled() throws {
    let log = (0..<4).map { #"{"prompt":"P\#($0)","text":"Answer \#($0)."}"# }.joined(separator: "\n")
    let twice = try Self.read(log + "\n" + log)
    #expect(Self.texts(twice).count == 4 && twice.skipped.map(\.reason) == [.doubled, .doubled, .doubled, .doubled])
    let samples = try Self.read(log + "\n" + #"{"prompt":"P0","text":"Answer 0."}"#)
    #expect(Self.texts(samples).count == 5 && samples.skipped.isEmpty)
    let long = String(repeating: "Many words. ", count: 12)
    let line = #"{"prompt":"P9","text":"\#(long)"}"#
    #expect(try Self.read([log, line, line].joined(separator: "\n")).skipped.map(\.reason) == [.doubled])
  }

  @Test("one prompt under other names for each model is told, and matched by its text where that is wanted")
  func names() throws {
    let lines = ["a", "b"].map {
      #"{"id":"\#($0)-1","model":"\#($0)","prompt":"Name a tree.","text":"Rowan, says \#($0)."}"#
    }
    let apart = try Self.read(lines.joined(separator: "\n"))
    #expect(apart.commonPrompts == 0 && apart.commonTexts == 1)
    let matched = try Self.read(lines.joined(separator: "\n"), matchesByText: true)
    #expect(matched.commonPrompts == 1)
  }
}
