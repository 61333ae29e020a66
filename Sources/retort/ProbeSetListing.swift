import CaseFile
import Reporting

/// Reads probe sets, and says what they hold and what is wrong with them.
struct ProbeSetListing {
  let files: [String]
  let isCheck: Bool
  let json: Bool

  /// - Throws: `ProbeSetFindings` if a check found something; it is told by then.
  func run() throws {
    let review = ProbeSetReview(of: try ProbeSetReview.sets(of: files))
    guard !review.sets.isEmpty else { throw UsageError.noProbeSet(files) }
    let text = ProbeSetText(review, isCheck: isCheck)
    try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    if isCheck, !review.findings.isEmpty { throw ProbeSetFindings(count: review.findings.count) }
  }
}

/// A check that found something; what it was is on standard output.
struct ProbeSetFindings: Error {
  let count: Int
}
