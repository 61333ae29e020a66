import Cases
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

/// The sections that a court or an opposing expert looks for, each with what it must say.
@Suite("Sections of the report")
struct ReportSectionTests {
  static func contents(failing: Int = 10, commission: Commission = Commission()) -> CaseContents {
    let names = ReportFixtures.names(7)
    return ReportFixtures.contents(
      models: names, prompts: 40, ledger: ReportFixtures.ledger(models: names, prompts: 40, failing: failing),
      run: ReportFixtures.run(models: names, prompts: 40), commission: commission
    ) { ReportFixtures.voice($0, $1) }
  }

  @Test("a commission is printed as it was put, and what was not stated is said to be so")
  func commission() async throws {
    let stated = Commission(by: "Jane Doe <LLP>", question: "Is it *ours*?", conflicts: "none")
    let markdown = try await ReportFixtures.report(Self.contents(commission: stated)).markdown()
    #expect(markdown.contains("| asked by | Jane Doe &lt;LLP&gt; |"))
    #expect(markdown.contains("| question, as it was put | Is it \\*ours\\*? |"))
    #expect(markdown.contains("| information supplied | not stated |"))
    let bare = try await ReportFixtures.report(Self.contents()).html()
    #expect(bare.components(separatedBy: "<td>not stated\n").count == 7)
  }

