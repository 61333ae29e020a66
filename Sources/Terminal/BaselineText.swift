import CaseFile
package import Formats
import Foundation
package import Monitoring
import Reporting

/// A baseline, and who approved it.
package struct BaselineText {
  private let baseline: Baseline

  package init(_ baseline: Baseline) { self.baseline = baseline }

  package var lines: [String] {
    var lines = ["\(baseline.name): baseline of \(baseline.created), \(baseline.tool), sha256 \(baseline.digest.hex)"]
    lines.append(
      baseline.approval.map { "approved \($0.time) by \($0.by): \($0.reason)" } ?? "pending: nobody has approved it")
    if let endpoint = baseline.endpoint {
      lines.append(
        "endpoint \(endpoint.url), model \(endpoint.model); declares \(endpoint.declaredModels.joined(separator: ", "))"
      )
    }
    lines.append(
      """
      \(baseline.sessions.count) \(baseline.sessions.count == 1 ? "session" : "sessions"), \(baseline.answers) answers, \(baseline.missing) missing, \(baseline.probes.count) probes
      """)
    lines += baseline.stability.map {
      """
      \($0.stratum.rawValue): sessions differ by \(String(format: "%.4f", $0.distance)) on average, p = \(String(format: "%.3g", $0.pValue)); floor \(String(format: "%.4f", baseline.rule.floors[$0.stratum] ?? 0))
      """
    }
    lines.append("a check makes \(baseline.plan.screenCalls) calls, at most \(baseline.plan.maxCalls)")
    lines += CheckWording.detectable(baseline.detectable).map { "would find, \($0)" }
    return lines
  }

  /// One line an approval, the oldest first.
  package var approvalLines: [String] {
    let approvals = baseline.approvals.map { approval in
      "\(approval.time) \(approval.by): \(approval.reason) (baseline of \(approval.created), \(approval.baseline.hex.prefix(16)))"
    }
    return approvals + (baseline.approval == nil ? ["pending: nobody has approved the present contents"] : [])
  }

  package func approvals(tool: String) -> JSONValue {
    .document(
      "retort.approvals/1", tool: tool,
      [
        "name": .string(baseline.name),
        "pending": .bool(baseline.approval == nil), "approvals": .array(baseline.approvals.map(\.json)),
      ])
  }
}
