import Cases
import Formats
import Foundation
import Testing

@Suite("Lineage as people write it")
struct LineageSpellingTests {
  private func read(_ text: String) throws -> Lineage { try LineageReader.parse(Array(text.utf8), file: "lineage.csv") }

  @Test("a base model is one, however it is spelled; a model of the table gives its own name")
  func bases() throws {
    let lineage = try read(
      """
      model,developer,base_model,family,trained_on_outputs_of
      a,A,LLaMA-7B,,
      b,B,llama 7b,,
      c,C,meta-llama/Llama-7B,,
      d,D,LLaMA-13B,,
      e,E,,,
      Chat-7b,F,,,
      f,F,chat 7B,,
      g,G,模型,,
      h,H,型号,,

      """)
    let bases = ["a", "b", "c"].map { lineage[ModelID($0)]?.base }
    #expect(Set(bases).count == 1 && bases[0] != nil)
    #expect(lineage[ModelID("d")]?.base == "LLaMA-13B" && lineage[ModelID("e")]?.base == nil)
    #expect(lineage[ModelID("f")]?.base == "Chat-7b")
    // Names without a Latin letter are not all one.
    #expect(lineage[ModelID("g")]?.base == "模型" && lineage[ModelID("h")]?.base == "型号")
  }

  @Test("names of one model are spelled alike; names without a Latin letter stay what they are")
  func alike() {
    #expect(Lineage.spelledAlike("HuggingFaceH4/zephyr-7b-beta") == Lineage.spelledAlike("Zephyr-7B-beta"))
    #expect(Lineage.spelledAlike("claude-2") != Lineage.spelledAlike("claude-2.1"))
    #expect(Lineage.spelledAlike("模型") == "模型" && Lineage.spelledAlike("型号") == "型号")
    // What is kept in a file is read once more.
    let once = Lineage.spelledAlike("Maker__Model-1.5")
    #expect(Lineage.spelledAlike(once) == once)
  }

  @Test("white space that nobody sees, and capitals, make no other developer, family or model; the others stay two")
  func spaces() throws {
    let lineage = try read(
      """
      model,developer,family,base_model,trained_on_outputs_of
      m0,OpenAI,GPT,,
      m2,OpenAI ,\u{A0}gpt,,
       m3\u{A0},\u{FEFF}openai,G P T,,t\u{A0}; ;u
      m4,Open  AI,,Сайга,
      m5,open\u{A0}ai,,сайга\t,

      """)
    #expect(lineage.entries.keys.sorted() == ["m0", "m2", "m3", "m4", "m5"].map { ModelID($0) })
    #expect(["m0", "m2", "m3"].map { lineage[ModelID($0)]?.developer } == ["OpenAI", "OpenAI", "OpenAI"])
    #expect(["m0", "m2", "m3"].map { lineage[ModelID($0)]?.family } == ["GPT", "GPT", "G P T"])
    #expect(lineage[ModelID("m3")]?.teachers == [ModelID("t"), ModelID("u")])
    let others = ["m4", "m5"].map { lineage[ModelID($0)] }
    #expect(Set(others.map(\.?.developer)).count == 1 && others[0]?.developer != "OpenAI")
    #expect(Set(others.map(\.?.base)) == ["Сайга"])
  }

  @Test("the owner of a base, in rows of other corpora too, is the developer of its tunings however it is spelled")
  func owners() throws {
    let table = "model,developer,base_model,corpus\nllama-7b,META,,one\nchat,Meta ,llama-7b,two\n"
    let lineage = try LineageReader.parse(Array(table.utf8), file: "lineage.csv", corpus: "two")
    #expect(lineage.developer(ofModelNamed: "llama-7b") == lineage[ModelID("chat")]?.developer)
  }

  @Test(
    "a table is read as spreadsheets write it",
    arguments: [
      "Model;Developer;Base Model;Trained-on outputs of\r\nm;A, Inc.;b;\"t;u\"\r\n;;;\r\n",
      "sep=;\nModel;Developer;Base_model;trained_on\nm;A, Inc.;b;\"t;u\"\n",
      "model\tdeveloper\tbase\ttrained_on\t\nm\tA, Inc.\tb\tt; u\t\n",
      "MODEL,DEVELOPER,BASE,TRAINED_ON\nm,\"A, Inc.\",b,t;u,,\n,,,\n",
    ])
  func spreadsheets(text: String) throws {
    let units = Array("\u{FEFF}\(text)".utf16)
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [Array(text.utf8), Array("\u{FEFF}\(text)".utf8), little, big] {
      let lineage = try LineageReader.parse(bytes, file: "lineage.csv")
      #expect(
        lineage.entries == [
          ModelID("m"): .init(developer: "A, Inc.", base: "b", teachers: [ModelID("t"), ModelID("u")])
        ])
    }
  }

  @Test("two columns whose names differ in capitals are two of one name, and a workbook is no table")
  func refused() {
    #expect(throws: FileError.repeatedColumn(file: "lineage.csv", line: 1, name: "model")) {
      try read("model,Model\nm,n\n")
    }
    #expect(throws: FileError.binary(file: "lineage.csv", .spreadsheet)) {
      try read("PK\u{3}\u{4}........xl/workbook.xml")
    }
  }

  @Test("the words of case.yaml for a column are taken, and nobody is no teacher")
  func columns() throws {
    let lineage = try read("model,base,trained_on\na,B7,x; y\n")
    #expect(lineage[ModelID("a")]?.base == "B7" && lineage[ModelID("a")]?.teachers == [ModelID("x"), ModelID("y")])
    for nobody in ["none", "None", "-", "human", "N/A"] {
      let found = try #require(throws: CasesError.self) { try read("model,trained_on_outputs_of\na,\nb,\(nobody)\n") }
      guard case .lineageTeacherIsNobody("lineage.csv", 3, ModelID("b"), _) = found else {
        Issue.record("\(found)")
        continue
      }
    }
  }

  @Test("a folder that holds transcripts, as an import writes it, stands for them, and for its table")
  func folder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lineage-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let line = #"{"prompt_id":"p","sample":0,"text":"x"}"# + "\n"
    try FileBytes.write(line.utf8, to: "\(folder)/cohort/transcripts/m.jsonl")
    try FileBytes.write("{}\n".utf8, to: "\(folder)/cohort/probes.jsonl")
    #expect(try TranscriptFolder.files(of: "\(folder)/cohort").keys.sorted() == [ModelID("m")])
    #expect(TranscriptFolder.lineage(of: "\(folder)/cohort") == nil)
    try FileBytes.write("model\nm\n".utf8, to: "\(folder)/cohort/lineage.csv")
    #expect(TranscriptFolder.lineage(of: "\(folder)/cohort") == "\(folder)/cohort/lineage.csv")
    #expect(TranscriptFolder.lineage(of: "\(folder)/cohort/transcripts") == nil)
  }
}
