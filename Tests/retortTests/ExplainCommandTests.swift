import Formats
import Foundation
import TestSupport
import Testing

@Suite("Explain and same")
struct ExplainCommandTests {
  /// A folder with the suspect, its source and a cohort; the suspect repeats the source's answers to every second prompt.
  static func corpus(samples: Int = 1) throws -> String {
    let folder = try CommandTests.transcripts(cohort: 6)
    for name in ["suspect", "teacher"] {
      try FileManager.default.copyItem(atPath: "\(folder)/\(name).jsonl", toPath: "\(folder)/cohort/\(name).jsonl")
    }
    return "\(folder)/cohort"
  }

  @Test("the probes that were copied are those that carry the pair, and their words are shown")
  func explain() throws {
    let corpus = try Self.corpus()
    let outcome = try CommandTests.retort(
      ["explain", corpus, "--suspect", "suspect", "--candidate", "teacher", "--top", "20", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let document = try #require(JSONValue(parsing: outcome.output))
    let probes = try #require(document["probes"]?.array).compactMap { $0["prompt"]?.string }
    #expect(Set(probes) == Set((0..<20).map { "p\(2 * $0)" }))
    let runs = try #require(document["runs"]?.array)
    #expect(runs.count == 20 && runs.allSatisfy { $0["others"]?.integer == 0 && $0["length"]?.integer == 40 })
    #expect(runs.allSatisfy { $0["text"]?.string?.hasPrefix("v1w") ?? false })
    #expect(document["phrases"]?.array?.first?["text"]?.string?.contains("v1w") == true)
    #expect(document["combined_without"]?.array?.count == 6)
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "explain") == "") }
    let again = try CommandTests.retort(
      ["explain", corpus, "--suspect", "suspect", "--candidate", "teacher", "--top", "20", "--json"])
    #expect(again.output == outcome.output)
    let text = try CommandTests.retort(["explain", corpus, "--suspect", "suspect", "--candidate", "teacher"])
    #expect(text.output.contains("of 40 probes make half of what probes add"))
  }

  @Test("mistakes end with a line that says what to do")
  func mistakes() throws {
    let corpus = try Self.corpus()
    let unnamed = try CommandTests.retort(["explain", corpus, "--suspect", "suspect"])
    #expect(unnamed.status == 64 && unnamed.errors.contains("add --candidate NAME"))
    let unknown = try CommandTests.retort(["same", corpus, "--suspect", "suspect", "--candidate", "nobody"])
    #expect(unknown.status == 64 && unknown.errors.contains("has no transcript of nobody"))
    let once = try CommandTests.retort(["same", corpus, "--suspect", "suspect", "--candidate", "teacher"])
    #expect(once.status == 3 && once.errors.contains("samples: 2 or more"))
    let few = try CommandTests.retort(
      ["same", corpus, "--suspect", "suspect", "--candidate", "teacher", "--permutations", "5"])
    #expect(few.status == 64)
  }

  @Test("a model asked twice is not told apart; another one is; log-probabilities are set beside each other")
  func same() throws {
    let folder = try CommandTests.folder()
    let words = ["red", "blue", "green", "black", "white"]
    for (place, name) in ["a", "copy", "other", "c1", "c2"].enumerated() {
      let voice = place < 2 ? 0 : place
      let lines = (0..<25).flatMap { prompt in
        (0..<4).map { sample in
          let word = words[(voice + (prompt * 3 + sample * 7 + place * 11) % 3) % 5]
          return #"{"prompt_id":"p\#(prompt)","sample":\#(sample),"text":"\#(word)","logprobs":[{"token":"\#(word)","#
            + #""logprob":-0.5,"top_logprobs":[{"token":"\#(word)","logprob":-0.5},{"token":"pink","logprob":-2}]}]}"#
            + "\n"
        }
      }
      try FileBytes.write(lines.joined().utf8, to: "\(folder)/\(name).jsonl")
    }
    func run(_ candidate: String) throws -> JSONValue {
      let outcome = try CommandTests.retort(
        ["same", folder, "--suspect", "a", "--candidate", candidate, "--permutations", "199", "--json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "same") == "") }
      return try #require(JSONValue(parsing: outcome.output))
    }
    let copy = try run("copy")
    #expect(copy["told_apart"]?.bool == false && copy["power"]?["of"]?.integer == 3)
    #expect(copy["next_token"]?.array?.first?["contexts"]?.integer == 25)
    #expect(try run("other")["told_apart"]?.bool == true)
    let text = try CommandTests.retort(["same", folder, "--suspect", "a", "--candidate", "copy"])
    #expect(text.output.contains("the same model, as far as these probes can tell"))
  }

  @Test("of many models the nearest are found by their sketches, and replicates give intervals around the scores")
  func nearest() throws {
    let corpus = try Self.corpus()
    let outcome = try CommandTests.retort(
      ["channels", corpus, "--suspect", "suspect", "--nearest", "1", "--replicates", "200", "--json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    if IndependentPython.isHere { #expect(try Schemas.violations(of: outcome.output, "channels") == "") }
    let models = try #require(JSONValue(parsing: outcome.output)?["models"]?.array)
    #expect(models.map { $0["model"]?.string } == ["teacher"])
    #expect(models.first?["cohort"]?.integer == 6)
    let channels = try #require(models.first?["channels"]?.array)
    let overlap = try #require(channels.first { $0["channel"]?.string == "content_overlap" })
    let value = try #require(overlap["normalised"]?.number)
    #expect(try #require(overlap["low"]?.number) < value && value < #require(overlap["high"]?.number))
  }
}
