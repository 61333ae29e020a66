package import Cases
import Likelihood

/// The report of a case: one value, of which JSON, Markdown and HTML are renderings, so that they cannot disagree.
///
/// It is a pure function of the case's contents and what was found in them. The shape of its JSON is fixed by
/// `Reports/schema/result.schema.json`.
package struct Report: Sendable, Encodable {
  package static let schema = "retort.result/1"

  let schema: String
  let tool: String
  let name: String
  package let suspect: ModelID
  package let verdicts: [Verdict]
  package let answer: Conclusion
  let likelihoodRatio: LikelihoodRatioStatement
  package let candidates: [Candidate]
  /// Candidates as they are asked about together; empty where no group has several members.
  package let groups: [Group]
  let cohort: [Model]
  let protocolRecord: ProtocolRecord
  let method: Method
  let limits: [String]
  let direction: String
  let identicalAnswers: IdenticalAnswersFinding
  /// nil where nothing was found.
  let debris: DebrisFinding?
  /// nil where too few models share prompts.
  let relations: Relations?
  /// By candidate; empty where no pair told its reasoning.
  let reasoning: [ReasoningFinding]
  /// Whether any word of a model or of a probe may stand in it.
  let excerpts: Bool
  let commission: Commission
  let items: [Item]
  let probes: ProbeList
  /// nil for recorded transcripts.
  let attempts: AttemptList?
  let timeline: AttemptTimeline?
  let claimsNotMade: [String]
  /// Whom suspect and candidates say that made them.
  let identityClaims: [IdentityFinding]
  /// What the calibration says of its own pairs, for sentences alone: it stands in the calibration.
  let calibrationModels: Set<String>?
  /// Those that are asked about and are among its models.
  let calibrationInside: [ModelID]
  let calibrationTeachers: [String: Int]?
  let calibrationHasLessons: Bool
  let calibrationUnlinked: KnownPairs.Unlinked?
  /// How often groups of the validation set reach the limit of the rule.
  let groupRule: Conclusion.Rule?
  /// nil only while the rest is being gathered.
  var recomputation: Recomputation?

  enum CodingKeys: String, CodingKey {
    case schema, tool, name, suspect, verdicts, answer, candidates, groups, cohort, method, limits, direction
    case debris, relations, reasoning, excerpts, commission, items, probes, attempts, timeline, recomputation
    case claimsNotMade = "claims_not_made"
    case identityClaims = "identity_claims"
    case identicalAnswers = "identical_answers"
    case likelihoodRatio = "likelihood_ratio"
    case protocolRecord = "protocol"
  }

  /// What was found about one candidate, as a sentence and as a word.
  package struct Verdict: Sendable, Encodable {
    package let candidate: ModelID
    /// By the rule of ranks, which describes and has no error rate behind it; what was found is in `Answer`.
    package let standing: Standing
    let sentence: String
  }

  package enum Standing: String, Sendable, Encodable {
    case standsOut = "stands_out"
    case doesNotStandOut = "does_not_stand_out"
    case sameModel = "same_model_as_far_as_these_probes_can_tell"
    case notEvaluated = "not_evaluated"
  }

  struct LikelihoodRatioStatement: Sendable, Encodable {
    /// Whether any candidate has one.
    let given: Bool
    /// What ratios mean, or why there are none.
    let statement: String
    let scale: String
    let calibration: CalibrationRecord?
  }

  /// Where the ratios come from.
  struct CalibrationRecord: Sendable, Encodable {
    /// `shipped`, `demo`, or that of a file.
    let name: String
    let sha256: String
    let prior: Figure
    let penalty: Figure
    /// By which scores are weighed; nil: each number of probes weighs the same.
    let reliability: Reliability?
    let tool: String
    let pairs: String
    let transcripts: String
    let families: [String]
    let range: String
    let figures: [CalibrationFigures]
    /// Of several candidates as one; nil where it was fitted on pairs alone.
    let groups: CalibrationFigures?

    enum CodingKeys: String, CodingKey {
      case name, sha256, prior, penalty, reliability, tool, families, range, figures, groups
      case pairs = "pairs_sha256"
      case transcripts = "transcripts_sha256"
    }
  }

  struct Reliability: Sendable, Encodable {
    /// h in √(n / (n + h)), by which a score over n probes is multiplied.
    let halfway: Int

    enum CodingKeys: String, CodingKey {
      case halfway = "halfway_probes"
    }
  }

  struct CalibrationFigures: Sendable, Encodable {
    let alternative: Alternative
    let pairsIfTrue: Int
    let pairsIfFalse: Int
    let familiesIfTrue: Int
    let familiesIfFalse: Int
    let cllr: Figure
    let minimalCllr: Figure
    /// ln LR = slope · w · fused score + intercept, with w by `Reliability`, or 1.
    let slope: Figure
    let intercept: Figure
    /// log10.
    let bounds: Range
    let curves: CalibrationCurves

    enum CodingKeys: String, CodingKey {
      case alternative, cllr, slope, intercept, curves
      case bounds = "bounds_log10"
      case pairsIfTrue = "pairs_if_true"
      case pairsIfFalse = "pairs_if_false"
      case familiesIfTrue = "families_if_true"
      case familiesIfFalse = "families_if_false"
      case minimalCllr = "cllr_min"
    }
  }

  /// The likelihood ratio against one alternative, or why there is none.
  struct Ratio: Sendable, Encodable {
    /// See `RatioBounds.Bounds.canTell`.
    var canTell: Bool {
      guard log10 != nil, let low = bounds?.low.value, let high = bounds?.high.value else { return false }
      return RatioBounds.Bounds(lower: low, upper: high).canTell
    }

    let alternative: Alternative
    let log10: Figure?
    let interval: Range?
    let bounds: Range?
    let isAtBound: Bool?
    /// Whether it is the least of all that are evaluated: what versions before 0.4.0 led with.
    let isHeadline: Bool
    /// Whether it is of the pair of propositions that was asked about.
    let isAsked: Bool
    let sentence: String
    let notEvaluated: String?
    let reasonCode: String?

    enum CodingKeys: String, CodingKey {
      case alternative, sentence
      case reasonCode = "reason_code"
      case log10 = "log10"
      case interval = "interval_log10"
      case bounds = "bounds_log10"
      case isAtBound = "at_bound"
      case isHeadline = "headline"
      case isAsked = "asked"
      case notEvaluated = "not_evaluated"
    }
  }

  package struct Candidate: Sendable, Encodable {
    package let model: ModelID
    let developer: String?
    let prompts: Int?
    package let combined: Combined?
    let channels: [Channel]
    let cohortScores: [CohortScore]
    let cohortMembers: [ModelID]
    let leftOut: [LeftOut]
    let nothingKnownOf: [ModelID]
    /// These, and those of whom neither developer nor base is stated: for a sentence alone.
    let unstated: [ModelID]
    let sameModelTest: SameModelTest?
    let notEvaluated: String?
    let reasonCode: String?
    /// By alternative.
    let ratios: [Ratio]
    /// nil where they are of the calibration as it is.
    let calibratedWithout: CalibratedWithout?
    /// What would have been detected, where nothing much was.
    let power: String?
    /// Against several alternatives at once; nil unless weights were given.
    let mixture: String?
    /// Whether the calibration speaks for the pair, and what would be needed if not; nil without scores.
    let applicability: String?
    let applicabilityCode: Applicability.Standing?
    /// Every respect in which the pair lies outside the range of the calibration.
    let refusals: [Calibration.Refusal]
    let conditions: String?
    /// What a calibration is asked about; nil without scores.
    let setting: Setting?
    let sensitivity: [SensitivityRow]
    /// nil where the cohort is too small to be halved.
    let cohortHalves: CohortHalves?
    /// nil where it was not looked into.
    let withoutFirstSentences: Shortened?
    /// nil for candidates that are not looked into.
    let evidence: EvidenceToLookAt?

    enum CodingKeys: String, CodingKey {
      case model, developer, prompts, combined, channels, power, mixture, applicability, conditions, sensitivity
      case evidence, setting
      case cohortHalves = "cohort_halves"
      case withoutFirstSentences = "without_first_sentences"
      case applicabilityCode = "applicability_code"
      case reasonCode = "reason_code"
      case ratios = "likelihood_ratios"
      case calibratedWithout = "calibrated_without"
      case cohortScores = "cohort_scores"
      case cohortMembers = "cohort_members"
      case leftOut = "left_out"
      case nothingKnownOf = "nothing_known_of"
      case sameModelTest = "same_model_test"
      case notEvaluated = "not_evaluated"
    }
  }

  struct Setting: Sendable, Encodable {
    let prompts: Int
    let cohort: Int
    /// Of an answer, in the mean.
    let characters: Figure
    let withoutSpaces: Bool

    enum CodingKeys: String, CodingKey {
      case prompts, cohort, characters
      case withoutSpaces = "script_without_spaces"
    }
  }

  package struct Range: Sendable, Encodable {
    let low: Figure
    let high: Figure
  }

  package struct Combined: Sendable, Encodable {
    let score: Figure
    let interval: Range
    let rank: Int
    let of: Int
    let margin: Figure
    let marginInterval: Range
    let predictionLimit: Figure
    let predictionLevel: Figure
    /// nil where the method knows no lead over rivals.
    let lead: Lead?

    enum CodingKeys: String, CodingKey {
      case score, interval, rank, of, margin, lead
      case marginInterval = "margin_interval"
      case predictionLimit = "prediction_limit"
      case predictionLevel = "prediction_level"
    }
  }

  /// See `RivalLead`.
  package struct Lead: Sendable, Encodable {
    let value: Figure
    let interval: Range
    let rivals: Int
    let rank: Int
    let nearest: [Rival]

    struct Rival: Sendable, Encodable {
      let model: ModelID
      let ahead: Figure
    }
  }

  struct Channel: Sendable, Encodable {
    let name: String
    let isCombined: Bool
    let score: Figure
    let adjusted: Figure
    let suspectSide: Figure
    let candidateSide: Figure
    let normalised: Figure
    let interval: Range
    let rank: Int
    let of: Int

    enum CodingKeys: String, CodingKey {
      case name, score, adjusted, normalised, interval, rank, of
      case isCombined = "combined"
      case suspectSide = "suspect_side"
      case candidateSide = "candidate_side"
    }
  }

  struct CohortScore: Sendable, Encodable {
    let model: ModelID
    let combined: Figure
    let channels: [Figure]
  }

  struct LeftOut: Sendable, Encodable {
    let model: ModelID
    let reason: String
    let reasonCode: String
    /// The other end of the relation.
    let of: String?

    enum CodingKeys: String, CodingKey {
      case model, reason, of
      case reasonCode = "reason_code"
    }
  }

  struct Model: Sendable, Encodable {
    let model: ModelID
    let developer: String?
    let base: String?
    let family: String?
    let answers: Int
    let meanLength: Figure?
    let source: String

    enum CodingKeys: String, CodingKey {
      case model, developer, base, family, answers
      case meanLength = "mean_characters"
      case source = "sha256"
    }
  }

  struct ProtocolRecord: Sendable, Encodable {
    let seed: String
    let prompts: Int
    /// Suspect and candidates, in the order of the case; the cohort stands apart.
    let models: [Model]
    let run: RunSummary?
  }

  struct Method: Sendable, Encodable {
    let name: String
    let version: Int
    let channels: [MethodChannel]
    let reference: CohortMethod.Reference
    /// nil where the method knows no lead.
    let strongestRivals: Int?
    let replicates: Int
    let confidence: Figure
    let library: String
    let kernel: String

    enum CodingKeys: String, CodingKey {
      case name, version, channels, reference, replicates, confidence, library, kernel
      case strongestRivals = "strongest_rivals"
    }
  }

  struct MethodChannel: Sendable, Encodable {
    let name: String
    let version: Int
    let label: String
    let explanation: String
    let definition: String
    let isCombined: Bool
    let lengthCoefficient: Figure?

    enum CodingKeys: String, CodingKey {
      case name, version
      case isCombined = "combined"
      case lengthCoefficient = "length_coefficient"
    }
  }
}
