package import Formats

/// What a gateway says of itself where it answered from a cache, and not from the model.
package enum CacheSign {
  /// Headers that are stored for it, beside `age` and `x-cache`.
  static let headers: Set<String> = [
    "x-cache-status", "x-cache-hit", "x-cache-hits", "cf-cache-status", "cf-aig-cache-status", "helicone-cache",
    "x-portkey-cache-status", "x-litellm-cache-hit", "x-proxy-cache", "x-vercel-cache", "x-kong-cache-status",
    "x-semantic-cache", "x-gateway-cache", "x-from-cache", "x-served-from-cache",
  ]

  /// The header and its value; nil where none says so.
  ///
  /// An `age` of 1 or more is a cache's (RFC 9111, 5.1). Headers of caches of prompts, which hold no answers, do not count.
  package static func found(in headers: [Attempt.Header]) -> String? {
    headers.lazy.compactMap { header -> String? in
      let name = header.name.lowercased()
      let value = header.value.lowercased()
      let isHit: Bool
      if name == "age" {
        isHit = Int(value).map { $0 > 0 } ?? false
      } else {
        guard name.contains("cache"), !name.contains("prompt"), !name.contains("control") else { return nil }
        let words = value.split { !$0.isLetter && !$0.isNumber }
        isHit =
          (words.contains("hit") && !words.contains("miss")) || value == "true"
          || (name.hasSuffix("hits") && value != "0" && Int(value) != nil)
      }
      return isHit ? "\(name): \(value.prefix(40))" : nil
    }.first
  }

  /// The same of headers as they are stored: a list of names and values.
  package static func found(inStored headers: JSONValue?) -> String? {
    found(
      in: (headers?.array ?? []).compactMap { pair in
        guard let pair = pair.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
          return nil
        }
        return Attempt.Header(name: name, value: value)
      })
  }
}
