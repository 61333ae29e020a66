import Cases
import Formats
import Importing
import TestSupport
import Testing

/// Shapes of data sets that have a reference answer beside a model's; texts are our own.
@Suite("Whose words an answer is")
struct OtherAnswersTests {
  private static func texts(
    _ text: String, _ name: String = "m.jsonl", fields: ImportFields = ImportFields()
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: name)
    let format: ImportFormat = name.hasSuffix(".csv") ? .csv : .jsonl
    return try ImportedTranscripts.read([path], format: format, fields: fields)
      .transcripts.flatMap { $0.responses.map(\.text) }
  }

  @Test(
    "beside what may be the model's words `answer` and its like are not taken; the field that may be meant is named first",
    arguments: [
      (
        #"{"question":"1+1","answer":"2","messages":[{"role":"user","content":"1+1"},{"role":"assistant","content":"It is two."}]}"#,
        "messages"
      ),
      (
        #"{"question":"1+1","answer":"2","choices":[{"message":{"role":"assistant","content":"It is two."}}]}"#,
        "choices"
      ),
      (#"{"problem":"1+1","solution":"g","generations":["It is two.","Two."],"answer":"2"}"#, "generations"),
      (#"{"question":"1+1","answer":"2","responses":["It is two."]}"#, "responses"),
      (#"{"question":"1+1","answer":"2","samples":["It is two."]}"#, "samples"),
      (#"{"question":"1+1","answer":"2","completions":[{"text":"It is two."}]}"#, "completions"),
      (#"{"question":"1+1","answer":"2","generated_answer":"It is two."}"#, "generated_answer"),
      (#"{"question":"1+1","answer":"2","model_completion":"It is two."}"#, "model_completion"),
      (#"{"question":"1+1","answer":"2","deepseek_response":"It is two."}"#, "deepseek_response"),
      (#"{"instruction":"1+1","output":"2","generated":"It is two."}"#, "generated"),
      (#"{"id":1,"text":"1+1","generated":"It is two."}"#, "generated"),
    ])
  func refused(record: String, field: String) throws {
    do {
      _ = try Self.texts(record)
      Issue.record("it guessed")
    } catch ImportError.notImportable(_, .ambiguousAnswer(let fields)) {
      #expect(fields.first == field && fields.count == 2)
    }
    let told = try Self.texts(record, fields: ImportFields([.text: field]))
    #expect(told.first == "It is two.")
  }

  @Test("in sheets, too, where a column may have a model's name", arguments: ["model_answer", "gpt-4"])
  func sheets(column: String) throws {
    #expect(throws: ImportError.self) { try Self.texts("question,answer,\(column)\n1+1,2,It is two.\n", "m.csv") }
  }

  @Test(
    "what is offered, asked before, counted, judged or the same leaves no doubt",
    arguments: [
      #"{"question":"1+1","choices":["2","3"],"answer":"Two."}"#,
      #"{"question":"1+1","choices":[{"label":"A","text":"2"}],"answer":"Two."}"#,
      #"{"id":"a","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"1+1"}],"answer":"Two."}"#,
      #"{"messages":[{"role":"user","content":"1+1"},{"role":"assistant","content":"Two."}],"answer":"Two."}"#,
      #"{"question":"1+1","answer":"Two.","completion_tokens":4,"response_time":1.5,"correct_answer":"2","gpt4_score":"9"}"#,
      #"{"prompt":"1+1","output":"Two.","model_name":"m","parsed_output":"2","generation_config":{"top_k":1}}"#,
    ])
  func taken(record: String) throws {
    #expect(try Self.texts(record) == ["Two."])
  }

  @Test("of several questions in one record the first has its answer; the others are later turns, and no samples")
  func turns() throws {
    let folder = try TemporaryFolder()
    for (name, record) in [
      ("a", #"{"id":1,"questions":["Q1?","Then Q2?"],"references":[null,null],"outputs":["A1.","A2 on Q2."]}"#),
      ("b", #"{"id":1,"turns":["Q1?","Then Q2?"],"output":["A1.","A2.","A3."]}"#),
      ("c", #"{"id":1,"turns":["Q1?","Then Q2?"],"output":[["A1.","A2."],["B1.","B2."]]}"#),
    ] {
      let found = try ImportedTranscripts.read([folder.write(record, to: "\(name).jsonl")], format: .jsonl)
      #expect(found.transcripts[0].responses.map(\.text) == (name == "c" ? ["A1.", "B1."] : ["A1."]))
      #expect(found.probes.map(\.prompt) == ["Q1?"])
      #expect(Set(found.skipped.map(\.reason)) == [.laterTurn])
    }
  }

  @Test("a piece of a stream is no sample", arguments: [#","done":false"#, #","object":"chat.completion.chunk""#])
  func pieces(mark: String) throws {
    let record = #"{"model":"l","prompt":"W","response":"He"\#(mark)}"#
    do {
      _ = try Self.texts(record)
      Issue.record("it was read")
    } catch ImportError.notImportable(_, .streamPiece) {
      // What it is.
    }
    #expect(try Self.texts(record, fields: ImportFields([.text: "response"])) == ["He"])
  }
}
