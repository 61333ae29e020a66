import Reporting

/// Both curves of a Tippett plot, and beside them the empirical cross-entropy.
extension CalibrationCurves {
  func view(alternative: String) -> FigureView {
    func percent(_ share: Figure) -> String { share.value.map { Figure(100 * $0).text(decimals: 1) } ?? "–" }
    return FigureView(
      svg: svg(alternative),
      title: FigureWording.curvesTitle(alternative), caption: FigureWording.curves(alternative: alternative),
      numbers: ReportTable(
        FigureWording.curvesTitle(alternative),
        [
          "log10", "% at least so high: proposition", "alternative", "entropy at these prior odds", "recalibrated",
          "without ratios",
        ],
        points.map {
          [
            $0.log10.text(decimals: 2), percent($0.ifTrue), percent($0.ifFalse), $0.entropy.text(decimals: 3),
            $0.recalibrated.text(decimals: 3), $0.reference.text(decimals: 3),
          ]
        }))
  }

  private func svg(_ alternative: String) -> String {
    let (top, bottom) = (12.0, 190.0)
    var parts: [String] = []
    for (left, title, labels) in [
      (44.0, "ratio", ["0.01", "0.1", "1", "10", "100"]), (404.0, "prior odds", ["0.01", "0.1", "1", "10", "100"]),
    ] {
      for (place, label) in labels.enumerated() {
        let x = left + 72 * Double(place)
        parts += [SVG.line("grid", x, top, x, bottom), SVG.text(label, x, bottom + 16)]
      }
      for share in [0, 0.5, 1] {
        let y = bottom - share * (bottom - top)
        parts += [
          SVG.line("grid", left, y, left + 288, y), SVG.text(Figure(share).text(decimals: 1), left - 8, y + 4, "name"),
        ]
      }
      parts.append(SVG.text(title, left + 144, bottom + 34))
    }
    func curve(_ style: String, _ left: Double, _ value: KeyPath<Point, Figure>) -> String {
      SVG.polyline(
        style,
        points.compactMap { point in
          guard let x = point.log10.value, let y = point[keyPath: value].value else { return nil }
          return (left + 144 + 72 * x, bottom - min(y, 1) * (bottom - top))
        })
    }
    parts += [
      curve("first", 44, \.ifTrue), curve("second", 44, \.ifFalse), curve("first", 404, \.entropy),
      curve("second", 404, \.recalibrated), curve("third", 404, \.reference),
    ]
    return SVG.figure(
      height: bottom + 42,
      label: FigureWording.curvesTitle(alternative),
      parts)
  }
}
