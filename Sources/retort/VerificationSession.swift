import CaseFile
import Probing
import Reporting

/// `retort verify`.
struct VerificationSession {
  let evidence: String
  let keys: [String]
  let witnesses: [String]
  let authorities: [String]
  let heads: [String]
  let withReport: Bool
  let json: Bool

  /// - Throws: `EvidenceRejected` if a check failed; every line is told by then.
  func run() async throws {
    let verification = try EvidenceVerification(
      of: try EvidencePlace.open(evidence), reader: DialectReader(), keys: try keys.map { try KeyChoice.verifier($0) },
      witnesses: try witnesses.map { try KeyChoice.verifier($0, algorithm: .cosignature) },
      anchors: try authorities.flatMap { try CustodyOptions.certificates($0, option: "--authority") },
      earlier: try heads.map(head))
    var checks = verification.checks
    if withReport { checks.append(try await EvidenceReport.check(verification)) }
    json ? try StandardOutput.json(document(checks)) : try StandardOutput.say(checks.map(Self.line))
    if let promise = checks.filter(\.failed).map(\.promise).min() { throw EvidenceRejected(evidence, promise, checks) }
  }

  private func head(_ file: String) throws -> SignedNote {
    guard let note = HeadUpdate(parsing: try FileBytes.read(file))?.note else {
      throw CaseFileError.custody(file: file, .noCheckpoint)
    }
    return note
  }

  private static func line(_ check: EvidenceCheck) -> String {
    switch check.finding {
    case .passed(let words): "✓ \(check.subject.rawValue): \(words)"
    case .failed(let words): "✗ \(check.subject.rawValue): \(words)"
    case .notChecked(let words): "– \(check.subject.rawValue): \(words)"
    }
  }

  private func document(_ checks: [EvidenceCheck]) -> JSONValue {
    .object([
      "schema": .string("retort.verification/1"), "tool": .string(Version.tool), "evidence": .string(evidence),
      "accepted": .bool(!checks.contains(where: \.failed)),
      "checks": .array(
        checks.map { check in
          let (result, words) =
            switch check.finding {
            case .passed(let words): ("passed", words)
            case .failed(let words): ("failed", words)
            case .notChecked(let words): ("not_checked", words)
            }
          return .object([
            "check": .string(check.subject.rawValue.replacing(" ", with: "_")), "result": .string(result),
            "finding": .string(words),
          ])
        }),
    ])
  }
}

/// Evidence that does not hold.
struct EvidenceRejected: Error {
  let evidence: String
  let promise: EvidenceCheck.Promise
  let failed: [String]

  init(_ evidence: String, _ promise: EvidenceCheck.Promise, _ checks: [EvidenceCheck]) {
    self.evidence = evidence
    self.promise = promise
    failed = checks.filter(\.failed).map(\.subject.rawValue)
  }

  var sentence: String {
    "\(evidence): does not hold: \(failed.joined(separator: ", ")); ask for an untouched copy, or for an explanation"
  }

  var status: ExitStatus {
    switch promise {
    case .integrity: .altered
    case .signature: .notSigned
    case .time: .wrongTime
    case .completeness: .incomplete
    case .recomputation: .notRecomputed
    case .meaning: .notAsSaid
    }
  }
}
