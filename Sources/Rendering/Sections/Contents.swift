/// Sections, tables and figures by their numbers, so that each can be cited.
struct Contents {
  struct Tag {
    let number: String
    let anchor: String
  }

  struct Entry {
    let number: String
    let title: String
    let anchor: String
  }

  let sections: [Entry]
  let tables: [Entry]
  let figures: [Entry]

  /// Numbers everything, in the order of the document: the first page, then the sections.
  static func numbered(
    _ front: [ReportBlock], _ sections: [ReportSection]
  ) -> (front: [ReportBlock], sections: [ReportSection], contents: Contents) {
    var (tables, figures): ([Entry], [Entry]) = ([], [])
    func numbered(_ block: ReportBlock) -> ReportBlock {
      var block = block
      block.number { table in
        let table = table.numbered(tables.count + 1)
        tables += table.tag.map { Entry(number: $0.number, title: table.caption, anchor: $0.anchor) }
        return table
      } figures: { figure in
        let figure = figure.numbered(figures.count + 1)
        figures.append(Entry(number: figure.number, title: figure.title, anchor: figure.anchor))
        return figure
      }
      return block
    }
    let first = front.map(numbered)
    let annex = sections.firstIndex(where: \.isFirstOfAnnex) ?? sections.endIndex
    let all = sections.enumerated().map { place, section in
      let letter = place < annex ? "\(place + 1)" : "A\(place - annex + 1)"
      return section.numbered(letter, section.blocks.map(numbered))
    }
    return (
      first, all,
      Contents(
        sections: all.map { Entry(number: $0.number, title: $0.title, anchor: $0.anchor) }, tables: tables,
        figures: figures)
    )
  }
}
