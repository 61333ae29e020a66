import Foundation

/// The files that belong to a baseline, by its name.
package struct CheckFiles: Sendable {
  private let baseline: String

  package init(baseline: String) { self.baseline = baseline }

  private var stem: String { baseline.hasSuffix(".json") ? String(baseline.dropLast(".json".count)) : baseline }

  /// The folder that a baseline lies in, with its slash; empty for the present one.
  private var folder: String { baseline.lastIndex(of: "/").map { String(baseline[...$0]) } ?? "" }

  package var sessions: String { "\(stem).sessions" }
  package var ledger: String { "\(stem).ledger.jsonl" }
  package var check: String { "\(stem).check" }
  package var name: String { stem.split(separator: "/").last.map(String.init) ?? stem }

  /// What the last clean run saw lies beside the ledger that tells of it.
  package static func latest(besideLedger ledger: String) -> String {
    (ledger.hasSuffix(".jsonl") ? String(ledger.dropLast(".jsonl".count)) : ledger) + ".latest.json"
  }

  /// A path as it is written into the baseline: relative to its folder, so that both can be moved together.
  func relative(_ path: String) -> String {
    let here = URL(fileURLWithPath: folder.isEmpty ? "." : folder).standardizedFileURL.pathComponents
    let there = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    let common = zip(here, there).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: here.count - common) + there.dropFirst(common)).joined(separator: "/")
  }

  func resolved(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }
}
