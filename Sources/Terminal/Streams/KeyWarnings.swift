package import Cases
import Foundation
import Reporting
import Synchronization

/// What a command says of keys that are not safe, each of it once, however many cases it has asked.
package final class KeyWarnings: Sendable {
  private let said = Mutex(Set<String>())

  package init() {}

  /// Files of keys that other users of the machine may read. It is no error: in a container or on a share all may be one user.
  package func files(of models: [CaseConfiguration.Model]) {
    let files = Set(
      models.compactMap { model -> String? in
        guard case .file(let path)? = model.endpoint.key else { return nil }
        return path
      })
    for file in files.sorted() {
      var status = stat()
      guard stat(file, &status) == 0, status.st_mode & 0o044 != 0 else { continue }
      say("\(file): other users may read this key: chmod 600 \(ShellWord.quoted(file))")
    }
  }

  package func unguarded(_ models: [ModelID]) { say(EndpointKeyText.unguarded(models)) }

  private func say(_ line: String) {
    if said.withLock({ $0.insert(line).inserted }) { Talk.say(line) }
  }
}
