import Cases
import Formats
import Likelihood
import Reporting
import Similarity

/// A pair that stands out, looked into: what its score is made of, before anything is concluded from it.
struct StandingPair {
  let suspect: ModelID
  let candidate: ModelID
  let opening: StockOpening?
  /// On the same answers without their first sentences; nil where nothing is left to compare.
  let withoutFirstSentences: JSONValue?
  /// Of the case as it was asked.
  let document: JSONValue

  /// All pairs of one suspect that stand out.
  static func all(_ contents: CaseContents, _ document: JSONValue) async throws -> [StandingPair] {
    let standing = (document["verdicts"]?.array ?? [])
      .filter { $0["standing"]?.string == "stands_out" }.compactMap { $0["candidate"]?.string }.map { ModelID($0) }
    guard !standing.isEmpty else { return [] }
    let shortened = CaseContents(
      name: contents.name, suspect: contents.suspect, candidates: standing, cohort: contents.cohort,
      transcripts: contents.transcripts.mapValues(\.withoutFirstSentences), lineage: contents.lineage,
      probes: contents.probes, seed: contents.seed)
    let rest: JSONValue?
    do {
      rest = JSONValue(parsing: try await AnalysisOutput.report(shortened).json())
    } catch is LikelihoodError {
      // Answers of one sentence leave nothing to compare.
      rest = nil
    }
    func candidate(_ id: ModelID, in document: JSONValue?) -> JSONValue? {
      document?["candidates"]?.array?.first { $0["model"]?.string == id.rawValue }
    }
    return standing.map { id in
      StandingPair(
        suspect: contents.suspect, candidate: id,
        opening: StockOpening(contents.suspect, id, among: contents.transcripts),
        withoutFirstSentences: candidate(id, in: rest)?["combined"], document: candidate(id, in: document) ?? .null)
    }
  }

  func lines() -> [String] {
    let combined = document["combined"]
    let channels = (document["channels"]?.array ?? []).filter { $0["combined"]?.bool == true }.compactMap { channel in
      channel["name"]?.string.flatMap { name in
        channel["normalised"]?.number.map { "`\(name)` \(StudyText.number($0))" }
      }
    }
    var lines = [
      "", "**\(suspect.rawValue.markdown) and \(candidate.rawValue.markdown), looked into.**", "",
      "- Combined score \(StudyText.score(combined)); by channel, normalised: \(channels.joined(separator: ", ")).",
    ]
    if let opening {
      let next =
        opening.next.map { "; the next is \($0.model.rawValue.markdown) with \(StudyText.percent($0.share))" } ?? ""
      lines.append(
        "- The beginning that both use most, word for word (its words are not repeated here): \(StudyText.percent(opening.ofOne)) "
          + "of the suspect's answers and \(StudyText.percent(opening.ofOther)) of the candidate's have it. Of the "
          + "\(opening.others) other models \(opening.othersAlike) use it half as often or more\(next).")
    }
    lines.append(
      "- The same comparison without the first sentence of every answer of every model: "
        + (withoutFirstSentences.map { "combined score \(StudyText.score($0))." } ?? "nothing is left to compare."))
    return lines
  }
}
