/// No candidate has a likelihood ratio, and one was asked for. Why stands on standard output and in the report.
package struct RatioNotGiven: Error {
  let folder: String

  package init(folder: String) { self.folder = folder }

  package var sentence: String { "no likelihood ratio could be given; \(folder)/report.html says what would be needed" }
}
