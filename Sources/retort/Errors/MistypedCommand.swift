import ArgumentParser
import Formats

/// A word where a command is asked for that is none.
struct MistypedCommand {
  let word: String
  /// The commands before it.
  let path: [String]
  let nearest: String?

  /// nil where every word that must be a command is one.
  init?(_ arguments: [String]) {
    var commands: [any ParsableCommand.Type] = Retort.configuration.subcommands
    var path = ["retort"]
    for argument in arguments {
      guard !commands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      let names = commands.map { $0._commandName }
      guard let place = names.firstIndex(of: argument) else {
        (word, self.path, nearest) = (argument, path, NearestWord.of(argument, among: names))
        return
      }
      path.append(argument)
      commands = commands[place].configuration.subcommands
    }
    return nil
  }

  var sentence: String {
    let command = path.joined(separator: " ")
    return """
      \(command) has no command \(word)\(nearest.map { ": did you mean \($0)?" } ?? "") (see \(command) --help)
      """
  }
}
