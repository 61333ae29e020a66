/// Which part a model plays, told by shape before colour.
enum ModelMark {
  case suspect, candidate, other

  func shape(x: Double, y: Double) -> String {
    let (x, y) = (SVG.number(x), SVG.number(y))
    switch self {
    case .suspect: return #"<path class="own" d="M\#(x) \#(y)m0 -5l5 5l-5 5l-5 -5z"/>"#
    case .candidate:
      return #"<path class="other" d="M\#(x) \#(y)m-3.5 -3.5h7v7h-7z"/>"#
    case .other: return ""
    }
  }

  var isNamed: Bool { self != .other }
}
