extension String {
  /// With spaces behind it up to this width; longer text stays as it is.
  func left(_ width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }

  /// With spaces before it up to this width.
  func right(_ width: Int) -> String { String(repeating: " ", count: max(width - count, 0)) + self }

  /// With spaces behind it, and at least one, up to this width.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
