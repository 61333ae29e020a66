/// How a check ends: with the exit code of its verdict.
package struct CheckEnd: Error {
  package let status: Int32

  package init(_ exit: Int, exitZeroOnInconclusive: Bool) {
    let status = Int32(exit)
    self.status = exitZeroOnInconclusive && status == ExitStatus.couldNotMeasure.rawValue ? 0 : status
  }
}
