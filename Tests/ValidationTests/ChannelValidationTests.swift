import Cases
import Likelihood
import Similarity
import TestSupport
import Testing
import Validation

@Suite("Channels judged one by one")
struct ChannelValidationTests {
  @Test("each channel's figures are those of its own ranking")
  func channelValidation() async throws {
    let scoring = try await CorpusScoring(
      Voices.transcripts(), lineage: Lineage(), method: .version2)
    func pair(_ teacher: String, _ student: String, _ label: Int) throws -> (LabelledPair, CorpusScoring.PairScore) {
      (
        LabelledPair(
          teacher: ModelID(teacher), student: ModelID(student), label: label, relation: "r", teacherCorpus: "c",
          studentCorpus: "c", studentFamily: student, teacherDeveloper: teacher),
        try #require(scoring.score(teacher: ModelID(teacher), student: ModelID(student)))
      )
    }
    let pairs = try [pair("m0", "m1", 1), pair("m2", "m1", 0), pair("m3", "m1", 0), pair("m2", "m4", 0)]
    let names = CohortMethod.version2.channels.map(\.name)
    let validation = ChannelValidation(
      pairs.map { (labelled: $0.0, score: $0.1) }, channels: names, combined: ["openings_2", "style"])
    #expect(validation.ones == 1 && validation.zeros == 3)
    #expect(validation.method.withinStudent == 1)
    for (place, row) in validation.rows.enumerated() {
      let own = pairs[0].1.channels[place].value
      let below = pairs.dropFirst().count { $0.1.channels[place].value < own }
      #expect(row.alone.areaUnderCurve == Double(below) / 3)
      #expect((row.added == nil) == ["openings_2", "style"].contains(row.channel))
    }
  }
}
