import CaseFile
import Cases
package import Formats
package import Workflows

/// Border inputs that were found.
package struct BorderText {
  private let found: FindBorderInputs.Found
  private let file: String

  package init(_ found: FindBorderInputs.Found, file: String) {
    self.found = found
    self.file = file
  }

  package var lines: [String] {
    [
      "\(found.candidates) candidates, \(found.promising) with two first tokens, \(found.calls) calls of one token",
      "\(file): the \(found.probes.count) nearest ties, for the list probes of a check.yaml",
    ]
  }

  package func document(tool: String) -> JSONValue {
    .document(
      "retort.border/1", tool: tool,
      [
        "file": .string(file), "candidates": .integer(found.candidates), "promising": .integer(found.promising),
        "calls": .integer(found.calls), "probes": .array(found.probes.map { .string($0.id.rawValue) }),
      ])
  }

  package static func words(_ stage: FindBorderInputs.Stage) -> String {
    switch stage {
    case .first(let candidates, let calls, let host):
      "\(calls) calls of one token to \(host), two for each of \(candidates) candidates"
    case .more(let candidates, let calls): "\(candidates) have two first tokens: asking \(calls) more"
    }
  }
}
