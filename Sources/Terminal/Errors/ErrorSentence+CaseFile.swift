import CaseFile
import Cases

extension ErrorSentence {
  static func sentence(_ error: CaseFileError) -> String {
    switch error {
    case .isFolder(let file): "\(file): is a folder, not a case file: name the .retort file in it"
    case .caseExists(let file): "\(file): exists already: choose another name, or remove it"
    case .notSQLite(let file): "\(file): is not a case file (no SQLite database): check the path"
    case .notACase(let file): "\(file): is an SQLite database of another program, not a case file: check the path"
    case .foreignSchema(let file, let object):
      "\(file): holds \(object), which retort never makes or makes otherwise: the file was changed; use an untouched copy"
    case .newerCase(let file, let version, let supported):
      "\(file): was written by a newer retort (format \(version), this one reads up to \(supported)): update retort"
    case .caseDamaged(let file, let reason):
      "\(file): the database is damaged (\(reason)): restore it from a copy"
    case .diskFull(let file):
      "\(file): no space left on the disk: free some and run again; what was stored is kept"
    case .configurationDiffers(let file, let differences):
      """
      \(file): holds the answers to another configuration; \(differences.first.map(words) ?? "it differs"): restore that value, or give the case another name
      """
    case .chainBroken(let file, let found):
      "\(file): \(words(found)): the file was changed after it was written; use an untouched copy"
    case .alreadyAnswered(let file, let model, let prompt, let sample):
      "\(file): probe \(prompt), sample \(sample) of \(model) has its answer already; nothing was added"
    case .databaseFailed(let file, let code, let message):
      "\(file): the database failed (\(message), SQLite code \(code)): check the disk and run again"
    case .noLog(let file):
      "\(file): the case was begun by an older retort, without a log: it can be reported and exported as transcripts only"
    case .notSigned(let file): "\(file): the log of the case is not signed: name a key with --key"
    case .rootDiffers(let file, let size):
      "\(file): the log does not lead to what was signed at \(size) records: it was changed; use an untouched copy"
    case .otherKey(let file, let signed, let given):
      "\(file): the log was signed by \(signed), not by \(given): sign with the same key"
    case .noSuchSize(let file, let size): "\(file): the log has not had \(size) records: name a size that was signed"
    case .checkpointOfOtherLog(let file):
      "\(file): is no checkpoint that this case has signed: check which case it belongs to"
    case .noCosignature(let file):
      "\(file): carries no signature but the case's own: let the other party cosign it"
    }
  }

  static func words(_ found: ChainBreak) -> String {
    switch found.finding {
    case .contentDiffers: "attempt \(found.attempt) is not as it was written"
    case .previousDiffers: "attempt \(found.attempt) does not follow the one before it"
    case .attemptMissing: "attempt \(found.attempt) is missing"
    case .requestBodyDiffers: "the request of attempt \(found.attempt) is not as it was written"
    case .requestBodyMissing: "the request of attempt \(found.attempt) is missing"
    case .responseBodyDiffers: "the response of attempt \(found.attempt) is not as it was written"
    case .responseBodyMissing: "the response of attempt \(found.attempt) is missing"
    case .protocolDiffers: "configuration, probes or plan are not those that the first attempt follows"
    case .recordDiffers:
      found.attempt > 0
        ? "attempt \(found.attempt) is not what the log says" : "the log does not say what the case says"
    }
  }
}
