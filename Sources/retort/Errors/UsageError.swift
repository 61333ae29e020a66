/// Mistakes on the command line that the argument parser cannot see.
enum UsageError: Error {
  /// Neither a configuration nor transcripts, or both.
  case baselineSource
  /// `--field` without a role or a name.
  case badField(String)
  /// Neither here nor above, up to the root of the repository.
  case noConfiguration(folder: String)
  /// Neither a file nor a folder with one.
  case noProbeSet([String])
  /// An option whose value cannot be one; `expected` completes "must be …".
  case badValue(option: String, value: String, expected: String)
}
