package import Cases
package import Statistics

/// Answers to border inputs, session by session: prompts whose first token is a near tie at temperature 0, so that the least change
/// of a model's numbers moves how often each of the two comes. Near ties wander with what else a server has to do, and so the
/// sessions of the baseline, and not its answers, say what chance is.
///
/// - Source: B3IT, "Black-box change detection by border inputs", arXiv 2602.11083 (2026).
package enum BorderSessions {
  /// Probes of this category are border inputs.
  package static let category = "border"

  /// How often the baseline's most common answer came, in this run and in the sessions of the baseline; probes that either lacks
  /// are left out.
  package static func of(
    _ run: [PromptID: ProbeRecord], baseline: [PromptID: ProbeRecord]
  ) -> [SessionSharesTest.Probe] {
    run.keys.sorted().compactMap { probe in
      guard let now = run[probe], let then = baseline[probe], then.stratum == .border, now.samples > 0,
        let mode = then.commonest
      else { return nil }
      return SessionSharesTest.Probe(
        now: count(of: mode, now.answers), sessions: then.sessions.map { count(of: mode, $0) })
    }
  }

  /// The same of a run beside a later one than the baseline. It is a single session, which does not tell how far sessions wander:
  /// those of the baseline do.
  package static func of(
    _ run: [PromptID: ProbeRecord], since latest: [PromptID: ProbeRecord], baseline: [PromptID: ProbeRecord]
  ) -> [SessionSharesTest.Probe] {
    run.keys.sorted().compactMap { probe in
      guard let now = run[probe], let single = latest[probe], let then = baseline[probe], then.stratum == .border,
        now.samples > 0, let mode = then.commonest
      else { return nil }
      return SessionSharesTest.Probe(
        now: count(of: mode, now.answers), sessions: [count(of: mode, single.answers)],
        scattering: then.sessions.map { count(of: mode, $0) })
    }
  }

  private static func count(of mode: String, _ answers: [String: Int]) -> SessionSharesTest.Count {
    SessionSharesTest.Count(count: answers[mode] ?? 0, of: answers.values.reduce(0, +))
  }
}
