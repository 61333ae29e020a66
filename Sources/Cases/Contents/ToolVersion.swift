/// Versions of this program, as documents state what made them.
package enum ToolVersion {
  /// Whether it is one before 0.`minor`.
  ///
  /// - Parameter tool: such as `retort 0.5.0`; nil and other programs count as the present version.
  package static func isBefore(_ minor: Int, _ tool: String?) -> Bool {
    (1..<minor).contains { tool?.utf8.starts(with: "retort 0.\($0).".utf8) ?? false }
  }
}
