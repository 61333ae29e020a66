import Cases
import Formats
import Foundation
import Importing
import TestSupport
import Testing

@Suite("Imported transcripts")
struct ImportedTranscriptsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("a transcript of our own is imported and written again to the byte")
  func ownTranscripts() throws {
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
    let written = try TranscriptFolder.write(transcripts, probes: [], to: folder.file("out"))
    let again = try ImportedTranscripts.read(written.map(\.path), format: .jsonl)
    let rewritten = try TranscriptFolder.write(again.transcripts, probes: [], to: folder.file("again"))
    #expect(Set(rewritten.map(\.digest)) == Set(written.map(\.digest)))
  }

  @Test(
    "what Python's csv and json modules write is read as they wrote it",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let script = """
      import csv, json, random, sys
      r = random.Random(5)
      texts = ["".join(r.choice("ab ,\\"'\\n\\té漢👩") for _ in range(r.randrange(12))) for _ in range(200)]
      with open(sys.argv[1] + "/m.csv", "w", newline="", encoding="utf-8") as f:
          w = csv.writer(f); w.writerow(["id", "sample", "text"])
          for i, t in enumerate(texts): w.writerow([f"p{i:03}", i % 3, t])
      with open(sys.argv[1] + "/m.jsonl", "w", encoding="utf-8") as f:
          for i, t in enumerate(texts): f.write(json.dumps({"id": f"p{i:03}", "sample": i % 3, "text": t}) + "\\n")
      print(json.dumps(texts))
      """
    let texts = try JSONDecoder().decode([String].self, from: IndependentPython.run(script, arguments: [folder.path]))
    for format in [ImportFormat.csv, .jsonl] {
      let imported = try ImportedTranscripts.read([folder.file("m.\(format.rawValue)")], format: format)
      #expect(imported.transcripts[0].responses.map(\.text) == texts)
    }
  }

  @Test("thoughts are found in fields of its own, in items of a response, and in the text")
  func imported() throws {
    func read(_ text: String, _ format: ImportFormat) throws -> [Response] {
      let file = folder.file("m.jsonl")
      try FileBytes.write(text.utf8, to: file)
      return try ImportedTranscripts.read([file], format: format, model: ModelID("m")).transcripts[0].responses
    }
    func body(_ choice: String) -> String {
      #"{"custom_id":"a","response":{"status_code":200,"body":{"model":"m",\#(choice)}},"error":null}"# + "\n"
    }
    let chat = try read(
      body(#""choices":[{"index":0,"message":{"content":"A","reasoning_content":"hm"}}]"#), .openAIBatch)
    let items = try read(
      body(
        #""output":[{"type":"reasoning","summary":[{"text":"s"}],"content":[{"type":"reasoning_text","text":"hm"}]},"#
          + #"{"type":"message","content":[{"type":"output_text","text":"A"}]}]"#), .openAIBatch)
    let field = try read(#"{"id":"a","text":"A","reasoning":"hm"}"# + "\n", .jsonl)
    let inline = try read(#"{"id":"a","text":"<think>hm</think>\n\nA"}"# + "\n", .jsonl)
    for responses in [chat, items, field, inline] {
      #expect(responses.count == 1 && responses[0].text == "A" && responses[0].reasoning == "hm", "\(responses)")
    }
    let mention = try read(#"{"id":"a","text":"The tag </think> ends thoughts."}"# + "\n", .jsonl)
    #expect(mention[0].text == "The tag </think> ends thoughts." && mention[0].reasoning == nil)
  }
}
