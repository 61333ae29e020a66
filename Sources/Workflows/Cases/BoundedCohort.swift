import Cases
import Likelihood
import Similarity
import Statistics

/// The cohort of a question, where more models are given than it needs: all pairs of a cohort are measured, which costs the square
/// of its models and tells no more of what is usual than a sample does.
///
/// The models that say most like the suspect stay, for a rival that is left out would make a candidate's lead too large; of the
/// others some are drawn, whatever they say. Transcripts are read one by one, and those that are not compared are forgotten.
struct BoundedCohort: Sendable {
  /// Of those that are compared, the nearest; the others are drawn.
  static let shareOfNearest = 0.2
  /// Prompts by which a model is taken for near.
  static let prompts = 100

  let most: Int
  let seed: UInt64

  /// - Parameters:
  ///   - suspect: its answers.
  ///   - rivals: models that may stay as near ones; relatives are left out of the comparison anyway.
  ///   - files: of the cohort.
  ///   - read: a model's answers.
  /// - Returns: all transcripts, and no draw, where there are no more than `most` files.
  func chosen(
    like suspect: Transcript, rivals: Set<ModelID>, _ files: [ModelID: String],
    _ read: @Sendable @escaping (ModelID, String) throws -> Transcript
  ) async throws -> (transcripts: [ModelID: Transcript], draw: CohortDraw?) {
    let models = files.keys.sorted()
    guard models.count > most else { return (try await Self.all(files, read), nil) }
    let asked = sampledPrompts(of: suspect)
    let own = ShingleSketch(suspect.only(asked))
    let shares = try await Self.mapped(
      models.filter(rivals.contains), { model in try files[model].map { try read(model, $0) } }
    ) {
      (model: $0.model, share: own.jaccard(ShingleSketch($0.only(asked))))
    }
    let (kept, draw) = drawn(from: models, shares)
    return (try await Self.all(files.filter { kept.contains($0.key) }, read), draw)
  }

  /// The same of answers that are held already.
  ///
  /// - Parameter asked: models that somebody named: they stay, and are not counted among the cohort. With none the question is who
  ///   of all is near, and any model may stay as a near one, relatives too.
  /// - Returns: the very contents where no more than `most` other models stand in the cohort.
  func chosen(of contents: CaseContents, keeping asked: Set<ModelID>) async throws -> CaseContents {
    let others = contents.cohort.filter { $0 != contents.suspect && !asked.contains($0) }.sorted()
    guard others.count > most, let suspect = contents.transcripts[contents.suspect] else { return contents }
    let rivals =
      asked.isEmpty
      ? Set(others)
      : Set(
        asked.flatMap {
          RivalLead.rivals(from: others, suspect: contents.suspect, candidate: $0, lineage: contents.lineage)
        })
    let prompts = sampledPrompts(of: suspect)
    let own = ShingleSketch(suspect.only(prompts))
    let transcripts = contents.transcripts
    let shares = try await Self.mapped(others.filter(rivals.contains), { transcripts[$0] }) {
      (model: $0.model, share: own.jaccard(ShingleSketch($0.only(prompts))))
    }
    let (kept, draw) = drawn(from: others, shares)
    return contents.without(Set(others).subtracting(kept), draw: draw)
  }

  /// - Parameter shares: of those that may stay as near ones, how much they say like the suspect.
  private func drawn(
    from models: [ModelID], _ shares: [(model: ModelID, share: Double)]
  ) -> (kept: Set<ModelID>, draw: CohortDraw) {
    let nearest = min(Int((Self.shareOfNearest * Double(most)).rounded()), shares.count)
    let isNear = Set(
      shares.sorted { ($1.share, $0.model) < ($0.share, $1.model) }.prefix(nearest).map(\.model))
    var rest = models.filter { !isNear.contains($0) }
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&rest)
    return (
      isNear.union(rest.prefix(most - nearest)),
      CohortDraw(given: models.count, nearest: nearest, drawn: most - nearest, seed: seed)
    )
  }

  /// The transcripts of all files.
  static func all(
    _ files: [ModelID: String], _ read: @Sendable @escaping (ModelID, String) throws -> Transcript
  ) async throws -> [ModelID: Transcript] {
    let all = try await mapped(files.keys.sorted(), { model in try files[model].map { try read(model, $0) } }) { $0 }
    return Dictionary(uniqueKeysWithValues: all.map { ($0.model, $0) })
  }

  private func sampledPrompts(of suspect: Transcript) -> Set<PromptID> {
    var prompts = Set(suspect.responses.map(\.prompt)).sorted()
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&prompts)
    return Set(prompts.prefix(Self.prompts))
  }

  /// What is made of each model's answers, in order; of those that are read two or three transcripts are held at a time.
  private static func mapped<Made: Sendable>(
    _ models: [ModelID], _ read: @Sendable @escaping (ModelID) throws -> Transcript?,
    _ make: @Sendable @escaping (Transcript) -> Made
  ) async throws -> [Made] {
    try await withThrowingTaskGroup(of: (Int, Made?).self) { group in
      var waiting = models.enumerated().makeIterator()
      func add() {
        guard let (place, model) = waiting.next() else { return }
        group.addTask { (place, try read(model).map(make)) }
      }
      for _ in 0..<4 { add() }
      var made = [Made?](repeating: nil, count: models.count)
      while let (place, one) = try await group.next() {
        made[place] = one
        add()
      }
      return made.compactMap(\.self)
    }
  }
}

extension CaseContents {
  /// The same case without some models of its cohort, who are no candidates either.
  fileprivate func without(_ models: Set<ModelID>, draw: CohortDraw) -> CaseContents {
    CaseContents(
      name: name, suspect: suspect, candidates: candidates.filter { !models.contains($0) },
      cohort: cohort.filter { !models.contains($0) },
      transcripts: transcripts.filter { !models.contains($0.key) }, lineage: lineage, probes: probes, seed: seed,
      run: run, ledger: ledger, commission: commission, draw: draw)
  }
}

extension Transcript {
  /// The answers to some prompts.
  func only(_ prompts: Set<PromptID>) -> Transcript {
    Transcript(
      model: model, responses: responses.filter { prompts.contains($0.prompt) }, source: source,
      thoughtsInText: thoughtsInText, echoed: echoed)
  }
}
