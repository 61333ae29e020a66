/// A part of the report as both templates show it: a heading and blocks, one after another.
///
/// Lists of one element stand for what is there, empty ones for what is not: the template then asks for nothing further
/// up.
struct ReportSection {
  let title: String
  let blocks: [Block]

  init(_ title: String, _ blocks: [Block]) {
    self.title = title.printable
    self.blocks = blocks
  }

  /// A paragraph, a list, a table, a figure with its numbers, or two answers side by side.
  struct Block {
    var heading: [String] = []
    var text: [String] = []
    var list: [List] = []
    var table: [ReportView.Table] = []
    var figure: [FigureView] = []
    var pair: [PairView] = []

    static func heading(_ text: String) -> Block { Block(heading: [text.printable]) }

    static func text(_ text: String) -> Block { Block(text: [text.printable]) }

    static func list(_ items: [String]) -> Block { Block(list: [List(items: items.map(\.printable))]) }

    static func table(_ table: ReportView.Table) -> Block { Block(table: [table]) }

    static func figure(_ figure: FigureView) -> Block { Block(figure: [figure]) }

    static func pair(_ pair: PairView) -> Block { Block(pair: [pair]) }
  }

  struct List {
    let items: [String]
  }
}

/// A figure, what it shows in one sentence, and its numbers.
struct FigureView {
  let svg: String
  let caption: String
  let numbers: ReportView.Table

  init(svg: String, caption: String, numbers: ReportView.Table) {
    self.svg = svg
    self.caption = caption.printable
    self.numbers = numbers
  }
}

/// Two answers to one probe.
struct PairView {
  struct Side {
    let model: String
    let segments: [Segment]
    let isCut: Bool
  }

  struct Segment {
    let text: String
    let isShared: Bool
  }

  let title: String
  /// Empty where the probe's text is not at hand.
  let prompt: String
  let hasPrompt: Bool
  let sides: [Side]
}
