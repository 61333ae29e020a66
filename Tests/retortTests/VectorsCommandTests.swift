import Cases
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Vectors, reasoning and short answers in channels and explain")
struct VectorsCommandTests {
  /// Vectors of every answer of a folder, drawn by a fixed rule; the suspect's lean towards the teacher's.
  private static func vectors(_ corpus: String, but left: String? = nil) throws -> String {
    var state: UInt64 = 11
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    var lines = ""
    var teacher: [PromptID: [Double]] = [:]
    for name in ["teacher", "suspect", "c0", "c1", "c2", "c3", "c4", "c5"] where name != left {
      let transcript = try TranscriptReader.read(file: "\(corpus)/\(name).jsonl", model: ModelID(name))
      for response in transcript.responses {
        var vector = (0..<6).map { _ in (next() * 1e6).rounded() / 1e6 }
        if name == "teacher" { teacher[response.prompt] = vector }
        if name == "suspect", let source = teacher[response.prompt] { vector = zip(vector, source).map { $0 + $1 } }
        lines += AnswerVectors.line(
          AnswerVectors.Key(model: ModelID(name), prompt: response.prompt, sample: response.sample), vector)
      }
    }
    let file = "\(corpus)/../vectors.jsonl"
    try FileBytes.write(lines.utf8, to: file)
    return file
  }

