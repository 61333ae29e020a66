import CaseFile
import Foundation
import Likelihood
import Reporting
import Similarity

/// Makes a study: a report for each suspect, and a README over all of them, without a word of any model's text.
struct StudySession {
  let study: Study
  let corpus: String
  let folder: String
  let json: Bool

  func run() async throws {
    var chapters: [StudyText.Chapter] = []
    for comparison in study.comparisons {
      let answers = try await StudyAnswers.read(comparison, of: study, corpus: corpus)
      // Suspects that belong to the set share all answers, and so all that the channels measure.
      let shared =
        answers.guests.isEmpty && comparison.suspects.count > 1
        ? await CohortAnalysis().measure(answers.transcripts) : nil
      var results: [StudyText.Result] = []
      var standing: [StandingPair] = []
      for suspect in comparison.suspects {
        let contents = try answers.contents(suspect: suspect, study: study, comparison: comparison)
        Talk.say("\(comparison.set): \(suspect), \(contents.candidates.count) candidates")
        let place = "\(comparison.set)/\(TranscriptFileName.stem(of: suspect))"
        let report = try await AnalysisOutput.report(contents, shared: shared, excerpts: false)
        try AnalysisOutput.write(report, to: "\(folder)/\(place)")
        guard let document = JSONValue(parsing: try report.json()) else { continue }
        results.append(.init(suspect: suspect, place: place, document: document))
        standing += try await StandingPair.all(contents, document)
      }
      chapters.append(.init(comparison: comparison, answers: answers, results: results, standing: standing))
      try await writeSet(comparison, answers, results, shared)
    }
    let text = StudyText(
      study: study, chapters: chapters, identity: try identityAnswers(),
      profiles: try study.profiles.map { try WordProfiles.read(file: "\(corpus)/\($0.file)") }, tool: Version.tool)
    try FileBytes.write(text.markdown().utf8, to: "\(folder)/README.md")
    guard json else { return try StandardOutput.write(text.markdown()) }
    try StandardOutput.json(text.document(folder: folder))
  }

  /// What is small enough to be kept of many comparisons: a row a pair, and the figures of the whole set.
  private func writeSet(
    _ comparison: Study.Comparison, _ answers: StudyAnswers, _ results: [StudyText.Result],
    _ shared: Similarity.Measurement?
  ) async throws {
    let place = "\(folder)/\(comparison.set)"
    try FileBytes.write(StudyScores.csv(results).utf8, to: "\(place)/scores.csv")
    let measurement: Similarity.Measurement
    if let shared {
      measurement = shared
    } else {
      let all = answers.transcripts.merging(answers.guests) { first, _ in first }
      measurement = await CohortAnalysis().measure(all)
    }
    let candidates = Set(results.flatMap(\.candidates).compactMap { $0.value["model"]?.string })
    let tree = try await ModelTree.make(measurement, seed: study.seed)
    let files = RelationFiles(tree, suspects: comparison.suspects, candidates: candidates.sorted().map { ModelID($0) })
    try FileBytes.write(files.treeSVG.utf8, to: "\(place)/tree.svg")
    try FileBytes.write(files.heatMapSVG.utf8, to: "\(place)/heatmap.svg")
  }

  private func identityAnswers() throws -> [IdentityAnswers] {
    guard let identity = study.identity else { return [] }
    let path = "\(corpus)/\(identity.folder)"
    return try FileBytes.list(path).compactMap { name in
      try TranscriptReader.modelName(ofFile: name).map {
        try IdentityAnswers.read(file: "\(path)/\(name)", model: $0)
      }
    }
  }
}

/// The answers of one set, and those of suspects that lie elsewhere.
struct StudyAnswers {
  /// Models with too few answers are not among them.
  let transcripts: [ModelID: Transcript]
  /// Suspects whose answers lie in another set: they are in nobody's cohort.
  let guests: [ModelID: Transcript]
  let leftOut: [ModelID]
  let lineage: Lineage
  let probes: [PromptID: Probe]
  private let set: String

  static func read(_ comparison: Study.Comparison, of study: Study, corpus: String) async throws -> StudyAnswers {
    func files(_ set: String) throws -> [ModelID: String] {
      let path = "\(corpus)/\(set)/responses"
      return try FileBytes.list(path).reduce(into: [:]) { files, name in
        if let id = TranscriptReader.modelName(ofFile: name) { files[id] = "\(path)/\(name)" }
      }
    }
    let all = try await RecordedTranscripts.read(files(comparison.set))
    let kept = all.filter { Set($0.value.responses.map(\.prompt)).count >= comparison.fewestPrompts }
    let guests = try await RecordedTranscripts.read(
      comparison.suspectsFrom.map { try files($0).filter { comparison.suspects.contains($0.key) } } ?? [:])
    let prompts = "\(corpus)/\(comparison.set)/prompts.jsonl"
    return StudyAnswers(
      transcripts: kept, guests: guests, leftOut: all.keys.filter { kept[$0] == nil }.sorted(),
      lineage: try LineageReader.read(file: "\(corpus)/\(study.lineage)", corpus: comparison.set),
      probes: FileBytes.exists(prompts)
        ? Dictionary(
          try ProbeSet.read(file: prompts).probes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }) : [:],
      set: "\(corpus)/\(comparison.set)/responses")
  }

  /// One suspect's case. Candidates stand in one another's cohorts, as far as they are unrelated: so it was in the
  /// validation.
  func contents(suspect: ModelID, study: Study, comparison: Study.Comparison) throws -> CaseContents {
    guard let own = guests[suspect] ?? transcripts[suspect] else {
      throw UsageError.noTranscriptOf(suspect, folder: set)
    }
    let others = transcripts.filter { $0.key != suspect }
    for candidate in comparison.candidates where others[candidate] == nil {
      throw UsageError.noTranscriptOf(candidate, folder: set)
    }
    let developers = Set(comparison.candidatesOf)
    let candidates = Set(comparison.candidates).union(
      others.keys.filter { model in
        guard let known = lineage[model], let developer = known.developer else { return false }
        return developers.contains(developer)
      })
    return CaseContents(
      name: "\(comparison.set): \(suspect)", suspect: suspect, candidates: candidates.sorted(),
      cohort: others.keys.sorted(), transcripts: others.merging([suspect: own]) { first, _ in first }, lineage: lineage,
      probes: probes, seed: study.seed)
  }
}
