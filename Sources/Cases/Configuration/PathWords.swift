/// Paths that a configuration names.
enum PathWords {
  /// A path as it is if it begins at the root, else relative to the folder of `file`.
  static func resolved(_ path: String, relativeTo file: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let slash = file.lastIndex(of: "/") else { return path }
    return String(file[...slash]) + path
  }
}
