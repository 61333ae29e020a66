package import Cases

/// What keeps a baseline from being made, read or used. What a check finds is a `CheckResult`.
package enum MonitoringError: Error, Hashable {
  /// So many sessions are too few to be set against each other.
  case tooFewSessions(found: Int, needed: Int)
  /// A session in which too many answers are missing.
  case sessionIncomplete(session: Int, answered: Int, planned: Int)
  /// A probe with fewer than two answers in a session.
  case probeUnanswered(PromptID, session: Int)
  /// More answers to a probe than are compared each with each.
  case tooManyAnswers(PromptID, limit: Int)
  /// The sessions differ among themselves: the endpoint changes without a change.
  case unstable(Stratum, pValue: Double, distance: Double)
  /// The file is no baseline, or damaged.
  case notABaseline(file: String, what: String)
  case newerBaseline(file: String, schema: String)
  /// The approvals do not agree with their hashes.
  case approvalsBroken(file: String, number: Int)
  /// Nobody has approved these contents.
  case notApproved(file: String)
  case nothingPending(file: String)
  /// An approval needs a name and a reason.
  case approvalEmpty(field: String)
  case ledgerLine(file: String, line: Int)
  /// A check of the plan that the configuration gives does not fit its limit of calls.
  case tooManyCalls(needed: Int, limit: Int)
  /// The baseline was made from recorded answers: there is no endpoint to ask.
  case noEndpoint(file: String)
  /// Recorded answers and baseline share no probe.
  case noCommonProbes(file: String)
  /// Answers of a session came from a cache, or are copies of others.
  case copies(session: Int, count: Int, of: Int)
  /// Equal answers of a session follow each other as no model gives them.
  case cached(session: Int, pValue: Double)
  /// Each of so many probes that should vary has one answer, byte for byte: something gives answers again for ever, or nothing is
  /// drawn.
  case neverVaries(probes: Int)
  /// Answers of a session have no text of their own, most of this kind: of all, or of one probe.
  case answersWithoutText(session: Int, count: Int, of: Int, AnswerOutcomes.Kind, sentence: String?, probe: PromptID?)
  /// The configuration has several endpoints, and none of this name.
  case noSuchEndpoint(String, file: String, known: [String])
  /// Two configurations do not ask the same, so their answers cannot be set against each other.
  case notComparable(ConfigurationDifference, files: [String])
  /// A probe set of candidates in which no near tie was found.
  case noBorder(asked: Int)
  /// The result of a check cannot be read.
  case notAResult(file: String)
}
