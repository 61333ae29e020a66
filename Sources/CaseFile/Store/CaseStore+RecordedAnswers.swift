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
        found.append((ModelID(try row.text("model")), given, answer))
      }
      return found
    }
  }

  /// The answers of a model that count, in the order of the attempts.
  package func recordedAnswers(of model: ModelID) throws -> [RecordedAnswer] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT probe, sample, answer, ended_ns - started_ns AS took, response_headers FROM attempt
          WHERE model = ? AND outcome <> 'failed' ORDER BY id
          """, arguments: [model.rawValue])
      var answers: [(key: CopiedAnswers.Key, answer: Answer, nanoseconds: Int)] = []
      var seen: [CopiedAnswers.Seen] = []
      while let row = try rows.next() {
        guard let value = JSONValue(parsing: try row.text("answer")), let answer = Answer(json: value) else {
          throw CaseFileError.caseDamaged(file: file, reason: "an answer cannot be read")
        }
        let key = CopiedAnswers.Key(
          model: model, probe: PromptID(try row.text("probe")), sample: try row.integer("sample"))
        let headers = try row.textIfAny("response_headers").flatMap { JSONValue(parsing: $0) }
        seen.append(.init(key, answer, cacheSign: CacheSign.found(inStored: headers)))
        answers.append((key, answer, try row.integer("took")))
      }
      let copied = CopiedAnswers(seen)
      return answers.filter { !$0.answer.isOtherThanText }.map { key, answer, nanoseconds in
        RecordedAnswer(
          response: Response(
            prompt: key.probe, sample: key.sample, text: answer.text, tokens: answer.tokens, reasoning: answer.reasoning
          ),
          promptTokens: answer.promptTokens, completionTokens: answer.completionTokens,
          declaredModel: answer.declaredModel, fingerprint: answer.fingerprint, nanoseconds: nanoseconds,
          isCopy: copied.copies.contains(key) || copied.fromCache.contains(key))
      }
    }
  }
}
