import Probing

/// A run that ended before every item had its answer.
struct StoppedRun: Error {
  let result: RunResult
  /// What the user types to go on.
  let resume: String
}
