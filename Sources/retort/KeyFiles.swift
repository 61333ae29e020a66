import CaseFile
import Foundation

/// Files of keys that other users of the machine may read.
enum KeyFiles {
  /// Says so once for each file. It is no error: in a container or on a share all may be one user.
  static func warn(_ models: [CaseConfiguration.Model]) {
    let files = Set(
      models.compactMap { model -> String? in
        guard case .file(let path)? = model.endpoint.key else { return nil }
        return path
      })
    for file in files.sorted() {
      var status = stat()
      guard stat(file, &status) == 0, status.st_mode & 0o044 != 0 else { continue }
      Talk.say("\(file): other users may read this key: chmod 600 \(ShellWord.quoted(file))")
    }
  }
}
