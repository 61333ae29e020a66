import Cases
import Foundation
import Likelihood
import Testing
import Validation

/// What a case of likelihoods says of its candidates: a suspect on a base of one developer, a stranger on another's, whose base
/// was asked too. All numbers are made up, so that the expected ones can be had by hand.
@Suite("Findings of a case against the suspect's base")
struct ReferenceFindingsTests {
  /// Nats a token that a model finds answers likelier than its base does, by whose they are: a level, and a swing that is added
  /// on every other prompt and taken off on the rest.
  private typealias Gains = [String: [String: (level: Double, swing: Double)]]

  /// `sister` is the suspect's relative, `kin` that of the candidate `t1`; `near` is tuned from a base of the suspect's developer.
  private static let gains: Gains = [
    "s": [
      "s": (0.3, 0), "t1": (0.4, 0.1), "z": (0.1, 0), "far": (0.2, 0), "near": (0, 0), "c": (0.2, 0), "kin": (0.4, 0),
      "sister": (9, 0),
    ],
    "far": [
      "s": (0, 0), "t1": (0.1, 0.4), "z": (0.1, 0), "far": (9, 0), "near": (-0.1, 0), "c": (0, 0), "kin": (0, 0),
      "sister": (9, 0),
    ],
    "near": [
      "s": (0, 0), "t1": (2, 0.1), "z": (2, 0.1), "far": (0, 0), "near": (9, 0), "c": (0, 0), "kin": (0, 0),
      "sister": (9, 0),
    ],
  ]

  private static let lineage = Lineage([
    ModelID("s"): .init(developer: "S", base: "a/one"), ModelID("sister"): .init(developer: "S"),
    ModelID("t1"): .init(developer: "T"), ModelID("kin"): .init(developer: "T"), ModelID("z"): .init(developer: "Z"),
    ModelID("far"): .init(developer: "F", base: "b/two"), ModelID("near"): .init(developer: "N", base: "a/three"),
    ModelID("c"): .init(developer: "C"),
  ])

  /// Every model's answers under every model that was asked, and under its base. A model has four tokens of an answer's eight
  /// bytes, its base two.
  private func findings(
    _ gains: Gains = Self.gains, prompts: Int = 40, candidates: [String] = ["t1", "z"],
    cohort: [String] = ["far", "near", "c", "kin", "sister", "s.base", "far.base", "near.base"]
  ) throws -> ReferenceFindings? {
    let members = Set(["s"] + candidates + cohort)
    var given: [(model: ModelID, given: GivenAnswer, answer: Answer)] = []
    for (model, owners) in gains where members.contains(model) {
      for (owner, gain) in owners where members.contains(owner) {
        for prompt in 0..<prompts {
          let answer = GivenAnswer(
            text: "abcdefgh", model: ModelID(owner), prompt: PromptID("p\(prompt)"), sample: 0)
          let base = -100 - Double(prompt)
          let own = base + 4 * (gain.level + (prompt % 2 == 0 ? gain.swing : -gain.swing))
          func said(_ tokens: [String], _ nats: Double) -> Answer {
            Answer(
              text: answer.text,
              tokens: tokens.map { TokenLogprob(token: $0, logprob: nats / Double(tokens.count)) })
          }
          given.append((ModelID(model), answer, said(["ab", "cd", "ef", "gh"], own)))
          if members.contains("\(model).base") {
            given.append((ModelID(model).base, answer, said(["abcd", "efgh"], base)))
          }
        }
      }
    }
    let contents = CaseContents(
      name: "case", suspect: ModelID("s"), candidates: candidates.map { ModelID($0) },
      cohort: cohort.map { ModelID($0) }, transcripts: [:], lineage: Self.lineage, seed: 1)
    return ReferenceFindings(contents, given, calibration: try Self.calibration())
  }

  /// Of students on bases of `a`, `b`, `c` and `d`, taught by `t1`, `t2` and `t3`.
  private static func calibration() throws -> ReferenceCalibration {
    try ReferenceCalibrationFit(replicates: 10, seed: 1, tool: "retort test").calibration(
      try LossFixtures.corpus(LossFixtures.lines()), file: "losses.jsonl")
  }

  /// A swing of e on 40 prompts is a standard deviation of e√(40/39).
  private static let root = (40.0 / 39).squareRoot().squareRoot()

