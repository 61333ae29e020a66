import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines of what somebody pastes, from standard input.
///
/// A terminal in its usual mode cuts a line at 4,095 bytes and tells nobody. It is therefore read byte by byte, with Ctrl-C left as it
/// is; Backspace takes back, Ctrl-D at the beginning of a line ends. The terminal is as it was when the program ends.
final class PastedLines: @unchecked Sendable {
  /// A line that is longer comes in pieces: nothing that is pasted takes memory without end.
  private static let longest = 16 << 20
  /// How long what was pasted may be on its way, in microseconds.
  private static let lateness: UInt32 = 200_000

  private let lock = NSLock()
  private var buffer: [UInt8] = []
  private var taken = 0
  private var isAtEnd = false
  private let isTerminal: Bool

  init() {
    isTerminal = isatty(STDIN_FILENO) == 1
    if isTerminal { RawTerminal.begin() }
  }

  /// nil at the end of the input.
  func next() -> String? {
    lock.lock()
    defer { lock.unlock() }
    while true {
      if let end = buffer[taken...].firstIndex(of: 0x0A) { return line(upTo: end, behind: end + 1) }
      if buffer.count - taken >= Self.longest { return line(upTo: buffer.count, behind: buffer.count) }
      if isAtEnd || !fill() {
        isAtEnd = true
        return taken < buffer.count ? line(upTo: buffer.count, behind: buffer.count) : nil
      }
      if isTerminal, buffer[taken...].first == 0x04 {
        isAtEnd = true
        return nil
      }
    }
  }

  /// Forgets what was pasted behind the end of an answer: on a terminal it is no answer to the next prompt.
  ///
  /// - Returns: how many bytes that were.
  func forgetWaiting() -> Int {
    guard isTerminal else { return 0 }
    lock.lock()
    defer { lock.unlock() }
    usleep(Self.lateness)
    var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while !isAtEnd, poll(&ready, 1, 0) > 0, fill() {}
    let forgotten = buffer.count - taken
    (buffer, taken) = ([], 0)
    return forgotten
  }

  private func line(upTo end: Int, behind next: Int) -> String {
    var bytes: [UInt8] = []
    for byte in buffer[taken..<end] {
      guard isTerminal, byte == 0x7F || byte == 0x08 else {
        bytes.append(byte)
        continue
      }
      while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }
    taken = next
    if taken == buffer.count { (buffer, taken) = ([], 0) }
    if bytes.last == 0x0D { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Returns: whether anything came.
  private func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count > 0 {
        if taken > 0 {
          buffer.removeFirst(taken)
          taken = 0
        }
        buffer += chunk[0..<count]
        return true
      }
      guard count < 0, errno == EINTR else { return false }
    }
  }
}

/// A terminal that hands over each byte, and is put back when the program ends.
private enum RawTerminal {
  nonisolated(unsafe) private static var before = termios()

  static func begin() {
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON)
    guard tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 else { return }
    atexit { tcsetattr(STDIN_FILENO, TCSANOW, &RawTerminal.before) }
  }
}
