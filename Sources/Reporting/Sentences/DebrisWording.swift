package import AnswerDebris
import Cases
package import Formats

/// What is said of marks and texts that no model said.
package enum DebrisWording {
  package static func sentence(_ findings: [Debris.Finding]) -> String {
    let models = Set(findings.map(\.model)).count
    let onlyThoughts = findings.allSatisfy { $0.kind == .thoughts }
    if onlyThoughts {
      return """
        Answers of \(models) \(models == 1 ? "model" : "models") held thoughts in their text: they were taken apart and are not scored.
        """
    }
    return """
      Answers of \(models) \(models == 1 ? "model hold" : "models hold") marks, errors or repeated texts of a server or a tool, which no model said: they are listed, and left out of every score.
      """
  }

  /// Where a measurement was given that cannot stand for such answers.
  package static let measuredAgain = """
    the measurement is of the answers as they came, with marks, errors or repeated texts of a server or a tool: the answers were measured again without them
    """

  /// Behind the sentence of a candidate that would stand out with them.
  static let noFinding = """
    With what a server or a tool left in the answers it would be far ahead of the cohort: that is no finding.
    """

  /// Where suspect and candidates were not analysed with it.
  package static let notShared = """
    Such marks, errors or repeated texts were not found in answers of both the suspect and a candidate: what those have in common was not scored with them.
    """

  package static func words(_ kind: Debris.Finding.Kind) -> String {
    switch kind {
    case .start: "begins most answers"
    case .end: "ends most answers"
    case .echo: "the prompt, given back before the answer"
    case .turn: "from this label on, turns behind the answer"
    case .mark: "a mark of a template or a role"
    case .preamble: "what stands before this mark"
    case .error: "an error in place of an answer"
    case .repeated: "one text for many prompts"
    case .thoughts: "thoughts in the text"
    }
  }

  /// A line for a terminal.
  package static func line(_ finding: Debris.Finding) -> String {
    "\(finding.model): \(words(finding.kind)), \"\(shown(finding.text))\", in \(finding.count) of \(finding.of) answers"
  }

  /// What is said before all else of answers that are compared; nothing where nothing was found.
  package static func lines(_ findings: [Debris.Finding]) -> [String] {
    findings.isEmpty ? [] : [sentence(findings)] + findings.map { "  " + line($0) }
  }

  /// All findings; null where there are none.
  package static func json(_ findings: [Debris.Finding]) -> JSONValue {
    findings.isEmpty ? .null : .array(findings.map { json($0) })
  }

  package static func json(_ finding: Debris.Finding) -> JSONValue {
    .object([
      "model": .string(finding.model.rawValue), "kind": .string(finding.kind.rawValue), "text": .string(finding.text),
      "count": .integer(finding.count), "of": .integer(finding.of),
    ])
  }

  /// White space is seen as what it is.
  package static func shown(_ text: String) -> String {
    text.replacing("\n", with: "\\n").replacing("\t", with: "\\t")
  }
}
