import CaseFile
import Reporting

/// What probe sets hold, and what is to be said against using them together.
struct ProbeSetText {
  let files: [String]
  let isCheck: Bool
  let json: Bool

  func run() throws {
    let review = ProbeSetReview(of: try ProbeSetReview.sets(of: files))
    guard !review.sets.isEmpty else { throw UsageError.noProbeSet(files) }
    if json {
      try StandardOutput.json(document(review))
    } else {
      try StandardOutput.say(review.sets.map(Self.line))
      if isCheck { try StandardOutput.say(review.findings.map(Self.sentence)) }
    }
    if isCheck, !review.findings.isEmpty { throw ProbeSetFindings(count: review.findings.count) }
  }

  private static func line(_ set: ProbeSetReview.Summary) -> String {
    func counts(_ counts: [String?: Int]) -> String {
      sorted(counts).map { "\($0.key ?? "none") \($0.value)" }.joined(separator: ", ")
    }
    let source = set.isSelection ? " chosen from the others" : ""
    return "\(set.file): \(set.probes) probes\(source), sha256 \(set.digest.hex)\n"
      + "  categories: \(counts(set.categories))\n  languages: \(counts(set.languages))"
  }

  private static func sorted(_ counts: [String?: Int]) -> [(key: String?, value: Int)] {
    counts.sorted { ($0.key ?? "").utf8.lexicographicallyPrecedes(($1.key ?? "").utf8) }
      .map { (key: $0.key, value: $0.value) }
  }

  static func sentence(_ finding: ProbeSetReview.Finding) -> String {
    switch finding {
    case .repeatedID(let id, let file, let first): "\(file): the probe \(id) is in \(first) too: rename one of them"
    case .repeatedPrompt(let id, let file, let other, let first):
      "\(file): the probe \(id) asks the same as \(other) of \(first): remove or change one of them"
    case .missingCategory(let id, let file): "\(file): the probe \(id) has no category"
    case .missingLanguage(let id, let file): "\(file): the probe \(id) has no language"
    }
  }

  private func document(_ review: ProbeSetReview) -> JSONValue {
    func counts(_ counts: [String?: Int]) -> JSONValue {
      .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.key ?? "", .integer($0.value)) }))
    }
    var members: [String: JSONValue] = [
      "schema": .string("retort.probe-sets/1"), "tool": .string(Version.tool),
      "sets": .array(
        review.sets.map { set in
          .object([
            "file": .string(set.file), "sha256": .string(set.digest.hex), "probes": .integer(set.probes),
            "categories": counts(set.categories), "languages": counts(set.languages),
            "selection": .bool(set.isSelection),
          ])
        }),
    ]
    if isCheck { members["findings"] = .array(review.findings.map(Self.json)) }
    return .object(members)
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

/// A check that found something; what it was is on standard output.
struct ProbeSetFindings: Error {
  let count: Int
}

/// Templates in, a private probe set out.
struct ExpandSession {
  let templates: [String]
  let seed: UInt64
  let count: Int
  let output: String
  let json: Bool

  func run() throws {
    try OptionBounds.check(count, "--count", in: Limits.variants)
    var probes: [Probe] = []
    var sources: [JSONValue] = []
    var known: Set<String> = []
    for file in templates {
      let bytes = try FileBytes.read(file)
      for template in try ProbeTemplate.parse(bytes, file: file) {
        guard known.insert(template.id).inserted else {
          throw CaseFileError.template(file: file, .repeatedTemplate(template.id))
        }
        probes += try template.expand(seed: seed, count: count, file: file)
        sources.append(
          .object([
            "file": .string(file), "id": .string(template.id), "sha256": .string(Digest(of: bytes).hex),
            "variants": .integer(template.variants),
          ]))
      }
    }
    let text = probes.map(\.canonicalLine).joined()
    if !FileBytes.exists(output) {
      try FileBytes.create(text.utf8, at: output)
    } else if try FileBytes.read(output) != Array(text.utf8) {
      throw CaseFileError.wouldOverwrite(file: output)
    }
    guard json else {
      return try StandardOutput.say("\(output): \(probes.count) probes, sha256 \(Digest(of: text).hex)")
    }
    try StandardOutput.json(
      .object([
        "schema": .string("retort.probe-variants/1"), "tool": .string(Version.tool), "file": .string(output),
        "sha256": .string(Digest(of: text).hex), "probes": .integer(probes.count),
        // A JSON number holds 53 bits; the seed has 64.
        "seed": .string(String(seed)), "templates": .array(sources),
      ]))
  }
}
