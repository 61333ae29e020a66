import ArgumentParser
import Custody
import Evidence
import Reporting
import Terminal
import Workflows

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check evidence: one line a check, offline; computes the report anew.",
    discussion: """
      Exit codes: 0 everything holds, 20 something was changed, 21 a signature is missing or wrong, 22 a time is, 23 the plan was not followed to its end, 24 the report says something else than its data, 25 the raw requests and responses say something else than was planned and analysed. \
      Of several, the least; 3 if there is no evidence to read.\(HelpExamples.of("verify"))
      """)

  @Argument(help: "Evidence: a folder or a .tar that retort export made.")
  var evidence: String

  @Option(help: "Verifier key, or a file with it, that must have signed; default: the one that the evidence names.")
  var key: [String] = []

  @Option(help: "Verifier key of a party that must have cosigned the log.")
  var witness: [String] = []

  @Option(help: "Certificates (PEM) of time-stamping authorities that you trust.")
  var authority: [String] = []

  @Option(help: "Signed head that you were shown earlier (retort cosign): the log must continue it.")
  var head: [String] = []

  @Flag(help: "Check everything but the report, which takes the most time.")
  var noReport = false

  @Flag(help: "Print the checks as JSON.")
  var json = false

  func run() async throws {
    let checks = try await VerifyEvidence(
      of: evidence, keys: try key.map { try KeyChoice.verifier($0) },
      witnesses: try witness.map { try KeyChoice.verifier($0, algorithm: .cosignature) },
      anchors: try authority.flatMap { try CustodyOptions.certificates($0, option: "--authority") }, heads: head,
      tool: Version.tool
    ).run(withReport: !noReport) { ErrorReport.explanation(of: $0)?.line }
    try StandardOutput.write(
      VerificationText.document(checks, of: evidence, tool: Version.tool), or: VerificationText.lines(checks),
      json: json)
    if let promise = checks.filter(\.failed).map(\.promise).min() { throw EvidenceRejected(evidence, promise, checks) }
  }
}
