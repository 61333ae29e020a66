import Cases
import Likelihood
import Statistics

/// The tree as a drawing: branches to the right, their lengths to scale, names at the leaves, the support in percent at
/// branches from 50 on; branches that come back in 95 % of the draws or more are bold.
enum TreeFigure {
  private static let width = 720.0
  private static let left = 12.0
  private static let tips = 440.0
  private static let row = 15.0
  private static let top = 12.0

  /// A tree to draw: of the whole tree what is left when models are taken away, and branches that then follow one another
  /// joined to one.
  private struct Node {
    let length: Double
    /// The greatest support among the branches that were joined; nil for leaves, or without a bootstrap.
    let support: Double?
    let leaf: Int?
    let children: [Node]
  }

  /// - Parameters:
  ///   - shown: leaves; the others are taken away.
  ///   - marks: by leaf.
  static func svg(_ tree: ModelTree, shown: [Int], marks: [Int: ModelMark]) -> String {
    guard let root = pruned(tree, Set(shown)) else { return "" }
    let deepest = max(depth(root), 1e-9)
    let unit = (tips - left) / deepest
    var parts: [String] = []
    var (branches, sure) = ("", "")
    var line = 0
    /// Draws what is below and to the right; returns the height at which the node stands.
    func draw(_ node: Node, from x: Double) -> Double {
      let end = x + max(node.length, 0) * unit
      let y: Double
      if let leaf = node.leaf {
        y = top + (Double(line) + 0.5) * row
        line += 1
        let mark = marks[leaf] ?? .other
        let name = tree.models[leaf].rawValue
        parts.append(mark.shape(x: end + 8, y: y))
        parts.append(
          #"<text x="\#(SVG.number(end + (mark.isNamed ? 16 : 5)))" y="\#(SVG.number(y + 4))""#
            + (mark.isNamed ? #" class="named""# : "")
            + ">\(RelationSVG.label(name))</text>")
      } else {
        let heights = node.children.map { draw($0, from: end) }
        let (first, last) = (heights.min() ?? top, heights.max() ?? top)
        y = (first + last) / 2
        branches += "M\(SVG.number(end)) \(SVG.number(first))V\(SVG.number(last))"
      }
      let isSure = (node.support ?? 0) >= 0.95
      let branch = "M\(SVG.number(x)) \(SVG.number(y))H\(SVG.number(end))"
      if isSure { sure += branch } else { branches += branch }
      if let support = node.support, support >= 0.5 {
        parts.append(
          #"<text class="small middle" x="\#(SVG.number((x + end) / 2))" y="\#(SVG.number(y - 2))">"#
            + "\(Int((100 * support).rounded()))</text>")
      }
      return y
    }
    _ = draw(root, from: left)
    let height = top + Double(line) * row + 26
    sure += "M\(SVG.number(left)) \(SVG.number(height - 10))h\(SVG.number(unit))"
    parts.append(
      #"<text class="small" x="\#(SVG.number(left + unit + 6))" y="\#(SVG.number(height - 7))">distance 1</text>"#)
    return RelationSVG.figure(
      width: width, height: height,
      about: "Tree of \(line) models by neighbour joining. The suspect is marked by a diamond, candidates by squares.",
      [SVG.path("branch", branches), SVG.path("branch sure", sure)] + parts)
  }

  private static func pruned(_ tree: ModelTree, _ shown: Set<Int>) -> Node? {
    let below = tree.tree.leavesBelow()
    func visit(_ node: Int) -> Node? {
      let length = tree.tree.lengths[node]
      if node < tree.tree.leaves {
        return shown.contains(node) ? Node(length: length, support: nil, leaf: node, children: []) : nil
      }
      let support =
        tree.tree.innerBranches.contains(node) ? tree.support(ofBranch: node - tree.tree.leaves) : nil
      let children = tree.tree.sortedChildren(of: node, below).compactMap(visit)
      guard children.count != 1 else {
        let only = children[0]
        // Of a leaf the support says nothing: the branch parts it from the rest in any tree.
        return Node(
          length: length + only.length,
          support: only.leaf == nil ? [support, only.support].compactMap(\.self).max() : nil, leaf: only.leaf,
          children: only.children)
      }
      return children.isEmpty ? nil : Node(length: length, support: support, leaf: nil, children: children)
    }
    return visit(tree.tree.root)
  }

  private static func depth(_ node: Node) -> Double {
    max(node.length, 0) + (node.children.map(depth).max() ?? 0)
  }
}
