import Cases
import Escaping
import Formats
package import Monitoring
import Reporting

/// A check as a JUnit report: one case for each stratum, which has the verdict, and one for each probe. A change is a failure, and
/// whatever ends without a verdict an error: what was not measured must not look like what was.
extension CheckResult {
  package var junit: String {
    let words = CheckWording(self)
    let suite = NeutralText.xml("retort check \(name)")
    var failures = 0
    var errors = 0
    var skipped = 0
    func testcase(_ parent: String, _ name: String, _ inner: String = "") -> String {
      let head = #"<testcase classname="\#(NeutralText.xml(parent))" name="\#(NeutralText.xml(name))""#
      return inner.isEmpty ? "    \(head)/>" : "    \(head)>\(inner)</testcase>"
    }
    func element(_ element: String, _ message: String, _ type: String) -> String {
      let text = NeutralText.xml(message)
      return #"<\#(element) message="\#(text)" type="\#(type)">\#(text)</\#(element)>"#
    }
    let parent = "retort check \(name)"
    var cases = baseline.rule.strata.map { stratum -> String in
      if let finding = confirmation.first(where: { $0.stratum == stratum }), finding.stands {
        failures += 1
        let probes = words.changedProbes(of: stratum).prefix(5).map { CheckWording.line($0) }
        return testcase(
          parent, stratum.rawValue,
          element("failure", ([words.line(finding)] + probes).joined(separator: "; "), "changed"))
      }
      guard verdict == .inconclusive else { return testcase(parent, stratum.rawValue) }
      if case .answersWithoutText? = reason, gates.outcomes {
        failures += 1
        return testcase(parent, stratum.rawValue, element("failure", words.headline, "answers-without-text"))
      }
      errors += 1
      return testcase(parent, stratum.rawValue, element("error", words.headline, "could-not-measure"))
    }
    let changed = Dictionary(firstOf: changedStrata.flatMap { words.changedProbes(of: $0) }.map { ($0.probe, $0) })
    cases += baseline.probes.sorted { $0.key < $1.key }.map { probe, record in
      let own = "\(parent).\(record.stratum.rawValue)"
      if let change = changed[probe] {
        failures += 1
        return testcase(own, probe.rawValue, element("failure", CheckWording.line(change), "changed"))
      }
      if quarantined.contains(probe) {
        skipped += 1
        return testcase(own, probe.rawValue, #"<skipped message="in quarantine"/>"#)
      }
      guard verdict == .inconclusive else { return testcase(own, probe.rawValue) }
      skipped += 1
      return testcase(own, probe.rawValue, #"<skipped message="no verdict"/>"#)
    }
    cases += expectations.map { finding in
      let own = "\(parent).expectations"
      guard finding.isBroken else { return testcase(own, finding.expectation.probe.rawValue) }
      failures += 1
      return testcase(
        own, finding.expectation.probe.rawValue, element("failure", CheckWording.line(finding), "expectation"))
    }
    cases += limits.map { finding in
      guard finding.isExceeded else { return testcase("\(parent).limits", finding.kind.rawValue) }
      failures += 1
      return testcase(
        "\(parent).limits", finding.kind.rawValue, element("failure", CheckWording.line(finding), "limit"))
    }
    if gates.form {
      if !changedForm.isEmpty { failures += 1 }
      cases.append(
        testcase(
          parent, "form",
          changedForm.isEmpty ? "" : element("failure", words.formLines.joined(separator: "; "), "form")))
    }
    if gates.declared, !declared.isEmpty {
      failures += 1
      cases.append(
        testcase(parent, "declared", element("failure", words.declaredLines.joined(separator: "; "), "declared")))
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites tests="\(cases.count)" failures="\(failures)" errors="\(errors)" skipped="\(skipped)">
        <testsuite name="\(suite)" timestamp="\(NeutralText.xml(started))" tests="\(cases.count)" failures="\(failures)" errors="\(errors)" skipped="\(skipped)">
      \(cases.joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
  }
}
