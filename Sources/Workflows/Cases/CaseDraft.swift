package import Cases
import Formats

/// A `case.yaml` that is not written yet, with comments for whoever goes on with it.
package struct CaseDraft: Sendable {
  package struct Member: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
      case endpoint(Endpoint)
      /// A file of recorded answers.
      case recorded(file: String)
      /// A folder of them, each a model of the cohort.
      case folder(String)
    }

    /// nil for a folder.
    package let name: ModelID?
    package let source: Source
    package let developer: String?
    /// From the name or the address, and not known.
    package let isDeveloperGuessed: Bool

    package init(name: ModelID?, source: Source, developer: String?, isDeveloperGuessed: Bool = true) {
      self.isDeveloperGuessed = isDeveloperGuessed
      self.name = name
      self.source = source
      self.developer = developer
    }

    var isRecorded: Bool { if case .endpoint = source { false } else { true } }
  }

  private let seed: UInt64
  private let suspect: Member
  private let candidates: [Member]
  private let cohort: [Member]
  private let probes: String
  private let samples: Int

  /// - Parameter probes: path of the probe set, relative to the configuration.
  package init(
    seed: UInt64, suspect: Member, candidates: [Member], cohort: [Member], probes: String, samples: Int
  ) {
    self.seed = seed
    self.suspect = suspect
    self.candidates = candidates
    self.cohort = cohort
    self.probes = probes
    self.samples = samples
  }

  package var yaml: String {
    let lines =
      [
        "# Written by retort init. Next: retort doctor, then retort run --dry-run, then retort run.",
        "seed: \(seed)                 # order of the run, bootstrap, permutations",
        "suspect:                       # the model that may have been trained on another's answers",
      ] + Self.entry(suspect, indent: "  ", first: "  ")
      + ["candidates:                    # models that may be its teachers"] + Self.list(candidates)
      + [
        "cohort:                        # at least 8 models that have nothing to do with either: what is usual among strangers",
        "                               # developer, base, family, trained_on: by them relatives leave the cohort; correct what is guessed",
        "                               # a ratio needs developer or base of suspect, candidate and four fifths of the cohort",
      ] + Self.list(cohort) + [
        "probes: [\(Self.quoted(probes))]",
        "samples: \(samples)                     # answers to each probe; from 2 on it is tested whether two models are one",
        "sampling: {temperature: 0.7, top_p: 1, max_tokens: 512}",
        "budget: {max_calls: 20000, max_time: 12h}",
        "# commission: {by: NAME, question: TEXT}   # who asks, and what; printed in the report",
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The same with the paths of recorded answers as they are seen from the folder of the configuration.
  package func relative(to folder: String, by path: (_ path: String, _ folder: String) -> String) -> CaseDraft {
    func moved(_ member: Member) -> Member {
      switch member.source {
      case .endpoint: member
      case .recorded(let file):
        Member(name: member.name, source: .recorded(file: path(file, folder)), developer: member.developer)
      case .folder(let file):
        Member(name: member.name, source: .folder(path(file, folder)), developer: member.developer)
      }
    }
    return CaseDraft(
      seed: seed, suspect: moved(suspect), candidates: candidates.map(moved), cohort: cohort.map(moved), probes: probes,
      samples: samples)
  }

  private static func list(_ members: [Member]) -> [String] {
    members.flatMap { entry($0, indent: "    ", first: "  - ") }
  }

  private static func entry(_ member: Member, indent: String, first: String) -> [String] {
    var lines: [String] = []
    if let name = member.name { lines.append("model: \(quoted(name.rawValue))") }
    switch member.source {
    case .endpoint(let endpoint): lines.append("endpoint: \(flow(endpoint))")
    case .recorded(let file), .folder(let file): lines.append("transcripts: \(quoted(file))")
    }
    if member.isRecorded {
      lines.append(
        "# recorded: {by: WHO, date: YYYY-MM-DD, from: URL, temperature: 0.7, max_tokens: 1024}   # state what you know"
      )
    }
    if let developer = member.developer {
      lines.append(
        "developer: \(quoted(developer))\(member.isDeveloperGuessed ? "   # guessed from the name or the address" : "")"
      )
    } else if member.name != nil {
      lines.append(
        "# developer: NAME   # who made it? There is no likelihood ratio without: relatives could not leave the cohort")
    }
    if member.name != nil {
      lines.append(
        "# base: NAME   # the model that it was tuned from; family: NAME, where sizes or versions are of one line")
    }
    return lines.enumerated().map { ($0.offset == 0 ? first : indent) + $0.element }
  }

  static func flow(_ endpoint: Endpoint) -> String {
    var parts = ["url: \(quoted(endpoint.url))", "model: \(quoted(endpoint.model))"]
    if endpoint.dialect != .openAIChat { parts.append("dialect: \(endpoint.dialect.rawValue)") }
    if case .environment(let name)? = endpoint.key { parts.append("key_env: \(name)") }
    if endpoint.tokenLimitField != .maxTokens {
      parts.append("token_limit_field: \(endpoint.tokenLimitField.rawValue)")
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// In double quotes, where YAML reads what JSON writes.
  static func quoted(_ text: String) -> String { JSONValue.string(text).canonical }
}

extension CaseDraft {
  /// A `check.yaml` for one endpoint.
  package static func check(_ endpoint: Endpoint, probes: String) -> String {
    [
      "# Written by retort init --check. Next: retort baseline create, retort baseline approve, then retort check.",
      "endpoint: \(flow(endpoint))",
      "probes: [\(quoted(probes))]             # 20 questions with one answer, 8 with many",
      "false_alarms: {at_most: 0.05, per: \"52 runs\"}   # of all series of 52 runs, at most 5 % see a false alarm",
    ].joined(separator: "\n") + "\n"
  }
}
