import ArgumentParser
import CaseFile

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the answers of a case as transcripts.",
    discussion: """
      Writes DIR/transcripts/MODEL.jsonl with the answers that count, DIR/probes.jsonl and DIR/lineage.csv: what \
      `retort compare` reads. Failed attempts and raw bodies stay in the case file.
      """)

  @Argument(help: "Case file (.retort).")
  var file: String

  @Option(name: .shortAndLong, help: "Folder for the transcripts.")
  var output: String

  @Flag(help: "Print what was exported as JSON on standard output.")
  var json = false

  func run() throws {
    try ExportSession(file: file, folder: output, json: json).run()
  }
}
