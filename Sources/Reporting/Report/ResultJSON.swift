import Escaping
import Foundation

extension Report {
  /// `result.json`: keys sorted, two spaces of indent, numbers with six significant digits, a line end at the end. The
  /// same case and seed give the same bytes.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let text = JSONText.inert(String(decoding: try encoder.encode(self), as: UTF8.self))
    return Array(text.utf8) + [UInt8(ascii: "\n")]
  }
}
