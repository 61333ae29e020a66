/// One thing that a verification looks at, and what it found.
package struct EvidenceCheck: Hashable, Sendable {
  package enum Subject: String, CaseIterable, Sendable {
    case manifest, signature, records, outcomes, bodies, withheld, root, consistency, commitments
    case timeStamps = "time stamps"
    case coverage, clock
    case `protocol`
    case completeness
    /// The chain of hashes through the attempts.
    case hashes
    /// What requests ask and responses say, read again.
    case meaning
    /// Answers that were recorded before the case.
    case recorded
    case report
    /// Of the report, and its renderings.
    case sentences
  }

  package enum Finding: Hashable, Sendable {
    case passed(String)
    case failed(String)
    /// Nothing to look at, or it is withheld; not a failure.
    case notChecked(String)
  }

  /// What kind of promise is broken if it fails.
  package enum Promise: Int, Comparable, Sendable {
    case integrity, signature, time, completeness, recomputation, meaning

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  package let subject: Subject
  package let finding: Finding

  package init(_ subject: Subject, _ finding: Finding) {
    self.subject = subject
    self.finding = finding
  }

  package var failed: Bool { if case .failed = finding { true } else { false } }

  package var promise: Promise {
    switch subject {
    case .manifest, .records, .outcomes, .bodies, .withheld, .root, .consistency, .commitments: .integrity
    case .signature: .signature
    case .timeStamps, .coverage, .clock, .protocol: .time
    case .completeness: .completeness
    case .hashes, .meaning, .recorded: .meaning
    case .report, .sentences: .recomputation
    }
  }
}

/// Why a check ends early: the sentence is what was found.
struct EvidenceFault: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}
