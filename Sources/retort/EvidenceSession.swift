import CaseFile
import Foundation
import Likelihood
import Probing
import Reporting

/// A case as evidence: the report is computed as the protocol says, the log is signed, and everything is written out.
struct EvidenceSession {
  let file: String
  let output: String
  let key: String
  let authorities: [String]
  let withholding: EvidenceWithholding
  let calibration: String?
  let json: Bool

  func run() async throws {
    let key = try SigningKey.read(file: key)
    let store = try CaseStore.open(at: file, for: .writing)
    let summary: EvidenceExport.Summary
    do {
      summary = try await export(store, key)
    } catch {
      try? store.close()
      throw error
    }
    try store.close()
    guard json else {
      try StandardOutput.say(
        "\(output): \(summary.attempts) attempts, \(summary.records) records, \(summary.files) files")
      try StandardOutput.say("root \(summary.root), signed by \(key.key)")
      if summary.withheld > 0 { try StandardOutput.say("\(summary.withheld) texts are withheld: see withheld.jsonl") }
      return
    }
    try StandardOutput.json(
      .object([
        "schema": .string("retort.evidence/1"), "tool": .string(Version.tool), "case": .string(file),
        "evidence": .string(output), "files": .integer(summary.files), "records": .integer(summary.records),
        "attempts": .integer(summary.attempts), "withheld": .integer(summary.withheld),
        "root": .string(summary.root.hex), "manifest_sha256": .string(summary.manifest.hex),
        "key": .string(key.key.text(.note)),
      ]))
  }

  private func export(_ store: CaseStore, _ key: SigningKey) async throws -> EvidenceExport.Summary {
    let frozen = try store.frozenProtocol()
    guard let frozen else { throw CaseFileError.custody(file: file, .noLog) }
    let given = try store.givenAnswers()
    if !given.isEmpty {
      try await sign(store, key)
      let findings = LikelihoodFindings(try store.contents(), given).document(tool: Version.tool)
      return try EvidenceExport(
        store, key: key, withholding: withholding,
        attachments: [
          (EvidenceReport.likelihoods, Array(findings.canonical.utf8)),
          ("VERIFY.md", Array(VerificationGuide.text.utf8)),
        ]
      ).write(to: output)
    }
    let method = try CohortMethod.named(frozen["analysis"]?["method"]?.integer ?? CohortMethod.version2.version)
    let calibration = try chosen(frozen["analysis"], method)
    let planned = frozen["analysis"]
    if planned?["method"]?.integer != method.version
      || planned?["calibration_sha256"]?.string != calibration?.digest.hex
    {
      try store.recordAnalysis(method: method.version, calibration: calibration?.digest, tool: Version.tool)
    }
    try await sign(store, key)
    let report = try await AnalysisOutput.report(
      try store.contents(), method: method, exactly: calibration, tool: Version.tool,
      excerpts: withholding == .nothing)
    let result = try report.json()
    let digest = Digest(of: result)
    var attachments: [(path: String, bytes: [UInt8])] = [
      ("report/result.json", result), ("report/report.md", Array(try report.markdown(result: digest).utf8)),
      ("report/report.html", Array(try report.html(result: digest).utf8)),
      ("VERIFY.md", Array(VerificationGuide.text.utf8)),
    ]
    if let calibration {
      attachments.append((EvidenceReport.calibration, Array(calibration.json.canonical.utf8)))
    }
    return try EvidenceExport(store, key: key, withholding: withholding, attachments: attachments).write(to: output)
  }

  private func sign(_ store: CaseStore, _ key: SigningKey) async throws {
    let transport = HTTPTransport(
      connections: 1, authorities: try TrustedAuthorities.file(ProcessInfo.processInfo.environment))
    do {
      let custody = RunCustody(key: key, authorities: authorities.map { PlannedCustody.Authority(url: $0) })
      for missed in try await custody.secure(store, over: transport, at: .end) {
        Talk.say("\(ErrorReport.explanation(of: missed)?.line ?? ""); the log says so, and so will the evidence")
      }
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
  }

  /// The calibration that the protocol names, unless another one is asked for: that one is a deviation.
  private func chosen(_ planned: JSONValue?, _ method: CohortMethod) throws -> Calibration? {
    if let calibration { return try ChosenCalibration.read(calibration, for: method) }
    guard let planned else {
      let shipped = try Calibration.shipped()
      return shipped.fits(method) ? shipped : nil
    }
    guard let digest = planned["calibration_sha256"]?.string else { return nil }
    guard let known = try [Calibration.shipped(), Calibration.demo()].first(where: { $0.digest.hex == digest }) else {
      throw CaseFileError.custody(file: file, .calibrationMissing(digest: digest))
    }
    return known
  }
}

/// What is withheld, from the options of the command.
enum WithholdingChoice {
  static func withholding(redact: Bool, heldBack: [String]) throws -> EvidenceWithholding {
    if redact { return .texts }
    guard !heldBack.isEmpty else { return .nothing }
    return .probes(Set(try heldBack.flatMap { try ProbeSet.read(file: $0).probes.map(\.id) }))
  }
}
