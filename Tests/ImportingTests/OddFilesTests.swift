import Cases
import Formats
import Importing
import TestSupport
import Testing

/// Further shapes of files that people have; texts are our own.
@Suite("Files as sheets, data sets and vendors write them")
struct OddFilesTests {
  private static func read(
    _ text: String, name: String = "m.jsonl", _ format: ImportFormat = .jsonl, fields: ImportFields = ImportFields()
  ) throws -> ImportedTranscripts {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: name)
    return try ImportedTranscripts.read([path], format: format, fields: fields)
  }

  private static func texts(_ imported: ImportedTranscripts) -> [String: [String]] {
    Dictionary(firstOf: imported.transcripts.map { ($0.model.rawValue, $0.responses.map(\.text)) })
  }

  @Test(
    "a sheet comes in with capitals in its header, with empty rows, empty cells behind the last, and numbers as fractions",
    arguments: [
      "Prompt,Response,Model\na?,Two.,m\n,,\n", "Prompt, Model Output ,Model\na?,Two.,m\n",
      "prompt,response,model\na?,Two.,m,\n\n", "prompt,response,sample,model\na?,Two.,0.0,m\n",
      "Prompt;Response;Model\na?;Two.;m\n", "prompt\tresponse\tmodel\na?\tTwo.\tm\n",
    ])
  func sheets(text: String) throws {
    let found = try Self.read(text, name: "sheet.csv", .csv)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.probes.map(\.prompt) == ["a?"])
  }

  @Test("a field that is named is taken as it is written, and one of two that differ by capitals is not guessed")
  func capitals() throws {
    let chosen = try Self.read(
      "Question;Said;response\na?;Two.;x\n", name: "m.csv", .csv, fields: ImportFields([.text: "Said"]))
    #expect(Self.texts(chosen) == ["m": ["Two."]])
    let both = try Self.read(#"{"prompt":"a?","Response":"x","response":"Two."}"#)
    #expect(Self.texts(both) == ["m": ["Two."]])
    #expect(Self.texts(try Self.read(#"{"Prompt":"a?","Response":"Two."}"#)) == ["m": ["Two."]])
    // Neither of two hides the other, and each may be the answer.
    let sheet = "Prompt,Answer,Response,RESPONSE\na?,Two.,x,y\n"
    #expect(throws: ImportError.self) { try Self.read(sheet, name: "m.csv", .csv) }
    let told = try Self.read(sheet, name: "m.csv", .csv, fields: ImportFields([.text: "answer"]))
    #expect(Self.texts(told) == ["m": ["Two."]])
    #expect(throws: ImportError.self) { try Self.read("Prompt,Response,RESPONSE\na?,x,y\n", name: "m.csv", .csv) }
  }

  @Test("rows of the datasets server have the columns beside them; what the server cut off is left out and counted")
  func rows() throws {
    let found = try Self.read(
      #"""
      {"features":[{"feature_idx":0,"name":"prompt"}],"rows":[
      {"row_idx":0,"row":{"prompt":"a?","response":"Two."},"truncated_cells":[]},
      {"row_idx":1,"row":{"prompt":"b?","response":"Thr"},"truncated_cells":["response"]},
      {"row_idx":2,"row":{"prompt":"c","response":"Four."},"truncated_cells":["prompt"]}],"num_rows_total":3}
      """#)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.skipped.map(\.reason) == [.noAnswer, .noAnswer])
  }

  @Test("several answers to one question have it; reference answers beside a question are none")
  func completions() throws {
    let found = try Self.read(
      #"{"instruction":"a?","completions":[{"model":"x","response":"Two."},{"model":"y","response":"Three."}]}"#)
    #expect(Self.texts(found) == ["x": ["Two."], "y": ["Three."]] && found.probes.map(\.prompt) == ["a?"])
    #expect(throws: ImportError.self) {
      try Self.read(#"{"id":"i","input":{"text":"a?"},"references":[{"output":{"text":"Gold."}}]}"#)
    }
  }

  @Test(
    "a battle is an answer of each of its two models",
    arguments: [
      #"{"question_id":"q","model_a":"x","model_b":"y","conversation_a":[{"role":"user","content":"a?"},{"role":"assistant","content":"Two."}],"conversation_b":[{"role":"user","content":"a?"},{"role":"assistant","content":[{"type":"text","text":"Three."}]}]}"#,
      #"{"id":7,"model_a":"x","model_b":"y","prompt":"[\"a?\"]","response_a":"[\"Two.\"]","response_b":"[\"Three.\"]"}"#,
      #"{"id":7,"model_a":"x","model_b":"y","prompt":"a?","response_a":"Two.","response_b":"Three."}"#,
    ])
  func battles(text: String) throws {
    let found = try Self.read(text)
    #expect(Self.texts(found) == ["x": ["Two."], "y": ["Three."]] && found.probes.map(\.prompt) == ["a?"])
  }

  @Test("a battle in a sheet, with more than one turn, has the first and counts the others")
  func battleOfTurns() throws {
    let found = try Self.read(
      "id,model_a,model_b,prompt,response_a,response_b\n1,x,y,\"[\"\"a?\"\",\"\"b?\"\"]\",\"[\"\"Two.\"\",\"\"No.\"\"]\",[null]\n",
      name: "arena.csv", .csv)
    #expect(Self.texts(found) == ["x": ["Two."]])
    #expect(Set(found.skipped.map(\.reason)) == [.laterTurn, .noAnswer])
  }

  @Test(
    "numbers beside an answer that are of another shape do not refuse it",
    arguments: ["[-0.5,-1]", #"{"content":[{"token":"Two.","logprob":-1}]}"#, #"{"tokens":["Two."]}"#, "null", "-3.5"])
  func logprobs(value: String) throws {
    let found = try Self.read(#"{"prompt":"a?","text":"Two.","logprobs":\#(value)}"#)
    #expect(Self.texts(found) == ["m": ["Two."]])
    #expect((found.transcripts.first?.responses.first?.tokens != nil) == value.contains("logprob"))
  }

  @Test("an answer that the tool took from its cache is counted, and a copy of one that is there left out")
  func cached() throws {
    let found = try Self.read(
      #"""
      {"prompt":"a?","text":"Two.","cached":true}
      {"prompt":"a?","text":"Two.","cached":true,"n":1}
      {"prompt":"a?","text":"Two.","cached":false,"n":2}
      """#)
    #expect(Self.texts(found) == ["m": ["Two.", "Two."]] && found.cached == 1)
    #expect(found.skipped.map(\.reason) == [.copyFromCache])
    // Several answers to one request are samples, wherever the response was kept.
    let helm = try Self.read(
      #"""
      {"instance":{"id":"i"},"request":{"prompt":"a?","model":"m"},"result":{"cached":true,"completions":[{"text":"Two."},{"text":"Two."}]}}
      """#)
    #expect(Self.texts(helm) == ["m": ["Two.", "Two."]] && helm.skipped.isEmpty)
  }

  @Test("sheets and tools of Python say of a cached answer True, as a text", arguments: ["True", "true"])
  func cachedText(word: String) throws {
    let sheet = try Self.read("prompt,text,cache_hit\na?,Two.,False\na?,Two.,\(word)\n", name: "m.csv", .csv)
    #expect(Self.texts(sheet) == ["m": ["Two."]] && sheet.skipped.map(\.reason) == [.copyFromCache])
  }

  @Test(
    "one model under two settings is two in sheets, with the settings within a whole, and where the model is told",
    arguments: [
      ("m.csv", "model,prompt,temperature,response\nm,a?,0,He.\nm,a?,1,She.\nm,b?,0.0,It.\n", "temperature"),
      (
        "m.jsonl",
        #"{"model":"m","prompt":"a?","params":{"temperature":0,"seed":1},"response":"He."}"# + "\n"
          + #"{"model":"m","prompt":"a?","params":{"temperature":1,"seed":2},"response":"She."}"#, "temperature"
      ),
      (
        "m.jsonl",
        #"{"prompt":"a?","reasoning_effort":0,"response":"He."}"# + "\n"
          + #"{"prompt":"a?","reasoning_effort":1,"response":"She."}"#, "reasoning_effort"
      ),
    ])
  func settings(name: String, text: String, setting: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: name)
    for model in [nil, ModelID("m")] {
      let found = try ImportedTranscripts.read([path], format: name == "m.csv" ? .csv : .jsonl, model: model)
      #expect(found.transcripts.map(\.model.rawValue) == ["m (\(setting) 0)", "m (\(setting) 1)"])
    }
  }

  @Test("two files of one model under two settings are two models")
  func settingsOfFiles() throws {
    let folder = try TemporaryFolder()
    let paths = try [0, 1].map {
      try folder.write(#"{"model":"m","prompt":"a?","temperature":\#($0),"text":"Two."}"#, to: "\($0).jsonl")
    }
    let found = try ImportedTranscripts.read(paths, format: .jsonl)
    #expect(found.transcripts.map(\.model.rawValue) == ["m (temperature 0)", "m (temperature 1)"])
  }

  @Test("an empty system prompt is none")
  func emptySystem() throws {
    let found = try Self.read(
      #"""
      {"id":"1","prompt":"a?","text":"Two."}
      {"id":"1","system_prompt":"","prompt":"a?","text":"Three."}
      {"id":"1","messages":[{"role":"system","content":""},{"role":"user","content":"a?"},{"role":"assistant","content":"Four."}]}
      """#)
    #expect(Self.texts(found) == ["m": ["Two.", "Three.", "Four."]] && found.probes.map(\.system) == [nil])
  }

  @Test("one question with other passages or options is not one prompt: it is refused, unless names tell them apart")
  func passages() throws {
    func lines(_ ids: [String], _ field: String, _ values: [String]) -> String {
      zip(ids, values).map { #"{\#($0)"question":"a?","\#(field)":\#($1),"text":"Two."}"# }.joined(separator: "\n")
    }
    for (field, values) in [
      ("context", [#""A""#, #""B""#]), ("context", [#""""#, #""B""#]), ("input", [#""A""#, #""B""#]),
      ("options", [#"["x"]"#, #"["y"]"#]),
    ] {
      #expect(throws: ImportError.self) { try Self.read(lines(["", ""], field, values)) }
      let named = try Self.read(lines([#""id":"1","#, #""id":"2","#], field, values))
      #expect(named.probes.count == 2)
      let same = try Self.read(lines(["", ""], field, [values[0], values[0]]))
      #expect(Self.texts(same) == ["m": ["Two.", "Two."]])
    }
  }

  @Test(
    "an odd value beside an answer does not refuse it",
    arguments: [
      #"{"id":1,"prompt":"a?","text":"Two.","category":["math"],"language":3}"#,
      #"{"id":2.5,"prompt":"a?","text":"Two."}"#, #"{"id":98765432109876543210,"prompt":"a?","text":"Two."}"#,
      #"{"model":"","prompt":"a?","text":"Two."}"#, #"{"prompt":"a?","text":"Two.","error":""}"#,
    ])
  func oddValues(record: String) throws {
    let found = try Self.read(record)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.probes.map(\.prompt) == ["a?"])
  }

  @Test("a system prompt comes as a list and as blocks, and a model that is told needs no name in the file")
  func system() throws {
    for system in [#"["S"]"#, #"[{"type":"text","text":"S"}]"#] {
      #expect(try Self.read(#"{"system":\#(system),"prompt":"a?","text":"Two."}"#).probes.map(\.system) == ["S"])
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(#"{"model":{"id":"x"},"prompt":"a?","text":"Two."}"#, to: "m.jsonl")
    let told = try ImportedTranscripts.read([path], format: .jsonl, model: ModelID("told"))
    #expect(Self.texts(told) == ["told": ["Two."]])
    #expect(throws: ImportError.self) { try ImportedTranscripts.read([path], format: .jsonl) }
  }

  @Test(
    "a record without an answer among good ones is counted with its reason",
    arguments: [
      (#"{"prompt":"b?","error":"timeout"}"#, SkippedRecord.Reason.error),
      (#"{"prompt":"b?","text":"","error":{"message":"timeout"}}"#, .error),
      (#"{"conversations":[{"from":"gpt","value":"More."}]}"#, .laterTurn),
      (#"{"prompt":"b?","choices":[{"index":0,"finish_reason":"content_filter"}]}"#, .withheld),
      (#"{"prompt":"b?","choices":[{"finish_reason":"content_filter","message":{"content":null}}]}"#, .withheld),
    ])
  func counted(record: String, reason: SkippedRecord.Reason) throws {
    let found = try Self.read(#"{"prompt":"a?","text":"Two."}"# + "\n" + record)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.skipped.map(\.reason) == [reason])
  }

  @Test("null in the field that was named, or on the way to it, is no answer; a record without it is still refused")
  func namedNull() throws {
    let fields = ImportFields([.text: "r.text"])
    let found = try Self.read(
      #"""
      {"prompt":"a?","r":{"text":"Two."}}
      {"prompt":"b?","r":{"text":null},"choices":[{"message":{"content":"Not this."}}]}
      {"prompt":"c?","r":null}
      """#, fields: fields)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.skipped.map(\.reason) == [.noAnswer, .noAnswer])
    #expect(throws: ImportError.self) {
      try Self.read(#"{"prompt":"b?","choices":[{"message":{"content":"Not this."}}]}"#, fields: fields)
    }
  }

  @Test("a field that was named and has a value in no record is an error", arguments: [ImportFields.Role.id, .prompt])
  func namedNowhere(role: ImportFields.Role) throws {
    do {
      _ = try Self.read(#"{"id":"1","prompt":"a?","text":"Two."}"#, fields: ImportFields([role: "nosuch"]))
      Issue.record("the name was passed over")
    } catch ImportError.fieldNowhere(let found, let name, _) {
      #expect(found == role && name == "nosuch")
    }
  }

  @Test(
    "a response that was stored whole is read as the endpoint's dialect has it",
    arguments: [
      #"{"choices":[{"message":{"role":"assistant","content":"Two."}}]}"#,
      #"{"output":[{"type":"message","content":[{"type":"output_text","text":"Two."}]}]}"#,
      #"{"role":"assistant","content":[{"type":"text","text":"Two."}]}"#,
    ])
  func whole(response: String) throws {
    let found = try Self.read(#"{"messages":[{"role":"user","content":"a?"}],"response":\#(response)}"#)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.probes.map(\.prompt) == ["a?"])
  }

  @Test(
    "what a filter withheld in a batch, and what is no answer, is counted and is no empty answer",
    arguments: [
      (
        #"{"choices":[{"index":0,"finish_reason":"content_filter","message":{"content":null}}]}"#,
        SkippedRecord.Reason.withheld
      ),
      (#"{"choices":[{"index":0,"finish_reason":"content_filter"}]}"#, .withheld),
      (#"{"object":"list","data":[{"embedding":[1]}]}"#, .otherThanText), (#""Bad gateway""#, .error),
      (#"{"candidates":[{"finishReason":"SAFETY"}]}"#, .withheld),
      (#"{"promptFeedback":{"blockReason":"SAFETY"}}"#, .withheld),
    ])
  func withheld(body: String, reason: SkippedRecord.Reason) throws {
    let isGemini = !body.hasPrefix("\"") && (body.contains("candidates") || body.contains("promptFeedback"))
    let line = isGemini ? #"{"key":"1","response":\#(body)}"# : #"{"custom_id":"1","response":{"body":\#(body)}}"#
    let good = #"{"custom_id":"2","response":{"body":{"model":"m","choices":[{"message":{"content":"Two."}}]}}}"#
    let found = try Self.read(line + "\n" + good, .openAIBatch)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.skipped.map(\.reason) == [reason])
  }

  @Test("the body of a batch's response comes as a text, too")
  func bodyAsText() throws {
    let body = #"{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"Two.\"}}]}"#
    let found = try Self.read(#"{"custom_id":"1","response":{"body":"\#(body)"}}"#, .openAIBatch)
    #expect(Self.texts(found) == ["m": ["Two."]])
  }

  @Test(
    "batches whose responses have no wrapper come in",
    arguments: [
      #"{"custom_id":"q","request":{"messages":[{"role":"user","content":"a?"}]},"response":{"model":"m","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Two."}],"stop_reason":"end_turn"},"status":""}"#,
      #"{"custom_id":"q","response":{"model":"m","choices":[{"index":0,"message":{"content":"Two."}}]}}"#,
      #"{"custom_id":"q","response":{"model":"m","output":[{"type":"message","content":[{"type":"output_text","text":"Two."}]}]}}"#,
    ])
  func bareBatches(line: String) throws {
    #expect(Self.texts(try Self.read(line, .openAIBatch)) == ["m": ["Two."]])
  }

  @Test("a batch of Google's says why an answer is missing")
  func vertex() throws {
    let found = try Self.read(
      #"""
      {"status":"","request":{"contents":[{"role":"user","parts":[{"text":"a?"}]}]},"response":{"candidates":[{"content":{"parts":[{"text":"Two."}]}}],"modelVersion":"m"}}
      {"status":"Bad Request: x","request":{"contents":[{"role":"user","parts":[{"text":"b?"}]}]},"response":{}}
      """#, .geminiBatch)
    #expect(Self.texts(found) == ["m": ["Two."]] && found.skipped.map(\.detail) == ["Bad Request: x"])
    #expect(found.taken[.id] == nil)
  }

  @Test(
    "a document of another format says which one it is",
    arguments: [
      (#"{"eval":{"model":"m","task":"t"},"samples":[{"id":1}]}"#, ImportFormat.inspect),
      (#"{"evalId":"e","results":{"version":3,"results":[{"provider":"m"}]}}"#, .promptfoo),
    ])
  func otherFormat(text: String, format: ImportFormat) {
    do {
      _ = try Self.read(text)
      Issue.record("it was read as a table")
    } catch ImportError.notImportable(_, .otherFormat(let found)) {
      #expect(found == format)
    } catch {
      Issue.record(error)
    }
  }
}
