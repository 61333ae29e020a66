import Reporting

/// What a study says over all of its reports.
enum StudyWording {
  static func indicated(_ count: Int, given: Int) -> String {
    guard given > 0 else { return "- For no pair a link rather than no link could be weighed." }
    let least = Figure(Conclusion.leastIndicating).text(decimals: 0)
    return count == 0
      ? """
      - A link is indicated for none of the \(given) pairs with a ratio: none has \(least) or more for a link rather than no link, with an interval above 1.
      """
      : "- A link is indicated for \(count) of the \(given) pairs with a ratio for a link rather than no link:"
  }

  /// Of candidates of one developer, weighed as one.
  static func groups(_ count: Int, given: Int, indicated: Int) -> String {
    guard given > 0 else {
      return
        "- Candidates of one developer are weighed as one group before they are weighed one by one; for no group a link rather than no link could be weighed."
    }
    return """
      - Candidates of one developer are weighed as one group before they are weighed one by one: of \(count) groups \(given) have a ratio for a link rather than no link, and a link is indicated for \(indicated == 0 ? "none" : "\(indicated)")\(indicated == 0 ? "." : ":")
      """
  }

  /// Which models tree and heat map of a set show.
  ///
  /// - Parameter drawn: how many of them; nil for all.
  static func models(inFigures drawn: Int?) -> String { drawn.map { "\($0) models" } ?? "all models" }

  /// Of a set that is larger than a question needs.
  static let chosen =
    "Each suspect was compared with some models of this set, not with all: its report says how they were chosen. Those of tree and heat map beside suspects and candidates were drawn at random."

  static let byGroup =
    "All candidates of a developer as one group, the ratio for a link with any of them rather than no link:"

  /// Where the highest of several ratios is looked for, and their lines differ.
  static let severalLines =
    "Ratios of one row come from several lines where the calibration learned from some of the pairs: such a pair is judged by a line that was fitted without its families. The highest is that of the ratios as they are; each report says which line is whose."

  static let byDeveloper = "The highest ratio of each developer's models, for a link rather than no link:"
}
