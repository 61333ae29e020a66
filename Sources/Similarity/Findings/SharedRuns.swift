package import Cases
import Statistics

/// What two models say word for word alike, with the text, and how many others say the same.
package struct SharedRuns: Sendable {
  package struct Run: Hashable, Sendable {
    package let prompt: PromptID
    /// Tokens, or characters in scripts without spaces.
    package let length: Int
    /// As the first model wrote it, white space as single spaces.
    package let text: String
    /// Other models of whose answers to this prompt at least one holds the same run.
    package let others: Int
    /// Others that answered the prompt.
    package let answering: Int
  }

  /// Those that fewest others say first, then the longest, then in the order of prompts.
  package let runs: [Run]

  /// - Parameter limit: runs that are kept; of one prompt no more than two.
  package init(_ table: AnswerTable, _ first: ModelID, _ second: ModelID, limit: Int) async {
    guard let a = table.models.firstIndex(of: first), let b = table.models.firstIndex(of: second) else {
      runs = []
      return
    }
    let rows = table.prompts.indices.filter {
      table.answered(prompt: $0, model: a) && table.answered(prompt: $0, model: b)
    }
    let found = await concurrentMap(rows.count, blocksOf: 16) { block in
      rows[block].flatMap { Self.runs(table, $0, table.prompts[$0], a, b) }
    }
    runs = Array(found.joined().sorted(by: Self.precedes).prefix(limit))
  }

  private static func precedes(_ a: Run, _ b: Run) -> Bool {
    (a.others, -a.length, a.prompt, a.text) < (b.others, -b.length, b.prompt, b.text)
  }

  private static func runs(_ table: AnswerTable, _ row: Int, _ prompt: PromptID, _ a: Int, _ b: Int) -> [Run] {
    let present = table.models.indices.filter { table.answered(prompt: row, model: $0) }
    let answers = PromptAnswers(present.map { table.samples(prompt: row, model: $0) })
    let byCharacters = answers.isWrittenWithoutSpaces
    let shared = SharedTokens(seed: VerbatimOverlap.seed(byCharacters: byCharacters))
    let units = answers.samples.map { $0.map { $0.units(byCharacters: byCharacters) } }
    guard let one = present.firstIndex(of: a), let other = present.firstIndex(of: b) else { return [] }
    var best: [(units: ArraySlice<UInt64>, text: String)] = []
    for (sample, first) in units[one].enumerated() {
      for second in units[other] {
        for run in shared.runs(first, second).prefix(3) {
          let place = run.startInFirst..<run.startInFirst + run.length
          best.append(
            (first[place], TokenText(answers.samples[one][sample], byCharacters: byCharacters).text(place)))
        }
      }
    }
    let others = present.indices.filter { $0 != one && $0 != other }
    var runs: [Run] = []
    var seen: Set<[UInt64]> = []
    for run in best where seen.insert(Array(run.units)).inserted {
      let holding = others.count { units[$0].contains { RunSearch.holds($0, run.units) } }
      runs.append(
        Run(prompt: prompt, length: run.units.count, text: run.text, others: holding, answering: others.count))
    }
    return Array(runs.sorted(by: precedes).prefix(2))
  }
}
