package import Cases
package import Likelihood

/// The report of a case: one value, of which JSON, Markdown and HTML are renderings, so that they cannot disagree.
///
/// It is a pure function of the case's contents and what was found in them. The shape of its JSON is fixed by
/// `Reports/schema/result.schema.json`.
package struct Report: Sendable, Encodable {
  package static let schema = "retort.result/1"

  package let schema: String
  package let tool: String
  package let name: String
  package let suspect: ModelID
  package let verdicts: [Verdict]
  package let answer: Conclusion
  package let likelihoodRatio: LikelihoodRatioStatement
  package let candidates: [Candidate]
  /// Candidates as they are asked about together; empty where no group has several members.
  package let groups: [Group]
  package let cohort: [Model]
  package let protocolRecord: ProtocolRecord
  package let method: Method
  package let limits: [String]
  package let direction: String
  package let identicalAnswers: IdenticalAnswersFinding
  /// nil where nothing was found.
  package let debris: DebrisFinding?
  /// nil where too few models share prompts.
  package let relations: Relations?
  /// By candidate; empty where no pair told its reasoning.
  package let reasoning: [ReasoningFinding]
  /// Whether any word of a model or of a probe may stand in it.
  package let excerpts: Bool
  package let commission: Commission
  package let items: [Item]
  package let probes: ProbeList
  /// nil for recorded transcripts.
  package let attempts: AttemptList?
  package let timeline: AttemptTimeline?
  package let claimsNotMade: [String]
  /// Whom suspect and candidates say that made them.
  package let identityClaims: [IdentityFinding]
  /// What the calibration says of its own pairs, for sentences alone: it stands in the calibration.
  package let calibrationModels: Set<String>?
  /// Those that are asked about and are among its models.
  package let calibrationInside: [ModelID]
  package let calibrationTeachers: [String: Int]?
  package let calibrationHasLessons: Bool
  package let calibrationUnlinked: KnownPairs.Unlinked?
  /// How often groups of the validation set reach the limit of the rule.
  package let groupRule: Conclusion.Rule?
  /// nil only while the rest is being gathered.
  package var recomputation: Recomputation?

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
    package let sentence: String
  }

  package enum Standing: String, Sendable, Encodable {
    case standsOut = "stands_out"
    case doesNotStandOut = "does_not_stand_out"
    case sameModel = "same_model_as_far_as_these_probes_can_tell"
    case notEvaluated = "not_evaluated"
  }

  package struct LikelihoodRatioStatement: Sendable, Encodable {
    /// Whether any candidate has one.
    package let given: Bool
    /// What ratios mean, or why there are none.
    package let statement: String
    package let scale: String
    package let calibration: CalibrationRecord?
  }

  /// Where the ratios come from.
  package struct CalibrationRecord: Sendable, Encodable {
    /// `shipped`, `demo`, or that of a file.
    package let name: String
    package let sha256: String
    package let prior: Figure
    package let penalty: Figure
    /// By which scores are weighed; nil: each number of probes weighs the same.
    package let reliability: Reliability?
    package let tool: String
    package let pairs: String
    package let transcripts: String
    package let families: [String]
    package let range: String
    package let figures: [CalibrationFigures]
    /// Of several candidates as one; nil where it was fitted on pairs alone.
    package let groups: CalibrationFigures?

    enum CodingKeys: String, CodingKey {
      case name, sha256, prior, penalty, reliability, tool, families, range, figures, groups
      case pairs = "pairs_sha256"
      case transcripts = "transcripts_sha256"
    }
  }

  package struct Reliability: Sendable, Encodable {
    /// h in √(n / (n + h)), by which a score over n probes is multiplied.
    package let halfway: Int

    enum CodingKeys: String, CodingKey {
      case halfway = "halfway_probes"
    }
  }

  package struct CalibrationFigures: Sendable, Encodable {
    package let alternative: Alternative
    package let pairsIfTrue: Int
    package let pairsIfFalse: Int
    package let familiesIfTrue: Int
    package let familiesIfFalse: Int
    package let cllr: Figure
    package let minimalCllr: Figure
    /// ln LR = slope · w · fused score + intercept, with w by `Reliability`, or 1.
    package let slope: Figure
    package let intercept: Figure
    /// log10.
    package let bounds: Range
    package let curves: CalibrationCurves

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
  package struct Ratio: Sendable, Encodable {
    /// See `RatioBounds.Bounds.canTell`.
    package var canTell: Bool {
      guard log10 != nil, let low = bounds?.low.value, let high = bounds?.high.value else { return false }
      return RatioBounds.Bounds(lower: low, upper: high).canTell
    }

    package let alternative: Alternative
    package let log10: Figure?
    package let interval: Range?
    package let bounds: Range?
    package let isAtBound: Bool?
    /// Whether it is the least of all that are evaluated: what versions before 0.4.0 led with.
    package let isHeadline: Bool
    /// Whether it is of the pair of propositions that was asked about.
    package let isAsked: Bool
    package let sentence: String
    package let notEvaluated: String?
    package let reasonCode: String?

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
    package let developer: String?
    package let prompts: Int?
    package let combined: Combined?
    package let channels: [Channel]
    package let cohortScores: [CohortScore]
    package let cohortMembers: [ModelID]
    package let leftOut: [LeftOut]
    package let nothingKnownOf: [ModelID]
    /// These, and those of whom neither developer nor base is stated: for a sentence alone.
    package let unstated: [ModelID]
    package let sameModelTest: SameModelTest?
    package let notEvaluated: String?
    package let reasonCode: String?
    /// By alternative.
    package let ratios: [Ratio]
    /// nil where they are of the calibration as it is.
    package let calibratedWithout: CalibratedWithout?
    /// What would have been detected, where nothing much was.
    package let power: String?
    /// Against several alternatives at once; nil unless weights were given.
    package let mixture: String?
    /// Whether the calibration speaks for the pair, and what would be needed if not; nil without scores.
    package let applicability: String?
    package let applicabilityCode: Applicability.Standing?
    /// Every respect in which the pair lies outside the range of the calibration.
    package let refusals: [Calibration.Refusal]
    package let conditions: String?
    /// What a calibration is asked about; nil without scores.
    package let setting: Setting?
    package let sensitivity: [SensitivityRow]
    /// nil where the cohort is too small to be halved.
    package let cohortHalves: CohortHalves?
    /// nil where it was not looked into.
    package let withoutFirstSentences: Shortened?
    /// nil for candidates that are not looked into.
    package let evidence: EvidenceToLookAt?

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

  package struct Setting: Sendable, Encodable {
    package let prompts: Int
    package let cohort: Int
    /// Of an answer, in the mean.
    package let characters: Figure
    package let withoutSpaces: Bool

    enum CodingKeys: String, CodingKey {
      case prompts, cohort, characters
      case withoutSpaces = "script_without_spaces"
    }
  }

  package struct Range: Sendable, Encodable {
    package let low: Figure
    package let high: Figure
  }

  package struct Combined: Sendable, Encodable {
    package let score: Figure
    package let interval: Range
    package let rank: Int
    package let of: Int
    package let margin: Figure
    package let marginInterval: Range
    package let predictionLimit: Figure
    package let predictionLevel: Figure
    /// nil where the method knows no lead over rivals.
    package let lead: Lead?

    enum CodingKeys: String, CodingKey {
      case score, interval, rank, of, margin, lead
      case marginInterval = "margin_interval"
      case predictionLimit = "prediction_limit"
      case predictionLevel = "prediction_level"
    }
  }

  /// See `RivalLead`.
  package struct Lead: Sendable, Encodable {
    package let value: Figure
    package let interval: Range
    package let rivals: Int
    package let rank: Int
    package let nearest: [Rival]

    package struct Rival: Sendable, Encodable {
      package let model: ModelID
      package let ahead: Figure
    }
  }

  package struct Channel: Sendable, Encodable {
    package let name: String
    package let isCombined: Bool
    package let score: Figure
    package let adjusted: Figure
    package let suspectSide: Figure
    package let candidateSide: Figure
    package let normalised: Figure
    package let interval: Range
    package let rank: Int
    package let of: Int

    enum CodingKeys: String, CodingKey {
      case name, score, adjusted, normalised, interval, rank, of
      case isCombined = "combined"
      case suspectSide = "suspect_side"
      case candidateSide = "candidate_side"
    }
  }

  package struct CohortScore: Sendable, Encodable {
    package let model: ModelID
    package let combined: Figure
    package let channels: [Figure]
  }

  package struct LeftOut: Sendable, Encodable {
    package let model: ModelID
    package let reason: String
    package let reasonCode: String
    /// The other end of the relation.
    package let of: String?

    enum CodingKeys: String, CodingKey {
      case model, reason, of
      case reasonCode = "reason_code"
    }
  }

  package struct Model: Sendable, Encodable {
    package let model: ModelID
    package let developer: String?
    package let base: String?
    package let family: String?
    package let answers: Int
    package let meanLength: Figure?
    package let source: String

    enum CodingKeys: String, CodingKey {
      case model, developer, base, family, answers
      case meanLength = "mean_characters"
      case source = "sha256"
    }
  }

  package struct ProtocolRecord: Sendable, Encodable {
    package let seed: String
    package let prompts: Int
    /// Suspect and candidates, in the order of the case; the cohort stands apart.
    package let models: [Model]
    package let run: RunSummary?
  }

  package struct Method: Sendable, Encodable {
    package let name: String
    package let version: Int
    package let channels: [MethodChannel]
    package let reference: CohortMethod.Reference
    /// nil where the method knows no lead.
    package let strongestRivals: Int?
    package let replicates: Int
    package let confidence: Figure
    package let library: String
    package let kernel: String

    enum CodingKeys: String, CodingKey {
      case name, version, channels, reference, replicates, confidence, library, kernel
      case strongestRivals = "strongest_rivals"
    }
  }

  package struct MethodChannel: Sendable, Encodable {
    package let name: String
    package let version: Int
    package let label: String
    package let explanation: String
    package let definition: String
    package let isCombined: Bool
    package let lengthCoefficient: Figure?

    enum CodingKeys: String, CodingKey {
      case name, version
      case isCombined = "combined"
      case lengthCoefficient = "length_coefficient"
    }
  }
}
