import Importing

/// Mistakes on the command line that the argument parser cannot see.
package enum UsageError: Error {
  /// Neither a configuration nor transcripts, or both.
  case baselineSource
  /// Neither a baseline nor two configurations, or both.
  case checkSource
  /// What belongs to one baseline is given for several.
  case severalBaselines
  /// `--field` without a role or a name.
  case badField(String)
  /// Neither here nor above, up to the root of the repository.
  case noConfiguration(folder: String)
  /// Neither a file nor a folder with one.
  case noProbeSet([String])
  /// An option whose value cannot be one; `expected` completes "must be …".
  case badValue(option: String, value: String, expected: String)
  /// What an option names cannot be read; `problem` says where and why.
  case notReadable(option: String, problem: String)
  /// A value with nothing in it, or an argument where `option` is nil.
  case emptyValue(option: String?)
  /// Nobody is at the terminal to be asked.
  case missing(option: String, what: String)

  package var sentence: String {
    switch self {
    case .baselineSource: "give a configuration, or transcripts with --from, and not both"
    case .checkSource: "give an approved baseline, or two configurations with --between, and not both"
    case .severalBaselines: "--ledger, --against and --format svg belong to one baseline: give one"
    case .noProbeSet(let files): "\(files.joined(separator: ", ")): no probe set (.jsonl) is there: name a file"
    case .noConfiguration(let folder):
      "no retort.yaml or case.yaml in \(folder) or above it: name one (retort run FILE), or see retort demo"
    case .badValue(let option, let value, let expected): "\(option) \(MaskedAddress.of(value)): must be \(expected)"
    case .notReadable(let option, let problem): "\(option) \(problem)"
    case .emptyValue(let option):
      "\(option.map { "an empty value after \($0)" } ?? "an empty argument"): is a variable of a script not set?"
    case .missing(let option, let what): "\(option) is missing: \(what)"
    case .badField(let choice):
      """
      --field \(choice): write ROLE=NAME, such as text=answer; roles: \(ImportFields.Role.allCases.map(\.rawValue).joined(separator: ", "))
      """
    }
  }
}
