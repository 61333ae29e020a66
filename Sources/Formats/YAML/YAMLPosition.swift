package import Yams

/// Line and column, both counted from 1.
package struct YAMLPosition {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package init(_ mark: Mark?) { self.init(line: mark?.line ?? 1, column: mark?.column ?? 1) }

  package init(_ node: Node) { self.init(node.mark) }
}
