import Cases
import Formats
import Importing
import TestSupport
import Testing

/// Folders as people have them; texts are our own.
@Suite("Folders of recorded answers")
struct CohortFolderTests {
  private static func read(
    _ files: [String: String], fields: ImportFields = ImportFields()
  ) throws -> (CohortFolder.Contents, folder: String) {
    let folder = try TemporaryFolder()
    for (name, text) in files { try FileBytes.write(text.utf8, to: folder.file(name)) }
    return (try CohortFolder.read(folder.path, fields: fields), folder.path)
  }

  private static func texts(_ contents: CohortFolder.Contents) -> [String: [String]] {
    Dictionary(firstOf: contents.transcripts.map { ($0.model.rawValue, $0.responses.map(\.text)) })
  }

  private static func line(_ id: String, _ model: String? = nil, _ text: String = "He.") -> String {
    let model = model.map { #","model":"\#($0)""# } ?? ""
    return #"{"id":"\#(id)","prompt":"Who is \#(id)?","response":"\#(text)"\#(model)}"# + "\n"
  }

  @Test("endings count however they are written; what is no text is named, and what was taken is told")
  func endings() throws {
    let (found, folder) = try Self.read([
      "gpt-4.ndjson": Self.line("1"), "claude.jsonl": Self.line("1"), "z.JSONL": Self.line("1"),
      "y.jsonlines": Self.line("1"), "qwen.tsv": "id\tprompt\tresponse\n1\tWho is 1?\tHe.\n", "x.parquet": "PAR1xxxx",
      "w.zip": "PK\u{3}\u{4}a.txt", "t.eval": "PK\u{3}\u{4}a.json", "README.md": "Read me.",
    ])
    #expect(Self.texts(found).keys.sorted() == ["claude", "gpt-4", "qwen", "y", "z"])
    #expect(found.unread.map(\.file) == ["t.eval", "w.zip", "x.parquet"].map { "\(folder)/\($0)" })
    let defects = found.unread.compactMap { file -> ImportDefect? in
      if case ImportError.notImportable(_, let defect) = file.error { defect } else { nil }
    }
    #expect(defects == [.inspectArchive, .binary(.zip), .binary(.parquet)])
    #expect(found.read.allSatisfy { $0.taken[.text] == ["response"] } && found.read.count == 5)
  }

  @Test("files of one model with other prompts are one; of the same prompts the first counts, and the others are named")
  func merged() throws {
    let (found, folder) = try Self.read([
      "a.jsonl": Self.line("1", "gpt-4") + Self.line("1", "phi"),
      "b.jsonl": Self.line("2", "gpt-4") + Self.line("2", "grok"),
      "c.jsonl": Self.line("1", "gpt-4", "Other.") + Self.line("1", "qwen"),
    ])
    #expect(
      Self.texts(found) == ["gpt-4": ["He.", "He."], "grok": ["He."], "phi": ["He."], "qwen": ["He."]])
    #expect(found.unread.map(\.file) == ["\(folder)/c.jsonl"])
    #expect(
      found.unread.first?.error as? ImportError
        == .notImportable(
          SourcePlace(file: "\(folder)/c.jsonl", spot: .path("")),
          .modelElsewhere(ModelID("gpt-4"), first: "\(folder)/a.jsonl")))
  }

  @Test(
    "a model that gives back its prompts is known to, whatever its files: no command can tell from the answers alone")
  func echoes() throws {
    let (found, _) = try Self.read([
      "a.jsonl": Self.line("1", "gpt-4", "Who is 1? He."), "b.jsonl": Self.line("2", "gpt-4", "Who is 2? He."),
      "c.jsonl": Self.line("1", "phi"),
    ])
    #expect(found.transcripts.map { $0.echoed.count } == [2, 0])
  }

  @Test("files of one name in folders of their own are the folders' models, not one")
  func folders() throws {
    let (found, _) = try Self.read(["x/answers.jsonl": Self.line("1"), "y/answers.jsonl": Self.line("2")])
    #expect(Self.texts(found) == ["x": ["He."], "y": ["He."]])
  }

  @Test(
    "arena-hard comes in beside its own questions, and a damaged file of questions costs no answers",
    arguments: [
      (
        #"{"question_id":"q1","category":"arena-hard-v0.1","cluster":"X","turns":[{"content":"Who?"}]}"#,
        #"{"question_id":"q1","model_id":"gpt-4","choices":[{"index":0,"turns":[{"content":"He.","token_len":3}]}]}"#
      ),
      (
        #"{"uid":"u1","category":"hard_prompt","prompt":"Who?","answer":"Gold."}"#,
        #"{"uid":"u1","model":"gpt-4","messages":[{"role":"user","content":"Who?"},{"role":"assistant","content":{"answer":"He."}}]}"#
      ),
    ])
  func arena(question: String, answer: String) throws {
    let (found, folder) = try Self.read([
      "question.jsonl": question + "\n", "model_answer/gpt-4.jsonl": answer + "\n", "questions.jsonl": "{\"cut",
    ])
    #expect(Self.texts(found) == ["gpt-4": ["He."]] && found.probes.map(\.prompt) == ["Who?"])
    #expect(found.unread.map(\.file) == ["\(folder)/questions.jsonl"])
  }

  @Test(
    "batches are known behind an empty line, in any vendor's words; the file of requests says what was asked",
    arguments: [
      [
        "out.jsonl":
          "\n"
          + #"{"custom_id":"1","response":{"status_code":200,"body":{"model":"m","choices":[{"message":{"content":"He."}}]}}}"#,
        "in.jsonl": #"{"custom_id":"1","method":"POST","body":{"messages":[{"role":"user","content":"Who?"}]}}"#,
      ],
      [
        "out.jsonl":
          #"{"status":"","request":{"contents":[{"parts":[{"text":"Who?"}]}]},"response":{"candidates":[{"content":{"parts":[{"text":"He."}]}}],"modelVersion":"m"}}"#
      ],
      ["m.jsonl": #"{"recordId":"1","modelInput":{"prompt":"Who?"},"modelOutput":{"generation":"He."}}"#],
    ])
  func batches(files: [String: String]) throws {
    let (found, _) = try Self.read(files)
    #expect(Self.texts(found) == ["m": ["He."]] && found.probes.map(\.prompt) == ["Who?"] && found.unread.isEmpty)
  }

  @Test("a field that was named and is in no file is an error; one that some files have is none")
  func named() throws {
    let files = ["a.jsonl": Self.line("1"), "b.jsonl": #"{"key":"1","prompt":"Who is 1?","response":"So."}"#]
    let (found, _) = try Self.read(files, fields: ImportFields([.id: "key"]))
    #expect(found.transcripts.count == 2)
    do {
      _ = try Self.read(files, fields: ImportFields([.id: "kye"]))
      Issue.record("the name was passed over")
    } catch ImportError.fieldNowhere(let role, let name, _) {
      #expect(role == .id && name == "kye")
    }
  }
}
