package import Cases

/// How much of what models answered is English, by its function words.
package enum EnglishShare {
  /// From this share of tokens on, answers are taken to be English: of the reference sets the English ones have .18 to .36, the
  /// others at most .05.
  package static let least = 0.1
  /// What is looked at: enough for the first decimal.
  private static let models = 8
  private static let answers = 20

  package static func isEnglish(_ transcripts: [ModelID: Transcript]) -> Bool { of(transcripts) >= least }

  /// Share of English function words among the tokens of the first answers of the first models.
  static func of(_ transcripts: [ModelID: Transcript]) -> Double {
    var words = 0
    var all = 0
    for (_, transcript) in transcripts.sorted(by: { $0.key < $1.key }).prefix(models) {
      for response in transcript.responses.prefix(answers) {
        let hashes = Tokens(response.text).hashes
        all += hashes.count
        words += hashes.count { FunctionWords.english.contains($0) }
      }
    }
    return all == 0 ? 0 : Double(words) / Double(all)
  }
}
