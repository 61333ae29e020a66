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
    // Neither of two hides the other.
    let sheet = try Self.read("Prompt,Answer,Response,RESPONSE\na?,Two.,x,y\n", name: "m.csv", .csv)
    #expect(Self.texts(sheet) == ["m": ["Two."]])
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
