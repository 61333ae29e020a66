/// A heading, a paragraph, a list, a table, a figure with its numbers, or two answers side by side.
///
/// Lists of one element stand for what is there, empty ones for what is not: a template then asks for nothing further up.
struct ReportBlock {
  private(set) var verdicts: [Verdicts] = []
  private(set) var heading: [String] = []
  private(set) var text: [String] = []
  private(set) var note: [String] = []
  private(set) var list: [List] = []
  private(set) var notes: [List] = []
  private(set) var table: [ReportTable] = []
  private(set) var figure: [FigureView] = []
  private(set) var drawing: [String] = []
  private(set) var pair: [PairView] = []

  /// What was found, each with a mark that reads without colour.
  struct Verdicts {
    let items: [Item]

    struct Item {
      let mark: String
      let label: String
      let sentence: String

      init(mark: String, label: String, sentence: String) {
        self.mark = mark
        self.label = label
        self.sentence = sentence.printable
      }
    }
  }

  struct List {
    let items: [String]
  }

  static func verdicts(_ items: [Verdicts.Item]) -> ReportBlock { ReportBlock(verdicts: [Verdicts(items: items)]) }

  static func heading(_ text: String) -> ReportBlock { ReportBlock(heading: [text.printable]) }

  static func text(_ text: String) -> ReportBlock { ReportBlock(text: [text.printable]) }

  /// A paragraph of less weight.
  static func note(_ text: String) -> ReportBlock { ReportBlock(note: [text.printable]) }

  static func list(_ items: [String]) -> ReportBlock { ReportBlock(list: [List(items: items.map(\.printable))]) }

  static func notes(_ items: [String]) -> ReportBlock { ReportBlock(notes: [List(items: items.map(\.printable))]) }

  static func table(_ table: ReportTable) -> ReportBlock { ReportBlock(table: [table]) }

  static func figure(_ figure: FigureView) -> ReportBlock { ReportBlock(figure: [figure]) }

  /// An SVG whose numbers stand in tables beside it; Markdown leaves it out.
  static func drawing(_ svg: String) -> ReportBlock { ReportBlock(drawing: [svg]) }

  static func pair(_ pair: PairView) -> ReportBlock { ReportBlock(pair: [pair]) }
}
