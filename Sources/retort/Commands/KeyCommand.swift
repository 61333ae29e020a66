import ArgumentParser
import CaseFile
import Custody
import Formats
import Reporting
import Terminal

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make a key that signs logs and evidence, or show its public part.", subcommands: [New.self, Show.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a private key in a file that only you can read; print what others need to check your signatures.",
      discussion: """
        Publish the verifier key where others find it before there is a case: it is what they trust.\(HelpExamples.of("key new"))
        """)

    @Argument(help: "Name of the key, such as lab.example.org.")
    var name: String

    @Option(name: .shortAndLong, help: "File for the private key.")
    var output: String

    @Flag(help: "Print the public keys as JSON.")
    var json = false

    func run() throws {
      try OutputPlace.checkFile(output)
      guard let key = SigningKey(newNamed: name) else {
        throw CustodyError.badKeyName(file: output, name)
      }
      try key.write(to: output)
      Talk.say("private key: \(output), for your eyes only; keep a copy where nobody else gets at it")
      try KeyCommand.tell(key.key, json: json)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the public keys of a private key.",
      discussion: HelpExamples.of("key show"))

    @Argument(help: "File of the private key.")
    var file: String

    @Flag(help: "Print the public keys as JSON.")
    var json = false

    func run() throws { try KeyCommand.tell(try SigningKey.read(file: file).key, json: json) }
  }

  private static func tell(_ key: NoteKey, json: Bool) throws {
    try StandardOutput.write(KeyText.document(key, tool: Version.tool), or: KeyText.lines(key), json: json)
  }
}
