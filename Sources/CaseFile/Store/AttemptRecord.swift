package import Cases

/// One attempt with all that the case keeps of it.
package struct AttemptRecord: Sendable {
  package let summary: AttemptSummary
  package let run: Int
  package let order: Int
  package let requestSeed: Int
  package let ended: String
  package let nanoseconds: Int
  package let url: String
  package let requestHeaders: String
  package let request: [UInt8]
  package let requestDigest: String
  package let responseHeaders: String?
  package let response: [UInt8]?
  package let responseDigest: String?
  package let isRedacted: Bool
  package let answer: Answer?
  package let failureKind: String?
  package let previous: String
  package let hash: String
}
