import CaseFile
package import Custody
package import Formats

/// The public part of a key, as a log signs with it and as a witness does.
package enum KeyText {
  package static func lines(_ key: NoteKey) -> [String] { [key.text(.note)] }

  package static func document(_ key: NoteKey, tool: String) -> JSONValue {
    .document(
      "retort.key/1", tool: tool,
      [
        "name": .string(key.name), "verifier_key": .string(key.text(.note)),
        "witness_key": .string(key.text(.cosignature)),
      ])
  }
}
