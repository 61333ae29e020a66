import ArgumentParser
import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import Reporting
import Terminal
import Workflows

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the answers of a case as transcripts, or the case as evidence.",
    discussion: """
      -o DIR writes DIR/transcripts/MODEL.jsonl with the answers that count, DIR/probes.jsonl and DIR/lineage.csv: what `retort compare` reads. \
      Failed attempts and raw bodies stay in the case file.

      -o NAME.evidence or -o NAME.tar writes everything that an opponent needs to check the case without trusting anybody: protocol, every attempt, raw bodies, signed heads of the log, time stamps, and the report. \
      It needs --key. \
      Keys of endpoints, and headers that are not on the list, are never in it.\(HelpExamples.of("export"))
      """)

  @Argument(help: "Case file (.retort).")
  var file: String

  @Option(name: .shortAndLong, help: "Folder for the transcripts; or NAME.evidence or NAME.tar.")
  var output: String

  @Option(help: "Evidence: private key that signs it (retort key new).")
  var key: String?

  @Option(help: "Evidence: time-stamping authority (RFC 3161) by its URL; may be given several times.")
  var timeStamp: [String] = []

  @Flag(help: "Evidence: withhold every text; digests stay, and what is withheld is listed.")
  var redact = false

  @Option(help: "Evidence: withhold the probes of this probe set and all that was answered to them.")
  var heldBack: [String] = []

  @Option(help: "Evidence: another calibration than that of the protocol: shipped, demo, or a file. It is a deviation.")
  var calibration: String?

  @Flag(help: "Print what was exported as JSON on standard output.")
  var json = false

  func validate() throws {
    let isEvidence = EvidencePlace.isMeant(by: output)
    guard isEvidence || (key == nil && timeStamp.isEmpty && !redact && heldBack.isEmpty && calibration == nil) else {
      throw ValidationError("-o \(output): evidence is written to a name that ends in .evidence or .tar.")
    }
    guard !isEvidence || key != nil else {
      throw ValidationError("evidence is signed: add --key FILE; retort key new makes one.")
    }
    try CustodyOptions.check(timeStamp)
  }

  func run() async throws {
    guard EvidencePlace.isMeant(by: output), let key else {
      return try exportAnswers()
    }
    let signer = try SigningKey.read(file: key)
    let summary = try await MakeEvidence(
      of: file, key: signer, authorities: timeStamp, withholding: try withholding(), calibration: calibration,
      environment: ProcessInfo.processInfo.environment, tool: Version.tool
    ).run(to: output) { Talk.say(ErrorSentence.missedStamp($0)) }
    let text = EvidenceText(summary, at: output, signedBy: signer.key)
    try StandardOutput.write(text.document(ofCase: file, tool: Version.tool), or: text.lines, json: json)
  }

  private func exportAnswers() throws {
    let found = try ExportAnswers(of: file).run(to: output)
    for model in found.unanswered { Talk.say("\(model) has no answer yet, and no transcript") }
    guard json else { return try StandardOutput.say(found.files.map(FolderText.line)) }
    try StandardOutput.json(FolderText.document(found, ofCase: file, tool: Version.tool))
  }

  private func withholding() throws -> EvidenceWithholding {
    if redact { return .texts }
    guard !heldBack.isEmpty else { return .nothing }
    return .probes(Set(try heldBack.flatMap { try ProbeSet.read(file: $0).probes.map(\.id) }))
  }
}
