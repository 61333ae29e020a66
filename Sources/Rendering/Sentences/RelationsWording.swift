import Cases
import Reporting

/// How near all models are to each other.
package enum RelationsWording {
  package static let noLinkByItself = """
    That two models are near does not by itself indicate a link rather than no link: a common base, teacher or developer has that effect as well. \
    Which of these is more probable, retort compare says of a suspect and a candidate.
    """

  static let caution = """
    The tree says which models are near each other, not why: the same teacher, the same base, the same developer and the same year have that effect as well. \
    Where the drawing hangs is no ancestor, and no branch has a direction in time.
    """

  static func about(_ relations: Report.Relations) -> String {
    var parts = [
      """
      Likeness: the mean over the combined channels of asinh of a pair's normalised score, with all other models as its cohort, whatever is known of them. \
      Distance: the greatest likeness of any pair minus that of this one. \
      The tree joins neighbours (Saitou and Nei, 1987).
      """
    ]
    if relations.replicates > 0 {
      parts.append(
        """
        Numbers at branches: in how many percent of \(relations.counted) draws of the probes the branch comes back, from 50 on.
        """)
    }
    if relations.shown.count < relations.models {
      parts.append(
        """
        Of \(relations.models) models \(relations.shown.count) are shown: the suspect, the candidates and others, nearest to the suspect first; the tree is computed over all, and the others are then taken away.
        """)
    }
    if !relations.leftOut.isEmpty {
      let names = relations.leftOut.map(\.rawValue).joined(separator: ", ")
      parts.append("Left out, for want of prompts in common with some other: \(names).")
    }
    return parts.joined(separator: " ")
  }
}
