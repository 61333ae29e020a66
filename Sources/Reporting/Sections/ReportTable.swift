struct ReportTable {
  struct Row {
    let cells: [String]
  }

  let head: [String]
  let rows: [Row]
  /// A mark for each column, for the second line of a Markdown table.
  let rule: [Bool]

  init(_ head: [String], _ rows: [[String]]) {
    self.head = head.map(\.printable)
    self.rows = rows.map { Row(cells: $0.map(\.printable)) }
    rule = head.map { _ in true }
  }
}
