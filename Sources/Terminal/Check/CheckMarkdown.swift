import Cases
import Escaping
package import Monitoring
import Reporting

/// A check as Markdown: for a comment, a page, or the summary of a workflow.
extension CheckResult {
  /// A step's summary of GitHub may hold 1 MiB, a comment 64 KiB; one that is larger is refused as a whole.
  package static let summaryLimit = 1_048_576
  package static let commentLimit = 65_536
  private static let cutNote = "\n\n*Cut here: the rest is in `result.json` of the bundle.*\n"

  /// By this line a comment is found again and replaced, not repeated.
  package static let marker = "<!-- retort check -->"

  /// - Parameter limit: in UTF-8 bytes; what goes beyond is cut between blocks, and the cut is told.
  package func markdown(limit: Int = commentLimit) -> String {
    let words = CheckWording(self)
    let mark = verdict == .same ? "🟢" : verdict == .changed ? "🔴" : "🟡"
    var blocks = [
      Self.marker, "## \(mark) \(verdict.rawValue): \(NeutralText.markdown(name))",
      NeutralText.markdown(words.headline.firstUpper) + ". " + NeutralText.markdown(words.meaning.firstUpper) + ".",
    ]
    var facts = [words.approvalLine, words.budgetLine]
    if let calls = words.callsLine { facts.append(calls) }
    if let since = words.sinceLatestLine { facts.append(since) }
    if let quarantine = words.quarantineLine { facts.append(quarantine) }
    facts += words.addedLines
    if let speed = words.performanceLine { facts.append(speed) }
    facts += words.declaredLines
    facts += exceededLimits.map { "beyond its limit: \(CheckWording.line($0))" }
    facts += words.formLines.map { "form: \($0)" }
    facts += brokenExpectations.map { "not as expected: \(CheckWording.line($0))" }
    blocks.append(facts.map { "- \(NeutralText.markdown($0))" }.joined(separator: "\n"))
    if !screening.isEmpty || !confirmation.isEmpty {
      let rows =
        screening.map { "| \($0.stratum.rawValue) | screening | \(NeutralText.markdown(words.line($0))) |" }
        + look.map { "| \($0.stratum.rawValue) | second look | \(NeutralText.markdown(words.line($0))) |" }
        + confirmation.map { "| \($0.stratum.rawValue) | confirmation | \(NeutralText.markdown(words.line($0))) |" }
      blocks.append((["| stratum | stage | finding |", "|---|---|---|"] + rows).joined(separator: "\n"))
    }
    if verdict == .same {
      blocks.append(
        "A change would have been found if it was at least: "
          + CheckWording.detectable(detectable).map(NeutralText.markdown).joined(separator: "; ") + ".")
    }
    if verdict == .changed {
      blocks += changes.prefix(20).map { change in
        "**\(NeutralText.markdown(change.probe.rawValue))** (\(change.stratum.rawValue))\n\n"
          + NeutralText.fenced(change.sideBySide.joined(separator: "\n"))
      }
    }
    return Self.cut(blocks, limit: limit)
  }

  private static func cut(_ blocks: [String], limit: Int) -> String {
    var text = ""
    for block in blocks {
      let next = text.isEmpty ? block : "\n\n" + block
      guard text.utf8.count + next.utf8.count + cutNote.utf8.count <= limit else { return text + cutNote }
      text += next
    }
    return text + "\n"
  }
}

extension CheckResult.ProbeChange {
  /// Answers then and now in two columns.
  package var sideBySide: [String] {
    let then = then.map { "\($0.count) × \(Self.shortened($0.answer))" }
    let now = now.map { "\($0.count) × \(Self.shortened($0.answer))" }
    guard !then.isEmpty || !now.isEmpty else {
      return ["long answers or log-probabilities: see the transcripts of the bundle"]
    }
    let width = max(28, (then.map(\.count).max() ?? 0) + 2)
    let rows = (0..<max(then.count, now.count)).map { row in
      (row < then.count ? then[row] : "").padding(to: width) + (row < now.count ? now[row] : "")
    }
    return ["then".padding(to: width) + "now"] + rows
  }

  private static func shortened(_ answer: String) -> String {
    let line = answer.printable
    return line.isEmpty ? "(empty)" : line.shortened(to: 40)
  }
}

extension String {
  fileprivate var firstUpper: String { prefix(1).uppercased() + dropFirst() }
}
