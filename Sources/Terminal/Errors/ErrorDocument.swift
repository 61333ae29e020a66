import CaseFile
package import Formats

/// What a failed command says with `--json`, on standard error: one line.
package enum ErrorDocument {
  package static func of(_ message: String, _ status: ExitStatus, next: String?, tool: String) -> JSONValue {
    .compactDocument(
      "retort.error/1", tool: tool,
      [
        "code": .string(name(status)),
        "exit": .integer(Int(status.rawValue)), "message": .string(message), "next": JSONValue(next),
      ])
  }

  private static func name(_ status: ExitStatus) -> String {
    switch status {
    case .changed: "changed"
    case .internalError: "internal"
    case .couldNotMeasure: "could_not_measure"
    case .authentication: "authentication"
    case .budget: "budget"
    case .altered: "altered"
    case .notSigned: "not_signed"
    case .wrongTime: "wrong_time"
    case .incomplete: "incomplete"
    case .notRecomputed: "not_recomputed"
    case .notAsSaid: "not_as_said"
    case .usage: "usage"
    case .interrupted: "interrupted"
    }
  }
}
