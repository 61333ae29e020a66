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
