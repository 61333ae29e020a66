import CaseFile
import Foundation
import Likelihood
import Reporting
import Similarity
import Statistics

/// From the contents of a case to the files of its report, and the verdict on standard output.
struct AnalysisOutput {
  let folder: String
  let json: Bool
  var method = CohortMethod.version2
  /// nil takes the shipped one, where it holds for the method.
  var calibration: Calibration?
  var mixture: AlternativeMixture?
  /// Whether words of models and probes may stand in the report.
  var excerpts = true

  @discardableResult
  func write(_ contents: CaseContents) async throws -> Reporting.Report {
    let report = try await Self.report(
      contents, method: method, calibration: calibration, mixture: mixture, excerpts: excerpts)
    let result = try Self.write(report, to: folder)
    if json {
      try StandardOutput.write(result)
    } else {
      try StandardOutput.say(report.verdictLines)
    }
    Talk.say("report: \(folder)/report.html, report.md, result.json")
    return report
  }

  /// - Returns: the bytes of `result.json`.
  @discardableResult
  static func write(_ report: Reporting.Report, to folder: String) throws -> [UInt8] {
    let result = try report.json()
    try FileBytes.write(result, to: "\(folder)/result.json")
    let digest = Digest(of: result)
    try FileBytes.write(try report.markdown(result: digest).utf8, to: "\(folder)/report.md")
    try FileBytes.write(try report.html(result: digest).utf8, to: "\(folder)/report.html")
    return result
  }

  static func report(
    _ contents: CaseContents, method: CohortMethod = .version2, calibration: Calibration? = nil,
    mixture: AlternativeMixture? = nil, shared: Similarity.Measurement? = nil, excerpts: Bool = true
  ) async throws -> Reporting.Report {
    let shipped = try Calibration.shipped()
    return try await report(
      contents, method: method, exactly: calibration ?? (shipped.fits(method) ? shipped : nil), mixture: mixture,
      tool: Version.tool, shared: shared, excerpts: excerpts)
  }

  /// - Parameters:
  ///   - calibration: the one to use; nil gives no likelihood ratio.
  ///   - tool: what the report names as having made it, and `arithmetic` as having computed it; nil names what does.
  static func report(
    _ contents: CaseContents, method: CohortMethod, exactly calibration: Calibration?,
    mixture: AlternativeMixture? = nil, tool: String, arithmetic: Analysis.Arithmetic? = nil,
    shared: Similarity.Measurement? = nil, excerpts: Bool = true
  ) async throws -> Reporting.Report {
    guard !contents.probes.values.contains(where: { $0.given != nil }) else {
      throw UsageError.caseOfLikelihoods(file: contents.name)
    }
    let analysis = try await CohortAnalysis(method: method, calibration: calibration).run(contents, shared: shared)
    let gate = SameModelGate(permutation: StratifiedPermutation(seed: contents.seed))
    var sameModel: [ModelID: SameModelGate.Result] = [:]
    for finding in analysis.candidates {
      guard let a = contents.transcripts[contents.suspect], let b = contents.transcripts[finding.candidate] else {
        continue
      }
      let others = finding.selection.members.compactMap { contents.transcripts[$0] }
      sameModel[finding.candidate] = await gate.decide(a, b, others: others)
    }
    return Reporting.Report(
      contents, analysis, sameModel: sameModel, mixture: mixture,
      reasoning: await ReasoningComparison.all(contents), tool: tool, arithmetic: arithmetic, excerpts: excerpts)
  }
}
