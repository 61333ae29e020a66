import ArgumentParser
import CaseFile
import Cases
import Formats
import Foundation
import Reporting
import Terminal
import Workflows

struct EmbedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Ask an endpoint for the embeddings of recorded answers.",
    discussion: """
      Writes one line of JSON for each answer: model, prompt_id, sample, vector. \
      A file that exists is gone on with: only answers without a vector are sent. \
      The vectors are an optional channel; the embedding model is the user's choice, and what it sees is the topic before anything else.\(HelpExamples.of("embed"))
      """)

  @Argument(help: "Case file (.retort), or folder of transcripts.")
  var source: String

  @Option(help: "URL of the endpoint, up to /v1.")
  var url: String

  @Option(help: "The embedding model, as the server calls it.")
  var model: String

  @Option(help: "Dialect: openai-chat (for /embeddings), azure, ollama or gemini, among others.")
  var dialect = Endpoint.DialectName.openAIChat.rawValue

  @Option(help: "Environment variable with the key.")
  var keyEnv: String?

  @Option(help: "Texts in one request, \(Limits.words(Limits.batch)).")
  var batch = 32

  @Option(name: .shortAndLong, help: "File for the vectors (.jsonl).")
  var output: String

  @Flag(help: "Print counts as JSON.")
  var json = false

  func run() async throws {
    try OutputPlace.checkFile(output)
    try OptionBounds.check(batch, "--batch", in: Limits.batch)
    let endpoint = try EndpointOptions(url: url, model: model, dialect: dialect, keyVariable: keyEnv).endpoint()
    let counts = try await EmbedAnswers(
      AnswerSource(path: source), endpoint: endpoint, environment: ProcessInfo.processInfo.environment
    ).run(batch: batch, to: output) { Talk.say(EndpointKeyText.unguarded($0)) }
    Talk.say("\(counts.added) vectors added to \(output), \(counts.answers - counts.added) were there")
    guard json else { return }
    try StandardOutput.json(
      .document(
        "retort.embed/1", tool: Version.tool,
        [
          "file": .string(output),
          "answers": .integer(counts.answers), "added": .integer(counts.added),
        ]))
  }
}
