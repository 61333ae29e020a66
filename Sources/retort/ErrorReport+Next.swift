import CaseFile
import Monitoring
import Probing

extension ErrorReport {
  /// The command to type next, where there is one to name.
  static func next(after error: any Error) -> String? {
    switch error {
    case let error as StoppedRun: error.resume
    case UsageError.noConfiguration: "retort run FILE"
    case UsageError.noCandidate, UsageError.notATranscript, UsageError.modelNamedTwice: "retort compare --help"
    case UsageError.badField, CaseFileError.nothingToImport, CaseFileError.notImportable: "retort import --help"
    case is ProbeSetFindings: "retort probes check --json"
    case CaseFileError.template: "retort probes expand --help"
    case ProbingError.keyMissing(_, .environment(let name)): "export \(name)=…"
    case CaseFileError.custody(_, .notSigned), CaseFileError.custody(_, .noKey): "retort key new NAME -o FILE"
    case ProbingError.priceUnknown, ProbingError.currenciesDiffer: "retort run --dry-run --prices FILE"
    case CaseFileError.configuration(let file, _, _, _), CaseFileError.configurationDiffers(let file, _):
      file.hasSuffix(".retort") ? "retort export \(ShellWord.quoted(file)) -o DIR" : nil
    case CaseFileError.defectiveLine(let file, _, _), CaseFileError.repeatedProbe(let file, _, _, _):
      "retort probes check \(ShellWord.quoted(file))"
    case let error as MonitoringError: next(error)
    default: nil
    }
  }

  /// What a failed command says with `--json`, on standard error: one line.
  static func document(_ message: String, _ status: ExitStatus, next: String?) -> JSONValue {
    .compact([
      "schema": .string("retort.error/1"), "tool": .string(Version.tool), "code": .string(name(status)),
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

/// A word as a POSIX shell reads it back.
enum ShellWord {
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || "_-./:=@%+,".utf8.contains(byte)
        || byte >= 0x80
    }
    guard !plain || word.isEmpty else { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
