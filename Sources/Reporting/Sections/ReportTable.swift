import Formats

/// A table with a caption that can be cited by its number. The first cell of a row is its head.
struct ReportTable {
  struct Cell {
    let text: String
    /// The head of its column, for screens on which a row is a card.
    let label: String
    let isCard: Bool
    /// Whether it holds a word that no line can hold.
    let isLong: Bool
    /// Whether it is a moment, which a break at one of its hyphens would make hard to read.
    let isTime: Bool
  }

  struct Row {
    let first: Cell
    let rest: [Cell]
  }

  /// Rows up to which a table is shown as cards on a small screen, and columns from which on it needs to be.
  private static let (maximumCards, minimumColumns) = (24, 4)
  private static let longestWord = 26

  let caption: String
  let head: [String]
  let rows: [Row]
  /// A mark for each column, for the second line of a Markdown table.
  let rule: [Bool]
  /// Whether its columns have names.
  let hasHead: Bool
  let isCards: Bool
  /// `Table 3`, and its anchor, when the whole document is there; none for the numbers of a figure.
  private(set) var tag: [Contents.Tag] = []

  init(_ caption: String, _ head: [String], _ rows: [[String]]) {
    let names = head.map(\.printable)
    let isCards = rows.count <= Self.maximumCards && head.count >= Self.minimumColumns
    func cell(_ text: String, _ column: Int) -> Cell {
      let text = text.printable
      return Cell(
        text: text, label: column < names.count ? names[column] : "", isCard: isCards,
        isLong: text.split(separator: " ").contains { $0.utf8.count > Self.longestWord },
        isTime: UTCTime.milliseconds(text) != nil)
    }
    self.caption = caption.printable
    self.head = names
    self.rows = rows.map { row in
      Row(
        first: cell(row.first ?? "", 0), rest: row.enumerated().dropFirst().map { cell($0.element, $0.offset) })
    }
    self.isCards = isCards
    hasHead = head.contains { !$0.isEmpty }
    rule = head.map { _ in true }
  }

  func numbered(_ place: Int) -> ReportTable {
    var table = self
    table.tag = [Contents.Tag(number: "Table \(place)", anchor: "table-\(place)")]
    return table
  }
}
