import Formats
import Foundation
import SwiftASN1

/// Times of ASN.1: `20261123124410Z`, with a fraction of seconds behind a point or without; or `261123124410Z`.
///
/// Not those of SwiftASN1, which know seconds 60 and 61 and refuse a fraction that ends in a zero, as authorities write it.
enum CalendarTime {
  /// - Parameter tag: `.generalizedTime` or `.utcTime`, which has a year of two digits and no fraction.
  static func date(_ value: ASN1Node, _ tag: ASN1Identifier) -> Date? {
    value.bytes(tag).flatMap { date($0, digitsOfYear: tag == .utcTime ? 2 : 4) }
  }

  private static func date(_ bytes: [UInt8], digitsOfYear: Int) -> Date? {
    guard bytes.last == UInt8(ascii: "Z") else { return nil }
    let parts = bytes.dropLast().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts[0].count == digitsOfYear + 10, parts.count == 1 || parts.count == 2 && digitsOfYear == 4,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    let digits = String(decoding: parts[0], as: UTF8.self)
    // Of two digits, 50 and above are of the last century (RFC 5280, 4.1.2.5.1).
    var rest = ((digitsOfYear == 4 ? "" : digits < "50" ? "20" : "19") + digits)[...]
    func next(_ count: Int) -> Substring {
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    let text = "\(next(4))-\(next(2))-\(next(2))T\(next(2)):\(next(2)):\(next(2)).000Z"
    return Formats.UTCTime.milliseconds(text).map { Date(timeIntervalSince1970: Double($0 / 1_000)) }
  }
}
