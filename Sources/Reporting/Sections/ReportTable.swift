/// A table with a caption that can be cited by its number. The first cell of a row is its head.
struct ReportTable {
  struct Cell {
    let text: String
    /// The head of its column, for screens on which a row is a card.
    let label: String
    let isCard: Bool
  }

  struct Row {
    let first: Cell
    let rest: [Cell]
  }

  /// Rows up to which a table is shown as cards on a small screen, and columns from which on it needs to be.
  private static let (mostCards, fewestColumns) = (24, 4)

  let caption: String
  let head: [String]
  let rows: [Row]
  /// A mark for each column, for the second line of a Markdown table.
  let rule: [Bool]
  /// Whether its columns have names.
  let hasHead: Bool
  /// Its `class` attribute; none for a table without one.
  let style: [String]
  /// `Table 3`, and its anchor, when the whole document is there; none for the numbers of a figure.
  private(set) var tag: [Contents.Tag] = []

  init(_ caption: String, _ head: [String], _ rows: [[String]]) {
    let names = head.map(\.printable)
    let isCards = rows.count <= Self.mostCards && head.count >= Self.fewestColumns
    func cell(_ text: String, _ column: Int) -> Cell {
      Cell(text: text, label: column < names.count ? names[column] : "", isCard: isCards)
    }
    let rows = rows.map { $0.map(\.printable) }
    let classes = (isCards ? ["cards"] : []) + ColumnFit(head: names, rows: rows).classes
    self.caption = caption.printable
    self.head = names
    self.rows = rows.map { row in
      Row(
        first: cell(row.first ?? "", 0), rest: row.enumerated().dropFirst().map { cell($0.element, $0.offset) })
    }
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
