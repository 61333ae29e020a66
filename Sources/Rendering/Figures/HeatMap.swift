import Cases
import Likelihood
import LinearAlgebra
import Reporting

/// How alike every two models are: a triangle of squares, the darker the more alike (in a dark page the lighter), in the
/// order of the tree. A model's name stands where its row ends and its column begins.
enum HeatMap {
  /// Where one class ends and the next begins, in the unit of the likeness.
  static let steps = [0, 0.5, 1, 1.5, 2, 2.5]
  private static let labels = 230.0
  private static let margin = 12.0

  static func svg(_ tree: ModelTree, shown: [Int], marks: [Int: ModelMark]) -> String {
    let n = shown.count
    let cell = n <= 60 ? 12.0 : n <= 160 ? 8.0 : 5.0
    var classes = [String](repeating: "", count: steps.count + 1)
    for row in 0..<n {
      var column = 0
      while column < row {
        let start = column
        let own = step(tree.distances.likeness[shown[row], shown[column]])
        while column < row, step(tree.distances.likeness[shown[row], shown[column]]) == own { column += 1 }
        classes[own] += "M\(start) \(row)h\(column - start)v1h-\(column - start)"
      }
    }
    var parts = [
      #"<g shape-rendering="crispEdges" transform="translate(\#(SVG.number(margin)) \#(SVG.number(margin))) scale(\#(SVG.number(cell)))">"#
    ]
    parts += classes.enumerated().map { #"<path class="h\#($0.offset)" d="\#($0.element)"/>"# } + ["</g>"]
    // Of the style sheet where it is not smaller.
    let size = cell < 11 ? #" style="font-size:\#(SVG.number(cell))px""# : ""
    for (row, model) in shown.enumerated() {
      let mark = marks[model] ?? .other
      let (x, y) = (margin + Double(row) * cell + 3, margin + (Double(row) + 0.5) * cell)
      let name = tree.models[model].rawValue
      parts.append(mark.shape(x: x + 4, y: y))
      parts.append(
        #"<text x="\#(SVG.number(x + (mark.isNamed ? 11 : 0)))" y="\#(SVG.number(y + cell * 0.33))"\#(size)"#
          + (mark.isNamed ? #" class="named""# : "")
          + ">\(RelationSVG.label(name, most: 36))</text>")
    }
    let foot = margin + Double(n) * cell + 14
    let width = max(2 * margin + Double(n) * cell + labels, 660)
    parts += legend(y: foot)
    return RelationSVG.figure(
      width: width, height: foot + 24,
      about: "Likeness of every two of \(n) models, in \(classes.count) shades.", parts)
  }

  /// Below the triangle, from the least alike to the most.
  private static func legend(y: Double) -> [String] {
    let names =
      ["below \(text(steps[0]))"] + zip(steps, steps.dropFirst()).map { "\(text($0)) to \(text($1))" }
      + ["\(text(steps[steps.count - 1])) and more"]
    return names.enumerated().map { index, name in
      let x = margin + Double(index) * 90
      return #"<rect class="h\#(index)" x="\#(SVG.number(x))" y="\#(SVG.number(y))" width="12" height="12"/>"#
        + #"<text class="small" x="\#(SVG.number(x + 16))" y="\#(SVG.number(y + 10))">\#(name)</text>"#
    }
  }

  private static func text(_ step: Double) -> String { Figure(step).text(decimals: step == step.rounded() ? 0 : 1) }

  private static func step(_ likeness: Double) -> Int { steps.count { likeness >= $0 } }
}
