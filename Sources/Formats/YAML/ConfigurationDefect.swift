/// What is wrong at one place of a configuration. Names of fields are paths, such as `cohort[2].endpoint.url`.
package enum ConfigurationDefect: Hashable, Sendable {
  case notUTF8
  /// The text is no YAML; the parser's own words.
  case notYAML(String)
  case emptyDocument
  /// Beyond a limit, which the words name: the document is `longer than 4 MiB`.
  case tooLarge(String)
  case repeatedKey(String)
  case unknownKey(String, nearest: String?)
  case missing(field: String)
  /// `expected` completes "must be …", such as "a whole number".
  case wrongType(field: String, expected: String)
  case outOfRange(field: String, allowed: String)
  /// A key, token or password in the file itself; it belongs into `key_env` or `key_file`.
  case literalKey(field: String)
  case badURL(field: String)
  /// A further member of requests that follows from other keys already.
  case setByRetort(field: String)
  case unknownValue(field: String, value: String, known: [String])
  case conflictingKeys(String, String)
  /// More requests than a plan may hold.
  case planTooLarge(models: Int, limit: Int)
  case tooFew(field: String, found: Int, atLeast: Int)
  case modelNamedTwice(String, firstLine: Int)
  case probeSetUnreadable(file: String, reason: String)
  case repeatedProbe(String, file: String, firstFile: String)
  case transcriptsUnreadable(file: String, reason: String)
  /// Of recorded answers, none is to a probe of the case.
  case noRecordedAnswer(file: String, answers: Int)
}
