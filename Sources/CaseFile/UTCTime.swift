package import FoundationEssentials

/// UTC times as text: RFC 3339 with milliseconds, such as `2026-11-23T12:44:10.123Z`.
package enum UTCTime {
  package static func text(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
