import Escaping
package import Monitoring
import Reporting

/// A check as annotations of a GitHub workflow: commands on standard output, at most ten of a kind, as GitHub shows no more.
extension CheckResult {
  private static let maximumOfAKind = 10

  package var annotations: [String] {
    let words = CheckWording(self)
    func command(_ kind: String, _ title: String, _ message: String) -> String {
      "::\(kind) title=\(NeutralText.workflowProperty(title))::\(NeutralText.workflowMessage(message))"
    }
    let title = "retort check \(name)"
    var lines: [String] = []
    switch verdict {
    case .same: lines.append(command("notice", title, "SAME: \(words.headline)"))
    case .changed:
      lines += confirmation.filter(\.stands).prefix(Self.maximumOfAKind).map {
        let probes = words.changedProbes(of: $0.stratum).prefix(3).map { CheckWording.line($0) }.joined(separator: "; ")
        return command(
          "error", "\(title): \($0.stratum.rawValue)",
          "CHANGED: \(probes.isEmpty ? "" : "\(probes); ")\(words.line($0))")
      }
    case .inconclusive: lines.append(command(exit == 1 ? "error" : "warning", title, "INCONCLUSIVE: \(words.headline)"))
    }
    lines += brokenExpectations.prefix(Self.maximumOfAKind - lines.count { $0.hasPrefix("::error") }).map {
      command("error", "\(title): expectation", CheckWording.line($0))
    }
    let decisive =
      exceededLimits.map { ("limit", CheckWording.line($0)) } + (gates.form ? words.formLines.map { ("form", $0) } : [])
    lines += decisive.prefix(Self.maximumOfAKind - lines.count { $0.hasPrefix("::error") }).map {
      command("error", "\(title): \($0.0)", $0.1)
    }
    let room = Self.maximumOfAKind - lines.count { $0.hasPrefix("::notice") }
    return lines + words.declaredLines.prefix(room).map { command("notice", "\(title): declared", $0) }
  }
}
