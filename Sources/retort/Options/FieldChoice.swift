import Importing
import Terminal

/// `--field text=answer`.
enum FieldChoice {
  static func fields(_ choices: [String]) throws -> ImportFields {
    var chosen: [ImportFields.Role: String] = [:]
    for choice in choices {
      let parts = choice.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let role = ImportFields.Role(rawValue: parts[0]) else {
        throw UsageError.badField(choice)
      }
      chosen[role] = parts[1]
    }
    return ImportFields(chosen)
  }
}
