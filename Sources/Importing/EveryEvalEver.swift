import Cases
import Formats

/// Samples of "Every Eval Ever": one evaluated sample a line, with `model_id`, `evaluation_name`, `sample_id`, `input.raw` and, for
/// single turns, `output.raw`.
///
/// A prompt's name is `EVALUATION/SAMPLE`. Conversations and agents are counted and left out: they answer no single prompt.
///
/// - Source: github.com/evaleval/every_eval_ever, `instance_level_eval.schema.json` 0.2.1.
enum EveryEvalEver {
  static func read(_ source: SourceFile) throws -> ImportedFile {
    var found = ImportedFile(
      records: [],
      taken: [
        .prompt: ["input.raw"], .text: ["output.raw"], .model: ["model_id"], .id: ["evaluation_name", "sample_id"],
      ])
    found.absent = try source.forEachRecord { record in
      let model = try record.required("model_id", record.name)
      let id = try "\(record.required("evaluation_name", record.name))/\(record.required("sample_id", record.name))"
      let prompt = try record.object("input")?.string("raw").map { ImportedPrompt(text: $0) }
      if let words = try record.string("error"), record["output"] == nil {
        return found.records.append(.skipped(SkippedRecord(record.place, .error, detail: words)))
      }
      guard (try record.string("interaction_type") ?? "single_turn") == "single_turn" else {
        return found.records.append(.skipped(SkippedRecord(record.place, .laterTurn)))
      }
      let output = record["output"]
      // Earlier versions have one text in place of a list.
      let texts = output?["raw"]?.array?.map(\.string) ?? output?["raw"]?.string.map { [$0] } ?? []
      let traces = output?["reasoning_trace"]?.array?.map(\.string) ?? [output?["reasoning_trace"]?.string]
      if texts.isEmpty { found.records.append(.skipped(SkippedRecord(record.place, .noAnswer))) }
      for (place, text) in texts.enumerated() {
        guard let text else {
          found.records.append(.skipped(SkippedRecord(record.place, .notText)))
          continue
        }
        let trace = traces.indices.contains(place) ? traces[place] : nil
        found.records.append(
          .answer(
            ImportedAnswer(
              model: model, promptID: id, prompt: prompt,
              said: SpokenContent(text, reasoning: trace, source: "reasoning_trace"), place: record.place)))
      }
    }
    return found
  }
}
