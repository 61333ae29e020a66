import CaseFile
import Cases
import Formats

extension ErrorSentence {
  static func sentence(_ defect: ConfigurationDefect) -> String {
    switch defect {
    case .notUTF8: "the text is not UTF-8: save the file in that encoding"
    case .notYAML(let problem): "not YAML: \(problem)"
    case .tooLarge(let limit): "the document is \(limit)"
    case .planTooLarge(let models, let limit):
      """
      the plan has more than \(limit) requests (answers to all probes, times \(models) \(models == 1 ? "model" : "models")): ask fewer samples or probes
      """
    case .emptyDocument: "the configuration is empty: retort init writes one"
    case .repeatedKey(let key): "the key \(key) stands here twice: remove one"
    case .unknownKey(let key, let nearest):
      "unknown key \(key)\(nearest.map { ": did you mean \($0)?" } ?? ": retort init writes a configuration, and the handbook's page case.yaml lists the keys")"
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
    case .transcriptsUnreadable(let file, let reason):
      "the recorded answers of \(file) cannot be read: \(reason)"
    case .noRecordedAnswer(let file, let answers):
      """
      none of the \(answers) answers of \(file) is to a probe of this case: name its lines by the ids of the probes, or give each line its prompt
      """
    }
  }

  static func words(_ difference: ConfigurationDifference) -> String {
    "\(difference.path) is \(difference.current ?? "missing") here and \(difference.stored ?? "missing") there"
  }
}
