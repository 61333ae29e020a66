package import Cases

/// What a check found. Only `verdict` gates; what the endpoint declares and how fast it is stand beside it.
package struct CheckResult: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable {
    /// No change was confirmed, and one of the size told would have been.
    case same = "SAME"
    /// Screened, confirmed on fresh answers, and larger than the floor.
    case changed = "CHANGED"
    case inconclusive = "INCONCLUSIVE"
  }

  /// Why a check says neither same nor changed.
  package enum Reason: Hashable, Sendable {
    case notComparable([ConfigurationDifference])
    case incomplete(stage: Stage, answered: Int, planned: Int, unanswered: [PromptID], trouble: Trouble?)
    /// Answers are missing more often than they were in the baseline.
    case failsMoreOften(missing: Int, planned: Int, pValue: Double)
    /// Suspicious strata, and too few calls left to ask again.
    case notConfirmable([Stratum], callsLeft: Int)
    /// Not even a change of everything would be found in these strata.
    case powerless([Stratum])
    /// Answers came from a cache, or are copies: they say nothing of the model now.
    case copies(Int, of: Int)
    /// Equal answers follow each other as no model gives them: a cache that does not say so.
    case cached(Int)
    /// Answers without text of their own, more than in the baseline, most of this kind. The sentence is what unrelated probes
    /// were answered alike.
    case answersWithoutText(Int, of: Int, AnswerOutcomes.Kind, sentence: String?, pValue: Double)
    /// Nothing can be asked with this key.
    case keyRefused(host: String, detail: String)
  }

  /// What kept answers from coming.
  package enum Trouble: Hashable, Sendable {
    /// As whoever asked tells it.
    case told(String)
    case noLogprobs
  }

  package enum Stage: String, Hashable, Sendable {
    case screening, confirmation, recorded
    case look = "second look"
  }

  /// Something that the endpoint says of itself, other than it said then.
  package struct Declared: Hashable, Sendable {
    package enum What: Hashable, Sendable {
      case address
      case requestedModel
      case model
      case fingerprint
      /// Tokens that a prompt is counted as, in these probes.
      case promptTokens([PromptID])
    }

    package let what: What
    package let then: String
    package let now: String

    package init(what: What, then: String, now: String) {
      self.what = what
      self.then = then
      self.now = now
    }
  }

  /// A probe that speaks for a change.
  package struct ProbeChange: Hashable, Sendable {
    package let probe: PromptID
    package let stratum: Stratum
    package let distance: Double
    /// The distance in units of its standard deviation by chance.
    package let weight: Double
    /// Answers of either side by how often they were given, the most common first.
    package let then: [AnswerCount]
    package let now: [AnswerCount]
    /// All answers of either side, those that are not listed included.
    package let all: (then: Int, now: Int)

    package static func == (a: Self, b: Self) -> Bool {
      a.probe == b.probe && a.stratum == b.stratum && a.distance == b.distance && a.weight == b.weight
        && a.then == b.then && a.now == b.now && a.all == b.all
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(probe)
      hasher.combine(then)
      hasher.combine(now)
    }

    /// - Parameter all: nil is the sum of those that are listed.
    package init(
      probe: PromptID, stratum: Stratum, distance: Double, weight: Double, then: [AnswerCount], now: [AnswerCount],
      all: (then: Int, now: Int)? = nil
    ) {
      self.all = all ?? (then.reduce(0) { $0 + $1.count }, now.reduce(0) { $0 + $1.count })
      self.probe = probe
      self.stratum = stratum
      self.distance = distance
      self.weight = weight
      self.then = then
      self.now = now
    }
  }

  package struct AnswerCount: Hashable, Sendable {
    package let answer: String
    package let count: Int

    package init(answer: String, count: Int) {
      self.answer = answer
      self.count = count
    }
  }

  /// Since the last check that found nothing: when a change came.
  package struct SinceLatest: Hashable, Sendable {
    package let run: String
    package let started: String
    package let findings: [CheckRule.Finding]
  }

  package struct Calls: Hashable, Sendable {
    package var planned: Int
    package var attempts: Int
    package var answered: Int
    package var failures: Int
    package var tokens: Int

    package init(planned: Int = 0, attempts: Int = 0, answered: Int = 0, failures: Int = 0, tokens: Int = 0) {
      self.planned = planned
      self.attempts = attempts
      self.answered = answered
      self.failures = failures
      self.tokens = tokens
    }
  }

  /// What the ledger says of the budget of false alarms.
  package struct Account: Hashable, Sendable {
    /// Checks in the window of the rule, this one included.
    package let runs: Int
    package let confirmations: Int
    package let window: Int
  }

  /// Attempts that failed, though all answers came in the end.
  package struct MaskedTrouble: Hashable, Sendable {
    package let failures: Int
    package let attempts: Int
    /// What most of them said.
    package let detail: String

    package init(failures: Int, attempts: Int, detail: String) {
      self.failures = failures
      self.attempts = attempts
      self.detail = detail
    }

    /// Fewer are what any network does.
    private static let share = 0.05

    package var isTold: Bool { failures >= 3 && Double(failures) >= Self.share * Double(attempts) }
  }

  package struct LedgerState: Hashable, Sendable {
    package let file: String
    package let head: Ledger.Head
    package let findings: [Ledger.Finding]

    package init(file: String, head: Ledger.Head, findings: [Ledger.Finding]) {
      self.file = file
      self.head = head
      self.findings = findings
    }
  }

  /// What ends a check with 1 beside a change of the answers, by the user's choice.
  package struct Gates: Hashable, Sendable {
    /// Anything that the endpoint declares of itself and declared otherwise then.
    package let declared: Bool
    /// More answers without text than in the baseline.
    package let outcomes: Bool
    /// Another form of the answers.
    package let form: Bool

    package init(declared: Bool = false, outcomes: Bool = false, form: Bool = false) {
      self.declared = declared
      self.outcomes = outcomes
      self.form = form
    }
  }

  package let name: String
  package let run: String
  package let started: String
  package let baseline: Baseline
  package var verdict: Verdict
  package var reason: Reason?
  package var declared: [Declared]
  package var screening: [CheckRule.Finding]
  /// What is left of it after a second look; empty if there was none.
  package var look: [CheckRule.Finding]
  package var confirmation: [CheckRule.Finding]
  package var changes: [ProbeChange]
  package var sinceLatest: SinceLatest?
  package var calls: Calls
  /// nil without a ledger: the bound on false alarms is then that of a single run.
  package var account: Account?
  /// The ledger after this check, and what is wrong with it; nil without one.
  package var ledger: LedgerState?
  package var medianMilliseconds: Int?
  /// Answers without text of their own, that were compared with nothing.
  package var withoutText: Int
  /// nil if no attempt failed.
  package var trouble: MaskedTrouble?
  package var gates: Gates
  /// What would have been found; that of the baseline, unless recorded answers are decided on.
  package var detectable: [DetectableEffect]
  /// Probes that were not asked, by the user's choice; in byte order.
  package var quarantined: [PromptID]
  /// Probes of the configuration that the baseline does not have, so that they were not asked; in byte order.
  package var added: [PromptID]
  /// Those of which the user expects something, which is not judged.
  package var unjudged: [PromptID]
  /// What the user expects of single probes, and what came.
  package var expectations: [Expectation.Finding]
  /// How the first answers are dressed, beside the baseline's.
  package var form: [FormComparison.Finding]
  /// What the check is to stay within, and what it took.
  package var limits: [CheckLimits.Finding]
  /// Names of two endpoints that were set against each other; nil for a check of one against its baseline.
  package var between: [String]?
  /// What was asked, and what it says of itself; nil where nothing was.
  package var endpoint: Baseline.Endpoint?

  package init(name: String, run: String, started: String, baseline: Baseline) {
    self.name = name
    self.run = run
    self.started = started
    self.baseline = baseline
    verdict = .inconclusive
    declared = []
    screening = []
    look = []
    withoutText = 0
    gates = Gates()
    form = []
    limits = []
    expectations = []
    quarantined = []
    added = []
    unjudged = []
    detectable = baseline.detectable
    confirmation = []
    changes = []
    calls = Calls()
  }

  /// The exit code that goes with it.
  package var exit: Int {
    switch verdict {
    case .changed: return 1
    case .same: return gates.declared && !declared.isEmpty || isBroken ? 1 : 0
    case .inconclusive where isBroken: return 1
    case .inconclusive:
      if case .keyRefused? = reason { return 4 }
      if case .answersWithoutText? = reason, gates.outcomes { return 1 }
      return 3
    }
  }

  /// By what the user says, whatever the baseline does.
  private var isBroken: Bool {
    !brokenExpectations.isEmpty || !exceededLimits.isEmpty || gates.form && !changedForm.isEmpty
  }

  package var exceededLimits: [CheckLimits.Finding] { limits.filter(\.isExceeded) }

  package var changedForm: [FormComparison.Finding] { form.filter(\.stands) }

  package var brokenExpectations: [Expectation.Finding] { expectations.filter(\.isBroken) }

  /// Strata whose change was confirmed.
  package var changedStrata: [Stratum] { confirmation.filter(\.stands).map(\.stratum) }

  /// Strata that were asked again.
  package var suspicious: [Stratum] { screening.filter(\.stands).map(\.stratum) }

  /// Strata that are to be confirmed.
  package var hopeful: [Stratum] { (look.isEmpty ? screening : look).filter(\.stands).map(\.stratum) }
}
