import CaseFile
import Foundation
import Likelihood
import Reporting
import Similarity

/// What `retort channels` prints.
enum ChannelsText {
  /// Models by the mean of the normalised scores that the method combines, nearest first; a model without them last.
  private static func ordered(_ table: ChannelTable) -> [(row: ChannelTable.Row, mean: Double)] {
    let combined = Set(CohortMethod.version2.channels.map(\.name))
    return table.rows.map { row in
      let known = row.cells.filter { combined.contains($0.channel) }.compactMap { $0.normalised?.value }
      return (row, known.isEmpty ? -.infinity : known.reduce(0, +) / Double(known.count))
    }.sorted { ($1.mean, $0.row.model) < ($0.mean, $1.row.model) }
  }

  static func lines(
    _ table: ChannelTable, _ short: [ModelID: ShortAnswerDivergence], top: Int
  ) -> [String] {
    let width = max(16, table.channels.map(\.count).max() ?? 0)
    var lines: [String] = []
    for (row, _) in ordered(table).prefix(max(top, 0)) {
      lines.append("\(row.model) (cohort of \(row.cohort))")
      lines.append("  " + padded("channel", width) + right("score", 10) + right("normalised", 12) + right("rank", 6))
      for cell in row.cells {
        lines.append(
          "  " + padded(cell.channel, width) + right(String(format: "%.4f", cell.score.value), 10)
            + right(cell.normalised.map { String(format: "%.2f", $0.value) } ?? "–", 12)
            + right(cell.rank.map(String.init) ?? "–", 6)
            + (cell.interval.map { String(format: "   [%.2f, %.2f]", $0.low, $0.high) } ?? ""))
      }
      if let short = short[row.model] { lines.append("  " + shortAnswers(short)) }
    }
    return lines
  }

  static func shortAnswers(_ found: ShortAnswerDivergence) -> String {
    String(format: "short answers: Jensen–Shannon %.4f bits as counted", found.observed)
      + String(format: ", %.4f to %.4f with what was not seen (Good–Turing)", found.least, found.greatest)
      + "; \(found.prompts) prompts, \(found.answers) answers"
  }

  static func json(_ table: ChannelTable, _ short: [ModelID: ShortAnswerDivergence]) throws -> String {
    struct Output: Encodable {
      struct Model: Encodable {
        let model: ModelID
        let cohort: Int
        let channels: [Channel]
        let short_answers: ShortAnswers?
      }

      struct ShortAnswers: Encodable {
        let prompts: Int
        let answers: Int
        let jensen_shannon: Figure
        let least: Figure
        let greatest: Figure
      }

      struct Channel: Encodable {
        let channel: String
        let score: Figure
        let suspect_side: Figure?
        let candidate_side: Figure?
        let normalised: Figure?
        let low: Figure?
        let high: Figure?
        let rank: Int?
      }

      let schema = "retort.channels/1"
      let suspect: ModelID
      let models: [Model]
    }
    let output = Output(
      suspect: table.suspect,
      models: ordered(table).map { row, _ in
        Output.Model(
          model: row.model, cohort: row.cohort,
          channels: row.cells.map { cell in
            Output.Channel(
              channel: cell.channel, score: Figure(cell.score.value),
              suspect_side: cell.normalised.map { Figure($0.suspectSide) },
              candidate_side: cell.normalised.map { Figure($0.candidateSide) },
              normalised: cell.normalised.map { Figure($0.value) },
              low: cell.interval.map { Figure($0.low) }, high: cell.interval.map { Figure($0.high) }, rank: cell.rank)
          },
          short_answers: short[row.model].map {
            Output.ShortAnswers(
              prompts: $0.prompts, answers: $0.answers, jensen_shannon: Figure($0.observed), least: Figure($0.least),
              greatest: Figure($0.greatest))
          })
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(output), as: UTF8.self)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0)) + text
  }
}
