import ArgumentParser
import Browsing
import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import Likelihood
import Monitoring
import Probing
import Reporting
import Validation
import Workflows

/// The exit codes of every command. They are a stable interface.
enum ExitStatus: Int32 {
  /// Of `retort check` alone: the model behind the endpoint changed.
  case changed = 1
  /// Also where standard output or a file could not be written whole.
  case internalError = 2
  case couldNotMeasure = 3
  case authentication = 4
  case budget = 5
  // `retort verify`: what does not hold.
  case altered = 20
  case notSigned = 21
  case wrongTime = 22
  case incomplete = 23
  case notRecomputed = 24
  case notAsSaid = 25
  case usage = 64
  case interrupted = 130
}

/// Turns errors into one line: what, where, what to do; and into an exit code.
enum ErrorReport {
  static func exit(_ error: any Error) -> Never {
    if let end = error as? CheckEnd { Foundation.exit(end.status) }
    if let explained = explanation(of: error) {
      let arguments = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
      if arguments.contains("--json") {
        Talk.json(document(explained.line, explained.status, next: next(after: error)))
      } else {
        Talk.fail(explained.line)
      }
      Foundation.exit(explained.status.rawValue)
    }
    if let lost = error as? OutputLost {
      if !lost.isReaderGone { Talk.fail(lost.sentence) }
      Foundation.exit(ExitStatus.internalError.rawValue)
    }
    // Help, version and mistakes on the command line are worded by the argument parser.
    let code = Retort.exitCode(for: error)
    if code == .success {
      do { try StandardOutput.write(Retort.fullMessage(for: error) + "\n") } catch { exit(error) }
      Foundation.exit(code.rawValue)
    }
    if code == .validationFailure {
      Talk.fail(Retort.message(for: error) + " (see --help of the command)")
      Foundation.exit(code.rawValue)
    }
    Talk.fail("internal error: \(error). Please report it with the command that you ran.")
    Foundation.exit(ExitStatus.internalError.rawValue)
  }

  static func explanation(of error: any Error) -> (line: String, status: ExitStatus)? {
    switch error {
    case let error as FileError: (sentence(error), status(error))
    case let error as CasesError: (sentence(error), status(error))
    case let error as CaseFileError: (sentence(error), status(error))
    case let error as CustodyError: (sentence(error), status(error))
    case let error as EvidenceError: (sentence(error), status(error))
    case let error as LikelihoodError: (sentence(error), .couldNotMeasure)
    case let error as ProbeSetFindings:
      (
        "\(error.count) \(error.count == 1 ? "finding" : "findings"); see above, and change the probe sets",
        .couldNotMeasure
      )
    case let error as FittingError: (sentence(error), .couldNotMeasure)
    case let error as WorkflowError: (sentence(error), status(error))
    case let error as UsageError: (sentence(error), .usage)
    case let error as MonitoringError: (sentence(error), status(error))
    case let error as ProbingError: (sentence(error), status(error))
    case let error as StoppedRun: (StopText.sentence(error.result, resume: error.resume), status(error.result.stop))
    case let error as SilentEndpoints:
      (
        "no answer from \(error.models.map(\.rawValue).joined(separator: ", ")); see above for what came instead, and check "
          + (error.isKeyRefused ? "the key" : "URL, model and dialect"),
        error.isKeyRefused ? .authentication : .couldNotMeasure
      )
    case let error as PortTaken:
      ("port \(error.port) of 127.0.0.1 cannot be used: choose another with --port, or leave it out", .couldNotMeasure)
    case let error as EvidenceRejected: (error.sentence, error.status)
    case ManualError.noDescription: ("the manual page cannot be made from this program's help", .internalError)
    case let error as NothingToCompare:
      (
        """
        \(error.suspect) and \(error.candidate): no prompt has two answers of both, and none has log-probabilities of both: ask again with samples: 2 or more
        """,
        .couldNotMeasure
      )
    case let error as SystemLimit: (error.sentence, .internalError)
    case is CancellationError: ("interrupted; what was stored before is kept", .interrupted)
    default: nil
    }
  }

  private static func status(_ stop: StopReason) -> ExitStatus {
    switch stop {
    case .complete: .internalError  // a complete run is no error
    case .budget: .budget
    case .authentication: .authentication
    case .couldNotMeasure: .couldNotMeasure
    case .interrupted: .interrupted
    }
  }

