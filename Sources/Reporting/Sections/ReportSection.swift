/// A part of the report as every rendering shows it: a heading and blocks, one after another.
struct ReportSection {
  let title: String
  let blocks: [ReportBlock]

  init(_ title: String, _ blocks: [ReportBlock]) {
    self.title = title.printable
    self.blocks = blocks
  }
}
