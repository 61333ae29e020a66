package import Formats

/// The machine's clock beside that of a server, once.
package struct ClockReading: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// Microseconds: how far the machine's clock was behind, and how long the way there and back took; and how many steps the
    /// server is from a clock of its own.
    case answered(offset: Int, delay: Int, stratum: Int)
    case failed(String)
  }

  /// When in a run it was made.
  package enum Moment: String, Hashable, Sendable { case begin, end }

  /// Host and port.
  package let server: String
  package let moment: Moment
  package let outcome: Outcome

  package init(server: String, moment: Moment, outcome: Outcome) {
    self.server = server
    self.moment = moment
    self.outcome = outcome
  }

  package init?(record: JSONValue) {
    guard let server = record["server"]?.string, let moment = record["moment"]?.string.flatMap(Moment.init) else {
      return nil
    }
    if let problem = record["problem"]?.string {
      self.init(server: server, moment: moment, outcome: .failed(problem))
    } else if let offset = record["offset_us"]?.integer, let delay = record["delay_us"]?.integer,
      let stratum = record["stratum"]?.integer
    {
      self.init(
        server: server, moment: moment, outcome: .answered(offset: offset, delay: delay, stratum: stratum))
    } else {
      return nil
    }
  }

  /// As the log tells it.
  package var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["server": .string(server), "moment": .string(moment.rawValue)]
    switch outcome {
    case .answered(let offset, let delay, let stratum):
      members["offset_us"] = .integer(offset)
      members["delay_us"] = .integer(delay)
      members["stratum"] = .integer(stratum)
    case .failed(let words): members["problem"] = .string(words)
    }
    return members
  }
}
