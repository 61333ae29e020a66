import ArgumentParser
import Custody
import Evidence
import Formats
import Reporting
import Terminal
import Workflows

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check evidence: one line a check, offline; computes the report anew.",
    discussion: """
      Exit codes: 0 everything holds, 20 something was changed, 21 a signature is missing or wrong, 22 a time is, 23 the plan was not followed to its end, 24 the report says something else than its data, 25 the raw requests and responses say something else than was planned and analysed. \
      Of several, the least; 3 if there is no evidence to read, 64 if an option, or the key, head or certificates that it names, cannot be read.\(HelpExamples.of("verify"))
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
      of: evidence, keys: try Self.read(key, of: "--key") { try KeyChoice.verifier($0) },
      witnesses: try Self.read(witness, of: "--witness") { try KeyChoice.verifier($0, algorithm: .cosignature) },
      anchors: try Self.read(authority, of: "--authority") {
        try CustodyOptions.certificates($0, option: "--authority")
      }.flatMap { $0 },
      heads: try Self.read(head, of: "--head", Self.shownHead), tool: Version.tool
    ).run(withReport: !noReport) { ErrorReport.explanation(of: $0)?.line }
    try StandardOutput.write(
      VerificationText.document(checks, of: evidence, tool: Version.tool), or: VerificationText.lines(checks),
      json: json)
    if let promise = checks.filter(\.failed).map(\.promise).min() { throw EvidenceRejected(evidence, promise, checks) }
  }

  /// What an option names. Whatever is wrong with it is a mistake on the command line: 3 says that there is no evidence.
  ///
  /// - Throws: `UsageError`
  private static func read<Value>(
    _ given: [String], of option: String, _ reading: (String) throws -> Value
  ) throws -> [Value] {
    try given.map { text in
      do { return try reading(text) } catch let error as UsageError { throw error } catch {
        throw UsageError.notReadable(option: option, problem: ErrorSentence.of(error) ?? "\(text): \(error)")
      }
    }
  }

  /// The head in a file, with the proof for a witness before it or without.
  private static func shownHead(_ file: String) throws -> SignedNote {
    guard let update = HeadUpdate(parsing: try FileBytes.read(file, upTo: Limits.vouchingBytes)) else {
      throw CustodyError.noCheckpoint(file: file)
    }
    return update.note
  }
}
