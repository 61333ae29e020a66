import Monitoring

/// How a check ends: with the exit code of its verdict.
struct CheckEnd: Error {
  let status: Int32

  init(_ result: CheckResult, failOnDeclared: Bool, exitZeroOnInconclusive: Bool) {
    status =
      switch result.verdict {
      case .changed: ExitStatus.changed.rawValue
      case .same: failOnDeclared && !result.declared.isEmpty ? ExitStatus.changed.rawValue : 0
      case .inconclusive: exitZeroOnInconclusive ? 0 : ExitStatus.couldNotMeasure.rawValue
      }
  }
}
