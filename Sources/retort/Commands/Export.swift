import ArgumentParser
import Evidence

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the answers of a case as transcripts, or the case as evidence.",
    discussion: """
      -o DIR writes DIR/transcripts/MODEL.jsonl with the answers that count, DIR/probes.jsonl and DIR/lineage.csv: what \
      `retort compare` reads. Failed attempts and raw bodies stay in the case file.

      -o NAME.evidence or -o NAME.tar writes everything that an opponent needs to check the case without trusting \
      anybody: protocol, every attempt, raw bodies, signed heads of the log, time stamps, and the report. It needs \
      --key. Keys of endpoints, and headers that are not on the list, are never in it.
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
      return try ExportSession(file: file, folder: output, json: json).run()
    }
    try await EvidenceSession(
      file: file, output: output, key: key, authorities: timeStamp,
      withholding: try WithholdingChoice.withholding(redact: redact, heldBack: heldBack), calibration: calibration,
      json: json
    ).run()
  }
}
