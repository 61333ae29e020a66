import ArgumentParser

struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
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
