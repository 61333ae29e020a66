import ArgumentParser

struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page; `retort manual | man -l -` shows it.")

  func run() throws {
    guard let page = ManualPage() else { throw ManualError.noDescription }
    try StandardOutput.write(page.text)
  }
}

enum ManualError: Error {
  /// The argument parser describes the commands in a way that is not understood.
  case noDescription
}
