import Cases
package import Monitoring
import Reporting

/// A check as a JUnit report: one case for each stratum, since a probe alone has no verdict. A change is a failure, what could
/// not be measured an error, and what cannot be said for other reasons is skipped.
extension CheckResult {
  package var junit: String {
    let words = CheckWording(self)
    let suite = NeutralText.xml("retort check \(name)")
    var failures = 0
    var errors = 0
    var skipped = 0
    let cases = baseline.rule.strata.map { stratum -> String in
      let head = #"<testcase classname="\#(suite)" name="\#(stratum.rawValue)""#
      func with(_ element: String, _ message: String, _ type: String) -> String {
        let text = NeutralText.xml(message)
        return #"    \#(head)><\#(element) message="\#(text)" type="\#(type)">\#(text)</\#(element)></testcase>"#
      }
      if let finding = confirmation.first(where: { $0.stratum == stratum }), finding.stands {
        failures += 1
        let driven = changes.filter { $0.stratum == stratum }.prefix(5).map(\.probe.rawValue).joined(separator: ", ")
        return with(
          "failure", "\(words.line(finding))\(driven.isEmpty ? "" : "; most influential: \(driven)")", "changed")
      }
      if verdict == .inconclusive {
        switch reason {
        case .incomplete, .failsMoreOften:
          errors += 1
          return with("error", words.headline, "could-not-measure")
        default:
          skipped += 1
          return #"    \#(head)><skipped message="\#(NeutralText.xml(words.headline))"/></testcase>"#
        }
      }
      return "    \(head)/>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites tests="\(cases.count)" failures="\(failures)" errors="\(errors)" skipped="\(skipped)">
        <testsuite name="\(suite)" tests="\(cases.count)" failures="\(failures)" errors="\(errors)" skipped="\(skipped)">
      \(cases.joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
  }
}
