import Cases
import Formats

/// `samples_TASK_TIME.jsonl` of lm-evaluation-harness (`--log_samples`): one document a line with `doc_id`,
/// `arguments` and `resps`.
///
/// A prompt's name is `TASK/DOC_ID`, the task from the file's name; the model is the folder's name, as the tool
/// writes it. A document stands once for each filter: its answers are taken once. Requests for likelihoods have no
/// text; they are counted.
///
/// - Source: github.com/EleutherAI/lm-evaluation-harness, `lm_eval/loggers/evaluation_tracker.py`
///   (`save_results_samples`), `lm_eval/evaluator.py`.
enum LMEvalSamples {
  static func read(_ source: SourceFile) throws -> ImportedFile {
    let parts = source.file.split(separator: "/").map(String.init)
    let folder = parts.dropLast().last.flatMap { [".", ".."].contains($0) ? nil : $0 }
    let task = task(ofFile: parts.last ?? source.file)
    var found = ImportedFile(
      records: [], taken: [.prompt: ["arguments.gen_args_0.arg_0"], .text: ["resps"], .id: ["doc_id"]])
    var seen: [String: (responses: JSONValue, place: SourcePlace)] = [:]
    found.absent = try source.forEachRecord { document in
      let id = "\(task)/\(try document.required("doc_id", document.name))"
      let responses = try document.required("resps", document.array)
      if let first = seen[id] {
        guard first.responses == .array(responses) else {
          throw document.place.error(
            .repeatedAnswer(model: ModelID(folder ?? ""), prompt: PromptID(id), sample: 0, first: first.place))
        }
        found.records.append(.skipped(SkippedRecord(document.place, .repeatedByFilter)))
        return
      }
      seen[id] = (.array(responses), document.place)
      let prompt = prompt(document)
      var sample = 0
      // A list of answers for each request.
      let answers = responses.flatMap { $0.array ?? [$0] }
      let areLikelihoods = !isGenerated(document) && answers.allSatisfy { $0.string.map(isNumber) ?? true }
      for answer in answers {
        guard let text = answer.string, !areLikelihoods else {
          found.records.append(.skipped(SkippedRecord(document.place, answer == .null ? .noAnswer : .likelihood)))
          continue
        }
        found.records.append(
          .answer(
            ImportedAnswer(
              model: folder, promptID: id, prompt: prompt, sample: sample, said: SpokenContent(text),
              place: document.place)))
        sample += 1
      }
      if responses.isEmpty { found.records.append(.skipped(SkippedRecord(document.place, .noAnswer))) }
    }
    return found
  }

  /// Whether a request has settings of generation beside its context. The tool writes every response as text: without them a
  /// number is the likelihood of something given, and nothing that a model said.
  private static func isGenerated(_ document: SourceObject) -> Bool {
    let arguments = document["arguments"]
    let settings = arguments?["gen_args_0"]?["arg_1"] ?? arguments?.array?.first?.array?.dropFirst().first
    return settings?.object != nil
  }

  /// A number, or the pair of one and a truth value that a likelihood of a continuation is.
  private static func isNumber(_ text: String) -> Bool {
    let parts = text.split { "()[], ".contains($0) }
    return !parts.isEmpty && parts.allSatisfy { Double($0) != nil || ["True", "False", "None"].contains($0) }
  }

  /// `samples_gsm8k_2024-10-28T10-00-00.123456.jsonl` is `gsm8k`.
  static func task(ofFile name: String) -> String {
    var stem = name
    for ending in [".gz", ".jsonl"] where stem.hasSuffix(ending) { stem = String(stem.dropLast(ending.count)) }
    if stem.hasPrefix("samples_") { stem = String(stem.dropFirst("samples_".count)) }
    guard let mark = stem.lastIndex(of: "_"), stem[stem.index(after: mark)...].first?.isNumber == true,
      stem[mark...].contains("T")
    else { return stem }
    return String(stem[..<mark])
  }

  /// The context of the first request: `{"gen_args_0": {"arg_0": "…"}}`, or `[["…", {…}]]` in older files.
  private static func prompt(_ document: SourceObject) -> ImportedPrompt? {
    let arguments = document["arguments"]
    let context =
      arguments?["gen_args_0"]?["arg_0"] ?? arguments?.array?.first?.array?.first ?? arguments?.array?.first
    // A chat that was rendered already is written as a list of one text.
    let text = context?.string ?? (context?.array?.count == 1 ? context?.array?.first?.string : nil)
    return text.map(ChatMessages.prompt(rendered:))
  }
}
