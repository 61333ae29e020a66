import Foundation

/// The three streams that a process begins with.
package enum StandardStream {
  /// Opens `/dev/null` for each standard stream that the parent process has closed. Otherwise the next file to be opened, such as the
  /// case, would get its descriptor, and output would be written into the case. Writing to standard output then fails; what goes to
  /// standard error is dropped, as its closing asks for.
  ///
  /// A reader that has gone away shows as an error of `write`, not as a signal that ends the process between two attempts. SIGQUIT
  /// (Ctrl-\) ends it again, as any other program: the language's runtime takes it for a crash, prints pages and goes on.
  package static func prepare() {
    for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number is the one that is missing.
      _ = open("/dev/null", mode)
    }
    signal(SIGPIPE, SIG_IGN)
    let before = signal(SIGQUIT, SIG_DFL)
    // Whoever started it may have had the signal ignored.
    if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(SIGQUIT, SIG_IGN) }
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
