import Foundation

/// The three streams that a process begins with.
package enum StandardStream {
  /// Streams that whoever started the program has closed are opened to nothing. Else the next file that is opened, such as the
  /// case, would stand in their place, and what is said would be written into it. Standard output refuses then; standard error
  /// is for talk, and whoever closed it wants none.
  ///
  /// A reader that is gone is told by `write`, not by a signal that ends the process between two attempts.
  package static func prepare() {
    for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number is the one that is missing.
      _ = open("/dev/null", mode)
    }
    signal(SIGPIPE, SIG_IGN)
  }

  /// - Returns: `errno` if not all was taken.
  package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
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
