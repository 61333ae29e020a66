import CaseFile
import Likelihood
import Similarity

/// Scores every labelled pair of a corpus and writes them as a table.
struct ValidationRun {
  let corpus: String
  let pairs: String
  let method: CohortMethod
  let folder: String

  func run() async throws {
    let labelled = try LabelledPair.read(file: pairs).filter { $0.teacherCorpus == $0.studentCorpus }
    let names = method.channels.map(\.name)
    var lines = ["teacher,student,corpus,score," + names.joined(separator: ",") + ",cohort"]
    for set in Set(labelled.map(\.studentCorpus)).sorted() {
      let scoring = await CorpusScoring(
        try await transcripts(of: set), lineage: try LineageReader.read(file: "\(corpus)/lineage.csv", corpus: set),
        method: method)
      let chosen = labelled.filter { $0.studentCorpus == set }
      var scored = 0
      for pair in chosen {
        guard let score = scoring.score(teacher: pair.teacher, student: pair.student) else { continue }
        scored += 1
        let values = [score.combined] + score.channels.map(\.value)
        lines.append(
          ([pair.teacher, pair.student].map { quoted($0.rawValue) } + [quoted(set)] + values.map { "\($0)" }
            + ["\(score.cohort)"]).joined(separator: ","))
      }
      Talk.say("\(set): \(scored) of \(chosen.count) pairs scored")
    }
    try FileBytes.write((lines.joined(separator: "\n") + "\n").utf8, to: "\(folder)/scores.csv")
    print("\(folder)/scores.csv")
  }

  private func transcripts(of set: String) async throws -> [ModelID: Transcript] {
    let responses = "\(corpus)/\(set)/responses"
    var files: [ModelID: String] = [:]
    for name in try FileBytes.list(responses) {
      if let id = TranscriptReader.modelName(ofFile: name) { files[id] = "\(responses)/\(name)" }
    }
    return try await RecordedTranscripts.read(files)
  }

  private func quoted(_ field: String) -> String {
    field.contains { $0 == "," || $0 == "\"" } ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
