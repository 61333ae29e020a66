/// Where the files of evidence lie that are made from its records, and how all of them are ordered in an archive.
package enum EvidenceLayout {
  package static let calibration = "analysis/calibration.json"
  package static let result = "report/result.json"
  package static let markdown = "report/report.md"
  package static let html = "report/report.html"
  /// In place of a report, where the case holds likelihoods of given answers.
  package static let likelihoods = "report/likelihood.json"
  package static let guide = "VERIFY.md"

  /// All that a report is: none of it lies beside likelihoods.
  package static let report = [result, markdown, html]

  /// Files that have one place each, in the order in which an export writes them; bodies and what has the number of a checkpoint
  /// stand between.
  private static let first = [
    "protocol.json", "plan.jsonl", EvidenceLog.path, "outcomes.jsonl", "commitments.jsonl", "revealed.jsonl",
    "withheld.jsonl",
  ]
  private static let last =
    ["keys.txt"] + report + [likelihoods, guide, EvidenceManifest.path, EvidenceManifest.notePath]

  /// The place of a file in an archive, to be compared; nil for a path that no evidence has.
  static func order(of path: String) -> [Int]? {
    func place(_ list: [String]) -> Int? { list.firstIndex { $0.utf8.elementsEqual(path.utf8) } }
    if let place = place(first) { return [0, place] }
    // Their own order is that of the digests.
    if EvidenceManifest.body(at: path) != nil { return [1] }
    if let place = NumberedFiles.place(of: path) { return [2] + place.order }
    // It has stood before the guide and after it.
    if path.utf8.elementsEqual(calibration.utf8) { return order(of: guide) }
    return place(last).map { [3, $0] }
  }
}
