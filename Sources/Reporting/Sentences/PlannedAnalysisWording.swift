import Cases

/// What a protocol fixes before the first request.
enum PlannedAnalysisWording {
  static func proposition(suspect: ModelID) -> String { "\(suspect) was trained on answers of the candidate" }

  package static let exclusions = [
    "An attempt that failed is made again; it is kept, and does not count.",
    "An answer counts whatever it says: refusals, empty and cut answers too.",
    "A prompt counts for a pair if both models answered it.",
    """
    Models of the suspect's or the candidate's developer, family or base, models documented to be trained on their answers, and models tuned from another developer's leave the cohort.
    """,
  ]

  package static let stopping = """
    Every planned item has an answer; limits of calls, tokens, cost or time may end it before, and the log shows what was not asked.
    """
}
