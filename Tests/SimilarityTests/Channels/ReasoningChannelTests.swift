import Cases
import Formats
import Foundation
import LinearAlgebra
import Similarity
import TestSupport
import Testing

@Suite("Channels of reasoning")
struct ReasoningChannelTests {
  static let thoughts: [[String]] = [
    [
      "Okay, let me see. Wait, 12 + 30 is 42. Hmm, so 1,234.50 is wrong; let me double-check: 42. Therefore 42.",
      "Wait. Wait! Is it 77? Alternatively 42, and 1234.5 again.",
    ],
    ["First, I need to add 12 and 30: 42. Let’s verify. The user asks for 42, not 77 or 0099.", "Hmm. 42"],
    ["12 + 30 = 42. Thus the answer is 42, x99 is a name, and 3.140 is pi."],
    ["等等，让我检查一下。因此答案是 42。ユーザーは質問 12 うーん 3.14", "Also, 42. Warte, ich muss prüfen: 1234.5"],
    ["So 12, 30, 42. Donc, vérifier. Espera, en realidad 42 and 1,2345 and 12,345,678"],
  ]

  /// By channel: the contributions of one prompt, pairs in the order (0, 1), (0, 2) … (1, 2) …
  private static func found(_ thoughts: [[String]]) async throws -> [[Double]] {
    let transcripts = thoughts.enumerated().map { number, samples in
      Transcript(
        model: ModelID("m\(number)"),
        responses: samples.enumerated().map {
          Response(prompt: PromptID("p"), sample: $0, text: "the same answer", reasoning: $1)
        }, source: Digest(of: "\(number)"))
    }
    let table = AnswerTable(
      reasoningOf: Dictionary(firstOf: transcripts.map { ($0.model, $0) }))
    let measured = try await ChannelRun.measure(table, channels: ChannelCatalogue.reasoning)
    return measured.contributions.map { Array($0.values.row(0)) }
  }

