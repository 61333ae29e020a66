import CaseFile
import Likelihood
import Similarity

/// Scores every labelled pair of a corpus, calibrates leaving families out, and writes table and report.
struct ValidationRun {
  let corpus: String
  let pairs: String
  let method: CohortMethod
  let folder: String
  let seed: UInt64
  let json: Bool

  func run() async throws {
    let labelled = try LabelledPair.read(file: pairs).filter { $0.teacherCorpus == $0.studentCorpus }
    var scored: [(LabelledPair, CorpusScoring.PairScore, standsOut: Bool?)] = []
    var lineages: [String: Lineage] = [:]
    var counts: [JSONValue] = []
    for set in Set(labelled.map(\.studentCorpus)).sorted() {
      let lineage = try LineageReader.read(file: "\(corpus)/lineage.csv", corpus: set)
      lineages[set] = lineage
      let scoring = await CorpusScoring(
        try await transcripts(of: set), lineage: lineage, method: method, replicates: 400, seed: seed)
      let chosen = labelled.filter { $0.studentCorpus == set }
      var found = 0
      for pair in chosen {
        guard let score = scoring.score(teacher: pair.teacher, student: pair.student) else { continue }
        scored.append((pair, score, await scoring.standsOut(teacher: pair.teacher, student: pair.student)))
        found += 1
      }
      counts.append(
        .object(["set": .string(set), "pairs": .integer(chosen.count), "scored": .integer(found)]))
      Talk.say("\(set): \(found) of \(chosen.count) pairs scored")
    }
    let report = ValidationReport(scored, lineage: lineages)
    try FileBytes.write(ValidationText.table(report, method: method).utf8, to: "\(folder)/scores.csv")
    let text = ValidationText.markdown(
      report, method: method, pairs: Digest(of: try FileBytes.read(pairs)), seed: seed, tool: Version.tool)
    try FileBytes.write(text.utf8, to: "\(folder)/README.md")
    guard json else { return print(text) }
    JSONOutput.print(
      .object([
        "schema": .string("retort.validation/1"), "tool": .string(Version.tool),
        "file": .string("\(folder)/scores.csv"), "sets": .array(counts),
      ]))
  }

  private func transcripts(of set: String) async throws -> [ModelID: Transcript] {
    let responses = "\(corpus)/\(set)/responses"
    var files: [ModelID: String] = [:]
    for name in try FileBytes.list(responses) {
      if let id = TranscriptReader.modelName(ofFile: name) { files[id] = "\(responses)/\(name)" }
    }
    return try await RecordedTranscripts.read(files)
  }
}
