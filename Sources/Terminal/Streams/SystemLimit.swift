import Foundation

/// A limit of the system (`ulimit`) that is too low for any command. What fails because of it cannot tell it from other causes,
/// and much of it ends the process.
package enum SystemLimit: Error {
  case files(Int)
  case addressSpace(bytes: Int)

  /// Files that may be open at one time: the network library ends the process where it cannot make its own.
  static let minimumFiles = 64
  /// Bytes that may be mapped: threads, libraries and the stacks of a few threads of the linear algebra take as much before
  /// anything is read.
  static let minimumAddressSpace = 2 << 30

  package var sentence: String {
    switch self {
    case .files(let limit):
      "no more than \(limit) files may be open at one time, \(Self.minimumFiles) are needed: raise the limit (ulimit -n)"
    case .addressSpace(let bytes):
      """
      no more than \(bytes >> 10) KiB of memory may be mapped, \(Self.minimumAddressSpace >> 10) are needed: raise the limit (ulimit -v)
      """
    }
  }

  /// Raises the limit of files as far as this process may; that of memory is somebody's choice.
  ///
  /// - Throws: the one that is too low.
  package static func check() throws(SystemLimit) {
    #if canImport(Glibc)
      let (files, memory) = (__rlimit_resource_t(RLIMIT_NOFILE.rawValue), __rlimit_resource_t(RLIMIT_AS.rawValue))
    #else
      let (files, memory) = (RLIMIT_NOFILE, RLIMIT_AS)
    #endif
    var limit = rlimit()
    if getrlimit(files, &limit) == 0, limit.rlim_cur < rlim_t(minimumFiles) {
      limit.rlim_cur = min(limit.rlim_max, 1_024)
      _ = setrlimit(files, &limit)
      guard limit.rlim_cur >= rlim_t(minimumFiles) else { throw .files(Int(limit.rlim_cur)) }
    }
    if getrlimit(memory, &limit) == 0, limit.rlim_cur < rlim_t(minimumAddressSpace) {
      throw .addressSpace(bytes: Int(limit.rlim_cur))
    }
  }
}
