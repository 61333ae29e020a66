package import AnswerDebris
import CaseFile
package import Cases
package import Formats
import Foundation
package import Likelihood
import Reporting
package import SameModel
import Similarity

/// The channels of one suspect beside those of other models.
package enum ChannelsText {
  /// Models by the mean of the normalised scores that the method combines, nearest first; a model without them last.
  private static func ordered(_ table: ChannelTable) -> [(row: ChannelTable.Row, mean: Double)] {
    let combined = Set(CohortMethod.current.channels.map(\.name))
    return table.rows.map { row in
      let known = row.cells.filter { combined.contains($0.channel) }.compactMap { $0.normalised?.value }
      return (row, known.isEmpty ? -.infinity : known.reduce(0, +) / Double(known.count))
    }.sorted { ($1.mean, $0.row.model) < ($0.mean, $1.row.model) }
  }

  package static func lines(
    _ table: ChannelTable, _ short: [ModelID: ShortAnswerDivergence], debris: [Debris.Finding] = [],
    draw: CohortDraw? = nil, top: Int
  ) -> [String] {
    let width = max(16, table.channels.map(\.count).max() ?? 0)
    var lines = DebrisWording.lines(debris)
    if let draw { lines.append(CohortDrawWording.sentence(draw)) }
    for (row, _) in ordered(table).prefix(max(top, 0)) {
      lines.append("\(row.model) (cohort of \(row.cohort))")
      lines.append("  " + "channel".left(width) + "score".right(10) + "normalised".right(15) + "rank".right(6))
      for cell in row.cells {
        lines.append(
          "  " + cell.channel.left(width) + String(format: "%.4f", cell.score.value).right(10)
            + (cell.normalised.map { String(format: "%.2f", $0.value) } ?? DescriptionWording.none).right(15)
            + (cell.rank.map(String.init) ?? "–").right(6)
            + (cell.interval.map { String(format: "   [%.2f, %.2f]", $0.low, $0.high) } ?? ""))
      }
      if let short = short[row.model] { lines.append("  " + shortAnswers(short)) }
    }
    return lines + [DescriptionWording.scores]
  }

  static func shortAnswers(_ found: ShortAnswerDivergence) -> String {
    func bits(_ value: Double) -> String { String(format: "%.4f", value) }
    return """
      short answers: Jensen–Shannon \(bits(found.observed)) bits as counted, \(bits(found.least)) to \(bits(found.greatest)) with what was not seen (Good–Turing); \(found.prompts) prompts, \(found.answers) answers
      """
  }

  /// `retort.channels/1`, of all models: its shape is in `Reports/schema/channels.schema.json`.
  package static func document(
    _ table: ChannelTable, _ short: [ModelID: ShortAnswerDivergence], debris: [Debris.Finding] = [],
    draw: CohortDraw? = nil, tool: String
  ) -> JSONValue {
    .compactDocument(
      "retort.channels/1", tool: tool,
      [
        "debris": DebrisWording.json(debris),
        "draw": draw.map(CohortDrawWording.json) ?? .null,
        "suspect": .string(table.suspect.rawValue),
        "models": .array(
          ordered(table).map { row, _ in
            var members: [String: JSONValue] = [
              "model": .string(row.model.rawValue), "cohort": .integer(row.cohort),
              "channels": .array(row.cells.map(json)),
            ]
            members["short_answers"] = short[row.model].map(json)
            return .object(members)
          }),
      ])
  }

  /// What a channel does not have is left out; a number that does not exist is null.
  private static func json(_ cell: ChannelTable.Cell) -> JSONValue {
    var members: [String: JSONValue] = [
      "channel": .string(cell.channel), "score": Figure.json(cell.score.value),
    ]
    if let normalised = cell.normalised {
      members["suspect_side"] = Figure.json(normalised.suspectSide)
      members["candidate_side"] = Figure.json(normalised.candidateSide)
      members["normalised"] = Figure.json(normalised.value)
    }
    if let interval = cell.interval {
      members["low"] = Figure.json(interval.low)
      members["high"] = Figure.json(interval.high)
    }
    members["rank"] = cell.rank.map(JSONValue.integer)
    return .object(members)
  }

  private static func json(_ found: ShortAnswerDivergence) -> JSONValue {
    .object([
      "prompts": .integer(found.prompts), "answers": .integer(found.answers),
      "jensen_shannon": Figure.json(found.observed), "least": Figure.json(found.least),
      "greatest": Figure.json(found.greatest),
    ])
  }
}
