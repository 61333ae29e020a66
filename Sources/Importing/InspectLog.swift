import Cases
import Formats

/// A log of inspect_ai in its JSON format: `eval.model`, `eval.task` and `samples` with `id`, `epoch`, `messages` and
/// `output.choices`.
///
/// A prompt's name is `TASK/ID`: the tool's ids are those of one task's data set. Samples are counted by epoch, and
/// within it by choice.
///
/// - Source: github.com/UKGovernmentBEIS/inspect_ai, `tests/log/test_eval_log/log_formats.json` and
///   `src/inspect_ai/model/_model_output.py`.
enum InspectLog {
  static func read(_ source: SourceFile) throws -> ImportedFile {
    let whole = SourcePlace(file: source.file, spot: .path(""))
    let document = try SourceDocument(source)
    let root = try SourceObject(document.value, at: whole)
    let eval = try root.required("eval", root.object)
    let model = try eval.required("model", eval.name)
    let task = try eval.required("task", eval.name)
    let samples = try document.records(root.required("samples", root.array), path: "samples")
    let choices = samples.map { $0["output"]?["choices"]?.array?.count ?? 0 }.max() ?? 1
    return ImportedFile(
      records: try samples.flatMap { try records($0, model: model, task: task, choicesPerEpoch: max(choices, 1)) },
      taken: [
        .prompt: ["samples.messages"], .text: ["samples.output.choices"], .model: ["eval.model"], .sample: ["epoch"],
        .id: ["eval.task", "samples.id"],
      ], absent: document.absent)
  }

  private static func records(
    _ sample: SourceObject, model: String, task: String, choicesPerEpoch: Int
  ) throws -> [ImportRecord] {
    let id = try sample.required("id", sample.name)
    let epoch = try sample.integer("epoch") ?? 1
    guard (1...1_000_000).contains(epoch) else { throw sample.place.error(.sampleOutOfRange) }
    let texts = Attachments(sample)
    let prompt = try prompt(sample, texts)
    let choices = sample["output"]?["choices"]?.array ?? []
    guard !choices.isEmpty else {
      let words = sample["error"]?["message"]?.string ?? sample["output"]?["error"]?.string
      return [.skipped(SkippedRecord(sample.place, words == nil ? .noAnswer : .error, detail: words))]
    }
    return try choices.enumerated().map { number, choice in
      let said = SpokenContent(message: try texts.resolvedMessage(choice["message"] ?? .null))
      guard !said.isOtherThanText else { return .skipped(SkippedRecord(sample.place, .otherThanText)) }
      return .answer(
        ImportedAnswer(
          model: model, promptID: "\(task)/\(id)", prompt: prompt, sample: (epoch - 1) * choicesPerEpoch + number,
          said: said, tokens: choice["logprobs"]?["content"]?.array?.compactMap(TokenLogprob.init(json:)),
          place: sample.place))
    }
  }

  /// What was sent: the messages before the first answer, which a solver may have added to; else the input.
  private static func prompt(_ sample: SourceObject, _ texts: Attachments) throws -> ImportedPrompt? {
    let messages = try (sample.array("messages") ?? []).map(texts.resolvedMessage)
    let sent = messages.prefix { $0["role"]?.string != "assistant" }
    // What follows the first answer makes the last one the answer to a conversation.
    guard messages.dropFirst(sent.count + 1).isEmpty else { return nil }
    if !sent.isEmpty { return ChatMessages.prompt(Array(sent)) }
    switch try texts.resolved(sample["input"]) {
    case .string(let text)?: return ImportedPrompt(text: text)
    case .array(let messages)?: return try ChatMessages.prompt(messages.map(texts.resolvedMessage))
    default: return nil
    }
  }
}

/// Long texts of a sample stand once, in `attachments`, and elsewhere as `attachment://HASH`.
private final class Attachments {
  private static let scheme = "attachment://"
  private let sample: SourceObject
  /// Bytes that attachments were put in for: a few lines can name a long one many times.
  private var bytes = 0

  init(_ sample: SourceObject) { self.sample = sample }

  func resolved(_ value: JSONValue?) throws -> JSONValue? {
    switch value {
    case .string(let text)? where text.hasPrefix(Self.scheme):
      let name = String(text.dropFirst(Self.scheme.count))
      guard let found = sample["attachments"]?[name]?.string else {
        throw sample.place.error(.missing(field: "attachments.\(name)"))
      }
      bytes += found.utf8.count
      guard bytes <= Limits.lineBytes else {
        throw sample.place.error(
          .tooLarge("of more than \(Limits.words(bytes: Limits.lineBytes)) with its attachments"))
      }
      return .string(found)
    case .array(let parts)?:
      return .array(
        try parts.map { part in
          guard case .object(var members) = part, let text = try resolved(members["text"]) else { return part }
          members["text"] = text
          return .object(members)
        })
    default: return value
    }
  }

  func resolvedMessage(_ message: JSONValue) throws -> JSONValue {
    guard case .object(var members) = message, let content = try resolved(members["content"]) else { return message }
    members["content"] = content
    return .object(members)
  }
}
