import Foundation
import Synchronization

/// Ctrl-C: the first calls back, the second ends the process. Answers are stored as they arrive, so neither loses any.
///
/// One dispatch source for the whole process, installed once and never removed: setting the signal's disposition a second time
/// would detach it from Dispatch for good. While no callback is registered, the first Ctrl-C ends the process.
package final class Interrupts: Sendable {
  private static let waiting = Mutex<(first: [ObjectIdentifier: @Sendable () -> Void], count: Int)>(([:], 0))

  // Dispatch's sources may be used from any thread.
  private nonisolated(unsafe) static let source: any DispatchSourceSignal = {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: DispatchQueue(label: "retort.interrupts"))
    source.setEventHandler {
      let first = waiting.withLock { waiting in
        waiting.count += 1
        return waiting.count == 1 ? Array(waiting.first.values) : []
      }
      guard !first.isEmpty else { exit(ExitStatus.interrupted.rawValue) }
      for call in first { call() }
    }
    source.resume()
    return source
  }()

  package init(first: @escaping @Sendable () -> Void) {
    Self.waiting.withLock {
      if $0.first.isEmpty { $0.count = 0 }
      $0.first[ObjectIdentifier(self)] = first
    }
    _ = Self.source
  }

  package func stop() { _ = Self.waiting.withLock { $0.first.removeValue(forKey: ObjectIdentifier(self)) } }
}
