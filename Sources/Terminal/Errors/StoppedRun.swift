package import Probing

/// A run that ended before every item had its answer.
package struct StoppedRun: Error {
  package let result: RunResult
  /// What the user types to go on.
  package let resume: String

  package init(result: RunResult, resume: String) {
    (self.result, self.resume) = (result, resume)
  }
}
