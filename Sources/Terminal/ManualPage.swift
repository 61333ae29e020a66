import Formats

/// The manual page, made of what the argument parser knows of the commands: it cannot say anything else than `--help`.
///
/// The plugin `generate-manual` of swift-argument-parser makes one page a command and needs a second build of the
/// package; this is one page, from the program itself.
package struct ManualPage {
  private let root: JSONValue
  private let tool: String

  /// - Parameter help: the argument parser's description of the commands, as JSON.
  /// - Returns: nil if that cannot be read.
  package init?(help: String, tool: String) {
    guard let command = JSONValue(parsing: help)?["command"] else { return nil }
    root = command
    self.tool = tool
  }

  /// roff, for `man -l`.
  package var text: String {
    let name = root["commandName"]?.string ?? ""
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(Self.escaped(tool))\" \"User Commands\"", ".SH NAME",
      "\(Self.escaped(name)) \\- \(Self.escaped(root["abstract"]?.string ?? ""))", ".SH SYNOPSIS",
      ".B \(name)", ".I command", "[options]", ".SH DESCRIPTION",
    ]
    lines += Self.paragraphs(root["discussion"]?.string)
    lines.append(".SH COMMANDS")
    for command in commands(of: root, path: name) {
      lines += [".SS \(Self.escaped(command.path))"] + Self.paragraphs(command.value["abstract"]?.string)
      lines += Self.paragraphs(command.value["discussion"]?.string)
      for argument in command.value["arguments"]?.array ?? [] { lines += Self.argument(argument) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Commands that do something, in the order of the help.
  private func commands(of command: JSONValue, path: String) -> [(path: String, value: JSONValue)] {
    (command["subcommands"]?.array ?? []).filter { $0["shouldDisplay"]?.bool != false }.flatMap { child in
      let path = "\(path) \(child["commandName"]?.string ?? "")"
      let below = commands(of: child, path: path)
      return below.isEmpty ? [(path, child)] : below
    }
  }

  private static func argument(_ argument: JSONValue) -> [String] {
    guard argument["shouldDisplay"]?.bool != false else { return [] }
    let value = "\\fI" + escaped(argument["valueName"]?.string ?? "value") + "\\fR"
    let names = (argument["names"]?.array ?? []).compactMap { name -> String? in
      guard let word = name["name"]?.string else { return nil }
      return "\\fB" + escaped((name["kind"]?.string == "long" ? "--" : "-") + word) + "\\fR"
    }
    var head = names.joined(separator: ", ")
    switch argument["kind"]?.string {
    case "positional": head = value
    case "option": head += " " + value
    default: break
    }
    var text = paragraphs(argument["abstract"]?.string)
    if let standard = argument["defaultValue"]?.string { text.append("Default: \(escaped(standard)).") }
    return [".TP", head] + (text.isEmpty ? ["\\&"] : text)
  }

  private static func paragraphs(_ text: String?) -> [String] {
    guard let text, !text.isEmpty else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? ".PP" : escaped(String($0))
    }
  }

  /// Text that roff prints as it stands.
  private static func escaped(_ text: String) -> String {
    var escaped = text.first == "." || text.first == "'" ? "\\&" : ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
