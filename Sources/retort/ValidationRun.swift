import CaseFile
import Likelihood

/// Scores every labelled pair of a corpus, gives each a ratio, and writes table and report.
struct ValidationRun {
  let corpus: String
  let pairs: String
  let method: CohortMethod
  /// A file, or `shipped`; nil leaves families out.
  let calibration: String?
  let folder: String
  let seed: UInt64
  let json: Bool

  func run() async throws {
    let frozen = try calibration.map { try ChosenCalibration.read($0, for: method) }
    if let frozen { try Self.refuseSeenFamilies(frozen, pairs: pairs) }
    let found = try await CorpusPairs.read(corpus: corpus, pairs: pairs, method: method, seed: seed, thorough: true)
    let report = ValidationReport(found.scored, lineage: found.lineage, frozen: frozen)
    try FileBytes.write(ValidationText.table(report, method: method).utf8, to: "\(folder)/scores.csv")
    let text = ValidationText(report: report, method: method, pairs: found.pairs, seed: seed, tool: Version.tool)
      .markdown()
    try FileBytes.write(text.utf8, to: "\(folder)/README.md")
    guard json else { return try StandardOutput.write(text) }
    try StandardOutput.json(
      .object([
        "schema": .string("retort.validation/1"), "tool": .string(Version.tool),
        "file": .string("\(folder)/scores.csv"),
        "sets": .array(
          found.counts.map {
            .object(["set": .string($0.set), "pairs": .integer($0.pairs), "scored": .integer($0.scored)])
          }),
      ]))
  }

  /// A family on both sides of the split would be judged by what was learned from it. The very pairs that a calibration was
  /// fitted on are let through: the report says of them that they flatter.
  private static func refuseSeenFamilies(_ frozen: Calibration, pairs file: String) throws {
    guard frozen.pairs != Digest(of: try FileBytes.read(file)) else { return }
    let families = Set(try LabelledPair.read(file: file).filter { $0.label != nil }.map(\.studentFamily))
    let seen = families.intersection(frozen.families).sorted()
    guard seen.isEmpty else { throw LikelihoodError.familiesOnBothSides(seen) }
  }
}

extension AlternativeMixture {
  init(option text: String) throws {
    do { try self.init(parsing: text) } catch {
      throw UsageError.badValue(option: "--weights", value: text, expected: error.expected)
    }
  }
}

/// A calibration that was asked for by name.
enum ChosenCalibration {
  /// - Parameter name: `shipped`, `demo`, or a file.
  static func read(_ name: String, for method: CohortMethod) throws -> Calibration {
    let calibration =
      switch name {
      case Calibration.shippedName: try Calibration.shipped()
      case Calibration.demoName: try Calibration.demo()
      default: try Calibration(parsing: FileBytes.read(name), file: name)
      }
    guard calibration.fits(method) else {
      throw LikelihoodError.calibrationOfOtherChannels(file: name, method: calibration.method)
    }
    return calibration
  }
}
