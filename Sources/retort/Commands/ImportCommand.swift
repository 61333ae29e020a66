import ArgumentParser
import Cases
import Formats
import Importing
import Terminal
import Workflows

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn answers that other tools recorded into transcripts.",
    discussion: """
      Writes DIR/transcripts/MODEL.jsonl and, where the prompts are known, DIR/probes.jsonl. \
      Formats: alpaca_eval (model_outputs.json), promptfoo (results, JSON or JSONL), inspect_ai (log, JSON), lm-eval (samples, JSONL), openai-batch, anthropic-batch and gemini-batch (output; give the input file as well for the prompts), every-eval-ever (samples, JSONL), jsonl (also a JSON list, and the answers of FastChat, arena-hard and ShareGPT) and csv (commas, semicolons or tabs). \
      A prompt keeps the name that the source gives it, else it is named by a hash of its text. \
      Empty answers and refusals are kept; what cannot be imported is counted and named, and so is what was taken for prompt and answer. \
      UTF-16 shows itself, code pages do not. \
      The same files give the same bytes.\(HelpExamples.of("import"))
      """)

  @Argument(help: "Format of the files.")
  var format: ImportFormat

  @Argument(help: "Files to read; a name in .gz may be compressed.")
  var files: [String]

  @Option(name: .shortAndLong, help: "Folder for the transcripts.")
  var output: String

  @Option(help: "Name of the model, for files that do not say it or say it wrong.")
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Name of a field of jsonl or csv; roles: \(ImportFields.Role.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "role=name"))
  var field: [String] = []

  @Option(help: ArgumentHelp("Field of the answer in jsonl or csv, or the path to it.", valueName: "path"))
  var answerField: String?

  @Option(
    help: ArgumentHelp(
      "How the files are written: \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "encoding"))
  var encoding: TextEncoding?

  @Flag(help: "Name prompts by their texts: for files that give one prompt several names.")
  var matchByText = false

  @Flag(help: "Print what was imported as JSON on standard output.")
  var json = false

  func run() throws {
    let found = try ImportAnswers(
      files, format: format, model: model.map { ModelID($0) },
      fields: try FieldChoice.fields(field + (answerField.map { ["text=\($0)"] } ?? [])), encoding: encoding,
      matchesByText: matchByText
    ).run(to: output)
    let text = ImportText(found.imported, found.files, debris: found.debris)
    text.notes.forEach { Talk.say($0) }
    try StandardOutput.write(
      text.document(format: format, sources: files, tool: Version.tool), or: text.lines, json: json)
  }
}

extension ImportFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
