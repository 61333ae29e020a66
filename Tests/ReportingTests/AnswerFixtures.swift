import Cases
import Formats
import Likelihood
import Similarity

enum AnswerFixtures {
  /// ln LR = slope · f + intercept against no link, and a fifth of it against a common teacher; good for any case.
  static func calibration(
    bounds: (Double, Double) = (-1, 1.5), slope: Double = 1, intercept: Double = 0, known: Bool = true,
    groups: Bool = false, models: [String] = ["suspect", "x"]
  ) throws -> Calibration {
    let (low, high) = bounds
    func fit(_ alternative: String, _ slope: Double, _ intercept: Double) -> String {
      """
      {"alternative":"\(alternative)","line":[\(slope),\(intercept)],"replicates":[[\(slope),\(intercept)],\
      [\(slope),\(intercept + 0.1)]],"bounds_log10":[\(low),\(high)],"pairs":{"if_true":3,"if_false":3},\
      "families":{"if_true":2,"if_false":3},"unseen_log10":{"if_true":{"a":[0.4,\(high)],"b":[0.1]},\
      "if_false":{"c":[-0.5],"d":[0.2],"e":[-0.1]}},"above_2":{"distill_direct":{"pairs":3,"above":2}},"cllr":0.5,\
      "cllr_min":0.4}
      """
    }
    let named = models.map { "\"\($0)\"" }.joined(separator: ",")
    let pairs = """
      ,"known_pairs":{"relations_log10":{"sibling_same_teacher":[-0.2,0.1,0.3,\(high)],"same_model_variant":\
      [\(high),\(high)]},"teachers":{"Alder":12,"Birch":1},"models":[\(named)],"unlinked":{"highest_log10":\
      [-0.5,0.1,0.2,\(high)],"candidates":5.2},"named":{"first":8,"students":12,"by_chance":0.25},\
      "named_developers":{"first":9,"students":12,"by_chance":0.5}}
      """
    let channels = CohortMethod.current.channels.map { "{\"name\":\"\($0.name)\",\"version\":\($0.version)}" }
    let text = """
      {"schema":"retort.calibration/1","tool":"t","method":\(CohortMethod.current.version),\
      "channels":[\(channels.joined(separator: ","))],"prior":0.5,\
      "penalty":0.03,"seed":"1","pairs_sha256":"\(Digest(of: "p").hex)","transcripts_sha256":"\(Digest(of: "t").hex)",\
      "families":["a"],"validity":{"fewest_prompts":1,"fewest_in_cohort":4,"fewest_characters":1,"with_spaces":true,\
      "without_spaces":false},"alternatives":[\(fit("no_link", slope, intercept)),\
      \(fit("common_teacher", slope / 5, intercept))],\
      "not_evaluated":{"same_base_other_tuning":{"families":4}}\(known ? pairs : "")}
      """
    let calibration = try Calibration(parsing: Array(text.utf8), file: "c.json")
    return groups ? calibration.with(groups: calibration.fits.first) : calibration
  }

  /// The scale for a link and no link, written down a second time.
  static func words(_ ratio: Double) -> String {
    let strength = max(ratio, 1 / ratio)
    let side = ratio > 1 ? " for a link rather than no link" : " for no link rather than a link"
    switch strength {
    case ..<2: return "support for neither a link nor no link"
    case ...10: return "weak support" + side
    case ...100: return "moderate support" + side
    case ...1_000: return "moderately strong support" + side
    case ...10_000: return "strong support" + side
    case ...1_000_000: return "very strong support" + side
    default: return "extremely strong support" + side
    }
  }

  static func run(alternative: String?) -> RunSummary {
    RunSummary(
      endpoints: [], firstAttempt: "2026-11-23T10:00:00.000Z", lastAttempt: "2026-11-23T11:00:00.000Z",
      chainHead: String(repeating: "0", count: 64), configuration: String(repeating: "1", count: 64),
      custody: CustodySummary(
        protocolDigest: String(repeating: "2", count: 64), frozen: "2026-11-23T09:00:00.000Z", records: 3,
        root: String(repeating: "3", count: 64), checkpoints: [], deviations: [], connections: [], clocks: [],
        planned: .init(
          items: 1, plan: String(repeating: "4", count: 64), probes: 1, probeRoot: String(repeating: "5", count: 64),
          exclusions: [], stopping: "", alternative: alternative)))
  }
}
