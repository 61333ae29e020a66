/// The report of a case as the server shows it.
package enum ServedReport: Sendable {
  /// `report.html`, as `retort report` would write it.
  case html(String)
  /// Why there is none yet, as a sentence.
  case unavailable(String)
}
