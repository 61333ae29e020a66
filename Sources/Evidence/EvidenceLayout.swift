/// Where the files of evidence lie that have one place each, and how all of them are ordered in an archive. What has the number of a
/// checkpoint is in `NumberedFiles`, bodies are in `EvidenceManifest`.
package enum EvidenceLayout {
  static let frozenProtocol = "protocol.json"
  static let plan = "plan.jsonl"
  static let records = "records.jsonl"
  /// The text of each answer or failure, in the order of the attempts.
  static let outcomes = "outcomes.jsonl"
  static let commitments = "commitments.jsonl"
  static let revealed = "revealed.jsonl"
  static let withheld = "withheld.jsonl"
  static let keys = "keys.txt"
  static let manifest = "MANIFEST.sha256"
  static let manifestNote = "MANIFEST.note"

  package static let calibration = "analysis/calibration.json"
  package static let result = "report/result.json"
  package static let markdown = "report/report.md"
  package static let html = "report/report.html"
  /// In place of a report, where the case holds likelihoods of given answers.
  package static let likelihoods = "report/likelihood.json"
  package static let guide = "VERIFY.md"

  /// All that a report is: none of it lies beside likelihoods.
  package static let report = [result, markdown, html]

  package static let reportFolder = "report/"
  static let analysisFolder = "analysis/"

  /// Files that no evidence lacks, in the order in which they are missed.
  static let needed = first + [keys]

  /// In the order in which an export writes them: bodies and what has the number of a checkpoint come between the two lists.
  private static let first = [frozenProtocol, plan, records, outcomes, commitments, revealed, withheld]
  private static let last = [keys] + report + [likelihoods, guide, manifest, manifestNote]

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
