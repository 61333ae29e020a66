package import FoundationEssentials

/// UTC times as text: RFC 3339 with milliseconds, such as `2026-11-23T12:44:10.123Z`.
package enum UTCTime {
  package static func text(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// The first millisecond of the year 0, since 1970.
  static let earliest = -62_167_219_200_000

  /// Milliseconds since 1970 of such a text; nil for any other.
  static func milliseconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 24,
      zip(bytes, "####-##-##T##:##:##.###Z".utf8).allSatisfy({ byte, mark in
        mark == UInt8(ascii: "#") ? (0x30...0x39).contains(byte) : byte == mark
      })
    else { return nil }
    func number(_ place: Int, _ count: Int) -> Int {
      bytes[place..<(place + count)].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
    let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    // No leap seconds: clocks of machines do not show them.
    guard year > 0, (1...12).contains(month), day > 0, day <= lengths[month - 1], number(11, 2) < 24,
      number(14, 2) < 60, number(17, 2) < 60
    else { return nil }
    // Days of the Gregorian calendar, with March as the first month of a year.
    let shifted = month > 2 ? (year: year, month: month - 3) : (year: year - 1, month: month + 9)
    let days =
      365 * shifted.year + shifted.year / 4 - shifted.year / 100 + shifted.year / 400 + (153 * shifted.month + 2) / 5
      + day - 719_469
    return ((days * 24 + number(11, 2)) * 60 + number(14, 2)) * 60_000 + number(17, 2) * 1_000 + number(20, 3)
  }

  static func milliseconds(_ date: Date) -> Int { Int((date.timeIntervalSince1970 * 1_000).rounded()) }
}
