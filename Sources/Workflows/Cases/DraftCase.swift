import CResources
package import Cases
import Formats
import Foundation
import Likelihood
import Probing

/// From a few names to a `case.yaml` that runs, with its probes beside it.
package struct DraftCase: Sendable {
  package struct Findings: Sendable {
    package let file: String
    package let probes: String
    package let configuration: CaseConfiguration
    package let forecast: ForecastCase.Findings
  }

  /// Probes that are chosen of recorded prompts: a few more than a ratio needs.
  package static let probes = 120
  /// A recorded model counts for a prompt; prompts that fewer than this share of them answered are left aside.
  private static let share = 0.8
  private static let minimumCohort = 4

  private let suspect: String
  private let candidates: [String]
  private let cohort: [String]
  private let probeFile: String?
  private let samples: Int
  private let seed: UInt64
  private let environment: [String: String]

  /// - Parameters:
  ///   - suspect: and candidates: `URL#MODEL`, `URL` of a server with one model, or a file of recorded answers.
  ///   - cohort: the same; a folder of recorded answers, `ollama`, or a `URL` for all models of its server.
  ///   - probes: probe set; nil takes the one that comes with the program, or prompts of the recorded answers.
  package init(
    suspect: String, candidates: [String], cohort: [String], probes: String? = nil, samples: Int = 2, seed: UInt64,
    environment: [String: String]
  ) {
    self.suspect = suspect
    self.candidates = candidates
    self.cohort = cohort
    probeFile = probes
    self.samples = samples
    self.seed = seed
    self.environment = environment
  }

  /// - Parameter file: the configuration; neither it nor the probes beside it may be there.
  package func write(to file: String) async throws -> Findings {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let stem = (file.split(separator: "/").last.map(String.init) ?? file).replacing(".yaml", with: "")
    let probes = probeFile == nil ? "\(stem).probes.jsonl" : ""
    for path in [file] + (probes.isEmpty ? [] : [folder + probes]) where FileBytes.exists(path) {
      throw FileError.wouldOverwrite(file: path)
    }
    var used = UsedNames()
    let one = try await member(suspect, &used)
    var others: [CaseDraft.Member] = []
    for candidate in candidates { others.append(try await member(candidate, &used)) }
    var strangers: [CaseDraft.Member] = []
    for word in cohort { strangers += try await members(word, &used) }
    let recorded = try recordedModels([one] + others + strangers)
    let count = strangers.reduce(0) { sum, member in
      if case .folder(let path) = member.source {
        return sum + ((try? files(of: path, without: used.names).count) ?? 0)
      }
      return sum + 1
    }
    guard count >= Self.minimumCohort else { throw WorkflowError.draftCohortTooSmall(found: count) }
    if !probes.isEmpty {
      try FileBytes.create(try probeLines(recorded).utf8, at: folder + probes)
    }
    let draft = CaseDraft(
      seed: seed, suspect: one, candidates: others, cohort: strangers,
      probes: probeFile.map { relative($0, to: folder) } ?? probes, samples: samples)
    try FileBytes.create(written(draft, in: folder).utf8, at: file)
    let configuration = try CaseConfigurationReader.read(file: file)
    return Findings(
      file: file, probes: probeFile ?? folder + probes, configuration: configuration,
      forecast: try ForecastCase(configuration).run())
  }

  // MARK: - Models

  private func members(_ word: String, _ used: inout UsedNames) async throws -> [CaseDraft.Member] {
    if word == "ollama" {
      let host = Self.ollama(environment)
      return try await served(host, .ollama, &used)
    }
    if FileBytes.isFolder(word) {
      guard try !TranscriptFolder.files(of: word).isEmpty else { throw WorkflowError.noTranscriptsIn(word) }
      return [CaseDraft.Member(name: nil, source: .folder(word), developer: nil)]
    }
    if Endpoint.host(of: word) != nil { return try await served(Self.trimmed(word), Self.dialect(of: word), &used) }
    return [try await member(word, &used)]
  }

  /// Every model of a server but those that the case names already, and those that make vectors.
  private func served(
    _ url: String, _ dialect: Endpoint.DialectName, _ used: inout UsedNames
  ) async throws -> [CaseDraft.Member] {
    let names = try await ServedModels.list(url, dialect: dialect, environment: environment)
    return names.filter { !$0.lowercased().contains("embed") && !used.places.contains("\(url)#\($0)") }.map { name in
      CaseDraft.Member(
        name: used.name(of: name, at: url), source: .endpoint(Endpoint(url: url, model: name, dialect: dialect)),
        developer: DeveloperNames.guess(name))
    }
  }

  private func member(_ word: String, _ used: inout UsedNames) async throws -> CaseDraft.Member {
    if FileBytes.exists(word), !FileBytes.isFolder(word) {
      guard let name = TranscriptReader.modelName(ofFile: word) else { throw CasesError.notATranscript(file: word) }
      return CaseDraft.Member(
        name: used.name(of: name.rawValue), source: .recorded(file: word),
        developer: DeveloperNames.guess(name.rawValue))
    }
    let endpoint = try await Self.endpoint(word, environment: environment)
    return CaseDraft.Member(
      name: used.name(of: endpoint.model, at: endpoint.url),
      source: .endpoint(endpoint),
      developer: DeveloperNames.guess(endpoint.model) ?? KnownVendors.vendor(of: endpoint.url)?.developer)
  }

  /// `URL#MODEL`, or `ollama#MODEL`; without a model, the one that the server has.
  package static func endpoint(_ word: String, environment: [String: String]) async throws -> Endpoint {
    let parts = word.split(separator: "#", maxSplits: 1).map(String.init)
    let isOllama = parts.first == "ollama"
    let url = isOllama ? ollama(environment) : trimmed(parts.first ?? "")
    guard Endpoint.host(of: url) != nil else { throw WorkflowError.noSuchModel(word) }
    let vendor = KnownVendors.vendor(of: url)
    let dialect = isOllama ? .ollama : dialect(of: url)
    var model = parts.count > 1 ? parts[1] : ""
    if model.isEmpty {
      guard KnownVendors.isLocal(url) else { throw WorkflowError.modelNotNamed(url) }
      let names = try await ServedModels.list(url, dialect: dialect, environment: environment)
      guard names.count == 1, let only = names.first else { throw WorkflowError.severalModels(url, names) }
      model = only
    }
    return Endpoint(
      url: url, model: model, dialect: dialect,
      key: KnownVendors.isLocal(url) ? nil : .environment(vendor?.key ?? "RETORT_KEY"),
      tokenLimitField: vendor?.tokenLimitField ?? .maxTokens)
  }

  private static func dialect(of url: String) -> Endpoint.DialectName {
    if let vendor = KnownVendors.vendor(of: url) { return vendor.dialect }
    return url.hasSuffix(":11434") ? .ollama : .openAIChat
  }

  /// As Ollama's own tools find it.
  private static func ollama(_ environment: [String: String]) -> String {
    let host = environment["OLLAMA_HOST"].flatMap { $0.isEmpty ? nil : $0 } ?? "127.0.0.1:11434"
    return trimmed(host.contains("://") ? host : "http://\(host)")
  }

  private static func trimmed(_ url: String) -> String {
    var url = url
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }

  /// What the case has so far.
  private struct UsedNames {
    var names: Set<ModelID> = []
    /// Models of servers, each as `URL#MODEL`.
    var places: Set<String> = []

    /// A name that the case does not have yet: the last part of what the server calls the model.
    ///
    /// - Parameter url: of its server; nil for a file.
    mutating func name(of model: String, at url: String? = nil) -> ModelID {
      if let url { places.insert("\(url)#\(model)") }
      var name = url == nil ? model : model.split(separator: "/").last.map(String.init) ?? model
      if url != nil, name.hasSuffix(".gguf") { name.removeLast(5) }
      var number = 2
      var own = ModelID(name)
      while !names.insert(own).inserted {
        own = ModelID("\(name)-\(number)")
        number += 1
      }
      return own
    }
  }

  // MARK: - Probes

  private func files(of folder: String, without used: Set<ModelID>) throws -> [ModelID: String] {
    let inner = "\(folder)/transcripts"
    return try TranscriptFolder.files(of: FileBytes.isFolder(inner) ? inner : folder, leavingOut: used)
  }

  /// Files of recorded answers, and the folders that their prompts may lie in.
  private func recordedModels(_ members: [CaseDraft.Member]) throws -> (files: [String], folders: [String]) {
    var files: [String] = []
    var folders: [String] = []
    for member in members {
      switch member.source {
      case .endpoint: continue
      case .recorded(let file): files.append(file)
      case .folder(let folder):
        files += try self.files(of: folder, without: []).values.sorted()
        folders.append(folder)
      }
    }
    return (files, folders)
  }

  /// Those that come with the program; of recorded answers, prompts that nearly all of these models answered, drawn by the seed.
  private func probeLines(_ recorded: (files: [String], folders: [String])) throws -> String {
    guard !recorded.files.isEmpty else { return try Self.shipped() }
    let known = recorded.folders.map { "\($0)/probes.jsonl" }.filter(FileBytes.exists)
    guard !known.isEmpty else { throw WorkflowError.promptsUnknown(recorded.folders.first ?? recorded.files[0]) }
    var all: [PromptID: Probe] = [:]
    for file in known { for probe in try ProbeSet.read(file: file).probes { all[probe.id] = all[probe.id] ?? probe } }
    let answers = RecordedAnswers(to: all.values)
    var counts: [PromptID: Int] = [:]
    for file in recorded.files {
      let read = try answers.read(FileBytes.read(file), file: file, model: ModelID("draft"))
      for prompt in Set(read.transcript.responses.map(\.prompt)) { counts[prompt, default: 0] += 1 }
    }
    let enough = Double(recorded.files.count) * Self.share
    let common = counts.filter { Double($0.value) >= enough }.keys.sorted()
    guard !common.isEmpty else { throw WorkflowError.promptsUnknown(known[0]) }
    var generator = ScheduleGenerator(seed: seed)
    return generator.shuffled(common).prefix(Self.probes).sorted().compactMap { all[$0] }.map { probe in
      Probe(
        id: probe.id, prompt: probe.prompt, system: probe.system, category: probe.category, language: probe.language
      )
      .canonicalLine
    }.joined()
  }

  /// The open questions that come with the program, without a number of samples of their own.
  static func shipped() throws -> String {
    try ProbeSet.parse(embedded_open_probes().bytes, file: "open.jsonl").probes.map { probe in
      Probe(
        id: probe.id, prompt: probe.prompt, category: probe.category, language: probe.language,
        maxTokens: probe.maxTokens
      ).canonicalLine
    }.joined()
  }

  // MARK: - Paths

  /// Paths in a configuration are relative to it; those of the command line to where it was typed.
  private func written(_ draft: CaseDraft, in folder: String) -> String {
    draft.relative(to: folder, by: relative).yaml
  }

  private func relative(_ path: String, to folder: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty || folder == "./" { return path }
    if path.hasPrefix(folder) { return String(path.dropFirst(folder.count)) }
    let here = FileManager.default.currentDirectoryPath
    return folder.hasPrefix("/") || folder.contains("/") ? "\(here)/\(path)" : path
  }
}

extension CaseDraft {
  /// Endpoint of a check, with the probes that come with the program.
  package static func writeCheck(
    _ word: String, to file: String, environment: [String: String]
  ) async throws -> (file: String, probes: String) {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let stem = (file.split(separator: "/").last.map(String.init) ?? file).replacing(".yaml", with: "")
    let probes = "\(stem).probes.jsonl"
    for path in [file, folder + probes] where FileBytes.exists(path) { throw FileError.wouldOverwrite(file: path) }
    let endpoint = try await DraftCase.endpoint(word, environment: environment)
    try FileBytes.create(embedded_check_probes().bytes, at: folder + probes)
    try FileBytes.create(CaseDraft.check(endpoint, probes: probes).utf8, at: file)
    return (file, folder + probes)
  }
}
