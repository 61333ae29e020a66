import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server of this machine that answers with bytes, whatever HTTP thinks of them.
package final class RawServer: Sendable {
  package struct Request: Sendable {
    package let path: String
    /// What `Authorization: Bearer` carries; empty without it.
    package let key: String
    package let body: [UInt8]
  }

  package struct Reply: Sendable {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// A response as it should be, closed behind its body.
    package static func of(
      _ body: [UInt8], status: String = "200 OK", headers: [String] = ["Content-Type: application/json"]
    ) -> Reply {
      let lines = ["HTTP/1.1 \(status)"] + headers + ["Content-Length: \(body.count)", "Connection: close", "", ""]
      return Reply(Array(lines.joined(separator: "\r\n").utf8) + body)
    }
  }

  private let descriptor: Int32
  package let port: Int

  /// - Parameter early: sent as soon as somebody connects, before anything is asked.
  package init(early: [UInt8] = [], _ answer: @escaping @Sendable (Request) -> Reply) throws {
    descriptor = try Loopback.socket()
    var address = Loopback.address(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (listening, length) = (descriptor, size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listening, $0, length) == 0 && listen(listening, 64) == 0 && getsockname(listening, $0, &size) == 0
      }
    }
    guard bound else { throw RawHTTP.Failure("no port for a server") }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread {
      while true {
        let connection = accept(listening, nil, nil)
        guard connection >= 0 else {
          // Not where it is stopped: the next server's descriptor could be the same while this thread still accepts from it.
          close(listening)
          return
        }
        Thread.detachNewThread {
          if !early.isEmpty { Self.send(early, to: connection) }
          if let request = Self.read(connection) { Self.send(answer(request).bytes, to: connection) }
          shutdown(connection, Int32(SHUT_WR))
          // Closed at once, what was sent might never arrive.
          var rest = [UInt8](repeating: 0, count: 4_096)
          while recv(connection, &rest, rest.count, 0) > 0 {}
          close(connection)
        }
      }
    }
  }

  package func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private static func read(_ connection: Int32) -> Request? {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    func more() -> Bool {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return false }
      received += buffer[..<count]
      return true
    }
    while received.firstRange(of: Array("\r\n\r\n".utf8)) == nil { guard more() else { return nil } }
    guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    func header(_ name: String) -> String? {
      lines.dropFirst().first { $0.lowercased().hasPrefix(name + ":") }.map {
        $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
      }
    }
    let length = header("content-length").flatMap { Int($0) } ?? 0
    while received.count < end.upperBound + length { guard more() else { return nil } }
    let words = lines[0].split(separator: " ")
    return Request(
      path: words.count > 1 ? String(words[1]) : "",
      key: (header("authorization") ?? "").replacingOccurrences(of: "Bearer ", with: ""),
      body: Array(received[end.upperBound...]))
  }

  private static func send(_ bytes: [UInt8], to connection: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }
}