  private static func sentence(_ error: LikelihoodError) -> String {
    switch error {
    case .cohortTooSmall(let given, let needed):
      "the cohort has \(given) \(given == 1 ? "model" : "models"), \(needed) are needed: add transcripts of unrelated models"
    case .noCommonPrompts:
      "suspect and candidates answered no common prompt: record answers to the same probe set"
    case .tooFewModels(let given, let needed):
      """
      of \(given) \(given == 1 ? "model" : "models") too few answered common prompts for a tree, \(needed) are needed: add transcripts of others to the same probe set
      """
    case .calibrationDefective(let file, let what):
      "\(file): is no calibration: \(what); make one with retort calibrate"
    case .calibrationOfOtherChannels(let file, let method):
      """
      \(file): is a calibration of method \(method) or of other versions of its channels: use the version of retort that made it, or make one with retort calibrate
      """
    }
  }

  private static func sentence(_ error: FittingError) -> String {
    switch error {
    case .tooFewFamilies(let found, let needed):
      "\(found) independent families on one side of the pairs, \(needed) are needed: add pairs of other families"
    case .scoreNotANumber(let teacher, let student):
      "the score of \(teacher) and \(student) is no number: leave the pair out, or record answers anew"
    case .separable:
      """
      a threshold separates the pairs of either label, and without a penalty the slope would grow without end: give --penalty above 0
      """
    case .familiesOnBothSides(let families):
      """
      the calibration was fitted on \(families.count == 1 ? "a family" : "families") of these pairs (\(families.joined(separator: ", "))): leave those pairs out, or leave out --calibration to fit without the families of each pair
      """
    }
  }

  private static func status(_ error: WorkflowError) -> ExitStatus {
    if case .lessonNotAnswered = error { .internalError } else { .usage }
  }

  private static func sentence(_ error: WorkflowError) -> String {
    switch error {
    case .noCandidate: "no candidate is given: add --candidate FILE"
    case .suspectMissing: "no suspect is given: add --suspect NAME"
    case .candidateMissing(let count):
      "no candidate is given, and there \(count == 1 ? "is" : "are") \(count): add --candidate NAME"
    case .noVectors(let model, let file): "\(file) has no vector of \(model): go on with retort embed"
    case .defectiveVector(let model, let prompt, let file):
      "\(file): a vector of \(model) for \(prompt) holds a value that is no number: make it again with retort embed"
    case .noEmbeddings(let dialect): "--dialect \(dialect.rawValue): must be a dialect that has embeddings"
    case .caseOfLikelihoods(let file):
      "\(file) holds likelihoods of given answers, and no answers of its own: see retort likelihood \(ShellWord.quoted(file))"
    case .noAnswersYet(let file): "\(file) is not there: ask for answers first, with retort run"
    case .unknownMethod(let version):
      "there is no version \(version) of the method: use \(CohortMethod.all.map { "\($0.version)" }.joined(separator: " or "))"
    case .unknownChannel(let name, let known): "--channel \(name): must be one of \(known.joined(separator: ", "))"
    case .lessonNotAnswered(let question): "the teacher did not answer the lesson \"\(question)\""
    }
  }

