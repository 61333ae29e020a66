import Foundation
package import Monitoring

/// What ends a check beside its answers: form, and limits that the user set.
extension CheckWording {
  package static func line(_ finding: CheckLimits.Finding) -> String {
    func amount(_ value: Double) -> String {
      switch finding.kind {
      case .p95: String(format: "%.2f s", value)
      case .failedAttempts: String(format: "%.1f %%", value * 100)
      case .cost: String(format: "%.4g", value)
      }
    }
    let what =
      switch finding.kind {
      case .p95: "the 95th percentile of the time of an answer"
      case .failedAttempts: "the share of attempts that failed"
      case .cost: "the cost of this check"
      }
    return "\(what) is \(amount(finding.found)), the limit is \(amount(finding.limit))"
  }

  /// How many answers are of some form now, and were then.
  package static func line(_ finding: FormComparison.Finding) -> String {
    func share(_ counts: (count: Int, of: Int)) -> String {
      String(format: "%.0f %%", 100 * Double(counts.count) / Double(max(1, counts.of)))
    }
    return """
      \(share(finding.now)) of answers \(words(finding.aspect)), \(share(finding.then)) in the baseline (p = \(pValue(finding.adjusted)))
      """
  }

  private static func words(_ aspect: FormComparison.Aspect) -> String {
    switch aspect {
    case .feature(.stop): "end with a stop"
    case .feature(.bold): "have something in bold"
    case .feature(.fence): "have a code fence"
    case .feature(.lowerCase): "have no capital letter"
    case .feature(.upperCase): "are all in capitals"
    case .feature(.cut): "are cut at the limit of tokens"
    case .length: "are longer than half of all answers to the same probe"
    }
  }

  /// What changed in the form of the answers, a line each.
  package var formLines: [String] { result.changedForm.map(Self.line) }

  var limitWords: String? {
    let exceeded = result.exceededLimits
    return exceeded.isEmpty ? nil : exceeded.map(Self.line).joined(separator: "; ")
  }

  /// In the verdict only where it decides.
  var formWords: String? {
    guard result.gates.form, let first = result.changedForm.first else { return nil }
    return "another form: \(Self.line(first))"
  }
}
