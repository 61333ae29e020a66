import Formats
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

  /// Lies among sessions that were refused.
  private var refusal: String { "\(sessions)/refused.txt" }
  /// Lies among sessions that others were set aside for, and has their number.
  private var beginning: String { "\(sessions)/begun-anew.txt" }

  var areRefused: Bool { FileBytes.exists(refusal) }

  func refuse(at time: String) throws {
    try FileBytes.write("retort baseline create refused these sessions: \(time)\n".utf8, to: refusal)
  }

  func forgetRefusal() throws {
    if areRefused { try FileManager.default.removeItem(atPath: refusal) }
  }

  /// How often sessions were set aside before these, as their folders say too: a program may end between moving them and writing
  /// that it did.
  func refusals() throws -> Int {
    let aside = sessionsSetAside
    guard FileBytes.exists(beginning) else { return aside }
    return max(aside, Int(String(decoding: try FileBytes.read(beginning), as: UTF8.self)) ?? 0)
  }

  private var sessionsSetAside: Int {
    var number = 0
    while FileBytes.exists("\(sessions).refused-\(number + 1)") { number += 1 }
    return number
  }

  /// Makes room for new sessions.
  ///
  /// - Returns: where those that were refused are from now on.
  func setSessionsAside() throws -> String {
    let before = try refusals()
    let number = sessionsSetAside + 1
    let aside = "\(sessions).refused-\(number)"
    try FileManager.default.moveItem(atPath: sessions, toPath: aside)
    try FileBytes.write("\(max(number, before + 1))".utf8, to: beginning)
    return aside
  }

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

  /// Where a result lies while the next check of its folder is under way.
  static func previous(in folder: String) -> String { "\(folder)/previous.json" }

  /// The folder of several checks, each in a folder of its own there: what tells of all of them.
  private static func summary(in folder: String) -> String { "\(folder)/summary.json" }

  /// Everything that a check writes beside documents of its own, which alone say whose it is.
  private static let renderings = ["report.md", "junit.xml", "timeline.svg", "report.txt"]

  /// - Throws: `FileError.wouldOverwrite` for a file under a name that a check writes to, unless a check wrote it.
  package static func guardPlace(_ folder: String) throws {
    let documents = ["\(folder)/result.json", previous(in: folder), summary(in: folder)].filter(FileBytes.exists)
    for file in documents where try !isOfCheck(file) { throw FileError.wouldOverwrite(file: file) }
    guard documents.isEmpty else { return }
    if let file = renderings.lazy.map({ "\(folder)/\($0)" }).first(where: FileBytes.exists) {
      throw FileError.wouldOverwrite(file: file)
    }
  }

  private static func isOfCheck(_ file: String) throws -> Bool {
    guard FileBytes.isRegular(file),
      let schema = JSONValue(parsing: try FileBytes.read(file), upTo: .file)?["schema"]?.string
    else { return false }
    return schema.hasPrefix("retort.check/") || schema.hasPrefix("retort.check-summary/")
  }

  /// Takes the last result out of sight before a check begins: if that ends without one, nothing in its folder says the same
  /// as before. How far the ledger went by it is still known.
  ///
  /// - Throws: `FileError.wouldOverwrite` for files that are not a check's, before anything is touched.
  package static func setAside(in folder: String) throws {
    try guardPlace(folder)
    let result = "\(folder)/result.json"
    let files = FileManager.default
    if files.fileExists(atPath: result) {
      try? files.removeItem(atPath: previous(in: folder))
      try files.moveItem(atPath: result, toPath: previous(in: folder))
    }
    for name in renderings {
      let file = "\(folder)/\(name)"
      if files.fileExists(atPath: file) { try files.removeItem(atPath: file) }
    }
  }

  /// A run's name as part of a file's.
  static func name(ofRun run: String) -> String {
    String(run.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
  }

  /// After the new result was written.
  package static func forgetPrevious(in folder: String) {
    try? FileManager.default.removeItem(atPath: previous(in: folder))
  }
}
