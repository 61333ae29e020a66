import CaseFile
package import Cases
package import Formats

/// What probe sets hold, and what is to be said against using them together.
package struct ProbeSetText {
  private let review: ProbeSetReview
  /// Whether findings are told.
  private let isCheck: Bool

  package init(_ review: ProbeSetReview, isCheck: Bool) {
    self.review = review
    self.isCheck = isCheck
  }

  package var lines: [String] {
    review.sets.flatMap { Self.lines($0) }
      + (isCheck ? review.findings.map { Self.sentence($0) } : [])
  }

  private static func lines(_ set: ProbeSetReview.Summary) -> [String] {
    func counts(_ counts: [String?: Int]) -> String {
      sorted(counts).map { "\($0.key ?? "none") \($0.value)" }.joined(separator: ", ")
    }
    let source = set.isSelection ? " chosen from the others" : ""
    return [
      "\(set.file): \(set.probes) probes\(source), sha256 \(set.digest.hex)",
      "  categories: \(counts(set.categories))", "  languages: \(counts(set.languages))",
    ]
  }

  private static func sorted(_ counts: [String?: Int]) -> [(key: String?, value: Int)] {
    counts.sorted { ($0.key ?? "").utf8.lexicographicallyPrecedes(($1.key ?? "").utf8) }
      .map { (key: $0.key, value: $0.value) }
  }

  private static func sentence(_ finding: ProbeSetReview.Finding) -> String {
    switch finding {
    case .repeatedID(let id, let file, let first): "\(file): the probe \(id) is in \(first) too: rename one of them"
    case .repeatedPrompt(let id, let file, let other, let first):
      "\(file): the probe \(id) asks the same as \(other) of \(first): remove or change one of them"
    case .missingCategory(let id, let file): "\(file): the probe \(id) has no category"
    case .missingLanguage(let id, let file): "\(file): the probe \(id) has no language"
    }
  }

  package func document(tool: String) -> JSONValue {
    func counts(_ counts: [String?: Int]) -> JSONValue {
      .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.key ?? "", .integer($0.value)) }))
    }
    var members: [String: JSONValue] = [
      "sets": .array(
        review.sets.map { set in
          .object([
            "file": .string(set.file), "sha256": .string(set.digest.hex), "probes": .integer(set.probes),
            "categories": counts(set.categories), "languages": counts(set.languages),
            "selection": .bool(set.isSelection),
          ])
        })
    ]
    if isCheck { members["findings"] = .array(review.findings.map(Self.json)) }
    return .document("retort.probe-sets/1", tool: tool, members)
  }

  private static func json(_ finding: ProbeSetReview.Finding) -> JSONValue {
    func object(_ kind: String, _ id: PromptID, _ file: String, first: PromptID? = nil, firstFile: String? = nil)
      -> JSONValue
    {
      .compact([
        "kind": .string(kind), "probe": .string(id.rawValue), "file": .string(file),
        "first_probe": JSONValue(first?.rawValue), "first_file": JSONValue(firstFile),
      ])
    }
    return switch finding {
    case .repeatedID(let id, let file, let first): object("repeated_id", id, file, firstFile: first)
    case .repeatedPrompt(let id, let file, let other, let first):
      object("repeated_prompt", id, file, first: other, firstFile: first)
    case .missingCategory(let id, let file): object("missing_category", id, file)
    case .missingLanguage(let id, let file): object("missing_language", id, file)
    }
  }
}
