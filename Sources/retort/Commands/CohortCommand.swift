import ArgumentParser
import Formats
import Importing
import Terminal
import Workflows

struct CohortCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort", abstract: "Make a cohort of answers that others recorded.", subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make transcripts, prompts and a table of lineage of a folder of recorded answers.",
      discussion: """
        Reads the answers of AlpacaEval, arena-hard, FastChat, lm-eval, promptfoo, inspect_ai and others in a folder and the folders within, and tells their formats apart by what is in them. \
        Where a file does not name its model, the file's name does, or its folder's. \
        Writes DIR/transcripts/MODEL.jsonl, in which each line says what was asked, DIR/probes.jsonl and DIR/lineage.csv. \
        In the table developers are guessed from names; the rest is for you to fill: relatives leave a cohort by it. \
        A case takes the folder as its cohort: cohort: [{transcripts: DIR}], or retort init --cohort DIR.

        Examples:
          retort cohort import alpaca_eval/results -o cohort
          retort cohort import answers -o cohort --fewest-prompts 500 --match-by-text
        """)

    @Argument(help: "Folder of recorded answers.")
    var folder: String

    @Option(name: .shortAndLong, help: "Folder for the cohort.")
    var output: String

    @Option(help: "Format of all files; default: what each file shows.")
    var format: ImportFormat?

    @Option(
      help: ArgumentHelp(
        "Name of a field of jsonl or csv; roles: \(ImportFields.Role.allCases.map(\.rawValue).joined(separator: ", ")).",
        valueName: "role=name"))
    var field: [String] = []

    @Option(help: ArgumentHelp("Field of the answer in jsonl or csv, or the path to it.", valueName: "path"))
    var answerField: String?

    @Flag(help: "Name prompts by their texts: for files that give one prompt several names.")
    var matchByText = false

    @Option(help: "Leave models out that answered fewer prompts; 1 or more.")
    var fewestPrompts = 1

    @Flag(help: "Print what was written as JSON on standard output.")
    var json = false

    func run() throws {
      try OptionBounds.check(fewestPrompts, "--fewest-prompts", in: 1...Limits.shown.upperBound)
      let text = CohortText(
        try ImportCohort(
          folder, format: format, fields: try FieldChoice.fields(field + (answerField.map { ["text=\($0)"] } ?? [])),
          matchesByText: matchByText,
          minimumPrompts: fewestPrompts
        ).run(to: output))
      text.notes.forEach { Talk.say($0) }
      try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    }
  }
}
