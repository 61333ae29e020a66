import CaseFile
package import Custody
package import Formats

/// The signed head of a log, as parties exchange it.
package enum CheckpointText {
  package static func document(_ head: HeadUpdate, tool: String) -> JSONValue {
    let checkpoint = Checkpoint(head.note.text)
    return .document(
      "retort.checkpoint/1", tool: tool,
      [
        "origin": .string(checkpoint?.origin ?? ""), "size": .integer(checkpoint?.size ?? 0),
        "root": .string(checkpoint?.root.hex ?? ""),
        "signatures": .array(head.note.signatures.map { .string($0.name) }), "note": .string(head.note.written),
        "continues": .integer(head.proof.old), "consistency": .array(head.proof.nodes.map { .string($0.hex) }),
      ])
  }
}
