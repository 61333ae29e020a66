import Cases
import DemoModels
import Formats
import Likelihood
import Validation

/// Families of models that are made for the demo, with pairs of known truth among them.
struct DemoCorpus {
  let seed: UInt64

  /// What the demo asks; a calibration for it is made under the same conditions.
  static let samples = 2
  static let maxTokens = 80
  static let temperature = 0.7

  func calibration(tool: String) async throws -> Calibration {
    let world = await ComposedWorld(seed: seed)
    let answers = await world.answers(
      to: DemoWorld.probePrompts, samples: Self.samples, temperature: Self.temperature, maximumTokens: Self.maxTokens)
    let transcripts = Dictionary(
      uniqueKeysWithValues: answers.map { name, texts in
        let responses = texts.enumerated().flatMap { number, samples in
          samples.enumerated().map {
            Response(prompt: PromptID("demo-\(number + 1)"), sample: $0.offset, text: $0.element)
          }
        }
        let all = texts.map { $0.joined(separator: "\u{1E}") }.joined(separator: "\u{1F}")
        return (ModelID(name), Transcript(model: ModelID(name), responses: responses, source: Digest(of: all)))
      })
    let lineage = Self.lineage(world)
    let labelled = Self.pairs(world)
    let scoring = try await CorpusScoring(
      transcripts, lineage: lineage, cohort: (0..<world.families).map { ModelID(ComposedWorld.authorName($0)) },
      method: .current)
    let scored = labelled.compactMap { pair in
      // As many models as stand in the demo's cohort.
      scoring.score(teacher: pair.teacher, student: pair.student, cohortOf: DemoWorld.cohort.count)
        .map { ValidationReport.Scored(labelled: pair, score: $0) }
    }
    let table = labelled.map { "\($0.teacher),\($0.student),\($0.label.map(String.init) ?? ""),\($0.relation)\n" }
    let digests = transcripts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.source.hex)\n" }
    return try CalibrationFit(seed: seed).calibration(
      ValidationReport(scored, lineage: [Self.set: lineage]).calibrationPairs, method: .current,
      sources: .init(
        tool: tool, pairs: Digest(of: table.joined()), transcripts: Digest(of: digests.joined()),
        validity: .init(
          minimumPrompts: DemoWorld.probePrompts.count, minimumCohort: DemoWorld.cohort.count,
          minimumCharacters: Int(scoring.meanLengths.values.min() ?? 0), withSpaces: true, withoutSpaces: false)))
  }

  private static let set = "demo"

  private static func family(_ number: Int) -> String { "family-\(number)" }

  private static func lineage(_ world: ComposedWorld) -> Lineage {
    var entries: [ModelID: Lineage.Entry] = [:]
    for family in 0..<world.families {
      entries[ModelID(ComposedWorld.authorName(family))] = .init(
        developer: Self.family(family), family: Self.family(family))
    }
    for student in world.students {
      entries[ModelID(student.name)] = .init(
        developer: Self.family(student.own), family: Self.family(student.own),
        teachers: [ModelID(ComposedWorld.authorName(student.own))]
          + (student.share > 0 ? [ModelID(ComposedWorld.authorName(student.teacher))] : []))
    }
    return Lineage(entries)
  }

  /// Each student with its teacher, its fellow students, and authors that it has nothing to do with.
  private static func pairs(_ world: ComposedWorld) -> [LabelledPair] {
    world.students.flatMap { student -> [LabelledPair] in
      func pair(_ candidate: String, _ suspect: String, _ label: Int?, _ relation: String, _ developer: Int, _ own: Int)
        -> LabelledPair
      {
        LabelledPair(
          teacher: ModelID(candidate), student: ModelID(suspect), label: label, relation: relation, teacherCorpus: set,
          studentCorpus: set, studentFamily: family(own), teacherDeveloper: family(developer))
      }
      let teacher = ComposedWorld.authorName(student.teacher)
      var pairs = [
        pair(
          teacher, student.name, student.share > 0 ? 1 : 0,
          student.share > 0 ? "share_\(Int((student.share * 100).rounded()))" : "no_link", student.teacher, student.own)
      ]
      for step in [5, 9, 17] {
        let other = (student.teacher + step) % world.families
        guard other != student.own else { continue }
        pairs.append(pair(ComposedWorld.authorName(other), student.name, 0, "no_link", other, student.own))
      }
      let fellows = world.students.filter {
        $0.teacher == student.teacher && $0.own != student.own && $0.share == student.share && $0.share > 0
      }
      return pairs + fellows.map { pair($0.name, student.name, nil, "sibling_same_teacher", $0.own, student.own) }
    }
  }
}
