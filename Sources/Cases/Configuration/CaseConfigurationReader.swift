import Formats
import Yams

/// Reads `case.yaml`. Every mistake is reported with its file, line and column; nothing is guessed and no key ignored.
package enum CaseConfigurationReader {
  /// - Throws: `FileError`; `.configuration` for what is wrong in the file itself.
  package static func read(file: String) throws -> CaseConfiguration {
    try parse(FileBytes.read(file), file: file)
  }

  /// - Parameter file: names the text in errors; paths in the configuration are relative to its folder.
  package static func parse(_ bytes: [UInt8], file: String) throws -> CaseConfiguration {
    try ConfigurationReading(file: file).configuration(YAMLDocument.root(bytes, file: file))
  }
}