  @Test("from both sides, scores are those by hand: relatives are no others, nor is a stranger's own text")
  func bothSides() throws {
    let found = try #require(try findings())
    #expect(found.base == "a/one" && found.answers == 40 && found.strangers.map(\.rawValue) == ["far", "near"])
    #expect(abs((found.own ?? 0) - 0.3) < 1e-9)
    // Of t1, z, far, near, c and kin: its sister's answers are no sign.
    #expect(abs(found.reach - 1.3 / 6) < 1e-9)
    #expect(found.candidates.map(\.model.rawValue) == ["t1", "z"])
    let (taught, other) = (found.candidates[0], found.candidates[1])
    // Over z, near and c the suspect moved by .4 − .1, and the stranger by .1 − 0.
    let expected = (0.3 / 0.1.squareRoot() - 0.1 / 0.4.squareRoot()) / Self.root
    let score = try #require(taught.score)
    #expect(score.sides == .both && score.strangers == 1 && abs(score.value - expected) < 1e-9)
    #expect(abs(score.gain - 0.4) < 1e-9 && abs((taught.perByte ?? 0) - 0.4 * 4 / 8 / log(2)) < 1e-9)
    let interval = try #require(taught.interval)
    #expect(interval.low < expected && expected < interval.high)
    // Over t1, near, c and kin the suspect moved by .1 − .25, the stranger by .1 − 0; a quarter of t1's swing is left.
    let less = (-0.15 / 0.025.squareRoot() - 0.1 / 0.1.squareRoot()) / Self.root
    #expect(abs((other.score?.value ?? 0) - less) < 1e-9)
    // The base's developer and t1 are in the calibration: what weighs this case saw neither.
    let calibration = try Self.calibration()
    let ratio = try taught.ratio.get()
    let line = try #require(calibration.line(.both, without: ["base a", "model t1"]))
    let bounds = try #require(calibration.fits[.both]?.bounds)
    #expect(ratio.without == ["base a", "model t1"])
    #expect(abs(ratio.log10 - bounds.clipped(line.logRatio(expected) / log(10))) < 1e-9)
    let weaker = try other.ratio.get()
    #expect(weaker.without == ["base a"] && weaker.log10 < ratio.log10)
  }

  @Test(
    "where no stranger's base was asked the score is the suspect's alone; where the suspect's was not there is none")
  func fewerBases() throws {
    let found = try #require(try findings(cohort: ["far", "near", "c", "kin", "sister", "s.base"]))
    let score = try #require(found.candidates[0].score)
    // Over z, far, near and c: .4 − .125.
    #expect(found.strangers.isEmpty && score.sides == .one && score.strangers == 0)
    #expect(abs(score.value - 0.275 / 0.1.squareRoot() / Self.root) < 1e-9)
    let without = try findings(cohort: ["far", "near", "c", "kin", "sister", "far.base", "near.base"])
    #expect(without?.suspect == nil)
  }

  /// Whether no candidate has a ratio, all for this reason.
  private func areRefused(_ findings: ReferenceFindings?, _ reason: ReferenceFindings.Refusal) throws -> Bool {
    try #require(findings).candidates.allSatisfy { candidate in
      if case .failure(let found) = candidate.ratio { found == reason } else { false }
    }
  }

  @Test(
    "its own answers unlikely, a reference far off, too few others or answers: a score where there is one, no ratio")
  func refused() throws {
    var changed = Self.gains
    changed["s"]?["s"] = (level: -0.1, swing: 0)
    let unlikely = try #require(try findings(changed))
    #expect(try areRefused(unlikely, .ownAnswersUnlikely))
    #expect(unlikely.candidates.allSatisfy { $0.score?.sides == .both && $0.interval != nil })
    // All answers likelier alike: the same scores, of a reference that is no base.
    changed["s"] = Self.gains["s"]?.mapValues { (level: $0.level + 3, swing: $0.swing) }
    let far = try #require(try findings(changed))
    #expect(try areRefused(far, .referenceTooFar))
    #expect(abs((far.candidates[0].score?.value ?? 0) - (unlikely.candidates[0].score?.value ?? 1)) < 1e-9)
    let alone = try findings(candidates: ["t1"], cohort: ["far", "kin", "s.base", "far.base"])
    #expect(try areRefused(alone, .tooFewOthers(found: 1, needed: 2)))
    #expect(alone?.candidates[0].score == nil && alone?.candidates[0].perByte != nil)
    let short = try findings(prompts: 39)
    #expect(try areRefused(short, .tooFewAnswers(found: 39, needed: 40)))
    #expect(short?.candidates[0].score?.sides == .both)
    let few = try findings(prompts: 4)
    #expect(try areRefused(few, .tooFewAnswers(found: 4, needed: 5)))
    #expect(few?.candidates[0].score == nil)
  }
}
