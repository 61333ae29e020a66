/// A figure, what it shows in one sentence, and its numbers.
struct FigureView {
  let svg: String
  let caption: String
  let numbers: ReportTable

  init(svg: String, caption: String, numbers: ReportTable) {
    self.svg = svg
    self.caption = caption.printable
    self.numbers = numbers
  }
}