  @Test(
    "scores and normalised scores of vectors are those of NumPy",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func embeddings() throws {
    let corpus = try ExplainCommandTests.corpus()
    let file = try Self.vectors(corpus)
    let script = """
      import json, sys
      import numpy as np
      data = {}
      for line in open(sys.argv[1]):
        r = json.loads(line); data[r["model"], r["prompt_id"]] = np.array(r["vector"])
      models = sorted({m for m, _ in data}); prompts = sorted({p for _, p in data})
      centred = {}
      for p in prompts:
        mean = np.mean([data[m, p] for m in models], 0)
        for m in models: centred[m, p] = data[m, p] - mean
      cos = lambda x, y: x @ y / np.sqrt((x @ x) * (y @ y))
      score = {(a, b): np.mean([cos(centred[a, p], centred[b, p]) for p in prompts]) for a in models for b in models if a != b}
      out = {}
      for c in models:
        if c == "suspect": continue
        cohort = [m for m in models if m not in ("suspect", c)]
        size = max((len(cohort) + 1) // 2, 5)
        far = lambda other: sorted(sorted(cohort, key=lambda m: (round(score[other, m] * 1e9), m))[:size])
        def side(one, half):
          x = [score[one, m] for m in half]
          return (score["suspect", c] - np.mean(x)) / max(np.std(x, ddof=1), 0.5 / len(prompts))
        out[c] = [score["suspect", c], (side("suspect", far(c)) + side(c, far("suspect"))) / 2]
      print(json.dumps({k: [float(x) for x in v] for k, v in out.items()}))
      """
    let expected = try JSONDecoder().decode(
      [String: [Double]].self, from: IndependentPython.run(script, arguments: [file]))
    let outcome = try CommandTests.retort(["channels", corpus, "--suspect", "suspect", "--vectors", file, "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Schemas.violations(of: outcome.output, "channels") == "")
    let models = try #require(JSONValue(parsing: outcome.output)?["models"]?.array)
    #expect(models.count == 7)
    for model in models {
      let name = try #require(model["model"]?.string)
      let cell = try #require(model["channels"]?.array?.first { $0["channel"]?.string == "embeddings" })
      let values = try #require(expected[name])
      for (key, value) in zip(["score", "normalised"], values) {
        #expect(abs(try #require(cell[key]?.number) - value) <= 1e-5 * abs(value) + 1e-9, "\(name) \(key)")
      }
      #expect((cell["rank"]?.integer == 1) == (name == "teacher"))
    }
    let explained = try CommandTests.retort(
      ["explain", corpus, "--suspect", "suspect", "--candidate", "teacher", "--vectors", file, "--json"])
    #expect(try Schemas.violations(of: explained.output, "explain") == "")
    let beside = try #require(JSONValue(parsing: explained.output)?["beside"]?.array?.first)
    #expect(abs(try #require(beside["normalised"]?.number) - (expected["teacher"]?[1] ?? 0)) < 1e-3)
    // Vectors of a text without its model's name, or of a suspect that has none, are no vectors of this case.
    let without = try Self.vectors(corpus, but: "suspect")
    let missing = try CommandTests.retort(["channels", corpus, "--suspect", "suspect", "--vectors", without])
    #expect(missing.status == 64 && missing.errors.contains("has no vector of suspect"), "\(missing.errors)")
  }

  @Test("reasoning is a channel where models told it, and wrong values in both are shown")
  func reasoning() throws {
    let corpus = try ExplainCommandTests.corpus()
    for (voice, name) in ["suspect", "teacher", "c0", "c1", "c2", "c3", "c4", "c5"].enumerated() {
      let file = "\(corpus)/\(name).jsonl"
      let lines = try TranscriptReader.read(file: file, model: ModelID(name)).responses.enumerated().map {
        place, response in
        let value = voice < 2 ? 7_000 + place : 100 * (voice + 3) + place
        return Response(
          prompt: response.prompt, sample: 0, text: response.text,
          reasoning: voice < 2 ? "Hmm, wait: \(value)." : "So it is \(value), therefore \(value)."
        ).canonicalLine
      }
      try FileBytes.write(lines.joined().utf8, to: file)
    }
    let outcome = try CommandTests.retort(["channels", corpus, "--suspect", "suspect", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let nearest = try #require(
      JSONValue(parsing: outcome.output)?["models"]?.array?.first { $0["model"]?.string == "teacher" })
    for channel in ["reasoning_markers", "reasoning_wrong_values"] {
      let cell = try #require(nearest["channels"]?.array?.first { $0["channel"]?.string == channel })
      #expect(cell["rank"]?.integer == 1 && (cell["normalised"]?.number ?? 0) > 2, "\(channel): \(cell)")
    }
    let explained = try CommandTests.retort(
      ["explain", corpus, "--suspect", "suspect", "--candidate", "teacher", "--top", "3", "--json"])
    if IndependentPython.isHere { #expect(try Schemas.violations(of: explained.output, "explain") == "") }
    let shared = try #require(JSONValue(parsing: explained.output)?["wrong_values"]?.array)
    #expect(shared.count == 3 && shared.allSatisfy { $0["others"]?.integer == 0 && $0["reasoning"]?.integer == 6 })
    let text = try CommandTests.retort(["explain", corpus, "--suspect", "suspect", "--candidate", "teacher"])
    #expect(text.output.contains("Numbers in the reasoning of both"))
    let report = try CommandTests.retort([
      "compare", "--suspect", "\(corpus)/suspect.jsonl", "--candidate", "\(corpus)/teacher.jsonl", "--cohort", corpus,
      "-o", "\(corpus)/../r", "--json",
    ])
    if IndependentPython.isHere { #expect(try Schemas.violations(of: report.output, "result") == "") }
    #expect(report.output.contains("wrong values beyond chance"))
  }

  @Test("short answers come with what was not seen, in channels and in same")
  func shortAnswers() throws {
    let folder = try CommandTests.folder()
    for (voice, name) in ["a", "b", "c", "d"].enumerated() {
      let lines = (0..<10).flatMap { prompt in
        (0..<4).map { #"{"prompt_id":"p\#(prompt)","sample":\#($0),"text":"w\#((voice + prompt * $0) % 3)"}"# + "\n" }
      }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/\(name).jsonl")
    }
    let channels = try CommandTests.retort(["channels", folder, "--suspect", "a", "--json"])
    if IndependentPython.isHere { #expect(try Schemas.violations(of: channels.output, "channels") == "") }
    let same = try CommandTests.retort(
      ["same", folder, "--suspect", "a", "--candidate", "b", "--permutations", "99", "--json"])
    if IndependentPython.isHere { #expect(try Schemas.violations(of: same.output, "same") == "") }
    let found = try #require(
      JSONValue(parsing: channels.output)?["models"]?.array?.first { $0["model"]?.string == "b" }?["short_answers"])
    #expect(found == JSONValue(parsing: same.output)?["short_answers"])
    let least = try #require(found["least"]?.number)
    #expect(found["prompts"]?.integer == 10 && found["answers"]?.integer == 80)
    #expect(try least <= #require(found["greatest"]?.number))
    for arguments in [["channels", folder, "--suspect", "a"], ["same", folder, "--suspect", "a", "--candidate", "b"]] {
      #expect(try CommandTests.retort(arguments).output.contains("with what was not seen (Good–Turing)"))
    }
  }
}
