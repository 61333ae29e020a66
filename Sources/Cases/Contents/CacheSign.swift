package import Formats

/// What a gateway says of itself where it answered from a cache, and not from the model.
package enum CacheSign {
  /// Whether a header, by its name in lower case, may say so; it is stored then. Caches of prompts, of what is computed and of names
  /// hold no answers.
  static func isOfCache(_ name: String) -> Bool {
    name == "age"
      || (name.contains("cache")
        && !["prompt", "control", "kv-", "prefix", "key", "token"].contains(where: name.contains))
  }

  /// The header and its value; nil where none says so.
  ///
  /// An `age` of 1 or more is a cache's (RFC 9111, 5.1). Of several caches on the way, one that had the answer is enough.
  package static func found(in headers: [Attempt.Header], _ reading: StoredReading = .present) -> String? {
    headers.lazy.compactMap { header -> String? in
      let name = header.name.lowercased()
      let value = header.value.lowercased()
      let isHit =
        switch reading {
        case .before0_8: saidBefore0_8(value, of: name)
        case .present: isOfCache(name) && value.split(separator: ",").contains { says($0, of: name) }
        }
      return isHit ? "\(name): \(value.prefix(40))" : nil
    }.first
  }

  private static func saidBefore0_8(_ value: String, of name: String) -> Bool {
    if name == "age" { return Int(value).map { $0 > 0 } ?? false }
    guard name.contains("cache"), !name.contains("prompt"), !name.contains("control") else { return false }
    let words = value.split { !$0.isLetter && !$0.isNumber }
    return (words.contains("hit") && !words.contains("miss")) || value == "true"
      || (name.hasSuffix("hits") && value != "0" && Int(value) != nil)
  }

  /// Whether a part of a header's value says that an answer was there.
  private static func says(_ value: Substring, of name: String) -> Bool {
    let words = value.split { !$0.isLetter && !$0.isNumber }
    if name == "age" || name.hasSuffix("hits") { return words.count == 1 && (Int(words[0]) ?? 0) > 0 }
    if ["hit", "cached", "from-cache"].contains(where: name.hasSuffix) {
      return words.count == 1 && ["hit", "true", "yes", "1"].contains(words[0])
    }
    // What stands in a cache and is old is given out as well; a `cache-status` (RFC 9211) tells by it why it was not.
    let given: Set<Substring> = name == "cache-status" ? ["hit"] : ["hit", "stale", "updating", "revalidated"]
    return words.contains(where: given.contains) && !words.contains("miss") && !words.contains("pass")
  }

  /// The same of headers as they are stored: a list of names and values.
  package static func found(inStored headers: JSONValue?, _ reading: StoredReading = .present) -> String? {
    found(
      in: (headers?.array ?? []).compactMap { pair in
        guard let pair = pair.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
          return nil
        }
        return Attempt.Header(name: name, value: value)
      }, reading)
  }
}
