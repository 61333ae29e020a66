import ArgumentParser
import Terminal

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page; `retort manual | man -l -` shows it.")

  func run() throws {
    guard let page = ManualPage(help: Retort._dumpHelp(), tool: Version.tool) else { throw ManualError.noDescription }
    try StandardOutput.write(page.text)
  }
}