  @Test(
    "they are those of an independent implementation",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() async throws {
    struct Input: Encodable {
      let thoughts: [[String]]
      /// In the order of the kinds.
      let phrases: [[String]]
    }
    let script = """
      import json, re, sys, unicodedata
      from itertools import combinations
      import numpy as np
      data = json.load(sys.stdin)
      models = data["thoughts"]
      nospace = re.compile("[\\u3040-\\u30ff\\u3400-\\u9fff\\u30fc]")
      def rates(text):
        low = unicodedata.normalize("NFC", text)
        tokens = re.findall(r"\\w+|[^\\w\\s]", low.lower())
        out = []
        for phrases in data["phrases"]:
          count = 0
          for phrase in {v for p in phrases for v in (p, p.replace("'", "\\u2019"))}:
            if nospace.search(phrase): count += low.count(phrase)
            else:
              want = re.findall(r"\\w+|[^\\w\\s]", phrase)
              count += sum(tokens[i:i + len(want)] == want for i in range(len(tokens)))
          out.append(1000 * count / len(low))
        return out
      rows, weights, owner = [], [], []
      for m, samples in enumerate(models):
        for s in samples:
          rows.append(rates(s)); weights.append(1 / len(samples) / len(models)); owner.append(m)
      x = np.array(rows); w = np.array(weights)
      mean = w @ x; sd = np.sqrt(w @ (x - mean) ** 2); keep = sd > 1e-9
      z = np.clip(((x - mean) / np.where(keep, sd, 1))[:, keep], -3, 3)
      markers = [float(np.mean([-np.abs(z[i] - z[j]).mean() for i in range(len(z)) if owner[i] == a
                                for j in range(len(z)) if owner[j] == b]))
                 for a, b in combinations(range(len(models)), 2)]
      y = np.array([np.mean([np.log(len(unicodedata.normalize("NFC", s))) for s in m]) for m in models])
      r = (y - y.mean()) / y.std()
      length = [float(r[a] * r[b]) for a, b in combinations(range(len(models)), 2)]
      def values(text):
        found = set()
        for n in re.findall(r"(?<![A-Za-z\\d])(?:\\d{1,3}(?:,\\d{3}(?!\\d))+|\\d+)(?:\\.\\d+)?", text):
          whole, _, fraction = n.replace(",", "").partition(".")
          whole = whole.lstrip("0") or "0"; fraction = fraction.rstrip("0")
          if len(whole + fraction) >= 2: found.add(whole + ("." + fraction if fraction else ""))
        return found
      have = [set().union(*map(values, m)) for m in models]
      n = len(models)
      count = {v: sum(v in h for h in have) for v in set().union(*have)}
      wrong = [{v for v in h if count[v] <= n / 2} for h in have]
      def agreement(a, b):
        if not wrong[a] or not wrong[b]: return 0.0
        f = lambda v: sum(v in have[c] for c in range(n) if c not in (a, b)) / (n - 2)
        chance = (sum(map(f, wrong[a])) + sum(map(f, wrong[b]))) / 2
        return (len(wrong[a] & wrong[b]) - chance) / np.sqrt(len(wrong[a]) * len(wrong[b]))
      print(json.dumps([markers, length, [float(agreement(a, b)) for a, b in combinations(range(n), 2)]]))
      """
    let phrases = ReasoningMarkers.Kind.allCases.map {
      Array(Set((ReasoningMarkers.phrases[$0] ?? [:]).values.joined())).sorted()
    }
    let expected = try JSONDecoder().decode(
      [[Double]].self,
      from: IndependentPython.run(
        script, input: JSONEncoder().encode(Input(thoughts: Self.thoughts, phrases: phrases))))
    let found = try await Self.found(Self.thoughts)
    #expect(found.count == 3 && expected.count == 3)
    for (channel, (own, other)) in zip(ChannelCatalogue.reasoning, zip(found, expected)) {
      #expect(own.count == other.count)
      for (a, b) in zip(own, other) { #expect(abs(a - b) < 1e-6, "\(channel.name): \(own) \(other)") }
    }
    // The comparison says something: no channel is flat.
    #expect(found.allSatisfy { Set($0.map { ($0 * 1e6).rounded() }).count > 2 })
  }

  @Test("the order of models and of samples makes no difference")
  func order() async throws {
    let found = try await Self.found(Self.thoughts)
    let turned = try await Self.found(Self.thoughts.map { $0.reversed() }.reversed())
    for (one, other) in zip(found, turned) {
      // Pair (a, b) of five becomes (4 − b, 4 − a).
      let pairs = (0..<5).flatMap { a in ((a + 1)..<5).map { (a, $0) } }
      for (place, pair) in pairs.enumerated() {
        let mirrored = pairs.firstIndex { $0 == (4 - pair.1, 4 - pair.0) } ?? 0
        #expect(abs(one[place] - other[mirrored]) < 1e-12)
      }
    }
  }

  @Test("a student that copies wrong steps stands out by them, and the prompts and numbers are told")
  func planted() async throws {
    func thought(_ model: Int, _ prompt: Int) -> String {
      let right = 100 + prompt
      // Model 0 errs by a rule of its own, model 1 copies half of its errors, the others err as they like.
      let wrong = model == 0 || (model == 1 && prompt % 2 == 0) ? 1_000 + 7 * prompt : 2_000 + 31 * prompt + 977 * model
      return "Let me see: \(right), then \(wrong), so \(right)."
    }
    let transcripts = (0..<6).map { model in
      Transcript(
        model: ModelID("m\(model)"),
        responses: (0..<20).map {
          Response(prompt: PromptID("p\(10 + $0)"), sample: 0, text: "x", reasoning: thought(model, $0))
        }, source: Digest(of: "\(model)"))
    }
    let table = AnswerTable(
      reasoningOf: Dictionary(firstOf: transcripts.map { ($0.model, $0) }))
    let scores = try await ChannelRun.measure(table, channels: [SharedWrongValues()]).scores()[0]
    #expect(abs(scores[0] - 0.5) < 1e-12 && scores.dropFirst().allSatisfy { $0 <= 0 })
    let shared = SharedWrongValues.shared(table, ModelID("m0"), ModelID("m1"), limit: 100)
    #expect(shared.map(\.prompt) == (0..<10).map { PromptID("p\(10 + 2 * $0)") })
    #expect(shared.first?.values == ["1000"] && shared.allSatisfy { $0.others == 0 && $0.reasoning == 4 })
    #expect(SharedWrongValues.shared(table, ModelID("m2"), ModelID("m3"), limit: 100).isEmpty)
  }

  @Test("answers without reasoning are left out, and answers are not read")
  func absent() async throws {
    let transcripts = (0..<3).map { model in
      Transcript(
        model: ModelID("m\(model)"),
        responses: (0..<2).map {
          Response(
            prompt: PromptID("p\($0)"), sample: 0, text: "Wait, 1234", reasoning: $0 == 0 || model == 2 ? nil : "Hmm")
        }, source: Digest(of: "\(model)"))
    }
    let table = AnswerTable(
      reasoningOf: Dictionary(firstOf: transcripts.map { ($0.model, $0) }))
    #expect(table.prompts == [PromptID("p1")] && table.samples(prompt: 0, model: 0) == ["Hmm"])
    #expect(table.samples(prompt: 0, model: 2).isEmpty)
    #expect(ReasoningMarkers.rates(of: "Await the weight").allSatisfy { $0 == 0 }, "words, not parts of words")
  }
}
