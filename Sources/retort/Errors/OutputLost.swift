import Foundation

/// Standard output that did not take everything.
struct OutputLost: Error {
  /// `errno` of the write.
  let code: Int32

  /// Whoever closed a pipe has seen enough (`| head`): the command ends without a word, but not with 0.
  var isReaderGone: Bool { code == EPIPE }

  var sentence: String {
    """
    standard output cannot be written: \(String(cString: strerror(code))): not everything is there; run it again with another target
    """
  }
}
