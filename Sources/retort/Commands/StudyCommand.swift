import ArgumentParser
import Cases
import Rendering
import Reporting
import Terminal
import Workflows

struct StudyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Ask one question of several suspects and sets of recorded answers.",
    discussion: """
      Writes a report for each suspect, and a README.md over all of them, without excerpts of anybody's text. \
      Reports/deepseek/study.yaml is an example.\(HelpExamples.of("study"))
      """)

  @Argument(help: "Study (YAML): sets of answers, suspects, candidates.")
  var file: String

  @Option(help: "Folder of the sets, each with responses/ and prompts.jsonl.")
  var corpus: String

  @Option(name: .shortAndLong, help: "Folder for README.md and the reports.")
  var output: String

  @Flag(help: "Print a summary as JSON instead of the README.")
  var json = false

  func run() async throws {
    let text = try await MakeStudy(try StudyReader.read(file: file), corpus: corpus, tool: Version.tool).run(
      to: output
    ) {
      Talk.say("\($0.set): \($0.suspect), \($0.candidates) candidates")
    }
    guard json else { return try StandardOutput.write(text.markdown()) }
    try StandardOutput.json(text.document(folder: output))
  }
}
