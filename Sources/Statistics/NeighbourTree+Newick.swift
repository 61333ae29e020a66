extension NeighbourTree {
  /// The tree in Newick's notation, names always in quotes (a quote within doubled), lengths with six decimals, and the
  /// label of each inner branch after its bracket. Control characters and marks of direction become spaces: readers take the tree
  /// for one line.
  ///
  /// - Parameters:
  ///   - names: of the leaves.
  ///   - label: of an inner branch, by its place in `innerBranches`; nil writes none.
  /// - Source: Olsen, "Newick's 8:45 Tree Format Standard" (1990).
  package func newick(names: [String], label: (Int) -> String?) -> String {
    let below = leavesBelow()
    // Without recursion: a tree of n leaves can be n deep.
    var texts = names.map { Self.quoted($0) }
    for node in leaves...root {
      let parts = sortedChildren(of: node, below).map { "\(texts[$0]):\(Self.length(lengths[$0]))" }
      let own = node < root ? label(node - leaves) : nil
      texts.append("(\(parts.joined(separator: ",")))\(own ?? "")")
      for child in children(of: node) { texts[child] = "" }
    }
    return texts[root] + ";\n"
  }

  private static func quoted(_ name: String) -> String {
    var text = "'"
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x27: text += "''"
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
        text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }

  private static func length(_ value: Double) -> String {
    // Foundation stays out of this module: six decimals by whole numbers.
    let millionths = (abs(value) * 1e6).rounded()
    guard millionths < 9e15 else { return "\(value)" }
    let whole = Int(millionths)
    let decimals = String(whole % 1_000_000)
    return (value < 0 && whole > 0 ? "-" : "") + "\(whole / 1_000_000)."
      + String(repeating: "0", count: 6 - decimals.count) + decimals
  }
}
