import Escaping

/// A heading, a paragraph, a list, a table, a figure with its numbers, or two answers side by side.
///
/// Lists of one element stand for what is there, empty ones for what is not: a template then asks for nothing further up.
struct ReportBlock {
  private(set) var answers: [Answers] = []
  private(set) var verdicts: [Verdicts] = []
  private(set) var heading: [String] = []
  private(set) var text: [String] = []
  private(set) var list: [List] = []
  private(set) var table: [ReportTable] = []
  private(set) var figure: [FigureView] = []
  private(set) var pair: [PairView] = []

  /// One sentence a question.
  struct Answers {
    let items: [Item]

    struct Item {
      let question: String
      /// What is read at a glance, up to the first colon; empty where there is none.
      let lead: [String]
      let sentence: String

      init(question: String, sentence: String, hasLead: Bool) {
        let text = sentence.printable
        let end = hasLead ? text.firstRange(of: ": ")?.upperBound : nil
        self.question = question
        lead = end.map { [String(text[..<$0])] } ?? []
        self.sentence = end.map { String(text[$0...]) } ?? text
      }
    }
  }

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

  static func answers(_ items: [Answers.Item]) -> ReportBlock { ReportBlock(answers: [Answers(items: items)]) }

  static func verdicts(_ items: [Verdicts.Item]) -> ReportBlock { ReportBlock(verdicts: [Verdicts(items: items)]) }

  static func heading(_ text: String) -> ReportBlock { ReportBlock(heading: [text.printable]) }

  static func text(_ text: String) -> ReportBlock { ReportBlock(text: [text.printable]) }

  static func list(_ items: [String]) -> ReportBlock { ReportBlock(list: [List(items: items.map(\.printable))]) }

  static func table(_ table: ReportTable) -> ReportBlock { ReportBlock(table: [table]) }

  static func figure(_ figure: FigureView) -> ReportBlock { ReportBlock(figure: [figure]) }

  static func pair(_ pair: PairView) -> ReportBlock { ReportBlock(pair: [pair]) }

  /// Those of its figure too.
  var tables: [ReportTable] { table + figure.flatMap(\.numbers) }

  mutating func number(tables: (ReportTable) -> ReportTable, figures: (FigureView) -> FigureView) {
    table = table.map(tables)
    figure = figure.map(figures)
  }
}
