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

  static let byGroup =
    "All candidates of a developer as one group, the ratio for a link with any of them rather than no link:"

  static let byDeveloper = "The highest ratio of each developer's models, for a link rather than no link:"
}
