import Escaping
import Formats

/// The heads of a table that is shown as cards on a small screen, where each cell has the head of its column before it.
///
/// They stand in the style sheet, once for all tables that have the same, and not at every cell: such attributes were a tenth
/// of a long report. To a screen reader text of a style sheet is text of the page.
struct CardLabels: Hashable {
  let heads: [String]

  /// A class: the same for the same heads.
  var style: String { "k\(Digest(of: heads.joined(separator: "\n")).hex.prefix(8))" }

  /// Of all tables, in the order in which they first come up.
  static func rules(_ tables: [ReportTable]) -> String {
    var seen: Set<CardLabels> = []
    return tables.compactMap(\.labels).filter { seen.insert($0).inserted }.map(\.rules).joined(separator: "\n")
  }

  private var rules: String {
    heads.enumerated().dropFirst().filter { !$0.element.isEmpty }.map { place, head in
      ".\(style) td:nth-child(\(place + 1))::before{content:\"\(NeutralText.style(head)): \"}"
    }.joined(separator: "\n")
  }
}
