import Formats

/// The manual page, made of what the argument parser knows of the commands: it cannot say anything else than `--help`.
///
/// The plugin `generate-manual` of swift-argument-parser makes one page a command too, and needs a second build of the
/// package; these come from the program itself.
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

  /// A page for the program and one for each command, by the names of their files: `retort.1`, `retort-run.1`.
  package var pages: [(file: String, text: String)] {
    let name = root["commandName"]?.string ?? ""
    let all = commands(of: root, path: name)
    return [("\(name).1", overview(all))]
      + all.map { command in
        let title = command.path.replacing(" ", with: "-")
        return ("\(title).1", page(title, command.path, command.value))
      }
  }

  private func overview(_ commands: [(path: String, value: JSONValue)]) -> String {
    let name = root["commandName"]?.string ?? ""
    var lines = head(name, name, root)
    lines.append(".SH COMMANDS")
    for command in commands {
      lines += [
        ".TP", "\\fB\(Self.escaped(command.path.replacing(" ", with: "-")))\\fR(1)",
        Self.escaped(command.value["abstract"]?.string ?? ""),
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func page(_ title: String, _ path: String, _ command: JSONValue) -> String {
    var lines = head(title, path, command) + [".SH OPTIONS"]
    for argument in command["arguments"]?.array ?? [] { lines += Self.argument(argument) }
    return (lines + [".SH SEE ALSO", "\\fBretort\\fR(1)"]).joined(separator: "\n") + "\n"
  }

  private func head(_ title: String, _ path: String, _ command: JSONValue) -> [String] {
    [
      ".TH \(Self.escaped(title.uppercased())) 1 \"\" \"\(Self.escaped(tool))\" \"User Commands\"", ".SH NAME",
      "\(Self.escaped(title)) \\- \(Self.escaped(command["abstract"]?.string ?? ""))", ".SH SYNOPSIS",
      ".B \(Self.escaped(path))", "[options]", ".SH DESCRIPTION",
    ] + Self.paragraphs(command["discussion"]?.string)
  }

  /// All of it as one page: roff, for `man -l`.
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
