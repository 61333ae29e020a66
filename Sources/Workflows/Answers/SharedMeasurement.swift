import AnswerDebris
package import Cases
package import Likelihood
import Similarity

/// What the channels measured of answers that are analysed more than once, or were measured elsewhere.
package struct SharedMeasurement: Sendable {
  let debris: Debris
  /// Without debris; nil where that was not measured.
  let cleaned: PairMeasurements?
  /// As the answers came; nil where that was not measured.
  let recorded: PairMeasurements?
  /// Without debris and without the first sentence of every answer; nil where that was not measured.
  let shortened: PairMeasurements?

  /// Measures the answers without debris, and as they came where debris that a suspect and its candidates share has to be weighed.
  package init(
    measuring transcripts: [ModelID: Transcript], for cases: [CaseContents], method: CohortMethod = .current
  ) async throws {
    let (debris, analysis) = (Debris(transcripts), CohortAnalysis(method: method))
    self.debris = debris
    cleaned = try await analysis.measure(debris.changesAnswers ? debris.cleaned : transcripts)
    let isShared = cases.contains { debris.isShared(by: $0.suspect, withOneOf: $0.candidates) }
    recorded = isShared ? try await analysis.measure(transcripts) : nil
    shortened = try await analysis.measureWithoutFirstSentences(debris.changesAnswers ? debris.cleaned : transcripts)
  }

  /// - Parameter recorded: what was measured of the answers as they came.
  init(_ debris: Debris, recorded: PairMeasurements?) {
    self.debris = debris
    cleaned = debris.changesAnswers ? nil : recorded
    self.recorded = recorded
    shortened = nil
  }
}
