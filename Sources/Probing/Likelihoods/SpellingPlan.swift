package import Cases

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which answers of candidates are put to the endpoints in the plain spelling too: for each candidate the marks that it writes
/// most often beyond what is usual.
package struct SpellingPlan: Hashable, Sendable {
  /// The catalogue.
  package let spellings: [Spelling]
  /// Answers of a candidate for each of its spellings; 0 puts none.
  package let answers: Int
  /// Spellings of a candidate.
  package let most: Int

  /// Fewest answers with the mark: below, an interval of their mean says nothing.
  package static let minimumAnswers = 5

  package init(_ spellings: [Spelling] = [], answers: Int = 12, most: Int = 4) {
    self.spellings = spellings
    self.answers = answers
    self.most = most
  }

  /// A mark that is rarer than this in the catalogue counts as so rare: one in a thousand answers, and none, are alike.
  private static let rarest = 0.001

  /// - Parameters:
  ///   - given: the answers as they were written; every candidate's to the same prompts.
  ///   - languages: of the prompts, where they are stated; of all others it is English.
  package func plain(
    _ given: [GivenAnswer], of candidates: [ModelID], languages: [PromptID: String] = [:]
  ) -> [GivenAnswer] {
    guard answers > 0 else { return [] }
    return candidates.flatMap { candidate -> [GivenAnswer] in
      let all = given.filter { $0.model == candidate }
      let found = spellings.enumerated().compactMap { place, spelling -> Found? in
        let own = all.filter { (languages[$0.prompt] ?? "en").hasPrefix(spelling.language) }
        let plain = own.compactMap { answer in
          spelling.plain(answer.text).map { plain in
            GivenAnswer(
              text: plain.text, model: candidate, prompt: answer.prompt, sample: answer.sample,
              plain: .init(
                spelling: spelling.id, name: spelling.name, marks: plain.marks, usual: spelling.cohort.answers))
          }
        }
        guard plain.count >= Self.minimumAnswers else { return nil }
        let share = Double(plain.count) / Double(own.count)
        // What nearly everybody writes is no habit of one model.
        let beyond = log(share / max(spelling.cohort.answers, Self.rarest))
        return beyond >= log(2) ? Found(place: place, beyond: beyond, plain: plain) : nil
      }
      return found.sorted { ($1.beyond, $0.place) < ($0.beyond, $1.place) }.prefix(most)
        .flatMap { $0.plain.prefix(answers) }
    }
  }

  private struct Found {
    let place: Int
    /// Logarithm of how many times as often as usual the candidate writes the mark.
    let beyond: Double
    let plain: [GivenAnswer]
  }
}
