import Formats
import Yams

/// Prices of models, from a user's file: retort knows none by itself, since a price that is out of date is a wrong one.
package struct PriceList: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    /// Patterns in which `*` stands for any text; nil fits everything.
    let model: String?
    let host: String?
    let price: Price
  }

  let entries: [Entry]

  package init() { entries = [] }

  init(_ entries: [Entry]) { self.entries = entries }

  /// The first entry that fits the served model's name and the host, with or without its scheme; nil if none does.
  package func price(of endpoint: Endpoint) -> Price? {
    let host = endpoint.host
    let bare = host.split(separator: "/", maxSplits: 2).last.map(String.init) ?? host
    return entries.first { entry in
      (entry.model.map { Pattern.matches($0, endpoint.model) } ?? true)
        && (entry.host.map { Pattern.matches($0, host) || Pattern.matches($0, bare) } ?? true)
    }?.price
  }
}

/// Text with `*` for any run of characters.
enum Pattern {
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.utf8), text = Array(text.utf8)
    var p = 0, t = 0
    var star: (p: Int, t: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p] == text[t] {
        p += 1
        t += 1
      } else if let last = star {
        star = (last.p, last.t + 1)
        p = last.p + 1
        t = last.t + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// Reads a price list:
///
///     currency: EUR
///     prices:
///       - {model: "gpt-4o*", host: "api.openai.com", prompt: 2.50, completion: 10}
///       - {host: "127.0.0.1*", prompt: 0, completion: 0}
///
/// `prompt` and `completion` are for a million tokens. An entry has a model, a host or both, as patterns, and may name
/// a currency of its own; the first that fits counts.
package enum PriceListReader {
  /// - Throws: `FileError` with file, line and column.
  package static func read(file: String) throws -> PriceList { try parse(FileBytes.read(file), file: file) }

  package static func parse(_ bytes: [UInt8], file: String) throws -> PriceList {
    let root = try YAMLDocument.root(bytes, file: file)
    let top = try YAMLMapping(root, path: "", file: file, known: ["currency", "prices"])
    let currency = try top.string("currency")
    let node = try top.required("prices")
    let nodes = try top.sequence("prices") ?? []
    guard !nodes.isEmpty else { throw top.error(at: node, .tooFew(field: "prices", found: 0, atLeast: 1)) }
    return PriceList(
      try nodes.enumerated().map { index, node in
        let fields = try YAMLMapping(
          node, path: "prices[\(index)]", file: file, known: ["model", "host", "prompt", "completion", "currency"])
        let model = try fields.string("model"), host = try fields.string("host")
        guard model != nil || host != nil else {
          throw fields.error(at: node, .missing(field: fields.field("model")))
        }
        guard let currency = try fields.string("currency") ?? currency else {
          throw fields.error(at: node, .missing(field: fields.field("currency")))
        }
        return PriceList.Entry(
          model: model, host: host,
          price: Price(
            prompt: try fields.price("prompt"), completion: try fields.price("completion"), currency: currency))
      })
  }
}

extension YAMLMapping {
  /// A price of a million tokens, in 10⁻¹² units a token.
  fileprivate func price(_ key: String) throws -> Int {
    let node = try required(key)
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      let value = Decimal12.parse(scalar.string, below: 100_000), value % 1_000_000 == 0
    else {
      throw error(
        at: node,
        .wrongType(
          field: field(key), expected: "a price below 100000 such as 2.50, with at most 6 digits behind the point"))
    }
    return value / 1_000_000
  }

  /// An amount of money.
  package func cost(_ key: String) throws -> Cost? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain, let value = Cost(scalar.string) else {
      throw error(at: node, .wrongType(field: field(key), expected: "an amount below a million, such as 5 or 2.50"))
    }
    return value
  }
}
