import Cases

/// What the report does not say, and why.
enum LimitsWording {
  package static func limits(_ contents: CaseContents, _ candidates: [Report.Candidate]) -> [String] {
    let hasRatios = candidates.contains { $0.ratios.contains { $0.log10 != nil } }
    var limits = [
      """
      A high score says that two models answer alike beyond what the cohort does. \
      A common teacher, a common base model, shared training data or the same model under two names have the same effect; \(hasRatios ? "a ratio for a link rather than no link does not tell them apart" : "none of these alternatives is evaluated here").
      """,
      """
      Models that answer as most models do are near to many: part of any closeness is that of the usual, not that of one teacher.
      """,
      "The intervals resample probes. They do not cover what another cohort would have given.",
    ]
    if let draw = contents.draw { limits.append(CohortDrawWording.sentence(draw)) }
    let unknown = Set(candidates.flatMap(\.nothingKnownOf)).sorted()
    if unknown.count == contents.transcripts.count {
      limits.append("Nothing is known of where the models come from: no relative could be left out of the cohort.")
    } else if !unknown.isEmpty {
      limits.append(
        """
        Nothing is known of where \(Wording.list(unknown)) come\(unknown.count == 1 ? "s" : "") from: relatives among them could not be left out of the cohort.
        """)
    }
    let unstated = Set(candidates.flatMap(\.unstated)).subtracting(unknown).sorted()
    if !unstated.isEmpty {
      limits.append(
        """
        Neither developer nor base is stated of \(Wording.list(unstated)): relatives among them could be left out only by what else is stated.
        """)
    }
    if candidates.contains(where: { $0.sameModelTest == nil }) {
      limits.append(
        """
        Whether suspect and candidate are the same model was not tested: the test needs two samples or more of a prompt from each.
        """)
    }
    if let run = contents.run {
      // Where nothing was asked, nothing was declared.
      if !run.endpoints.isEmpty {
        limits.append(
          "Names, versions and fingerprints of models are as their endpoints declare them; nothing here confirms them.")
      }
    } else {
      limits.append("The transcripts were recorded elsewhere; which model wrote them is taken from their file names.")
    }
    limits += RecordedWording.limits(contents)
    for endpoint in contents.run?.endpoints ?? [] {
      if let count = endpoint.copies {
        limits.append(
          """
          \(count) answer\(count == 1 ? "" : "s") of \(endpoint.model) \(count == 1 ? "is a copy" : "are copies") of another sample of the same probe, by the headers of a cache or by the name of the response: copies are kept in the case file, and are no samples.
          """)
      }
      if let omitted = endpoint.omitted {
        limits.append(
          """
          Requests to \(endpoint.model) had no \(omitted.joined(separator: ", ")): what the endpoint takes in their place is its own.
          """)
      }
      if let kinds = endpoint.withoutText {
        let words = kinds.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        limits.append(
          """
          \(endpoint.model) gave something else than text in place of an answer (\(words)): that is kept in the case file, and is no empty answer.
          """)
      }
    }
    let pasted = (contents.run?.endpoints ?? []).filter { $0.pasted != nil }.map(\.model)
    if !pasted.isEmpty {
      limits.append(
        """
        The answers of \(Wording.list(pasted)) were pasted by a person from a chat window: nobody else says that the model gave them, and no sampling parameter was sent.
        """)
    }
    limits += (contents.run?.endpoints ?? []).compactMap { endpoint in
      endpoint.redacted.map { redacted($0, of: endpoint.model) }
    }
    return limits
  }

  private static func redacted(_ count: Int, of model: ModelID) -> String {
    """
    \(count) response\(count == 1 ? "" : "s") of \(model) held a key that the endpoint had been sent: it was masked before anything was stored, and what is analysed was read from the masked bytes.
    """
  }
}
