import Formats

/// The words by which vendors and servers say that a filter of theirs withheld an answer.
///
/// - Source: the interfaces of the vendors and servers; see the table of quirks in `Reports/quirks`.
package enum FilterWord {
  private static let filters = [
    "content_filter", "safety", "recitation", "blocklist", "blacklist", "prohibited_content", "spii",
    "guardrail_intervened", "error_toxic", "moderation", "censor",
  ]

  /// - Parameter native: why an answer ended, in the vendor's own word.
  package static func isOne(_ native: String) -> Bool {
    let word = folded(native)
    return filters.contains { word.holds($0) } || word == "sensitive" || word == "violation"
  }

  /// In lower case, without what the enumerations of programs put before it.
  package static func folded(_ native: String) -> String {
    native.lowercased().unicodeScalars.split(separator: ".").last.map { String($0) } ?? ""
  }
}
