import Cases
import Foundation
import Monitoring
import Reporting

extension ErrorSentence {
  static func sentence(_ error: MonitoringError) -> String {
    switch error {
    case .tooFewSessions(let found, let needed):
      "\(found) \(found == 1 ? "session" : "sessions"), \(needed) are needed to set them against each other: record more"
    case .sessionIncomplete(let session, let answered, let planned):
      "session \(session): \(answered) of \(planned) answers came, 95 % are needed: run the same command again to ask the rest"
    case .probeUnanswered(let probe, let session):
      "session \(session): the probe \(probe) has fewer than two answers: run the same command again, or leave the probe out"
    case .tooManyAnswers(let probe, let limit):
      "the probe \(probe) has more than \(limit) answers in all sessions together: record fewer samples or sessions"
    case .unstable(let stratum, let pValue, let distance):
      """
      the endpoint is not stable enough: its own sessions differ (\(stratum.rawValue), p = \(String(format: "%.2g", pValue)), distance \(String(format: "%.3g", distance))), so a change could not be told: raise the floor, or find what varies; by chance a stable endpoint is refused once in a hundred times: the same command again sets these sessions aside and asks new ones
      """
    case .notABaseline(let file, let what): "\(file): is no baseline: \(what); make one with retort baseline create"
    case .newerBaseline(let file, let schema):
      "\(file): was written by another version of retort (\(schema)): update retort"
    case .approvalsBroken(let file, let number):
      "\(file): approval \(number) is not as it was written: restore the file from your repository"
    case .notApproved(let file):
      "\(file): nobody has approved these contents: retort baseline approve \(ShellWord.quoted(file)) --by NAME --reason TEXT"
    case .nothingPending(let file):
      "\(file): there is no pending baseline: make one with retort baseline create, or name it with --pending"
    case .approvalEmpty(let field): "\(field) is empty: an approval says who, and why"
    case .ledgerLine(let file, let line):
      "\(file):\(line): is no line of a ledger: restore the file, or begin a new one by moving it away"
    case .tooManyCalls(let needed, let limit):
      "a check needs \(needed) calls, its limit is \(limit): raise budget.max_calls, or ask fewer probes"
    case .noEndpoint(let file):
      "\(file): was made from recorded answers, there is no endpoint to ask: add --against TRANSCRIPT"
    case .copies(let session, let count, let all):
      """
      session \(session): \(count) of \(all) answers came from a cache between here and the model, or repeat another answer's id: copies are no samples, and nothing can be learnt from them; switch that cache off for these calls, and run the same command again: it sets these sessions aside and asks new ones
      """
    case .cached(let session, _):
      """
      session \(session): equal answers follow each other as no model gives them that stays the same: something between here and the model gives answers again, or the model changes while it is asked, and they are no samples of one model; switch that cache off for these calls, and run the same command again: it sets these sessions aside and asks new ones
      """
    case .neverVaries(let probes):
      """
      each of the \(probes) probes that should vary has one answer, byte for byte, at a temperature at which a model draws: something between here and the model gives answers again for ever, or the endpoint draws none; switch that cache off for these calls, or ask an endpoint that draws none at temperature 0, and run the same command again: it sets these sessions aside and asks new ones
      """
    case .answersWithoutText(let session, let count, let all, let kind, let sentence, let probe):
      """
      session \(session): \(count) of \(all) answers\(probe.map { " to the probe \($0)" } ?? "") \(CheckWording.words(kind, sentence)), and nothing can be compared with them: \(remedy(kind, of: probe)), and run the same command again: it sets these sessions aside and asks new ones
      """
    case .noSuchEndpoint(let name, let file, let known):
      "\(file): has several endpoints, and none is named \(name.isEmpty ? "here" : name): use \(known.joined(separator: " or "))"
    case .notComparable(let difference, let files):
      "\(files.joined(separator: " and ")): do not ask the same, and cannot be compared: \(words(difference))"
    case .noBorder(let asked):
      "none of \(asked) candidates has a near tie as its first token: give more candidates, of more kinds"
    case .noCommonProbes(let file): "\(file): no probe of the baseline is answered there: check the file"
    case .notAResult(let file): "\(file): is no result of retort check: name the folder that it wrote"
    }
  }

  private static func remedy(_ kind: AnswerOutcomes.Kind, of probe: PromptID?) -> String {
    switch kind {
    case .empty, .cut: "raise max_tokens, or switch the model's thinking off"
    case .filtered, .refused: probe == nil ? "choose other probes" : "leave the probe out"
    case .debris, .oneForAll: "look at what the endpoint says, and wait until it answers"
    }
  }
}
