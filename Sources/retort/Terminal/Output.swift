import CaseFile

/// What a command found, on standard output.
enum Output {
  /// - Parameters:
  ///   - document: what is printed if `json` is asked for.
  ///   - lines: made harmless already; printed otherwise.
  static func write(_ document: @autoclosure () -> JSONValue, or lines: @autoclosure () -> [String], json: Bool) {
    if json { return JSONOutput.print(document()) }
    for line in lines() { print(line) }
  }
}
