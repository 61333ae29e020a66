import Formats

/// The configuration that belongs to a folder: the nearest one upwards.
package enum ConfigurationSearch {
  /// Of two in one folder the first counts.
  package static let names = ["retort.yaml", "case.yaml"]

  /// Looks in the folder and in those above it, up to the root of its repository (the folder with `.git`), else up to
  /// the file system's. nil if there is none.
  ///
  /// - Parameter folder: an absolute path.
  package static func nearest(from folder: String) -> String? {
    var parts = folder.split(separator: "/")
    while true {
      let here = "/" + parts.joined(separator: "/")
      let prefix = here == "/" ? here : here + "/"
      for name in names where FileBytes.exists(prefix + name) && !FileBytes.isFolder(prefix + name) {
        return prefix + name
      }
      if FileBytes.exists(prefix + ".git") || parts.isEmpty { return nil }
      parts.removeLast()
    }
  }
}
