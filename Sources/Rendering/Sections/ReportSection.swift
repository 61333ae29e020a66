import Escaping

/// A part of the report as every rendering shows it: a heading and blocks, one after another.
struct ReportSection {
  let title: String
  let blocks: [ReportBlock]
  /// Whether it begins the annex: lists that nobody reads from the first line to the last.
  let isFirstOfAnnex: Bool
  /// Set when the whole document is there.
  private(set) var number = ""
  private(set) var anchor = ""

  init(_ title: String, _ blocks: [ReportBlock], isFirstOfAnnex: Bool = false) {
    self.title = title.printable
    self.blocks = blocks
    self.isFirstOfAnnex = isFirstOfAnnex
  }

  func numbered(_ number: String, _ blocks: [ReportBlock]) -> ReportSection {
    var section = ReportSection(title, blocks, isFirstOfAnnex: isFirstOfAnnex)
    section.number = number
    section.anchor = "section-\(number)"
    return section
  }
}
