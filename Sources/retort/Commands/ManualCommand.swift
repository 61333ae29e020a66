import ArgumentParser
import Formats
import Terminal

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page; `retort manual | man -l -` shows it.",
    discussion:
      "With --output a page for each command is written: retort.1, retort-run.1 and so on, as make install does.")

  @Option(name: .shortAndLong, help: "Folder for one page a command.")
  var output: String?

  func run() throws {
    guard let page = ManualPage(help: Retort._dumpHelp(), tool: Version.tool) else { throw ManualError.noDescription }
    guard let output else { return try StandardOutput.write(page.text) }
    for (file, text) in page.pages { try FileBytes.write(text.utf8, to: "\(output)/\(file)") }
    try StandardOutput.say("\(output): \(page.pages.count) pages")
  }
}
