/// No candidate has a likelihood ratio, and one was asked for. Why stands on standard output and in the report.
struct RatioNotGiven: Error {
  let folder: String

  var sentence: String { "no likelihood ratio could be given; \(folder)/report.html says what would be needed" }
}
