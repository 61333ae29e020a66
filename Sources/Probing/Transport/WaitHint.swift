package import Cases
package import Formats
package import FoundationEssentials

/// How long a server asks to wait, by whatever means it says so.
package enum WaitHint {
  /// The first that exists of: `retry-after-ms` or Azure's `x-ms-retry-after-ms`, `retry-after`, Google's `retryDelay`, a phrase
  /// in the message, Hugging Face's `estimated_time`, the longest reset header whose remainder is 0, in the headers or in those
  /// that a router tells of the provider. nil if none does; never negative, at most a year.
  package static func of(headers: [Attempt.Header], error: JSONValue?, now: Date) -> Duration? {
    let values = Dictionary(firstOf: headers.map { ($0.name.lowercased(), $0.value) })
    for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
      if let wait = values[name].flatMap({ Double($0) }).flatMap({ seconds($0 / 1_000) }) { return wait }
    }
    if let said = values["retry-after"] {
      let text = said.split { $0.isWhitespace || $0 == "\"" }.joined(separator: " ")
      if let date = HTTPDate.parse(text) { return seconds(max(0, date.timeIntervalSince(now))) }
      if let wait = reset(text, now: now) { return wait }
    }
    for detail in error?["details"]?.array ?? [] {
      if let wait = detail["retryDelay"]?.string.flatMap(duration) { return wait }
    }
    if let wait = phrase(in: error?["message"]?.string ?? error?.string ?? "") { return wait }
    if let wait = error?["estimated_time"]?.number.flatMap(seconds) { return wait }
    let told = error?["metadata"]?["headers"]?.object ?? [:]
    let ofProvider = told.compactMap { name, value in value.string.map { Attempt.Header(name: name, value: $0) } }
    return ofUsedUpLimits(AnnouncedLimit.all(in: headers + ofProvider), now: now)
  }

  private static let longestMessage = 8_192

  /// "try again in 2.088s", "retry in 10h17m5.7s", "wait 4 seconds".
  static func phrase(in message: String) -> Duration? {
    // A phrase at the beginning of a message, not in a book.
    let lower = String(decoding: message.utf8.prefix(Self.longestMessage), as: UTF8.self).lowercased()
    for words in ["try again in ", "retry in ", "retry after ", "please wait "] {
      guard let range = lower.firstRange(of: words) else { continue }
      let rest = lower[range.upperBound...]
      let length = rest.prefix { $0.isNumber || $0 == "." || "hmsµu".contains($0) }
      if let wait = duration(String(length.hasSuffix(".") ? length.dropLast() : length)) { return wait }
      let number = rest.prefix { $0.isNumber || $0 == "." }
      if rest.dropFirst(number.count).hasPrefix(" second"), let wait = Double(number).flatMap(seconds) { return wait }
      if rest.dropFirst(number.count).hasPrefix(" minute"), let wait = Double(number).flatMap({ seconds($0 * 60) }) {
        return wait
      }
    }
    return nil
  }

  /// A duration as Go writes it, such as `1m30s`, `500ms` or `1.73s`.
  static func duration(_ text: String) -> Duration? {
    let units: [(name: String, seconds: Double)] = [
      ("ms", 0.001), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("h", 3_600), ("m", 60), ("s", 1),
    ]
    var rest = text[...]
    var total = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      guard let value = Double(number), let unit = units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
      rest = rest.dropFirst(unit.name.count)
      total += value * unit.seconds
    }
    return seconds(total)
  }

  /// The longest reset among limits that are used up.
  static func ofUsedUpLimits(_ limits: [AnnouncedLimit], now: Date) -> Duration? {
    limits.filter { $0.remaining == 0 }.compactMap { $0.reset.flatMap { reset($0, now: now) } }.max()
  }

  /// Seconds, a Go duration, RFC 3339, or seconds or milliseconds since 1970.
  private static func reset(_ text: String, now: Date) -> Duration? {
    if let number = Double(text) {
      let moment = number > 1_000_000_000_000 && number < 10_000_000_000_000 ? number / 1_000 : number
      return seconds(moment > 1_000_000_000 ? max(0, moment - now.timeIntervalSince1970) : moment)
    }
    if let wait = duration(text) { return wait }
    for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
      if let date = try? style.parse(text) { return seconds(max(0, date.timeIntervalSince(now))) }
    }
    return nil
  }

  private static func seconds(_ value: Double) -> Duration? {
    value.isFinite && value >= 0 ? .milliseconds(Int((min(value, 31_536_000) * 1_000).rounded(.up))) : nil
  }
}

/// Dates as HTTP writes them (RFC 9110, IMF-fixdate): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  static func parse(_ text: String) -> Date? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(of: String(parts[2])), (1...31).contains(day), (1970...9999).contains(year)
    else { return nil }
    let clock = parts[4].split(separator: ":").map { Int($0) }
    guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    let days = daysSince1970(year: year, month: month + 1, day: day)
    return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3_600 + minute * 60 + second))
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// - Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
