import Cases
import Formats

/// One limit that an endpoint announces in the headers of a response, such as `x-ratelimit-remaining-requests`,
/// `anthropic-ratelimit-requests-remaining` or `ratelimit-remaining`, with the headers of the same name but for `limit` and
/// `reset`.
///
/// Some servers send placeholders for what they do not limit: a limit of 0 or below, or a remainder below 0, however the number
/// is written. Those are no limits.
struct AnnouncedLimit: Hashable, Sendable {
  let remaining: Double
  /// When it is whole again, as the endpoint writes it.
  let reset: String?
  /// Counts tokens, not requests.
  let isOfTokens: Bool

  static func all(in headers: [Attempt.Header]) -> [AnnouncedLimit] {
    let values = Dictionary(firstOf: headers.map { ($0.name.lowercased(), $0.value) })
    let one = values["ratelimit"].flatMap(Self.init(field:)).map { [$0] } ?? []
    let each = values.compactMap { name, value -> AnnouncedLimit? in
      guard name.contains("ratelimit"), name.contains("remaining") else { return nil }
      return AnnouncedLimit(
        remaining: value, limit: values[name.replacing("remaining", with: "limit")],
        reset: values[name.replacing("remaining", with: "reset")], isOfTokens: name.contains("token"))
    }
    return one + each
  }

  /// As the endpoint writes them; nil for a placeholder, and without a remainder.
  fileprivate init?(remaining: String?, limit: String?, reset: String?, isOfTokens: Bool) {
    guard let remaining = remaining.flatMap(Self.number), remaining >= 0 else { return nil }
    if let limit = limit.flatMap(Self.number), limit <= 0 { return nil }
    self.remaining = remaining
    self.reset = reset
    self.isOfTokens = isOfTokens
  }

  /// nil for what is no number alone, white space around it aside.
  private static func number(_ text: String) -> Double? {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.count == 1 ? Double(words[0]) : nil
  }
}

extension AnnouncedLimit {
  /// The one header of the later drafts of the standard: `limit=100, remaining=0, reset=30`, and `"default";r=0;t=30`.
  fileprivate init?(field: String) {
    let pairs = field.split { $0 == "," || $0 == ";" }.map { $0.split(separator: "=", maxSplits: 1) }
    let words = Dictionary(
      firstOf: pairs.filter { $0.count == 2 }.map { pair in
        (String(pair[0].drop(while: \.isWhitespace)), String(pair[1]))
      })
    self.init(
      remaining: words["remaining"] ?? words["r"], limit: words["limit"], reset: words["reset"] ?? words["t"],
      isOfTokens: false)
  }
}
