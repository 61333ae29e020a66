package import Foundation
import Testing

extension Process {
  /// Waits for the end, and ends what runs longer: a program that hangs is a failed test, and no test run without an end.
  package func waitUntilExit(orAfter seconds: Double) {
    let end = Date(timeIntervalSinceNow: seconds)
    var pause: UInt32 = 1_000
    while isRunning, Date() < end {
      usleep(pause)
      pause = min(pause * 2, 50_000)
    }
    guard isRunning else { return waitUntilExit() }
    Issue.record("\(executableURL?.lastPathComponent ?? "") \(arguments ?? []) does not end within \(seconds) s")
    kill(processIdentifier, SIGKILL)
    waitUntilExit()
  }
}
