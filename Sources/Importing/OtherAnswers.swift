import Cases
import Formats

/// What stands in a record beside the field that would be taken for its answer, and may be the model's answer instead.
///
/// `answer`, `output`, `text` and the like are also names of reference answers. Next to them a conversation that an assistant ends,
/// choices, a list of generations, or a field that says by its name that a model wrote it leave it open whose words they are.
enum OtherAnswers {
  /// Names of the fields, in their order; empty where there is none, or where it says the same.
  static func names(in record: SourceObject, beside field: String) -> [String] {
    let text = record[field]?.string
    var found = record.members.keys.filter { name in
      guard name != field, let value = record[name], value != record[field], saysMore(value, than: text) else {
        return false
      }
      return isOfModel(name) || (mayBeReference.contains(field) && (isAnswer(name) || isList(name, value)))
    }
    if mayBeReference.contains(field) {
      found += RecordedContent.conversations.filter { name in
        guard let last = record[name]?.array?.last.map(RecordedContent.message) else { return false }
        return last["role"]?.string == "assistant" && ChatMessages.text(last["content"]) != text
      }
      if let choices = record["choices"]?.array, choices.contains(where: isChoice) { found.append("choices") }
    }
    return found.sorted()
  }

  /// Names that data sets have for what should be said, too.
  private static let mayBeReference: Set = ["answer", "output", "outputs", "text"]
  /// Lists under these names hold what models said.
  private static let lists: Set = [
    "completions", "responses", "generations", "samples", "outputs", "predictions", "replies",
  ]
  private static let answers: Set = [
    "answer", "answers", "response", "responses", "output", "outputs", "completion", "completions", "generation",
    "generations", "prediction", "predictions", "reply", "text", "solution",
  ]
  private static let makers: Set = ["model", "generated", "predicted", "prediction", "generation", "llm", "assistant"]
  /// What should be said, what a tool made of what was said, and what is said about it.
  private static let others: Set = [
    "reference", "ref", "gold", "golden", "expected", "correct", "target", "true", "truth", "ideal", "human", "label",
    "parsed", "extracted", "raw", "normalized", "processed", "cleaned", "filtered", "full", "judge", "judgement",
    "judgment", "verdict", "score", "rating", "review", "feedback", "explanation", "evaluation", "eval", "critique",
    "id", "name", "time", "date", "version", "url", "path", "template", "prompt", "config",
  ]

  private static func words(_ name: String) -> [String] {
    name.lowercased().split { $0 == "_" || $0 == "-" || $0 == " " || $0 == "." }.map(String.init)
  }

  /// `generated_answer`, `model_completion`, `generated`; `gpt-4`, as sheets have a column for each model.
  private static func isOfModel(_ name: String) -> Bool {
    let words = words(name)
    guard let last = words.last, others.isDisjoint(with: words) else { return false }
    if words.count == 1 { return ["generated", "predicted"].contains(last) || isModel(name) }
    return (answers.contains(last) && (!makers.isDisjoint(with: words.dropLast()) || isModel(name))) || isModel(name)
  }

  /// `final_response` and the like.
  private static func isAnswer(_ name: String) -> Bool {
    let words = words(name)
    guard let last = words.last, others.isDisjoint(with: words) else { return false }
    return ["response", "completion", "generation", "prediction"].contains(last)
  }

  /// The name of a model: its line's, and behind it a version or an answer.
  private static func isModel(_ name: String) -> Bool {
    guard DeveloperNames.guess(name) != nil else { return false }
    let words = words(name)
    return words.last.map(answers.contains) == true || name.utf8.contains { (0x30...0x39).contains($0) }
  }

  private static func isList(_ name: String, _ value: JSONValue) -> Bool { lists.contains(name) && value.array != nil }

  /// A choice of an endpoint; the options of a question are called choices as well.
  static func isChoice(_ value: JSONValue) -> Bool {
    value["message"]?.object != nil || value["turns"]?.array != nil || value["finish_reason"] != nil
  }

  private static func saysMore(_ value: JSONValue, than text: String?) -> Bool {
    switch value {
    case .string(let other): !other.isEmpty && other != text
    case .array(let list): !list.isEmpty && list != [.string(text ?? "")]
    case .object(let members): !members.isEmpty
    case .null, .bool, .integer, .number: false
    }
  }
}
