/// How what is stored of answers is read: of evidence, as the version did that made it.
package enum StoredReading: Hashable, Sendable {
  /// All tokens that came are read, and fewer words of caches are known.
  case before0_8
  case present

  /// - Parameter tool: as `ToolVersion` has it.
  package init(by tool: String?) { self = ToolVersion.isBefore(8, tool) ? .before0_8 : .present }

  /// Whether a version read some responses and recorded answers otherwise, as words of vendors and marks of thoughts became known.
  package static func mayDiffer(by tool: String?) -> Bool { ToolVersion.isBefore(10, tool) }
}
