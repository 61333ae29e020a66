import Formats

/// Which columns of a table keep their cells on one line, so that no name, number or moment is broken: all of them if the
/// table fits on a sheet of A4 so, and else all but the widest.
///
/// Widths are counted in characters, those of East Asian scripts twice; the style sheet knows the classes by their names.
struct ColumnFit {
  /// Characters of a line of a table on A4, and those that the space between two columns takes.
  private static let (line, gap) = (106, 2)
  /// Cells longer than this are sentences, and broken in any case.
  private static let longestOnOneLine = 40
  /// A word that no column can hold is broken within; its column then takes at least so much.
  private static let (longestWord, leastOfLongWords) = (26, 12)
  /// From here on cells with spaces are broken before names are.
  private static let fewestOfWords = 17
  /// Columns for which the style sheet has classes.
  private static let columns = 9

  private struct Column {
    var width: Int
    /// Its width when it is broken at spaces and hyphens.
    let least: Int
    let longest: Int
    let hasLongWord: Bool
    let hasWords: Bool
    let hasMoment: Bool
    var isBroken: Bool
  }

  /// Of the whole table, for its `class` attribute: `fit`, `b2` for a second column that is broken, `w2` for one whose words
  /// are.
  let classes: [String]

  init(head: [String], rows: [[String]]) {
    let count = max(head.count, rows.map(\.count).max() ?? 0)
    var columns = (0..<count).map { place in
      Self.column(head: place < head.count ? head[place] : "", rows.compactMap { place < $0.count ? $0[place] : nil })
    }
    func isWithin() -> Bool { columns.reduce(0) { $0 + $1.width + Self.gap } <= Self.line }
    func order(_ column: Column) -> (Int, Int) { (column.hasWords ? 1 : 0, column.width) }
    let breakable = columns.indices.prefix(Self.columns)
    while !isWithin() {
      let next = breakable.filter {
        !columns[$0].isBroken && !columns[$0].hasMoment && columns[$0].width > columns[$0].least
      }.max { order(columns[$0]) < order(columns[$1]) }
      guard let next else { break }
      columns[next].width = columns[next].least
      columns[next].isBroken = true
    }
    for place in breakable where columns[place].longest > Self.longestOnOneLine { columns[place].isBroken = true }
    let fits = isWithin()
    let broken = breakable.filter { columns[$0].isBroken }.map { "b\($0 + 1)" }
    let within = breakable.filter { columns[$0].hasLongWord && (columns[$0].isBroken || !fits) }.map { "w\($0 + 1)" }
    classes = (fits ? ["fit"] + broken : []) + within
  }

  private static func column(head: String, _ cells: [String]) -> Column {
    let headPart = longestPart(head)
    let part = cells.map(longestPart).max() ?? 0
    let longest = cells.map(width).max() ?? 0
    let isLong = part > longestWord
    return Column(
      width: max(longest, headPart), least: max(isLong ? leastOfLongWords : part, headPart), longest: longest,
      hasLongWord: isLong, hasWords: cells.contains { $0.contains(" ") && width($0) >= fewestOfWords },
      hasMoment: cells.contains { UTCTime.milliseconds($0) != nil }, isBroken: false)
  }

  /// Of what stands between spaces and hyphens.
  private static func longestPart(_ text: String) -> Int {
    text.unicodeScalars.split { $0 == " " || $0 == "-" }.map(width).max() ?? 0
  }

  private static func width(_ text: String) -> Int { width(text.unicodeScalars[...]) }

  private static func width(_ scalars: Substring.UnicodeScalarView) -> Int {
    scalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
  }
}
