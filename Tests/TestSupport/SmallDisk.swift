import Foundation

/// A file system in memory that is soon full.
package struct SmallDisk {
  package let path: String

  package static let isPossible: Bool = {
    #if os(Linux)
      guard getuid() == 0 else { return false }
      let path = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)")
        .path
      guard let disk = try? SmallDisk(at: path, kilobytes: 64) else { return false }
      disk.unmount()
      return true
    #else
      return false
    #endif
  }()

  package init(at path: String, kilobytes: Int) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.call("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path)
  }

  package func remount(_ option: String) throws { try Self.call("mount", "-o", "remount,\(option)", path) }

  package func unmount() {
    try? Self.call("umount", "-l", path)
    try? FileManager.default.removeItem(atPath: path)
  }

  private static func call(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
