import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// HTTP as bytes over a socket of this machine: requests that no client would send.
package enum RawHTTP {
  package struct Reply: Sendable {
    package let status: Int
    /// In lower case.
    package let headers: [String: String]
    package let body: String
  }

  /// - Parameters:
  ///   - host: the header; nil sends none.
  ///   - address: of this machine, as a number.
  package static func send(
    _ path: String, method: String = "GET", host: String?, port: Int, address: UInt32 = 0x7F00_0001
  ) throws -> Reply {
    let lines = ["\(method) \(path) HTTP/1.1"] + (host.map { ["Host: \($0)"] } ?? []) + ["Connection: close", "", ""]
    let text = String(
      decoding: try exchange(Array(lines.joined(separator: "\r\n").utf8), port: port, address), as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { throw Failure("no head in \(text.prefix(200))") }
    let head = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let headers = head.dropFirst().reduce(into: [String: String]()) { headers, line in
      let sides = line.split(separator: ":", maxSplits: 1)
      if sides.count == 2 { headers[sides[0].lowercased()] = sides[1].trimmingCharacters(in: .whitespaces) }
    }
    return Reply(
      status: Int(head[0].split(separator: " ").dropFirst().first ?? "") ?? 0, headers: headers,
      body: String(text[end.upperBound...]))
  }

  private static func exchange(_ bytes: [UInt8], port: Int, _ address: UInt32) throws -> [UInt8] {
    let descriptor = try Loopback.socket()
    defer { close(descriptor) }
    var address = Loopback.address(port: port, address)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure("port \(port): \(String(cString: strerror(errno)))") }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure("cannot write") }
      sent += count
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return received }
      received += buffer[..<count]
    }
  }

  package struct Failure: Error, CustomStringConvertible {
    let message: String
    package init(_ message: String) { self.message = message }
    package var description: String { message }
  }
}

/// A port that nobody has a reason to call: whoever connects was led there by a text.
package final class Trap: Sendable {
  private let descriptor: Int32
  package let port: Int

  package init() throws {
    descriptor = try Loopback.socket()
    var address = Loopback.address(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (descriptor, length) = (descriptor, size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard bound else { throw RawHTTP.Failure("no port for a trap") }
    port = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(descriptor) }

  /// Whether anybody has connected so far.
  package var wasReached: Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }
}

enum Loopback {
  static func socket() throws -> Int32 {
    #if canImport(Glibc)
      let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw RawHTTP.Failure("no socket") }
    return descriptor
  }

  static func address(port: Int, _ number: UInt32 = 0x7F00_0001) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = number.bigEndian
    return address
  }
}
