package import Cases
import Formats
import Foundation
import GRDB

extension CaseStore {
  /// What endpoints said of the answers that they were given, in the order of the attempts; empty in a case of other probes.
  package func givenAnswers() throws -> [(model: ModelID, given: GivenAnswer, answer: Answer)] {
    let probes = try probes()
    return try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT model, probe, answer FROM attempt WHERE outcome <> 'failed' ORDER BY id")
      var found: [(model: ModelID, given: GivenAnswer, answer: Answer)] = []
      while let row = try rows.next() {
        guard let given = probes[PromptID(try row.text("probe"))]?.given else { continue }
        guard let value = JSONValue(parsing: try row.text("answer")), let answer = Answer(json: value) else {
          throw CaseFileError.caseDamaged(file: file, reason: "an answer cannot be read")
        }
        found.append((ModelID(try row.text("model")), given, answer.telling(given)))
      }
      return found
    }
  }

  /// The answers of a model that count, in the order of the attempts.
  package func recordedAnswers(of model: ModelID) throws -> [RecordedAnswer] {
    let asked = AskedTokens.all(in: try storedProtocol())[model]
    return try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT probe, sample, answer, outcome, ended_ns - started_ns AS took, response_headers FROM attempt
          WHERE model = ? AND outcome <> 'failed' ORDER BY id
          """, arguments: [model.rawValue])
      var answers: [(key: CopiedAnswers.Key, answer: Answer, outcome: Attempt.Outcome, nanoseconds: Int)] = []
      var seen: [CopiedAnswers.Seen] = []
      while let row = try rows.next() {
        guard let value = JSONValue(parsing: try row.text("answer")), let answer = Answer(json: value)?.reading(asked)
        else {
          throw CaseFileError.caseDamaged(file: file, reason: "an answer cannot be read")
        }
        let key = CopiedAnswers.Key(
          model: model, probe: PromptID(try row.text("probe")), sample: try row.integer("sample"))
        let headers = try row.textIfAny("response_headers").flatMap { JSONValue(parsing: $0) }
        seen.append(.init(key, answer, cacheSign: CacheSign.found(inStored: headers)))
        let outcome = Attempt.Outcome(rawValue: try row.text("outcome")) ?? .ok
        answers.append((key, answer, outcome, try row.integer("took")))
      }
      let copied = CopiedAnswers(seen)
      return answers.filter { !$0.answer.isOtherThanText }.map { key, answer, outcome, nanoseconds in
        RecordedAnswer(
          response: Response(
            prompt: key.probe, sample: key.sample, text: answer.text, tokens: answer.tokens, reasoning: answer.reasoning
          ),
          promptTokens: answer.promptTokens, completionTokens: answer.completionTokens,
          declaredModel: answer.declaredModel, fingerprint: answer.fingerprint, nanoseconds: nanoseconds,
          isCopy: copied.copies.contains(key) || copied.fromCache.contains(key), outcome: outcome)
      }
    }
  }

  /// Attempts of a model, how many of them failed, and what most failures said.
  package func failures(of model: ModelID) throws -> (attempts: Int, failed: Int, detail: String?) {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT outcome, failure FROM attempt WHERE model = ? ORDER BY id", arguments: [model.rawValue])
      var attempts = 0
      var details: [String: Int] = [:]
      while let row = try rows.next() {
        attempts += 1
        guard try row.text("outcome") == Attempt.Outcome.failed.rawValue else { continue }
        let failure = try row.textIfAny("failure").flatMap { JSONValue(parsing: $0) }
        details[failure?["detail"]?.string ?? failure?["kind"]?.string ?? "", default: 0] += 1
      }
      let commonest = details.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      return (attempts, details.values.reduce(0, +), commonest)
    }
  }
}
