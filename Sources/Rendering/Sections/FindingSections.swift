import Cases
import Likelihood
import LinearAlgebra
import Reporting

// Findings beside the scores of single candidates.

extension IdenticalAnswersFinding {
  /// nil where there are none.
  var section: ReportSection? {
    guard !withSuspect.isEmpty else { return nil }
    return ReportSection(
      "Identical answers",
      [
        .text(sentence),
        .table(
          ReportTable(
            "Long answers that are the same byte for byte",
            ["model", "role", "the same long answer", "of prompts that both answered at length"],
            withSuspect.map { [$0.model.rawValue, $0.role, String($0.count), String($0.of)] })),
      ])
  }
}

extension IdentityFinding {
  static func section(_ findings: [IdentityFinding]) -> ReportSection {
    ReportSection(
      "What the models say that made them",
      [
        .text(IdentityWording.about),
        .table(
          ReportTable(
            "Answers that name a maker of models as their own", ["model", "answers", "makers that they name"],
            findings.flatMap(rows))),
      ])
  }

  /// Of all answers, and of those that had a system prompt.
  private static func rows(_ finding: IdentityFinding) -> [[String]] {
    func row(_ name: String, _ answers: Int, _ claims: [Claim]) -> [String] {
      let makers = claims.map { "\($0.maker) in \($0.answers)" }.joined(separator: ", ")
      return [name, String(answers), claims.isEmpty ? "none" : makers]
    }
    let all = row(finding.model.rawValue, finding.answers, finding.claims)
    return [all] + (finding.withSystem.map { [row(IdentityWording.withSystem, $0.answers, $0.claims)] } ?? [])
  }
}

extension DebrisFinding {
  var section: ReportSection {
    let marks = ReportTable(
      "What servers and tools left in answers", ["model", "what", "text", "answers", "of"],
      found.map {
        [
          $0.model.rawValue, DebrisWording.words($0.kind), $0.text.map(DebrisWording.shown) ?? "–", String($0.count),
          String($0.of),
        ]
      })
    let scores = ReportTable(
      "What the scores would be with it", ["candidate", "combined score with them", "ratio with them", ""],
      with.map { with in
        [
          with.candidate.rawValue, with.combined.map(Wording.score) ?? "–",
          with.log10?.value.map { RatioWording.ratio(log10: $0) } ?? "–",
          with.standsOut ? "would be far ahead of the cohort" : "would not be far ahead of the cohort",
        ]
      })
    return ReportSection(
      "Debris of servers and tools",
      [.text(sentence), .table(marks), with.isEmpty ? .text(DebrisWording.notShared) : .table(scores)])
  }
}

extension ReasoningFinding {
  /// nil where no pair told its reasoning.
  static func section(_ findings: [ReasoningFinding]) -> ReportSection? {
    guard !findings.isEmpty else { return nil }
    return ReportSection(
      "Reasoning",
      findings.map { .text($0.sentence) } + [
        .table(
          ReportTable(
            "Numbers in what both thought",
            ["candidate", "prompt", "numbers in both that most do not have", "others that have them"],
            findings.flatMap { finding in
              finding.wrongValues.map {
                [
                  finding.candidate.rawValue, $0.prompt.rawValue, $0.values.joined(separator: ", "),
                  "\($0.others) of \($0.of)",
                ]
              }
            }))
      ])
  }
}

extension Report.Relations {
  var section: ReportSection {
    let asked = Set(candidates)
    let marks = Dictionary(
      uniqueKeysWithValues: places.map { place -> (Int, ModelMark) in
        let name = tree.models[place]
        return (place, name == suspect ? .suspect : asked.contains(name) ? .candidate : .other)
      })
    return ReportSection(
      "All models",
      [
        .text(RelationsWording.about(self)),
        .figure(figure(TreeFigure.svg(tree, shown: places, marks: marks), FigureWording.treeTitle)),
        .table(nearestTable),
      ] + (branches.isEmpty ? [] : [.table(branchTable)]) + [
        .figure(figure(HeatMap.svg(tree, shown: places, marks: marks), FigureWording.heatMapTitle)),
        .table(likenessTable),
        .text(RelationsWording.caution),
      ])
  }

  private func figure(_ svg: String, _ title: String) -> FigureView {
    FigureView(svg: svg, title: title, caption: FigureWording.besideTables, numbers: nil)
  }

  private var nearestTable: ReportTable {
    ReportTable(
      "The two nearest models of each", ["model", "nearest", "distance", "next", "distance"],
      nearest.map {
        [
          $0.model.rawValue, $0.nearest.rawValue, $0.distance.text(decimals: 2), $0.second.rawValue,
          $0.secondDistance.text(decimals: 2),
        ]
      })
  }

  private var branchTable: ReportTable {
    ReportTable(
      "Branches of the tree that come back", ["models on one side of a branch", "its length", "found again in"],
      branches.map {
        [
          $0.models.map(\.rawValue).joined(separator: ", "), $0.length.text(decimals: 2), Wording.percent($0.support),
        ]
      })
  }

  /// Columns: the suspect and the candidates nearest to it, as many as a page holds.
  private var likenessTable: ReportTable {
    let names = tree.models
    let values = tree.distances.likeness
    let asked = Set(candidates)
    let own = names.firstIndex(of: suspect)
    let near = own.map { tree.neighbours(of: $0).filter { asked.contains(names[$0]) }.prefix(5) } ?? []
    let columns = (own.map { [$0] } ?? []) + near
    return ReportTable(
      "Likeness to the suspect and to the candidates nearest to it",
      ["likeness of"] + columns.map { "to \(names[$0])" },
      places.map { row in
        [names[row].rawValue] + columns.map { $0 == row ? "–" : Figure(values[row, $0]).text(decimals: 2) }
      })
  }
}
