import CaseFile
import Likelihood
import LinearAlgebra

/// The section on all models as strings and figures.
struct RelationsView {
  let about: String
  let tree: String
  let map: String
  let nearest: ReportView.Table
  let hasBranches: Bool
  let branches: ReportView.Table
  let likeness: ReportView.Table
  let caution: String

  init(_ relations: Report.Relations) {
    let asked = Set(relations.candidates)
    let marks = Dictionary(
      uniqueKeysWithValues: relations.places.map { place -> (Int, ModelMark) in
        let name = relations.tree.models[place]
        return (place, name == relations.suspect ? .suspect : asked.contains(name) ? .candidate : .other)
      })
    tree = TreeFigure.svg(relations.tree, shown: relations.places, marks: marks)
    map = HeatMap.svg(relations.tree, shown: relations.places, marks: marks)
    about = Self.about(relations).printable
    caution = Self.caution
    nearest = ReportView.Table(
      ["model", "nearest", "distance", "next", "distance"],
      relations.nearest.map {
        [
          $0.model.rawValue, $0.nearest.rawValue, $0.distance.text(decimals: 2), $0.second.rawValue,
          $0.secondDistance.text(decimals: 2),
        ]
      })
    hasBranches = !relations.branches.isEmpty
    branches = ReportView.Table(
      ["models on one side of a branch", "its length", "found again in"],
      relations.branches.map {
        [
          $0.models.map(\.rawValue).joined(separator: ", "), $0.length.text(decimals: 2),
          Figure(100 * ($0.support.value ?? 0)).text(decimals: 0) + " %",
        ]
      })
    likeness = Self.likeness(relations)
  }

  static let caution =
    "The tree says which models are near each other, not why: the same teacher, the same base, the same developer and the "
    + "same year have that effect as well. Where the drawing hangs is no ancestor, and no branch has a direction in time."

  /// Columns: the suspect and the candidates nearest to it, as many as a page holds.
  private static func likeness(_ relations: Report.Relations) -> ReportView.Table {
    let names = relations.tree.models
    let values = relations.tree.distances.likeness
    let asked = Set(relations.candidates)
    let own = names.firstIndex(of: relations.suspect)
    let near = own.map { relations.tree.neighbours(of: $0).filter { asked.contains(names[$0]) }.prefix(5) } ?? []
    let columns = (own.map { [$0] } ?? []) + near
    return ReportView.Table(
      ["likeness of"] + columns.map { "to \(names[$0])" },
      relations.places.map { row in
        [names[row].rawValue] + columns.map { $0 == row ? "–" : Figure(values[row, $0]).text(decimals: 2) }
      })
  }

  private static func about(_ relations: Report.Relations) -> String {
    let draws =
      relations.replicates == 0
      ? ""
      : " Numbers at branches: in how many percent of \(relations.counted) draws of the probes the branch comes back, "
        + "from 50 on."
    let taken =
      relations.shown.count < relations.models
      ? " Of \(relations.models) models \(relations.shown.count) are shown: the suspect, the candidates and others, nearest "
        + "to the suspect first; the tree is computed over all, and the others are then taken away."
      : ""
    let left =
      relations.leftOut.isEmpty
      ? ""
      : " Left out, for want of prompts in common with some other: "
        + relations.leftOut.map(\.rawValue).joined(separator: ", ") + "."
    return
      "Likeness: the mean over the combined channels of asinh of a pair's normalised score, with all other models as its "
      + "cohort, whatever is known of them. Distance: the greatest likeness of any pair minus that of this one. The tree joins "
      + "neighbours (Saitou and Nei, 1987)." + draws + taken + left
  }
}

/// The templates of the section, used by those of the report.
enum RelationsTemplates {
  static let markdown = """
    ## All models

    {{about}}

    {{#nearest}}
    {{> markdown-table}}

    {{/nearest}}
    {{#hasBranches}}
    {{#branches}}
    {{> markdown-table}}

    {{/branches}}
    {{/hasBranches}}
    {{#likeness}}
    {{> markdown-table}}

    {{/likeness}}
    {{caution}}


    """

  static let html = """
    <h2>All models</h2>
    <p>{{about}}</p>
    <div class="scroll">{{{tree}}}</div>
    {{#nearest}}
    {{> html-table}}
    {{/nearest}}
    {{#hasBranches}}
    {{#branches}}
    {{> html-table}}
    {{/branches}}
    {{/hasBranches}}
    <div class="scroll">{{{map}}}</div>
    {{#likeness}}
    {{> html-table}}
    {{/likeness}}
    <p>{{caution}}</p>

    """
}
