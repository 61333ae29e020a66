import CaseFile
package import Evidence
package import Formats

/// What the checks of evidence found.
package enum VerificationText {
  package static func lines(_ checks: [EvidenceCheck]) -> [String] {
    checks.map { check in
      switch check.finding {
      case .passed(let words): "✓ \(check.subject.rawValue): \(words)"
      case .failed(let words): "✗ \(check.subject.rawValue): \(words)"
      case .notChecked(let words): "– \(check.subject.rawValue): \(words)"
      }
    }
  }

  package static func document(_ checks: [EvidenceCheck], of evidence: String, tool: String) -> JSONValue {
    .document(
      "retort.verification/1", tool: tool,
      [
        "evidence": .string(evidence),
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
