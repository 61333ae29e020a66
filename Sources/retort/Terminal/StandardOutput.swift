import Formats
import Foundation
import Reporting

/// Everything that a command says on standard output. What cannot be written whole is an error, never a silence: a script that
/// reads exit codes must not take half a result for a result.
enum StandardOutput {
  /// Lines of plain text: no control characters, no command of a terminal or of a runner, whatever a model's name holds.
  static func say(_ line: String) throws { try say([line]) }

  static func say(_ lines: [String]) throws { try write(lines.map { $0.harmless + "\n" }.joined()) }

  /// A document of canonical JSON on one line, written so that it commands nothing; its shape is in `Reports/schema`.
  static func json(_ document: JSONValue) throws { try write(JSONText.inert(document.canonical) + "\n") }

  /// - Parameters:
  ///   - document: what is printed if `json` is asked for.
  ///   - lines: printed otherwise.
  static func write(
    _ document: @autoclosure () -> JSONValue, or lines: @autoclosure () -> [String], json: Bool
  ) throws {
    if json { try self.json(document()) } else { try say(lines()) }
  }

  /// Text that was escaped for its own format.
  static func write(_ text: String) throws { try write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) throws {
    if let code = StandardStream.write(bytes, to: STDOUT_FILENO) { throw OutputLost(code: code) }
  }
}

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

/// The three streams that a process begins with.
enum StandardStream {
  /// Streams that whoever started the program has closed are opened to nothing. Else the next file that is opened, such as the
  /// case, would stand in their place, and what is said would be written into it. Standard output refuses then; standard error
  /// is for talk, and whoever closed it wants none.
  ///
  /// A reader that is gone is told by `write`, not by a signal that ends the process between two attempts.
  static func prepare() {
    for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number is the one that is missing.
      _ = open("/dev/null", mode)
    }
    signal(SIGPIPE, SIG_IGN)
  }

  /// - Returns: `errno` if not all was taken.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer -> Int32? in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if count == 0 {
          return EIO
        } else if errno == EAGAIN {
          // The stream is shared with a program that does not wait: it takes more when it can.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, 1_000)
        } else if errno != EINTR {
          return errno
        }
      }
      return nil
    }
  }
}
