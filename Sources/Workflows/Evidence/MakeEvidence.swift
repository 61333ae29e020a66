import CaseFile
import Cases
package import Custody
package import Evidence
import Formats
import Likelihood
import Probing
import Rendering
import Reporting
import Validation

/// A case as evidence: the report is computed as the protocol says, the log is signed, and everything is written out.
package struct MakeEvidence: Sendable {
  private let file: String
  private let key: SigningKey
  private let authorities: [String]
  private let withholding: EvidenceWithholding
  private let calibration: String?
  private let environment: [String: String]
  private let tool: String

  /// - Parameters:
  ///   - file: of the case.
  ///   - authorities: time-stamping authorities, by their URLs.
  ///   - calibration: `shipped`, `demo`, or a file: another one than the protocol names is a deviation. nil takes that one.
  package init(
    of file: String, key: SigningKey, authorities: [String] = [], withholding: EvidenceWithholding = .nothing,
    calibration: String? = nil, environment: [String: String], tool: String
  ) {
    self.file = file
    self.key = key
    self.authorities = authorities
    self.withholding = withholding
    self.calibration = calibration
    self.environment = environment
    self.tool = tool
  }

  /// - Parameter missed: called with each promised stamp that no authority gave: the log says so too.
  package func run(
    to output: String, missed: (CustodyError) -> Void = { _ in }
  ) async throws -> EvidenceExport.Summary {
    try await CaseStore.withOpen(at: file, for: .writing) { store in
      guard let frozen = try store.frozenProtocol() else { throw CaseFileError.noLog(file: file) }
      let given = try store.givenAnswers()
      let attachments: [(path: String, bytes: [UInt8])]
      if given.isEmpty {
        attachments = try await report(store, planned: frozen["analysis"], missed)
      } else {
        try store.record(tool: tool)
        try await sign(store, missed)
        let contents = try store.contents()
        let findings = LikelihoodFindings(contents, given).document(
          tool: tool, reference: ReferenceFindings(contents, given, calibration: try .shipped()))
        attachments = [(EvidenceLayout.likelihoods, Array(findings.canonical.utf8))]
      }
      return try EvidenceExport(
        store, key: key, withholding: withholding,
        attachments: attachments + [(path: EvidenceLayout.guide, bytes: Array(VerificationGuide.text.utf8))]
      ).write(to: output)
    }
  }

  /// The log is signed when it says what the report was made with, and before it is made.
  private func report(
    _ store: CaseStore, planned: JSONValue?, _ missed: (CustodyError) -> Void
  ) async throws -> [(path: String, bytes: [UInt8])] {
    let method = try CohortMethod.named(planned?["method"]?.integer ?? CohortMethod.unstated.version)
    let calibration = try chosen(planned, method)
    try store.recordAnalysis(method: method.version, calibration: calibration?.digest, tool: tool)
    try store.record(tool: tool)
    try await sign(store, missed)
    let report = try await AnalyseCase(
      method: method, calibration: calibration, excerpts: withholding == .nothing, tool: tool
    ).report(try store.contents())
    let files = try ReportFiles(report).named.map { (path: EvidenceLayout.reportFolder + $0.name, bytes: $0.bytes) }
    guard let calibration else { return files }
    return files + [(path: EvidenceLayout.calibration, bytes: Array(calibration.json.canonical.utf8))]
  }

  private func sign(_ store: CaseStore, _ missed: (CustodyError) -> Void) async throws {
    let transport = try HTTPTransport(connections: 1, environment: environment)
    do {
      let custody = RunCustody(key: key, authorities: authorities.map { PlannedCustody.Authority(url: $0) })
      try await custody.secure(store, over: transport, at: .end).forEach(missed)
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
  }

  /// The calibration that the protocol names, unless another one is asked for: that one is a deviation.
  private func chosen(_ planned: JSONValue?, _ method: CohortMethod) throws -> Calibration? {
    if let calibration { return try Calibration.named(calibration, for: method) }
    guard let planned else { return try .shipped(for: method) }
    guard let digest = planned["calibration_sha256"]?.string else { return nil }
    let known =
      try [Calibration.shipped(), Calibration.demo()] + Calibration.shippedBefore() + Calibration.demoBefore()
    guard let planned = known.first(where: { $0.digest.hex == digest }) else {
      throw EvidenceError.calibrationMissing(file: file, digest: digest)
    }
    return planned
  }
}
