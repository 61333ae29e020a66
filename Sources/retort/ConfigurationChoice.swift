import CaseFile
import Foundation
import Reporting

/// Which configuration a command reads: the one that is named, else that of `RETORT_CONFIG`, else the nearest upwards.
struct ConfigurationChoice {
  enum Found: String {
    case argument, environment, upwards
  }

  let file: String
  let found: Found

  /// - Throws: `UsageError.noConfiguration`.
  init(
    _ argument: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
    folder: String = FileManager.default.currentDirectoryPath
  ) throws {
    if let argument {
      (file, found) = (argument, .argument)
    } else if let named = environment["RETORT_CONFIG"], !named.isEmpty {
      (file, found) = (named, .environment)
    } else if let nearest = ConfigurationSearch.nearest(from: folder) {
      let prefix = folder.hasSuffix("/") ? folder : folder + "/"
      let isHere = nearest.hasPrefix(prefix) && !nearest.dropFirst(prefix.count).contains("/")
      (file, found) = (isHere ? String(nearest.dropFirst(prefix.count)) : nearest, .upwards)
    } else {
      throw UsageError.noConfiguration(folder: folder)
    }
  }

  /// The path of the case's files without their endings: beside the configuration.
  func base(ofCase name: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return name }
    return file[...slash] + name
  }

  /// What is said where the user did not name the file.
  func tell() {
    switch found {
    case .argument: break
    case .environment: Talk.say("configuration: \(file) (RETORT_CONFIG)")
    case .upwards: Talk.say("configuration: \(file)")
    }
  }
}

/// `retort config show`.
struct ConfigurationText {
  let choice: ConfigurationChoice
  let limits: BudgetOptions
  let showsOrigin: Bool
  let json: Bool

  func run() throws {
    let overriding = limits.given.map { ConfigurationValue(key: $0.key, value: $0.value, origin: .commandLine) }
    _ = try limits.budget()
    let keys = Set(overriding.map(\.key))
    let values = try ConfigurationValue.all(ofFile: choice.file).filter { !keys.contains($0.key) } + overriding
    if json { return try StandardOutput.json(document(values)) }
    choice.tell()
    try StandardOutput.say(values.map(line))
  }

  private func line(_ value: ConfigurationValue) -> String {
    let text = "\(value.key): \(value.value)"
    guard showsOrigin else { return text }
    return switch value.origin {
    case .file(let line, let column): "\(text)  # \(choice.file):\(line):\(column)"
    case .standard: "\(text)  # default"
    case .commandLine: "\(text)  # command line"
    }
  }

  private func document(_ values: [ConfigurationValue]) -> JSONValue {
    .object([
      "schema": .string("retort.config/1"), "tool": .string(Version.tool), "file": .string(choice.file),
      "found": .string(choice.found.rawValue),
      "values": .array(
        values.map { value in
          var members: [String: JSONValue] = ["key": .string(value.key), "value": .string(value.value)]
          switch value.origin {
          case .file(let line, let column):
            members["origin"] = .string("file")
            members["line"] = .integer(line)
            members["column"] = .integer(column)
          case .standard: members["origin"] = .string("default")
          case .commandLine: members["origin"] = .string("command line")
          }
          return .object(members)
        }),
    ])
  }
}
