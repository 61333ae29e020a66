package import AnswerDebris
import CaseFile
package import Cases
import Escaping
package import Formats
import Foundation
package import Likelihood
import Reporting
package import Similarity

/// What the score of one pair is made of.
package enum ExplainText {
  package static func lines(
    _ explained: PairExplanation, debris: [Debris.Finding] = [], beside: [ChannelTable] = [],
    wrongValues: [SharedWrongValues.Shared] = [], draw: CohortDraw? = nil
  ) -> [String] {
    let pair = "\(explained.suspect) and \(explained.candidate)"
    var lines = [
      "\(pair): combined score \(decimal(explained.combined)), over a cohort of \(explained.selection.members.count)",
      range(explained),
    ]
    lines += lead(explained)
    lines += [
      DescriptionWording.score(suspect: explained.suspect, candidate: explained.candidate), "",
      "channel                score  normalised  of it, length   least and greatest without one member",
    ]
    if let draw { lines.insert(CohortDrawWording.sentence(draw), at: 0) }
    lines.insert(contentsOf: DebrisWording.lines(debris), at: 0)
    for channel in explained.channels {
      lines.append(
        channel.name.padding(toLength: 19, withPad: " ", startingAt: 0)
          + String(format: "%.4f", channel.score.value).right(9) + decimal(channel.normalised.value).right(12)
          + decimal(channel.length).right(15) + """
               \(decimal(channel.leastWithout.value)) (\(channel.leastWithout.member)), \(decimal(channel.greatestWithout.value)) (\(channel.greatestWithout.member))
            """ + (channel.isCombined ? "" : "; beside the score"))
    }
    for cell in beside.flatMap(\.rows).flatMap(\.cells) {
      lines.append(
        cell.channel.padding(toLength: max(19, cell.channel.count + 1), withPad: " ", startingAt: 0)
          + String(format: "%.4f", cell.score.value).right(9)
          + (cell.normalised.map { decimal($0.value) } ?? DescriptionWording.none).right(14) + besideTheScore)
    }
    lines += [
      "",
      "\(explained.probesOfHalf) of \(explained.prompts.count) probes make half of what probes add. Those that add most:",
    ]
    for probe in explained.probes {
      lines += [
        "  \(decimal(probe.carries))  \(probe.prompt)", "      \(probe.suspectBegins)",
        "      \(probe.candidateBegins)",
      ]
    }
    lines += block("Word for word in both, by how few others say it:", explained.runs) {
      "  \($0.prompt), \($0.length) units, \($0.others) of \($0.answering) others: \($0.text.shortened(to: 160))"
    }
    lines += block(
      "Phrases that both use more than the cohort (prompts of each; cohort; standard errors):", explained.phrases
    ) {
      """
        \($0.text.shortened(to: 160))  (\($0.first), \($0.second); \(String(format: "%.1f %%", 100 * $0.cohortShare)); \(decimal($0.zFirst)), \(decimal($0.zSecond)))
      """
    }
    lines += block("Habits that both have and the cohort has not (standard deviations):", explained.style) {
      "  \($0.name): \(decimal($0.zFirst)), \(decimal($0.zSecond))"
    }
    lines += block("Numbers in the reasoning of both that most do not have (others that have them):", wrongValues) {
      "  \($0.prompt): \($0.values.joined(separator: ", ")) (\($0.others) of \($0.reasoning))"
    }
    let refusals = explained.refusals
    lines += [
      "",
      """
      Refusals, by their wording: both \(refusals.bothDecline), only the suspect \(refusals.onlyFirst), only the candidate \(refusals.onlySecond); κ \(refusals.kappa.map(decimal) ?? DescriptionWording.none)
      """,
      "Makers that answers claim: suspect \(claims(explained.suspectClaims)); candidate \(claims(explained.candidateClaims))",
    ]
    return lines
  }

  package static func json(
    _ explained: PairExplanation, debris: [Debris.Finding] = [], beside: [ChannelTable] = [],
    wrongValues: [SharedWrongValues.Shared] = [], draw: CohortDraw? = nil, tool: String
  ) -> JSONValue {
    let cells = beside.flatMap(\.rows).flatMap(\.cells).map { cell -> JSONValue in
      .object([
        "channel": .string(cell.channel), "score": Figure.json(cell.score.value),
        "normalised": cell.normalised.map { Figure.json($0.value) } ?? .null,
      ])
    }
    let shared = wrongValues.map { shared -> JSONValue in
      .object([
        "prompt": .string(shared.prompt.rawValue), "values": .array(shared.values.map(JSONValue.string)),
        "others": .integer(shared.others), "reasoning": .integer(shared.reasoning),
      ])
    }
    guard case .object(var document) = answers(explained, tool: tool) else { return .null }
    if let lead = explained.lead {
      document["lead"] = .object([
        "value": Figure.json(lead.value),
        "nearest": .array(
          lead.nearest.map { .object(["model": .string($0.model.rawValue), "ahead": Figure.json($0.ahead)]) }),
      ])
    }
    if !debris.isEmpty { document["debris"] = DebrisWording.json(debris) }
    if let draw { document["draw"] = CohortDrawWording.json(draw) }
    if !cells.isEmpty { document["beside"] = .array(cells) }
    if !shared.isEmpty { document["wrong_values"] = .array(shared) }
    return .object(document)
  }

  private static func answers(_ explained: PairExplanation, tool: String) -> JSONValue {
    .document(
      "retort.explain/1", tool: tool,
      [
        "suspect": .string(explained.suspect.rawValue), "candidate": .string(explained.candidate.rawValue),
        "prompts": .integer(explained.prompts.count), "combined": Figure.json(explained.combined),
        "probes_of_half": .integer(explained.probesOfHalf),
        "cohort": .array(explained.selection.members.map { .string($0.rawValue) }),
        "left_out": .array(explained.selection.omitted.map { .string($0.model.rawValue) }),
        "combined_without": .array(explained.combinedWithout.map(sensitivity)),
        "channels": .array(
          explained.channels.map { channel in
            .object([
              "channel": .string(channel.name), "combined": .bool(channel.isCombined),
              "score": Figure.json(channel.score.value), "normalised": Figure.json(channel.normalised.value),
              "length": Figure.json(channel.length), "least_without": sensitivity(channel.leastWithout),
              "greatest_without": sensitivity(channel.greatestWithout),
            ])
          }),
        "probes": .array(
          explained.probes.map { probe in
            .object([
              "prompt": .string(probe.prompt.rawValue), "carries": Figure.json(probe.carries),
              "by_channel": .object(
                Dictionary(firstOf: zip(explained.channels.map(\.name), probe.byChannel.map(Figure.json)))),
              "suspect_begins": .string(probe.suspectBegins), "candidate_begins": .string(probe.candidateBegins),
            ])
          }),
        "runs": .array(
          explained.runs.map {
            .object([
              "prompt": .string($0.prompt.rawValue), "length": .integer($0.length), "text": .string($0.text),
              "others": .integer($0.others), "answering": .integer($0.answering),
            ])
          }),
        "phrases": .array(
          explained.phrases.map {
            .object([
              "text": .string($0.text), "suspect_prompts": .integer($0.first), "candidate_prompts": .integer($0.second),
              "cohort_share": Figure.json($0.cohortShare), "suspect_z": Figure.json($0.zFirst),
              "candidate_z": Figure.json($0.zSecond),
            ])
          }),
        "refusals": .object([
          "both": .integer(explained.refusals.bothDecline), "only_suspect": .integer(explained.refusals.onlyFirst),
          "only_candidate": .integer(explained.refusals.onlySecond), "neither": .integer(explained.refusals.neither),
          "kappa": explained.refusals.kappa.map(Figure.json) ?? .null,
        ]),
        "claims": .object([
          "suspect": claimsJSON(explained.suspectClaims), "candidate": claimsJSON(explained.candidateClaims),
        ]),
        "style": .array(
          explained.style.map {
            .object([
              "feature": .string($0.name), "suspect_z": Figure.json($0.zFirst), "candidate_z": Figure.json($0.zSecond),
            ])
          }),
      ])
  }

  private static let besideTheScore = "   of no text of answers; beside the score"

  /// Rivals that a line names; the document has all.
  private static let namedRivals = 3

  private static func lead(_ explained: PairExplanation) -> [String] {
    guard let lead = explained.lead else { return [] }
    let nearest = lead.nearest.prefix(namedRivals).map { "\(decimal($0.ahead)) (\($0.model))" }.joined(separator: ", ")
    return [
      DescriptionWording.lead(
        decimal(lead.value), of: explained.candidate, over: lead.nearest.count, nearest: nearest)
    ]
  }

  private static func range(_ explained: PairExplanation) -> String {
    guard let least = explained.combinedWithout.min(by: { $0.value < $1.value }),
      let greatest = explained.combinedWithout.max(by: { $0.value < $1.value })
    else { return "" }
    return
      "without one member of the cohort: \(decimal(least.value)) (\(least.member)) to \(decimal(greatest.value)) (\(greatest.member))"
  }

  private static func block<Item>(_ title: String, _ items: [Item], _ line: (Item) -> String) -> [String] {
    ["", title] + (items.isEmpty ? ["  none"] : items.map { line($0) })
  }

  private static func claims(_ claims: IdentityClaims) -> String {
    guard !claims.found.isEmpty else { return "none in \(claims.answers) answers" }
    return claims.found.prefix(3).map {
      "\($0.maker) \($0.answers) of \(claims.answers) (95 %: "
        + String(format: "%.1f to %.1f %%)", 100 * $0.low, 100 * $0.high)
    }.joined(separator: ", ")
  }

  private static func claimsJSON(_ claims: IdentityClaims) -> JSONValue {
    .array(
      claims.found.map {
        .object([
          "maker": .string($0.maker), "answers": .integer($0.answers), "of": .integer(claims.answers),
          "low": Figure.json($0.low), "high": Figure.json($0.high),
        ])
      })
  }

  private static func sensitivity(_ one: PairExplanation.Sensitivity) -> JSONValue {
    .object(["member": .string(one.member.rawValue), "value": Figure.json(one.value)])
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.2f", value) }
}
