package import Reporting

/// The report of a case as the server shows it.
package enum ServedReport: Sendable {
  /// `report.html`, as `retort report` would write it, and the answers of its first page.
  case html(String, answer: SpokenAnswer? = nil)
  /// Why there is none yet, as a sentence.
  case unavailable(String)
}
