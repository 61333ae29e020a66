/// Name of a model within a case, as the user gave it; never a claim about which weights answered.
package struct ModelID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
  package init(from decoder: any Decoder) throws { rawValue = try String(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
  package var description: String { rawValue }

  /// Order of UTF-8 bytes: the same on every platform and in every locale.
  package static func < (a: Self, b: Self) -> Bool { a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8) }

  /// Under which name the model that this one was tuned from is asked for likelihoods.
  package var base: ModelID { ModelID("\(rawValue).base") }
}

/// Name of a probe within a case.
package struct PromptID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ name: String) { rawValue = name }
  package init(from decoder: any Decoder) throws { rawValue = try String(from: decoder) }

  package func encode(to encoder: any Encoder) throws { try rawValue.encode(to: encoder) }
  package var description: String { rawValue }

  /// Order of UTF-8 bytes: the same on every platform and in every locale.
  package static func < (a: Self, b: Self) -> Bool { a.rawValue.utf8.lexicographicallyPrecedes(b.rawValue.utf8) }
}
