import Foundation

/// Standard output that did not take everything.
package struct OutputLost: Error {
  /// `errno` of the write.
  let code: Int32

  package init(code: Int32) { self.code = code }

  /// Whoever closed a pipe has seen enough (`| head`): the command ends without a word, but not with 0.
  package var isReaderGone: Bool { code == EPIPE }

  package var sentence: String {
    """
    standard output cannot be written: \(String(cString: strerror(code))): not everything is there; run it again with another target
    """
  }
}
