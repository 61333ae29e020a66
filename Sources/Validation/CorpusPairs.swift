package import Cases
package import Formats
package import Likelihood
package import Similarity
import Statistics

/// Labelled pairs of a corpus of transcripts, with what was measured of them.
package struct CorpusPairs: Sendable {
  package let scored: [ValidationReport.Scored]
  /// Pairs of the table whose label is known and that have no score.
  package let unscored: [LabelledPair]
  /// Pairs of `PlantedDraw`; empty unless asked for thoroughly.
  package let planted: [ValidationReport.Scored]
  package let lineage: [String: Lineage]
  /// Of each set of answers: pairs in the table, and pairs with a score.
  package let counts: [(set: String, pairs: Int, scored: Int)]
  /// Sets that are written without spaces between words.
  package let withoutSpaces: Set<String>
  /// In what each set is answered.
  package let languages: [String: MainLanguage]
  /// Of each set, mean characters of a model's answers.
  package let meanLengths: [String: [ModelID: Double]]
  /// Sets that are answered in English.
  package var english: Set<String> { Set(languages.filter { $0.value == .english }.keys) }
  /// SHA-256 of the table of pairs.
  package let pairs: Digest
  /// SHA-256 over the digests of all transcripts, in the order of sets and models.
  package let transcripts: Digest

  /// Numbers of prompts and sizes of cohorts that are tried beside the whole.
  static let fewerPrompts = [40, 100, 200, 400]
  static let smallerCohorts = [8, 12, 16]

  /// - Parameters:
  ///   - corpus: a folder with `lineage.csv` and, for each set of answers, `NAME/responses/MODEL.jsonl.gz`.
  ///   - thorough: whether to score with fewer prompts, smaller cohorts and planted pairs too, and to bootstrap the probes.
  ///   - measured: what was measured of a set's answers before; nil measures them.
  ///   - progress: told of each set of answers that is done: its name, its pairs, and how many have a score.
  package static func read(
    corpus: String, pairs file: String, method: CohortMethod, seed: UInt64, thorough: Bool,
    measured: (_ set: String, [ModelID: Transcript]) throws -> PairMeasurements? = { _, _ in nil },
    progress: @Sendable ((set: String, pairs: Int, scored: Int)) -> Void = { _ in }
  ) async throws -> CorpusPairs {
    let bytes = try FileBytes.read(file)
    let labelled = try LabelledPair.read(file: file).filter { $0.teacherCorpus == $0.studentCorpus }
    var scored: [ValidationReport.Scored] = []
    var unscored: [LabelledPair] = []
    var planted: [ValidationReport.Scored] = []
    var lineages: [String: Lineage] = [:]
    var counts: [(set: String, pairs: Int, scored: Int)] = []
    var digests = ""
    var withoutSpaces: Set<String> = []
    var languages: [String: MainLanguage] = [:]
    var meanLengths: [String: [ModelID: Double]] = [:]
    let sets = Set(labelled.map(\.studentCorpus)).sorted()
    // What is missing is told before the first set is measured, not after an hour.
    var models: [Int] = []
    for set in sets {
      let folder = "\(corpus)/\(set)/responses"
      let files = try TranscriptFolder.files(of: folder)
      for pair in labelled where pair.studentCorpus == set {
        for model in [pair.teacher, pair.student] where files[model] == nil {
          throw CasesError.noTranscript(of: model, folder: folder)
        }
      }
      models.append(files.count)
      lineages[set] = try LineageReader.read(file: "\(corpus)/lineage.csv", corpus: set)
    }
    let ancestry = BaseAncestry(lineages.values)
    for (set, share) in zip(sets, PlantedDraw.shares(of: models)) {
      let chosen = labelled.filter { $0.studentCorpus == set }
      let found = try await TranscriptFolder.read("\(corpus)/\(set)/responses")
      for (model, transcript) in found.sorted(by: { $0.key < $1.key }) {
        digests += "\(set)/\(model) \(transcript.source.hex)\n"
      }
      let lineage = lineages[set] ?? Lineage()
      let replicates = thorough ? 400 : 0
      let whole =
        if let measured = try measured(set, found) {
          await CorpusScoring(measured: measured, lineage: lineage, method: method, replicates: replicates, seed: seed)
        } else {
          try await CorpusScoring(found, lineage: lineage, method: method, replicates: replicates, seed: seed)
        }
      if whole.isWrittenWithoutSpaces { withoutSpaces.insert(set) }
      languages[set] = MainLanguage.of(found)
      meanLengths[set] = whole.meanLengths
      let part = await scores(
        chosen, found, whole, lineage: lineage, method: method, seed: seed, thorough: thorough)
      scored += part
      let known = Set(part.map(\.labelled))
      unscored += chosen.filter { $0.label != nil && !known.contains($0) }
      if thorough {
        planted += Self.planted(
          share, PlantedDraw(lineage: lineage, ancestry: ancestry), whole, set: set, seed: seed)
      }
      counts.append((set, chosen.count, part.count))
      progress((set, chosen.count, part.count))
    }
    return CorpusPairs(
      scored: scored, unscored: unscored, planted: planted, lineage: lineages, counts: counts,
      withoutSpaces: withoutSpaces, languages: languages, meanLengths: meanLengths,
      pairs: Digest(of: bytes), transcripts: Digest(of: digests))
  }

  private static func scores(
    _ pairs: [LabelledPair], _ transcripts: [ModelID: Transcript], _ whole: CorpusScoring, lineage: Lineage,
    method: CohortMethod, seed: UInt64, thorough: Bool
  ) async -> [ValidationReport.Scored] {
    var parts: [Int: CorpusScoring] = [:]
    for count in thorough ? fewerPrompts : [] {
      guard let fewer = choose(count, of: transcripts, seed: seed) else { continue }
      parts[count] = await whole.reduced(to: AnswerTable(fewer))
    }
    var scored: [ValidationReport.Scored] = []
    for pair in pairs {
      guard let score = whole.score(teacher: pair.teacher, student: pair.student) else { continue }
      guard thorough else {
        scored.append(.init(labelled: pair, score: score))
        continue
      }
      scored.append(
        .init(
          labelled: pair, score: score,
          // Below 1 no ratio is near the limit of the rule.
          replicates: score.fused > 0 ? whole.fusedReplicates(teacher: pair.teacher, student: pair.student) : [],
          fewerPrompts: parts.compactMapValues { $0.score(teacher: pair.teacher, student: pair.student)?.fused },
          smallerCohort: Dictionary(
            uniqueKeysWithValues: smallerCohorts.compactMap { size in
              whole.score(teacher: pair.teacher, student: pair.student, cohortOf: size).map { (size, $0.fused) }
            })))
    }
    return scored
  }

  /// Ratios near the limit of the rule of words come with fused scores of 1 or more: where the score lies well below, its replicates,
  /// which cost most, are not made.
  private static let leastPlanted = 0.5

  private static func planted(
    _ count: Int, _ draw: PlantedDraw, _ whole: CorpusScoring, set: String, seed: UInt64
  ) -> [ValidationReport.Scored] {
    draw.pairs(count, among: Array(whole.meanLengths.keys), seed: seed) { suspect, candidate in
      guard let score = whole.score(teacher: candidate, student: suspect) else { return nil }
      return ValidationReport.Scored(
        labelled: draw.labelled(suspect: suspect, candidate: candidate, set: set), score: score,
        replicates: score.fused > leastPlanted ? whole.fusedReplicates(teacher: candidate, student: suspect) : [])
    }
  }

  /// The answers to `count` prompts, drawn at random; nil if there are no more than that.
  private static func choose(
    _ count: Int, of transcripts: [ModelID: Transcript], seed: UInt64
  ) -> [ModelID: Transcript]? {
    var prompts = Set(transcripts.values.flatMap { $0.responses.map(\.prompt) }).sorted()
    guard prompts.count > count else { return nil }
    var generator = SeededGenerator(seed: seed)
    for place in 0..<count { prompts.swapAt(place, place + generator.next(below: prompts.count - place)) }
    let chosen = Set(prompts.prefix(count))
    return transcripts.mapValues { transcript in
      Transcript(
        model: transcript.model, responses: transcript.responses.filter { chosen.contains($0.prompt) },
        source: transcript.source)
    }
  }
}
