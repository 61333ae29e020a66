package import Formats

/// Probe sets side by side: what they hold, and what would disturb a run that uses them together.
package struct ProbeSetReview: Sendable {
  package struct Summary: Hashable, Sendable {
    package let file: String
    package let digest: Digest
    package let probes: Int
    /// Number of probes by category and by language; `nil` as a key counts those without.
    package let categories: [String?: Int]
    package let languages: [String?: Int]
    /// Each of its probes is asked, under the same name, by a set that asks more: it was chosen from the others, to be
    /// used in place of them.
    package let isSelection: Bool
  }

  package enum Finding: Hashable, Sendable {
    /// The name stands in an earlier set already.
    case repeatedID(PromptID, file: String, firstFile: String)
    /// Two probes ask the same, letter for letter but for white space at the ends.
    case repeatedPrompt(PromptID, file: String, first: PromptID, firstFile: String)
    case missingCategory(PromptID, file: String)
    case missingLanguage(PromptID, file: String)
  }

  package let sets: [Summary]
  package let findings: [Finding]

  private struct Question: Hashable {
    let system: String?
    let prompt: String

    init(of probe: Probe) {
      system = probe.system
      prompt = probe.prompt.trimmingWhitespace
    }
  }

  /// A question with its name.
  private struct Named: Hashable {
    let id: PromptID
    let question: Question
  }

  package init(of sets: [ProbeSet]) {
    let selections = Self.selections(among: sets)
    self.sets = zip(sets, selections).map { set, isSelection in
      Summary(
        file: set.file, digest: set.digest, probes: set.probes.count,
        categories: set.probes.reduce(into: [:]) { $0[$1.category, default: 0] += 1 },
        languages: set.probes.reduce(into: [:]) { $0[$1.language, default: 0] += 1 }, isSelection: isSelection)
    }
    var fileOfID: [PromptID: String] = [:]
    var firstAsked: [Question: (id: PromptID, file: String)] = [:]
    var findings: [Finding] = []
    // The probes of a selection are looked at where they come from.
    for (set, isSelection) in zip(sets, selections) where !isSelection {
      for probe in set.probes {
        if let first = fileOfID[probe.id] {
          findings.append(.repeatedID(probe.id, file: set.file, firstFile: first))
        } else {
          fileOfID[probe.id] = set.file
        }
        let question = Question(of: probe)
        if let first = firstAsked[question] {
          findings.append(.repeatedPrompt(probe.id, file: set.file, first: first.id, firstFile: first.file))
        } else {
          firstAsked[question] = (probe.id, set.file)
        }
        if probe.category == nil { findings.append(.missingCategory(probe.id, file: set.file)) }
        if probe.language == nil { findings.append(.missingLanguage(probe.id, file: set.file)) }
      }
    }
    self.findings = findings
  }

  /// Which of the sets are selections from the others. Of two that ask the same, neither is.
  private static func selections(among sets: [ProbeSet]) -> [Bool] {
    let asked = sets.map { set in Set(set.probes.map { Named(id: $0.id, question: Question(of: $0)) }) }
    return asked.map { own in
      let wider = asked.filter { !$0.isSubset(of: own) }
      return own.isSubset(of: wider.reduce(into: Set<Named>()) { $0.formUnion($1) })
    }
  }

  /// The sets of files, and of folders those of their `.jsonl` files.
  package static func sets(of paths: [String]) throws -> [ProbeSet] {
    try paths.flatMap { path -> [String] in
      guard FileBytes.isFolder(path) else { return [path] }
      let names = try FileBytes.list(path).filter { $0.hasSuffix(".jsonl") }
      return names.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }.map(ProbeSet.read(file:))
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
