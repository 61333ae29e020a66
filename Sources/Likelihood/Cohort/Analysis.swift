package import Cases
import LinearAlgebra
import Similarity

/// What the analysis of a case found. A value: the report is a rendering of it.
package struct Analysis: Sendable {
  package struct Method: Hashable, Sendable {
    package let name: String
    package let version: Int
    package let channels: [Channel]
    package let reference: CohortMethod.Reference
    package let strongestRivals: Int
    package let replicates: Int
    package let confidence: Double
    package let seed: UInt64

    package struct Channel: Hashable, Sendable {
      package let name: String
      package let version: Int
      /// See `Similarity.Channel`.
      package let label: String
      package let explanation: String
      package let definition: String
      /// Whether it is part of the combined score, or reported beside it.
      package let isCombined: Bool
      /// Coefficient of the length adjustment; nil where the channel has none, or it was not determined.
      package let lengthCoefficient: Double?

      init(_ channel: any Similarity.Channel, isCombined: Bool, lengthCoefficient: Double?) {
        name = channel.name
        version = channel.version
        label = channel.label
        explanation = channel.explanation
        definition = channel.definition
        self.isCombined = isCombined
        self.lengthCoefficient = lengthCoefficient
      }
    }
  }

  package let method: Method
  package let suspect: ModelID
  package let candidates: [CandidateFinding]
  /// Empty where no group has several members, or the method weighs none.
  package let groups: [GroupFinding]
  /// Cohort as given, before relatives are left out.
  package let cohort: [ModelID]
  /// Prompts that the suspect and at least one candidate answered.
  package let prompts: Int
  /// Mean characters of an answer, by model.
  package let meanLengths: [ModelID: Double]
  /// SHA-256 of each model's answers as they were read.
  package let sources: [ModelID: String]
  package let arithmetic: Arithmetic
  /// What it was made by.
  package let rules: AnalysisRules
  /// What the likelihood ratios come from; nil if none was given.
  package let calibration: Calibration?
  /// All models of the case; nil where too few share prompts.
  package let relations: ModelTree?
  /// By candidate, for the few with the highest combined scores.
  package let evidence: [ModelID: PairEvidence]

  /// What computed the numbers. Their sums are exact, so no kernel of the library changes them, and none is named; reports of earlier
  /// versions name theirs.
  package struct Arithmetic: Hashable, Sendable {
    package let library: String
    package let kernel: String

    package init(library: String, kernel: String) {
      self.library = library
      self.kernel = kernel
    }

    package static var present: Arithmetic { Arithmetic(library: BLAS.version, kernel: "any") }

    /// Lets the library choose its kernel, for which it may read and set the environment: before any other thread reads that.
    package static func prepare() { _ = BLAS.kernel }
  }
}

extension Analysis {
  /// What the ratios of a candidate come from: that of the case, or one that was fitted without its families.
  package func usedCalibration(of candidate: ModelID?) -> Calibration? {
    candidates.first { $0.candidate == candidate }?.calibration ?? calibration
  }
}

/// What was found for one candidate.
package struct CandidateFinding: Sendable {
  package let candidate: ModelID
  package let selection: CohortSelection
  package let outcome: Outcome
  /// By alternative, in the order of `Alternative`; empty without a calibration or without scores.
  package let ratios: [AlternativeFinding]
  /// What the ratios come from: that of the case, or, of a pair that it learned from, one that was fitted without; nil without
  /// one and without scores.
  package let calibration: Calibration?
  /// Where the pair lies; nil without scores.
  package let setting: Calibration.Setting?
  /// What leaving out single parts of the evidence changes; nil without scores.
  package let sensitivity: Sensitivity?

  package enum Outcome: Sendable {
    case evaluated(CandidateScores)
    case notEvaluated(Reason)
  }

  package enum Reason: Hashable, Sendable {
    /// Suspect and candidate answered no common prompt.
    case noCommonPrompts
    /// Too few unrelated models are left in the cohort.
    case cohortTooSmall(left: Int, needed: Int)
  }
}

extension CandidateFinding {
  /// The least of the evaluated ratios; nil if none was.
  package var headline: LikelihoodRatio? {
    ratios.compactMap { try? $0.result.get() }.min { $0.log10 < $1.log10 }
  }
}

/// What the findings say of one alternative.
package struct AlternativeFinding: Hashable, Sendable {
  package let alternative: Alternative
  package let result: Result<LikelihoodRatio, RatioRefused>
}

/// Scores of one pair, and its place in the cohort.
package struct CandidateScores: Sendable {
  package struct Channel: Sendable {
    package let name: String
    /// Whether it is part of the combined score, or reported beside it.
    package let isCombined: Bool
    package let score: Score
    /// After the effect of length is taken out; equal to `score` where there is none.
    package let adjusted: Score
    package let normalised: NormalisedScore
    package let interval: Interval
    /// 1 = nearest of `cohortScores.count + 1` models; cohort models with an equal score count as nearer.
    package let rank: Int
  }

  /// See `RivalLead`.
  package struct Lead: Hashable, Sendable {
    package let value: Double
    package let interval: Interval
    package let rivals: Int
    /// 1 where no rival's fused score is as high as the candidate's; a rival with an equal one counts as nearer.
    package let rank: Int
    /// The nearest rivals, and how far the candidate is ahead of each; below 0 the rival is nearer.
    package let nearest: [Rival]

    package struct Rival: Hashable, Sendable {
      package let model: ModelID
      package let ahead: Double
    }
  }

  /// A member of the cohort in the candidate's place: what a model that is no teacher gets.
  package struct CohortScore: Hashable, Sendable {
    package let model: ModelID
    package let combined: Double
    /// By channel, in the order of the method.
    package let channels: [Double]
  }

  /// Prompts that both models answered.
  package let prompts: Int
  package let channels: [Channel]
  /// Mean of the channels' normalised scores.
  package let combined: Double
  package let interval: Interval
  /// What a calibration reads, and the same in every replicate of the bootstrap over probes.
  package let fused: Double
  package let fusedReplicates: [Double]
  /// The same without the lead over rivals.
  package let fusedAlone: Double
  package let fusedAloneReplicates: [Double]
  /// How far the candidate is ahead of the strongest rivals; nil where the method knows no lead, or there is no rival.
  package let lead: Lead?
  /// What the candidate brings to its group (`GroupScore`), and the same in every replicate; nan where the method weighs none.
  package let grouped: Double
  package let groupedReplicates: [Double]
  package let rank: Int
  /// Strongest first.
  package let cohortScores: [CohortScore]
  /// Combined score minus that of the strongest member of the cohort, over the probes' bootstrap.
  package let margin: Double
  package let marginInterval: Interval
  /// Combined score that a further unrelated model would exceed with probability `predictionLevel`, if the cohort's
  /// scores are a normal sample (Student's t with one degree of freedom less than members).
  package let predictionLimit: Double
  package let predictionLevel: Double

  /// First in the cohort, by more than the choice of probes explains, and beyond what a further unrelated model would
  /// reach. A description with a stated rule: no error rate stands behind it, and it is no likelihood ratio.
  package var standsOut: Bool { rank == 1 && marginInterval.low > 0 && combined > predictionLimit }
}
