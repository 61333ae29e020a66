import CaseFile
import Cases
import Formats
import Foundation
import Reporting
import Terminal

/// Which configuration a command reads: the one that is named, else that of `RETORT_CONFIG`, else the nearest upwards.
struct ConfigurationChoice {
  enum Found: String {
    case argument, environment, upwards
  }

  let file: String
  let found: Found

  /// - Throws: `UsageError.noConfiguration`.
  init(
    _ argument: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
    folder: String = FileManager.default.currentDirectoryPath
  ) throws {
    if let argument {
      (file, found) = (argument, .argument)
    } else if let named = environment["RETORT_CONFIG"], !named.isEmpty {
      (file, found) = (named, .environment)
    } else if let nearest = ConfigurationSearch.nearest(from: folder) {
      let prefix = folder.hasSuffix("/") ? folder : folder + "/"
      let isHere = nearest.hasPrefix(prefix) && !nearest.dropFirst(prefix.count).contains("/")
      (file, found) = (isHere ? String(nearest.dropFirst(prefix.count)) : nearest, .upwards)
    } else {
      throw UsageError.noConfiguration(folder: folder)
    }
  }

  /// The path of the case's files without their endings: beside the configuration.
  func base(ofCase name: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return name }
    return file[...slash] + name
  }

  /// What is said where the user did not name the file.
  func tell() {
    switch found {
    case .argument: break
    case .environment: Talk.say("configuration: \(file) (RETORT_CONFIG)")
    case .upwards: Talk.say("configuration: \(file)")
    }
  }
}
