import Escaping

/// A figure: what it shows as a title, a sentence to read it by, and its numbers.
struct FigureView {
  let svg: String
  let title: String
  let caption: String
  /// Empty where the numbers stand in the table beside it.
  let numbers: [ReportTable]
  /// Set when the whole document is there: `Figure 2`, and the anchor of it.
  private(set) var number = ""
  private(set) var anchor = ""

  init(svg: String, title: String, caption: String, numbers: ReportTable?) {
    self.svg = svg
    self.title = title.printable
    self.caption = caption.printable
    self.numbers = numbers.map { [$0] } ?? []
  }

  func numbered(_ place: Int) -> FigureView {
    var figure = self
    figure.number = "Figure \(place)"
    figure.anchor = "figure-\(place)"
    return figure
  }
}
