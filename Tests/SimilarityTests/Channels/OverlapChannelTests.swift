import Cases
import Formats
import Foundation
import LinearAlgebra
import Similarity
import TestSupport
import Testing

/// Channels of overlap and of words, beside an implementation in Python that compares texts token by token.
@Suite("Channels of overlap")
struct OverlapChannelTests {
  static let channels: [any Channel] = [
    ClosingAgreement(length: 3), RareOverlap(), VerbatimOverlap(.total), VerbatimOverlap(.longest), CharacterProfile(),
    WordDelta(.burrows), WordDelta(.cosine),
  ]

  static func measure(_ prompts: [[[String]]]) async throws -> PairMeasurements {
    let transcripts = (0..<(prompts.first?.count ?? 0)).map { model in
      Transcript(
        model: ModelID("m\(100 + model)"),
        responses: prompts.enumerated().flatMap { prompt, models in
          models[model].enumerated().map { Response(prompt: PromptID("p\(1_000 + prompt)"), sample: $0, text: $1) }
        }, source: Digest(of: "\(model)"))
    }
    return try await ChannelRun.measure(ChannelTests.table(transcripts), channels: channels)
  }

  private func compareWithPython(_ prompts: [[[String]]]) async throws {
    let expected = try JSONDecoder().decode(
      [[[Double]]].self, from: IndependentPython.run(Self.script, input: JSONEncoder().encode(prompts)))
    let measured = try await Self.measure(prompts)
    for (prompt, channels) in expected.enumerated() {
      for (channel, values) in channels.enumerated() {
        for (pair, value) in values.enumerated() {
          #expect(
            abs(measured.contributions[channel].values[prompt, pair] - value)
              < 4 * measured.contributions[channel].values.unit,
            "\(Self.channels[channel].name), prompt \(prompt), pair \(pair)")
        }
      }
    }
  }

  @Test(
    "on texts of all kinds they are those of an independent implementation",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func written() async throws {
    try await compareWithPython([
      [
        ["One two three four five six seven. And so on and so on.", "Well, one two three four five six."],
        ["He said: one two three four five six seven! And so on and so on."],
        ["ha ha ha ha ha ha ha ha ha ha", "Nothing at all"], ["ha ha ha ha ha ha ha, one two three four five six"],
      ],
      [
        ["これはとても良い考えだと思いますので、続けましょう。"], ["はい、これはとても良い考えだと思います。続けましょう。"], ["いいえ。"], ["Yes とても良い考え"],
      ],
      [["Größe zählt — naïve"], ["größe  ZÄHLT\n—\tnaïve"], ["x"], ["x y z w v u x y z w v u x"]],
    ])
  }

  @Test(
    "of many answers they are those of an independent implementation, where some words are common and most are not",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func many() async throws {
    try await compareWithPython(ChannelTests.manyTexts(prompts: 1).map { $0.map { [$0] } })
  }

  @Test(
    "on real answers they are those of an independent implementation",
    .enabled(
      if: IndependentPython.isHere && ReferenceCorpus.isHere, "\(IndependentPython.note); \(ReferenceCorpus.note)"),
    arguments: [
      ("alpaca_eval", ["alpaca-7b", "claude-2", "gpt4_0613", "guanaco-7b", "vicuna-7b"]),
      ("shaberi_ja", ["deepseek-ai__DeepSeek-R1", "gemini-1.5-pro", "gpt-4o-mini", "Qwen__Qwen2-7B-Instruct"]),
    ])
  func real(corpus: String, models: [String]) async throws {
    let transcripts = try models.map { try ReferenceCorpus.transcript($0, of: corpus) }
    var shared = Set(transcripts[0].responses.map(\.prompt))
    for transcript in transcripts { shared.formIntersection(transcript.responses.map(\.prompt)) }
    try await compareWithPython(
      shared.sorted().prefix(10).map { prompt in
        transcripts.map { $0.responses.filter { $0.prompt == prompt }.map(\.text) }
      })
  }

  @Test("longest runs are found across a seed's many places, and neither end is cut")
  func runs() {
    let words = { (text: String) in Tokens(text).hashes }
    let shared = SharedTokens(seed: 3)
    let runs = shared.runs(words("x a b a b a b a b c d y"), words("a b a b a b c d z"))
    #expect(runs.first == SharedTokens.Run(startInFirst: 3, startInSecond: 0, length: 8))
    #expect(Set(runs).count == runs.count)
    #expect(shared.runs(words("a b"), words("a b")).isEmpty)
  }

  @Test("all channels of text keep their range, and give the same for models in any order and prompts in shards")
  func properties() async throws {
    let words = ["kettle", "boil", "water", "the", "then", "lid", "pour", "slowly", "and", "wait", "Well", "so"]
    func text(_ seed: Int) -> String {
      (0..<40).map { words[($0 * $0 * (seed + 3) + seed * 7 + $0 / 3) % words.count] }.joined(separator: " ") + "."
    }
    let short = ["I cannot help you", "I cannot help them", "I cannot help you", "Yes"]
    let prompts = (0..<20).map { "p\(100 + $0)" }
    let transcripts = ["m", "k", "z", "a"].enumerated().map { place, name in
      ChannelTests.transcript(
        name,
        Dictionary(
          uniqueKeysWithValues: prompts.enumerated().map { ($1, [text($0 * 5 + place), text(place), short[place]]) }))
    }
    let whole = try await ChannelRun.measure(ChannelTests.table(transcripts), channels: ChannelCatalogue.text)
    let again = try await ChannelRun.measure(
      ChannelTests.table(transcripts.reversed()), channels: ChannelCatalogue.text)
    let shard = Set(prompts.prefix(7).map { PromptID($0) })
    let part = try await ChannelRun.measure(
      ChannelTests.table(
        transcripts.map { t in
          Transcript(model: t.model, responses: t.responses.filter { shard.contains($0.prompt) }, source: t.source)
        }), channels: ChannelCatalogue.text)
    let ranges: [String: ClosedRange<Double>] = [
      "style": -6...0, "delta_burrows": -100...0, "delta_cosine": -1...1, "verbatim_longest": 0...41,
      "short_answers": -1...1,
    ]
    for (channel, (one, other)) in zip(whole.contributions, again.contributions).enumerated() {
      #expect(one.values == other.values, "\(one.channel)")
      #expect(one.values.values.allSatisfy { (ranges[one.channel] ?? 0...1).contains($0) }, "\(one.channel)")
      #expect(Set(one.values.values).count > 1, "\(one.channel) sees nothing")
      for prompt in 0..<7 { #expect(part.contributions[channel].values.row(prompt) == one.values.row(prompt)) }
    }
  }

  static let script = #"""
    import collections, difflib, json, re, sys, unicodedata
    import numpy as np
    TOKEN = re.compile(r"\w+|[^\w\s]")
    def unspaced(texts):
      a = b = 0
      for t in texts:
        for c in t:
          o = ord(c); cjk = 0x3040<=o<=0x30ff or 0x3400<=o<=0x4dbf or 0x4e00<=o<=0x9fff or o in (0x3005,0x3006,0x3007)
          if c.isalpha() or cjk: b += 1; a += cjk
      return 2*a > b
    def units(t, chars): return list(t.strip()) if chars else TOKEN.findall(t.lower())
    def grams(u, lengths): return [tuple(u[i:i+n]) for n in lengths for i in range(len(u)-n+1)]
    def tfidf(documents):
      names = {}; counts = [collections.Counter(d) for d in documents]
      for c in counts:
        for f in c: names.setdefault(f, len(names))
      x = np.zeros((len(documents), max(len(names), 1)))
      for i, c in enumerate(counts):
        for f, k in c.items(): x[i, names[f]] = 1 + np.log(k)
      x *= np.log(len(documents) / np.maximum((x > 0).sum(0), 1))
      n = np.sqrt((x*x).sum(1)); n[n == 0] = 1; x /= n[:, None]
      return x @ x.T
    def verbatim(a, b, seed):
      # lengths of common runs that end at i, j
      L = np.zeros((len(a)+1, len(b)+1), int)
      for i in range(len(a)):
        for j in range(len(b)):
          if a[i] == b[j]: L[i+1, j+1] = L[i, j] + 1
      ca = set(); cb = set()
      for i in range(1, len(a)+1):
        m = L[i].max() if len(b) else 0
        if m >= seed: ca.update(range(i-m, i))
      for j in range(1, len(b)+1):
        m = L[:, j].max() if len(a) else 0
        if m >= seed: cb.update(range(j-m, j))
      longest = int(L.max()) if L.size else 0
      return (len(ca)+len(cb)) / max(len(a)+len(b), 1), longest if longest >= seed else 0
    out = []
    for models in json.load(sys.stdin):
      models = [[unicodedata.normalize("NFC", t) for t in m] for m in models]
      texts = [t for m in models for t in m]; owner = [i for i, m in enumerate(models) for _ in m]
      chars = unspaced(texts); n = len(texts); U = [units(t, chars) for t in texts]
      close = np.array([[float(a[-(6 if chars else 3):] == b[-(6 if chars else 3):]) for b in U] for a in U])
      G = [set(grams(u, (3,4) if chars else (1,2,3))) for u in U]
      df = collections.defaultdict(set)
      for g, o in zip(G, owner):
        for f in g: df[f].add(o)
      w = {f: -np.log(len(s) / len(models)) for f, s in df.items()}
      def rare(a, b):
        e = sum(w[f] for f in a | b); return sum(w[f] for f in a & b) / e if e > 1e-12 else 0.0
      R = np.array([[rare(a, b) for b in G] for a in G])
      V = [[verbatim(a, b, 12 if chars else 6) for b in U] for a in U]
      def squeezed(t): return list(re.sub(r"\s+", " ", t.strip()).lower())
      C = tfidf([grams(squeezed(t), (2,) if chars else (4,)) for t in texts])
      W = [u if chars else [x for x in u if re.match(r"\w", x)] for u in U]
      use = collections.Counter(x for u in W for x in u); by = collections.defaultdict(set)
      for u, o in zip(W, owner):
        for x in u: by[x].add(o)
      rank = sorted(((len(by[x]), use[x]) for x in use), reverse=True)
      top = [x for x in use if len(rank) <= 100 or (len(by[x]), use[x]) >= rank[99]]
      F = np.array([[u.count(x) / max(len(u), 1) for x in top] for u in W])
      k = np.array([1 / len(models[o]) / len(models) for o in owner])[:, None]
      mean = (F*k).sum(0); sd = np.sqrt((k*(F-mean)**2).sum(0)); ok = sd > 1e-9
      Z = ((F-mean)[:, ok] / sd[ok])
      burrows = -np.abs(Z[:, None] - Z[None]).mean(2) if ok.any() else np.zeros((n, n))
      norm = np.linalg.norm(Z, axis=1); norm[norm == 0] = 1; cosine = (Z @ Z.T) / np.outer(norm, norm)
      row = []
      for gram in (close, R, np.array([[v[0] for v in r] for r in V]), np.array([[v[1] for v in r] for r in V]), C, burrows, cosine):
        row.append([float(np.mean([gram[i, j] for i in range(n) for j in range(n) if owner[i] == a and owner[j] == b]))
                    for a in range(len(models)) for b in range(a+1, len(models))])
      out.append(row)
    print(json.dumps(out))
    """#
}
