package import Cases

/// Every sentence about answers that were recorded before the case.
package enum RecordedWording {
  package static let title = "Recorded, not asked"
  package static let caption = "Models whose answers were recorded before the case"

  package static let introduction = """
    Nothing was asked of the models below: their answers lay in files before the case was planned. \
    The protocol names these files by their SHA-256, and the case keeps their bytes. \
    Who recorded them, when and how, is the word of whoever wrote the configuration.
    """

  static func access(_ recorded: RunSummary.Recorded) -> String {
    "recorded before the case, not asked: \(recorded.matching.answers) answers of the file \(recorded.file)"
  }

  static func identity(_ recorded: RunSummary.Recorded) -> String {
    let origin = recorded.origin
    let stated = [origin.by.map { "recorded by \($0)" }, origin.date, origin.from].compactMap(\.self)
    return stated.isEmpty
      ? "by the configuration, which does not say who recorded the answers" : stated.joined(separator: ", ")
  }

  package static func decoding(_ origin: Recording.Origin) -> String {
    let stated = [
      origin.temperature.map { "temperature \(Figure($0).text(decimals: 2))" },
      origin.topP.map { "top_p \(Figure($0).text(decimals: 2))" }, origin.maxTokens.map { "at most \($0) tokens" },
      origin.template,
    ].compactMap(\.self)
    return stated.isEmpty ? "not stated" : stated.joined(separator: ", ")
  }

  /// What mixing recorded and asked answers means for the case, as far as it can be seen.
  package static func limits(_ contents: CaseContents) -> [String] {
    guard let run = contents.run, let recorded = run.recorded else { return [] }
    let names = Set(recorded.map(\.model))
    let pair = [contents.suspect] + contents.candidates
    return [
      """
      The answers of \(Wording.list(recorded.map(\.model))) were recorded before the case and not asked for: that these models gave them is the word of whoever recorded them.
      """,
      origins(recorded), contents.cohort.allSatisfy(names.contains) ? mixing(pair, names) : nil,
      decoding(recorded, run.sampling), dates(recorded.filter { pair.contains($0.model) }, run),
      lengths(contents, names),
      coverage(recorded, contents),
    ].compactMap(\.self)
  }

  private static func origins(_ recorded: [RunSummary.Recorded]) -> String? {
    let silent = recorded.filter { $0.origin.by == nil || $0.origin.date == nil }.map(\.model)
    guard !silent.isEmpty else { return nil }
    return "Who recorded the answers of \(Wording.list(silent)), or when, is not stated."
  }

  /// Those of the limits that may make or hide a likeness: what must stand on the first page.
  static func gravest(_ contents: CaseContents) -> [String] {
    guard let run = contents.run, let recorded = run.recorded else { return [] }
    let names = Set(recorded.map(\.model))
    let pair = [contents.suspect] + contents.candidates
    return [
      contents.cohort.allSatisfy(names.contains) ? mixing(pair, names) : nil, lengths(contents, names),
    ].compactMap(\.self)
  }

  /// The whole cohort was recorded, and the pair was not: what the way of asking adds to the likeness of the two is not seen.
  private static func mixing(_ pair: [ModelID], _ recorded: Set<ModelID>) -> String? {
    guard pair.filter({ !recorded.contains($0) }).count > 1 else { return nil }
    return """
      Suspect and candidates were asked here, and the whole cohort was recorded elsewhere. \
      What one system prompt, one limit of length and one day add to the likeness of those that were asked cannot be told from a link: ask some models of the cohort as well.
      """
  }

  private static func decoding(_ recorded: [RunSummary.Recorded], _ asked: RunSummary.AskedSampling?) -> String? {
    guard let asked else { return nil }
    let unknown = recorded.filter { $0.origin.temperature == nil || $0.origin.maxTokens == nil }.map(\.model)
    let other = recorded.filter {
      $0.origin.temperature.map { $0 != asked.temperature } ?? false
        || $0.origin.maxTokens.map { $0 != asked.maxTokens } ?? false
    }.map(\.model)
    let parts = [
      unknown.isEmpty ? nil : "for \(Wording.list(unknown)) it is not stated",
      other.isEmpty ? nil : "\(Wording.list(other)) answered by other settings",
    ].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return """
      The requests of this case asked for temperature \(Figure(asked.temperature).text(decimals: 2)) and at most \(asked.maxTokens) tokens; of the recorded answers, \(parts.joined(separator: "; ")). \
      Decoding shapes how an answer begins and how long it is.
      """
  }

  private static func dates(_ recorded: [RunSummary.Recorded], _ run: RunSummary) -> String? {
    let dated = recorded.compactMap { model in model.origin.date.map { (model.model, $0) } }
    guard let first = run.firstAttempt, !dated.isEmpty else { return nil }
    let words = dated.map { "\($0.0) in \($0.1)" }.joined(separator: ", ")
    return """
      Recorded and asked at different times: \(words), the others from \(first.prefix(10)) on. What is said of a model holds for what answered then.
      """
  }

  /// Beyond this factor between the mean lengths of recorded and asked answers the report says so.
  private static let factor = 2.0

  private static func lengths(_ contents: CaseContents, _ recorded: Set<ModelID>) -> String? {
    func mean(_ models: [ModelID]) -> Double? {
      let lengths = models.flatMap { contents.transcripts[$0]?.responses ?? [] }.map {
        Double($0.text.unicodeScalars.count)
      }
      return lengths.isEmpty ? nil : lengths.reduce(0, +) / Double(lengths.count)
    }
    let models = contents.transcripts.keys.sorted()
    guard let old = mean(models.filter(recorded.contains)), let new = mean(models.filter { !recorded.contains($0) }),
      old > 0, new > 0, max(old, new) / min(old, new) > factor
    else { return nil }
    return """
      Recorded answers have \(Figure(old).text(decimals: 0)) characters in the mean, those that were asked for \(Figure(new).text(decimals: 0)): the two were not obtained in the same way.
      """
  }

  /// Models whose answers cover less than this share of the probes are named.
  private static let share = 0.8

  private static func coverage(_ recorded: [RunSummary.Recorded], _ contents: CaseContents) -> String? {
    let few = recorded.filter { Double($0.matching.probes) < share * Double(contents.probes.count) }
    guard let least = few.min(by: { $0.matching.probes < $1.matching.probes }) else { return nil }
    return """
      Not every probe was answered in the recorded files: \(Wording.list(few.map(\.model))) answered fewer than 80 % of the \(contents.probes.count) probes, \(least.model) the fewest, \(least.matching.probes).
      """
  }
}
