import AnswerDebris
package import Cases
import Formats
import Likelihood
package import Rendering
import Reporting
import Similarity
import Statistics

/// One question asked of several suspects and sets of recorded answers: a report for each suspect, and a README over all of
/// them, without a word of any model's text.
package struct MakeStudy: Sendable {
  private let study: Study
  private let corpus: String
  private let tool: String
  private let maximumCohort: Int

  /// - Parameters:
  ///   - corpus: folder of the sets, each with `responses/` and `prompts.jsonl`.
  ///   - maximumCohort: models of a set that each suspect is compared with beside the candidates; of more some are chosen
  ///     (`BoundedCohort`).
  package init(_ study: Study, corpus: String, tool: String, maximumCohort: Int = RecordedCase.maximumCohort) {
    self.study = study
    self.corpus = corpus
    self.tool = tool
    self.maximumCohort = maximumCohort
  }

  /// Writes the reports as they are made, each set's scores and figures, and at last the README.
  ///
  /// - Parameter progress: told of each suspect before it is analysed: its set, and how many candidates it has.
  /// - Returns: what the README says.
  package func run(
    to folder: String, progress: ((set: String, suspect: ModelID, candidates: Int)) -> Void = { _ in }
  ) async throws -> StudyText {
    var chapters: [StudyText.Chapter] = []
    for comparison in study.comparisons {
      chapters.append(try await chapter(comparison, folder, progress))
    }
    let text = StudyText(
      study, chapters: chapters, identity: try identityAnswers(),
      profiles: try study.profiles.map { try WordProfiles.read(file: "\(corpus)/\($0.file)") }, tool: tool)
    try FileBytes.write(text.markdown().utf8, to: "\(folder)/README.md")
    return text
  }

  private func chapter(
    _ comparison: Study.Comparison, _ folder: String,
    _ progress: ((set: String, suspect: ModelID, candidates: Int)) -> Void
  ) async throws -> StudyText.Chapter {
    let answers = try await StudyAnswers.read(comparison, of: study, corpus: corpus)
    var cases: [CaseContents] = []
    for suspect in comparison.suspects {
      let given = try answers.contents(suspect: suspect, study: study, comparison: comparison)
      cases.append(
        try await BoundedCohort(most: maximumCohort, seed: study.seed).chosen(
          of: given, keeping: Set(given.candidates)))
    }
    // Suspects that belong to the set share all answers, and so all that the channels measure; but those of whose set some models
    // are chosen have others near them.
    let isWhole = cases.allSatisfy { $0.draw == nil }
    let shared =
      answers.guests.isEmpty && comparison.suspects.count > 1 && isWhole
      ? try await SharedMeasurement(measuring: answers.transcripts, for: cases) : nil
    let analysis = try AnalyseCase(excerpts: false, tool: tool)
    var results: [StudyText.Result] = []
    var standing: [StandingPair] = []
    for contents in cases {
      let suspect = contents.suspect
      progress((comparison.set, suspect, contents.candidates.count))
      let place = "\(comparison.set)/\(TranscriptFileName.stem(of: suspect))"
      let report = try await analysis.report(contents, shared: shared, maximumCohort: maximumCohort)
      try ReportFiles(report).write(to: "\(folder)/\(place)")
      results.append(.init(report, place: place))
      standing += try await standingPairs(
        CleanedContents(contents, debris: shared?.debris).contents, report, shared?.shortened)
    }
    let measurement =
      if let cleaned = shared?.cleaned { cleaned } else {
        try await CohortAnalysis().measure(Debris(isWhole ? answers.all : related(cases, answers)).cleaned)
      }
    try await writeSet(comparison, results.map(\.report), measurement, to: "\(folder)/\(comparison.set)")
    return .init(
      comparison, leftOut: answers.leftOut, results: results, standing: standing,
      drawnFigures: isWhole ? nil : measurement.pairs.models.count)
  }

  /// The models of a large set whose tree is drawn: suspects, candidates, and of the others as many as any suspect is compared with,
  /// by the seed alone, for no suspect's neighbours are more of the set than another's.
  private func related(_ cases: [CaseContents], _ answers: StudyAnswers) -> [ModelID: Transcript] {
    let asked = Set(cases.flatMap { $0.candidates + [$0.suspect] })
    var others = answers.all.keys.filter { !asked.contains($0) }.sorted()
    var generator = SeededGenerator(seed: study.seed)
    generator.shuffle(&others)
    let kept = asked.union(others.prefix(maximumCohort))
    return answers.all.filter { kept.contains($0.key) }
  }

  /// What is small enough to be kept of many comparisons: a row a pair, and the figures of the whole set.
  private func writeSet(
    _ comparison: Study.Comparison, _ reports: [Report], _ measurement: PairMeasurements, to folder: String
  ) async throws {
    try FileBytes.write(StudyScores.csv(reports).utf8, to: "\(folder)/scores.csv")
    let candidates = Set(reports.flatMap(\.candidates).map(\.model))
    let tree = try await ModelTree.make(measurement, seed: study.seed)
    let files = RelationFiles(tree, suspects: comparison.suspects, candidates: candidates.sorted())
    try FileBytes.write(files.treeSVG.utf8, to: "\(folder)/tree.svg")
    try FileBytes.write(files.heatMapSVG.utf8, to: "\(folder)/heatmap.svg")
  }

  /// Pairs of one suspect that are looked into: those with which a link is indicated, and where there is no ratio those that stand
  /// out from the cohort.
  ///
  /// - Parameters:
  ///   - contents: without debris.
  ///   - shared: what was measured of these very transcripts without first sentences; nil measures them.
  private func standingPairs(
    _ contents: CaseContents, _ report: Report, _ shared: PairMeasurements?
  ) async throws -> [StandingPair] {
    let standing = report.candidatesToLookInto
    guard !standing.isEmpty else { return [] }
    let analysis = CohortAnalysis()
    let shortened =
      if let shared { shared } else { try await analysis.measureWithoutFirstSentences(contents.transcripts) }
    var found: [StandingPair] = []
    for finding in report.candidates where standing.contains(finding.model) {
      var rest: CandidateScores?
      do {
        let outcome = try await analysis.withoutFirstSentences(contents, finding.model, shared: shortened).outcome
        if case .evaluated(let scores) = outcome { rest = scores }
      } catch is LikelihoodError {
        // Answers of one sentence leave nothing to compare.
      }
      found.append(
        StandingPair(
          suspect: contents.suspect, finding,
          opening: StockOpening(contents.suspect, finding.model, among: contents.transcripts),
          withoutFirstSentences: rest))
    }
    return found
  }

  private func identityAnswers() throws -> [IdentityAnswers] {
    guard let identity = study.identity else { return [] }
    return try TranscriptFolder.files(of: "\(corpus)/\(identity.folder)").sorted { $0.key < $1.key }.map {
      try IdentityAnswers.read(file: $0.value, model: $0.key)
    }
  }
}
