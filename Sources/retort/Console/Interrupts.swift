import Foundation
import Terminal

/// Ctrl-C: the first calls back, the second ends the process. What was answered is stored by then, whatever happens.
final class Interrupts: Sendable {
  // Dispatch's sources may be used from any thread.
  private nonisolated(unsafe) let source: any DispatchSourceSignal

  init(first: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: DispatchQueue(label: "retort.interrupts"))
    nonisolated(unsafe) var count = 0
    source.setEventHandler {
      count += 1
      if count == 1 { first() } else { exit(ExitStatus.interrupted.rawValue) }
    }
    source.resume()
    self.source = source
  }

  func stop() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
