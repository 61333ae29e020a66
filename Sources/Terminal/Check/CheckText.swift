import Escaping
package import Monitoring
import Reporting

/// A check on one screen of a terminal or of a log.
extension CheckResult {
  package var textLines: [String] {
    let words = CheckWording(self)
    let address = baseline.endpoint.map { " (\($0.url), model \($0.model))" } ?? ""
    func row(_ label: String, _ text: String) -> String { "  \(label.padding(to: 12))\(text)" }
    var lines = ["retort check · \(name)\(address) · \(run)", row("", words.approvalLine)]
    if let calls = words.callsLine { lines.append(row("calls", calls)) }
    lines += words.declaredLines.map { row("declared", $0) }
    lines += screening.map { row($0.stratum.rawValue, "screening " + words.line($0)) }
    lines += look.map { row($0.stratum.rawValue, "second look " + words.line($0)) }
    lines += confirmation.map { row($0.stratum.rawValue, "confirmation " + words.line($0)) }
    if let driven = words.drivenBy { lines.append(row("", driven)) }
    lines += changedStrata.flatMap { words.changedProbes(of: $0).prefix(3).map { row("", CheckWording.line($0)) } }
    lines += expectations.map { row($0.isBroken ? "BROKEN" : "expected", CheckWording.line($0)) }
    lines += limits.map { row($0.isExceeded ? "EXCEEDED" : "limit", CheckWording.line($0)) }
    lines += words.formLines.map { row(gates.form ? "FORM" : "form", $0) }
    if let since = words.sinceLatestLine { lines.append(row("", since)) }
    if let quarantine = words.quarantineLine { lines.append(row("", quarantine)) }
    lines += words.addedLines.map { row("", $0) }
    if let speed = words.performanceLine { lines.append(row("speed", speed)) }
    lines.append(row(verdict.rawValue, words.headline))
    lines.append(row("", words.meaning))
    if verdict == .same {
      lines += CheckWording.detectable(detectable).map { row("would find", $0) }
    }
    lines.append(row("", words.budgetLine))
    return lines.map(NeutralText.log)
  }
}
