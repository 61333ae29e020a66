package import Cases
package import Formats

/// What an endpoint answered when it was last approved, in a form small enough to be committed and read.
package struct Baseline: Hashable, Sendable {
  package struct Endpoint: Hashable, Sendable {
    package let url: String
    package let model: String
    package let declaredModels: [String]
    package let declaredFingerprints: [String]

    package init(url: String, model: String, declaredModels: [String], declaredFingerprints: [String]) {
      self.url = url
      self.model = model
      self.declaredModels = declaredModels
      self.declaredFingerprints = declaredFingerprints
    }
  }

  /// A session, or the answers of a confirmed change.
  package struct Session: Hashable, Sendable {
    /// UTC, RFC 3339; of the first answer. Empty for recorded answers, which carry no time.
    package let started: String
    package let answers: Int
    package let missing: Int
    /// Head of the hash chain of its case file, or SHA-256 of its transcript.
    package let source: Digest
    /// Answers without text of their own; nil in a baseline of an older version, which counted them as answers.
    package let withoutText: Int?

    package init(started: String, answers: Int, missing: Int, source: Digest, withoutText: Int? = nil) {
      self.withoutText = withoutText
      self.started = started
      self.answers = answers
      self.missing = missing
      self.source = source
    }
  }

  /// The sessions against each other: what differs without a change.
  package struct Stability: Hashable, Sendable {
    package let stratum: Stratum
    /// Least p-value of a session against the others, adjusted after Holm over sessions and strata; 1 for a single session.
    package let pValue: Double
    /// Mean distance of two sessions, at least 0.
    package let distance: Double

    package init(stratum: Stratum, pValue: Double, distance: Double) {
      self.stratum = stratum
      self.pValue = pValue
      self.distance = distance
    }
  }

  package let name: String
  package let created: String
  package let tool: String
  /// Path of the configuration, relative to the baseline's folder; nil for a baseline of recorded answers.
  package let configuration: String?
  /// What is asked and how; see `MonitorConfiguration.suite`. Null for recorded answers.
  package let suite: JSONValue
  package let endpoint: Endpoint?
  package let sessions: [Session]
  package let stability: [Stability]
  package let probes: [PromptID: ProbeRecord]
  package let rule: CheckRule
  package let plan: SamplingPlan
  package let detectable: [DetectableEffect]
  /// Median time of an answer, in milliseconds; nil for recorded answers.
  package let medianMilliseconds: Int?
  package private(set) var approvals: [Approval]

  package init(
    name: String, created: String, tool: String, configuration: String?, suite: JSONValue, endpoint: Endpoint?,
    sessions: [Session], stability: [Stability], probes: [PromptID: ProbeRecord], rule: CheckRule, plan: SamplingPlan,
    detectable: [DetectableEffect], medianMilliseconds: Int?, approvals: [Approval] = []
  ) {
    self.name = name
    self.created = created
    self.tool = tool
    self.configuration = configuration
    self.suite = suite
    self.endpoint = endpoint
    self.sessions = sessions
    self.stability = stability
    self.probes = probes
    self.rule = rule
    self.plan = plan
    self.detectable = detectable
    self.medianMilliseconds = medianMilliseconds
    self.approvals = approvals
  }

  /// Identity of what is approved: SHA-256 of everything but the approvals.
  package var digest: Digest { Digest(of: content.canonical) }

  /// The approval of these very contents; nil while it is pending.
  package var approval: Approval? { approvals.last.flatMap { $0.baseline == digest ? $0 : nil } }

  package var missing: Int { sessions.reduce(0) { $0 + $1.missing } }
  package var answers: Int { sessions.reduce(0) { $0 + $1.answers } }
  /// Answers without text of their own.
  package var withoutText: Int {
    sessions.reduce(0) { $0 + ($1.withoutText ?? 0) } + probes.values.reduce(0) { $0 + ($1.answers[""] ?? 0) }
  }

  /// What is left to compare with, without these probes. For one check: it is another baseline, which nobody approved.
  package func leaving(out probes: Set<PromptID>) -> Baseline {
    guard !probes.isEmpty else { return self }
    return Baseline(
      name: name, created: created, tool: tool, configuration: configuration, suite: suite, endpoint: endpoint,
      sessions: sessions, stability: stability, probes: self.probes.filter { !probes.contains($0.key) }, rule: rule,
      plan: SamplingPlan(samples: plan.samples.filter { !probes.contains($0.key) }, maxCalls: plan.maxCalls),
      detectable: detectable, medianMilliseconds: medianMilliseconds, approvals: approvals)
  }

  /// These contents, approved after all that was approved before.
  package func approved(after earlier: [Approval], by: String, reason: String, at time: String) -> Baseline {
    var copy = self
    copy.approvals =
      earlier + [
        Approval(baseline: digest, created: created, by: by, reason: reason, time: time, previous: earlier.last?.hash)
      ]
    return copy
  }
}
