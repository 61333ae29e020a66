import Escaping

/// A table with a caption that can be cited by its number. The first cell of a row is its head.
struct ReportTable {
  struct Row {
    let first: String
    let rest: [String]
  }

  /// Rows up to which a table is shown as cards on a small screen, and columns from which on it needs to be.
  private static let (maximumCards, minimumColumns) = (24, 4)

  let caption: String
  let head: [String]
  let rows: [Row]
  /// A mark for each column, for the second line of a Markdown table.
  let rule: [Bool]
  /// Whether its columns have names.
  let hasHead: Bool
  /// Of a table that is shown as cards on a small screen.
  let labels: CardLabels?
  /// Its `class` attribute; none for a table without one.
  let style: [String]
  /// `Table 3`, and its anchor, when the whole document is there; none for the numbers of a figure.
  private(set) var tag: [Contents.Tag] = []

  init(_ caption: String, _ head: [String], _ rows: [[String]]) {
    let names = head.map(\.printable)
    let rows = rows.map { $0.map(\.printable) }
    let isCards = rows.count <= Self.maximumCards && names.count >= Self.minimumColumns
    labels = isCards ? CardLabels(heads: names) : nil
    let classes = (labels.map { ["cards", $0.style] } ?? []) + ColumnFit(head: names, rows: rows).classes
    self.caption = caption.printable
    self.head = names
    self.rows = rows.map { Row(first: $0.first ?? "", rest: Array($0.dropFirst())) }
    style = classes.isEmpty ? [] : [classes.joined(separator: " ")]
    hasHead = head.contains { !$0.isEmpty }
    rule = head.map { _ in true }
  }

  func numbered(_ place: Int) -> ReportTable {
    var table = self
    table.tag = [Contents.Tag(number: "Table \(place)", anchor: "table-\(place)")]
    return table
  }
}