  private static func sentence(_ error: UsageError) -> String {
    switch error {
    case .baselineSource: "give a configuration, or transcripts with --from, and not both"
    case .noProbeSet(let files): "\(files.joined(separator: ", ")): no probe set (.jsonl) is there: name a file"
    case .noConfiguration(let folder):
      "no retort.yaml or case.yaml in \(folder) or above it: name one (retort run FILE), or see retort demo"
    case .badValue(let option, let value, let expected): "\(option) \(value): must be \(expected)"
    case .badField(let choice):
      "--field \(choice): write ROLE=NAME, such as text=answer; roles: "
        + ImportFields.Role.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }

  private static func status(_ error: FileError) -> ExitStatus {
    switch error {
    case .configuration, .wouldOverwrite: .usage
    case .unwritable: .internalError
    default: .couldNotMeasure
    }
  }

  private static func sentence(_ error: FileError) -> String {
    switch error {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    case .inUse(let file, let holder): "\(file): \(words(holder)) has it open: wait for it, or stop it"
    case .damagedGzip(let file): "\(file): the gzip data are damaged or cut off: copy the file again"
    case .fileTooLarge(let file, let limit): "\(file): larger than \(limit): split it"
    case .tableTooLarge(let file, let line, let limit):
      "\(file):\(line): the table has more than \(limit) fields: split it"
    case .fieldTooLong(let file, let line, let limit):
      "\(file):\(line): a field longer than \(Limits.words(bytes: limit)): is a quote missing?"
    case .defectiveLine(let file, let line, let defect): "\(file):\(line): \(sentence(defect))"
    case .repeatedColumn(let file, let line, let name):
      "\(file):\(line): two columns are named \(name): rename one of them"
    case .quoteOpen(let file, let line): "\(file):\(line): a quoted field has no closing quote"
    case .wouldOverwrite(let file):
      "\(file): another file of that name is there: remove it, or choose another folder with -o"
    case .configuration(let file, let line, let column, let defect):
      "\(file):\(line):\(column): \(sentence(defect))"
    }
  }

  private static func status(_ error: CasesError) -> ExitStatus {
    switch error {
    case .notImportable(_, .modelUnknown), .notATranscript, .noTranscript, .modelNamedTwice: .usage
    default: .couldNotMeasure
    }
  }

  private static func sentence(_ error: CasesError) -> String {
    switch error {
    case .notATranscript(let file): "\(file): a transcript's name ends in .jsonl or .jsonl.gz"
    case .noTranscript(let model, let folder): "\(folder) has no transcript of \(model): check the name"
    case .modelNamedTwice(let model, let first, let second):
      "the model \(model) is named twice, by \(first) and \(second): rename or remove one of them"
    case .emptyTranscript(let file): "\(file): the transcript holds no answer: record it again or leave it out"
    case .repeatedResponse(let file, let line, let prompt, let sample, let first):
      """
      \(file):\(line): prompt \(prompt), sample \(sample) was answered on line \(first) already: number the samples, or remove one of the lines
      """
    case .repeatedProbe(let file, let line, let prompt, let first):
      "\(file):\(line): the probe \(prompt) stands on line \(first) already: rename or remove one of them"
    case .emptyProbeSet(let file): "\(file): the probe set holds no probe"
    case .lineageColumnMissing(let file, let column):
      "\(file):1: the lineage table has no column \(column): name the columns in its first line"
    case .lineageRow(let file, let line, let found, let expected):
      "\(file):\(line): \(found) fields where the header has \(expected): quote fields that hold commas"
    case .lineageConflict(let file, let line, let model, let first):
      "\(file):\(line): \(model) is described differently on line \(first): choose rows with --corpus, or remove one"
    case .template(let file, let defect): "\(file): \(sentence(defect))"
    case .notImportable(let place, let defect): "\(place): \(sentence(defect))"
    case .nothingToImport(let files, 0, _), .nothingToImport(let files, _, nil):
      "\(files.joined(separator: ", ")): no answer to import: check the format and the files"
    case .nothingToImport(let files, let skipped, let reason?):
      """
      \(files.joined(separator: ", ")): no answer to import; all \(skipped) records were left out, most of them for: \
      \(ImportText.words(reason)): check the format and the files
      """
    }
  }

  private static func status(_ error: CaseFileError) -> ExitStatus {
    switch error {
    case .configurationDiffers, .caseExists, .otherKey, .notSigned, .noSuchSize: .usage
    default: .couldNotMeasure
    }
  }

  private static func sentence(_ error: CaseFileError) -> String {
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

  private static func words(_ difference: ConfigurationDifference) -> String {
    "\(difference.path) is \(difference.current ?? "missing") here and \(difference.stored ?? "missing") there"
  }

  private static func words(_ found: ChainBreak) -> String {
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

  private static func sentence(_ defect: ConfigurationDefect) -> String {
    switch defect {
    case .notUTF8: "the text is not UTF-8: save the file in that encoding"
    case .notYAML(let problem): "not YAML: \(problem)"
    case .tooLarge(let limit): "the document is \(limit)"
    case .planTooLarge(let models, let limit):
      """
      the plan has more than \(limit) requests (answers to all probes, times \(models) \(models == 1 ? "model" : "models")): ask fewer samples or probes
      """
    case .emptyDocument: "the configuration is empty: see its schema in the README"
    case .repeatedKey(let key): "the key \(key) stands here twice: remove one"
    case .unknownKey(let key, let nearest):
      "unknown key \(key)\(nearest.map { ": did you mean \($0)?" } ?? ": see the schema in the README")"
    case .missing(let field): "\(field) is missing: add it"
    case .wrongType(let field, let expected): "\(field) must be \(expected)"
    case .outOfRange(let field, let allowed): "\(field) must be \(allowed)"
    case .literalKey(let field):
      """
      \(field) looks like a literal key, which is never read from a file that may be shown: use key_env or key_file, and revoke this key if others saw it
      """
    case .setByRetort(let field):
      "\(field) is sent with every request as sampling, probe and endpoint say: remove it here"
    case .badURL(let field):
      "\(field) must be an http or https URL without user name, query or fragment, such as http://127.0.0.1:8080/v1"
    case .unknownValue(let field, let value, let known):
      "\(field) cannot be \(value): use \(known.joined(separator: " or "))"
    case .conflictingKeys(let one, let other): "\(one) and \(other) exclude each other: remove one"
    case .tooFew(let field, let found, let atLeast): "\(field) has \(found), at least \(atLeast) are needed"
    case .modelNamedTwice(let model, let first):
      "the model \(model) is named on line \(first) already: give each model a name of its own"
    case .probeSetUnreadable(let file, let reason): "the probe set \(file) cannot be read: \(reason)"
    case .repeatedProbe(let prompt, let file, let first):
      "the probe \(prompt) of \(file) is in \(first) too: rename one of them"
    }
  }

  private static func status(_ error: ProbingError) -> ExitStatus {
    switch error {
    case .keyMissing, .keyUnusable, .keyTooLong: .authentication
    case .priceUnknown, .currenciesDiffer: .usage
    case .noVectors(_, _, let isKeyRefused): isKeyRefused ? .authentication : .couldNotMeasure
    case .planDiffers, .noTokens: .couldNotMeasure
    case .noLikelihood, .planTooLarge: .usage
    }
  }

  private static func sentence(_ error: ProbingError) -> String {
    switch error {
    case .keyMissing(let model, let reference): "no key for \(model): \(words(reference)) is not set or empty"
    case .keyUnusable(let model, let reference):
      "the key for \(model) in \(words(reference)) is not one line of printable ASCII: check for stray characters"
    case .keyTooLong(let model, let reference):
      "the key for \(model) in \(words(reference)) is longer than \(Limits.words(bytes: EndpointKey.longest)): is it a key?"
    case .priceUnknown(let models):
      """
      no price for \(models.map(\.rawValue).joined(separator: ", ")), so no limit of cost can be kept: give prices with --prices FILE, or leave --max-cost out
      """
    case .currenciesDiffer(let currencies):
      "prices in \(currencies.joined(separator: " and ")) cannot be added: give all in one currency"
    case .noVectors(let host, let detail, let isKeyRefused):
      """
      \(host) gives no embeddings (\(detail)): check \(isKeyRefused ? "the key" : "URL, model and dialect"); what came before is kept, and the same command goes on
      """
    case .noTokens(let model, let host, let detail):
      """
      \(host) does not take the answers put to \(model) apart into tokens (\(detail)): likelihoods need llama.cpp's server, or an endpoint of dialect \(dialects(.echo)) that gives log-probabilities of prompts
      """
    case .noLikelihood(let models):
      """
      \(models.map(\.rawValue).joined(separator: ", ")): the dialect cannot tell how likely a given answer is: use \(dialects(.echo)), or \(dialects(.grammar)) with llama.cpp's server
      """
    case .planTooLarge(let answers, let models):
      "\(answers) answers, put to \(models) models each, are more than \(Limits.plannedItems) requests: lower --answers"
    case .planDiffers(let item):
      "the case plans probe \(item.probe) for \(item.model), which its configuration does not have: use an untouched copy"
    }
  }

  /// Those that ask for likelihoods in this way, as a choice.
  private static func dialects(_ way: GivenAnswerWay) -> String {
    Endpoint.DialectName.names { $0.givenAnswers == way }.joined(separator: " or ")
  }

  private static func words(_ reference: Endpoint.KeyReference) -> String {
    switch reference {
    case .environment(let name): "the environment variable \(name)"
    case .file(let file): "the file \(file)"
    }
  }

  private static func sentence(_ defect: LineDefect) -> String {
    switch defect {
    case .notUTF8: "the line is not UTF-8: save the file in that encoding"
    case .cutOff: "the last line is cut off: copy or record the file again, or remove the line"
    case .notJSON: "the line is not a JSON object"
    case .missing(let field): "the field \(field) is missing"
    case .wrongType(let field): "the field \(field) has a value of the wrong kind"
    case .emptyPromptID: "the prompt's id is empty"
    case .negativeSample: "the sample's number is negative"
    case .tooLarge(let limit): "the line is \(limit)"
    case .outOfRange(let field, let allowed): "the field \(field) must be \(allowed)"
    }
  }
}