  @Test("every section stands in the Markdown and in the HTML, in one order")
  func order() async throws {
    let report = try await ReportFixtures.report(Self.contents(), calibration: try ReportTests.calibration())
    let titles = [
      "What these findings do not say", "Questions of cross-examination", "Commission", "Candidate teacher",
      "Answers to look at", "What the models say that made them", "Models asked about", "Items and declared identity",
      "Run", "Protocol and deviations", "Chain of custody", "Method", "Validation set",
      "Software, and how to compute this again", "Cohort", "Probes and attempts",
    ]
    for (text, mark) in [
      (try report.markdown(), #"\n##+ (A?\d+\. )?"#), (try report.html(), #"<h[23][^>]*>(A?\d+\. )?"#),
    ] {
      let places = titles.map { title in
        text.range(of: mark + title + "(</h|\n)", options: .regularExpression)?.lowerBound
      }
      #expect(!places.contains(nil), "\(zip(titles, places).filter { $0.1 == nil }.map(\.0))")
      #expect(WordingTests.claims(text) == [])
      let found = places.compactMap(\.self)
      #expect(found == found.sorted())
      for words in [
        "No claim is made of: how probable it is", "rests on an assumption that nothing here can test",
        "the operator invented answers", "Nothing in the computation is random but what the seed fixes",
        "ln LR = a f + b", "No protocol was frozen before",
      ] { #expect(text.contains(words), "\(words)") }
    }
  }

  @Test(
    "the digests over probes, attempts and result.json are those that anybody computes from the lists",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func digests() async throws {
    let report = try await ReportFixtures.report(Self.contents())
    let script = """
      import hashlib, json, sys
      raw = sys.stdin.buffer.read()
      d = json.loads(raw)
      sha = lambda b: hashlib.sha256(b).hexdigest()
      attempts = sha("".join(a["hash"] + "\\n" for a in d["attempts"]["listed"]).encode())
      probes = sha("".join(f"{p['probe']}\\t{p['sha256']}\\n" for p in d["probes"]["listed"]).encode())
      line = json.dumps({"category": "c0", "id": "p0000", "prompt": "Question number 0?"}, sort_keys=True,
                        separators=(",", ":")) + "\\n"
      print(json.dumps([attempts == d["attempts"]["sha256"], probes == d["probes"]["sha256"],
                        sha(line.encode()) == d["probes"]["listed"][0]["sha256"], sha(raw)]))
      """
    let json = try report.json()
    let found = try #require(JSONValue(parsing: Array(try IndependentPython.run(script, input: Data(json)))))
    #expect(found.array?.prefix(3).map(\.bool) == [true, true, true])
    let digest = try #require(found.array?.last?.string)
    #expect(try report.markdown().contains(digest) && report.html().contains(digest))
  }

  @Test("of many attempts those are listed that the rule names, and the digest is that of all")
  func longLists() async throws {
    let names = ReportFixtures.names(7)
    let ledger = ReportFixtures.ledger(models: names, prompts: 300, failing: 7)
    let contents = ReportFixtures.contents(
      models: names, prompts: 300, ledger: ledger, run: ReportFixtures.run(models: names, prompts: 300)
    ) { ReportFixtures.voice($0, $1) }
    let report = try await ReportFixtures.report(contents)
    let json = try #require(JSONValue(parsing: try report.json()))
    let listed = try #require(json["attempts"]?["listed"]?.array)
    let numbers = listed.compactMap { $0["attempt"]?.integer }
    #expect(numbers.count == 400 && numbers == numbers.sorted())
    #expect(Array(numbers.prefix(100)) == Array(1...100) && Array(numbers.suffix(100)) == Array(2_001...2_100))
    #expect(listed[100..<300].allSatisfy { $0["outcome"]?.string == "failed" })
    #expect(json["attempts"]?["sha256"]?.string == ledger.digest.hex && json["attempts"]?["count"]?.integer == 2_100)
    #expect(json["probes"]?["listed"]?.array?.count == 200 && json["probes"]?["count"]?.integer == 300)
    let timeline = try #require(json["timeline"]?["rows"]?.array)
    func sum(_ name: String) -> Int {
      timeline.flatMap { $0[name]?.array ?? [] }.reduce(0) { $0 + ($1.integer ?? 0) }
    }
    #expect(sum("failed") == 300 && sum("answered") == 1_800 && timeline.count == 7)
    #expect(try report.markdown().contains("between them those that gave no plain answer"))
  }

  @Test(
    "Tippett, cross-entropy and rates of misleading ratios are those of SciPy and scikit-learn",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func curves() async throws {
    let calibration = try Calibration.shipped()
    let report = try await ReportFixtures.report(Self.contents(), calibration: calibration)
    let input = JSONValue.object([
      "calibration": calibration.json, "report": try #require(JSONValue(parsing: try report.json())),
    ])
    let script = """
      import json, sys, numpy as np
      from scipy.stats import beta
      from sklearn.isotonic import IsotonicRegression
      d = json.load(sys.stdin)
      worst = 0.0
      def ece(t, n, x):
          o = 10.0 ** x; p = o / (1 + o)
          return p * np.mean(np.log2(1 + 1 / (t * o))) + (1 - p) * np.mean(np.log2(1 + n * o))
      fits = {a["alternative"]: a for a in d["calibration"]["alternatives"]}
      figures = d["report"]["likelihood_ratio"]["calibration"]["figures"]
      for f in figures:
          u = fits[f["alternative"]]["unseen_log10"]
          t = np.concatenate([np.array(v) for v in u["if_true"].values()])
          n = np.concatenate([np.array(v) for v in u["if_false"].values()])
          y = np.r_[np.ones(len(t)), np.zeros(len(n))]
          p = IsotonicRegression(out_of_bounds="clip").fit_transform(np.r_[t, n], y)
          with np.errstate(divide="ignore"):
              lr = p / (1 - p) * len(n) / len(t)
          for q in f["curves"]["points"]:
              x = q["log10"]
              with np.errstate(divide="ignore"):
                  pav = ece(lr[:len(t)], lr[len(t):], x)
              o = 10.0 ** x; prior = o / (1 + o)
              h = -prior * np.log2(prior) - (1 - prior) * np.log2(1 - prior)
              pairs = [(q["share_if_true"], np.mean(t >= x)), (q["share_if_false"], np.mean(n >= x)),
                       (q["cross_entropy"], ece(10 ** t, 10 ** n, x)), (q["cross_entropy_recalibrated"], pav),
                       (q["cross_entropy_without_ratios"], h)]
              worst = max(worst, max(abs(a - b) for a, b in pairs))
          for m in f["curves"]["misleading"]:
              x = np.log10(m["ratio"])
              for side, families in (("for_the_proposition", [max(v) >= x for v in u["if_false"].values()]),
                                     ("for_the_alternative", [min(v) <= -x for v in u["if_true"].values()])):
                  k, of = sum(families), len(families)
                  limit = 1.0 if k == of else beta.ppf(.95, k + 1, of - k)
                  got = m[side]
                  assert got["families"] == k and got["of"] == of, (f["alternative"], side)
                  worst = max(worst, abs(got["upper_limit"] - limit))
      print(json.dumps([len(figures), worst]))
      """
    let found = try #require(
      JSONValue(parsing: Array(try IndependentPython.run(script, input: Data(input.canonical.utf8)))))
    #expect(found.array?.first?.integer == 4)
    #expect((found.array?.last?.number ?? 1) < 1e-5)
    let html = try report.html()
    #expect(html.contains("Against a common teacher every ratio is 1"))
    // A figure for each alternative whose ratio can vary.
    let varying = calibration.fits.count { $0.bounds.clipped(-9) < $0.bounds.clipped(9) }
    #expect(varying > 0 && html.components(separatedBy: "Left (Tippett)").count == 1 + varying)
  }

  @Test("what would compute the report again is told, and the program's calibrations by their names")
  func recomputation() async throws {
    let shipped = try await ReportFixtures.report(Self.contents(), calibration: try Calibration.shipped())
    #expect(try shipped.markdown().contains("retort report CASE.retort --method 3 --calibration shipped -o DIR"))
    let own = try await ReportFixtures.report(
      ReportTests.contents(), calibration: try ReportTests.calibration(), excerpts: false)
    #expect(
      try own.markdown().contains("--seed 3 --method 3 --calibration CALIBRATION.json --no-excerpts -o DIR"))
  }

  @Test(
    "result.json with all sections follows the schema, with and without excerpts",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"), arguments: [true, false])
  func schema(excerpts: Bool) async throws {
    let report = try await ReportFixtures.report(
      Self.contents(commission: Commission(by: "x")), calibration: try Calibration.shipped(), excerpts: excerpts)
    #expect(try Schemas.violations(of: String(decoding: try report.json(), as: UTF8.self), "result") == "")
  }
}
