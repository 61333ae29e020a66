package import Cases
package import Formats

/// What one record of a foreign file is.
enum ImportRecord {
  case answer(ImportedAnswer)
  /// The text of a prompt whose answers are identified by its name.
  case prompt(id: String, ImportedPrompt, SourcePlace)
  case skipped(SkippedRecord)
}

/// One answer, with what the file says of it.
struct ImportedAnswer {
  /// nil where the file does not name the model.
  var model: String?
  /// The source's own name of the prompt; nil takes a hash of the prompt's text.
  var promptID: String?
  /// nil where the file does not hold the prompt, or where it is a conversation and no single prompt.
  var prompt: ImportedPrompt?
  /// nil counts the answers of a model to a prompt in the order of the file.
  var sample: Int?
  let said: SpokenContent
  var tokens: [TokenLogprob]?
  /// The source says that it answered from a cache: it is no sample of its own.
  var isCached = false
  /// The whole record, where two that are equal can only be one that was written twice.
  var record: [String: JSONValue]?
  let place: SourcePlace
}

struct ImportedPrompt: Hashable {
  /// An empty one is none.
  var system: String? { didSet { if system == "" { system = nil } } }
  let text: String
  var category: String?
  var language: String?
  /// What stands beside the question and may have been asked with it, in nobody knows what form, such as a passage to read.
  var beside: [String: JSONValue]?

  init(
    system: String? = nil, text: String, category: String? = nil, language: String? = nil,
    beside: [String: JSONValue]? = nil
  ) {
    self.system = system == "" ? nil : system
    self.text = text
    self.category = category
    self.language = language
    self.beside = beside
  }

  /// 16 hexadecimal digits of the SHA-256 of system prompt and prompt: the same on every machine and in every file.
  var stableID: String {
    let system = system.map { "\($0.utf8.count):\($0)" } ?? "-"
    return "p-" + Digest(of: "retort.prompt/1 \(system) \(text)").hex.prefix(16)
  }

  /// Whether both ask the same, whatever is said about it.
  func asksTheSame(as other: ImportedPrompt) -> Bool { system == other.system && text == other.text }

  /// The first field beside both questions that says something else.
  func differs(from other: ImportedPrompt) -> String? {
    guard let beside, let others = other.beside else { return nil }
    return beside.keys.sorted().first { name in others[name].map { $0 != beside[name] } ?? false }
  }
}

/// A record without an answer that could be imported. It is counted and named: what is left out of evidence is said.
package struct SkippedRecord: Hashable, Sendable {
  package enum Reason: String, CaseIterable, Hashable, Codable, Sendable {
    /// The source recorded an error in place of an answer.
    case error
    /// The source holds no answer, not even an empty one.
    case noAnswer = "no_answer"
    /// What is there was parsed or transformed by the tool: it is not what the model said.
    case notText = "not_text"
    /// A request for likelihoods has no text.
    case likelihood
    /// The same answer again, for another filter of the tool.
    case repeatedByFilter = "repeated_by_filter"
    /// The tool answered from its cache what it had answered before.
    case copyFromCache = "copy_from_cache"
    /// The very record again: a log that was written or put together twice.
    case doubled
    /// A tool was called, or an image given, and nothing said.
    case otherThanText = "other_than_text"
    /// An answer to a conversation, not to a prompt.
    case laterTurn = "later_turn"
    /// A filter of the vendor's kept it back.
    case withheld
  }

  package let place: SourcePlace
  package let reason: Reason
  /// The source's own words, where it has some.
  package let detail: String?

  init(_ place: SourcePlace, _ reason: Reason, detail: String? = nil) {
    self.place = place
    self.reason = reason
    self.detail = detail
  }
}

/// Where in a foreign file something stands.
package struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  package enum Spot: Hashable, Sendable {
    /// Counted from 1.
    case line(Int)
    /// Such as `results.results[3]`.
    case path(String)
  }

  package let file: String
  package let spot: Spot

  package init(file: String, spot: Spot) {
    self.file = file
    self.spot = spot
  }

  package var description: String {
    switch spot {
    case .line(let line): "\(file):\(line)"
    case .path(let path): path.isEmpty ? file : "\(file): \(path)"
    }
  }

  func error(_ defect: ImportDefect) -> ImportError { .notImportable(self, defect) }
}

/// What is wrong at one place of a foreign file.
package enum ImportDefect: Hashable, Sendable {
  case notJSON
  /// The words name the limit.
  case tooLarge(String)
  /// `expected` completes "must be …".
  case wrongType(field: String, expected: String)
  case missing(field: String)
  /// No field that could hold the answer; `found` are those of the record.
  case answerFieldMissing(expected: [String], found: [String])
  /// Several fields that could, and say different things.
  case ambiguousAnswer([String])
  /// The records are those of another format that can be read.
  case otherFormat(ImportFormat)
  /// Bytes that are not of the encoding that was taken.
  case notInEncoding(TextEncoding)
  case binary(BinaryFile)
  /// The file is an archive of inspect_ai, which is not JSON.
  case inspectArchive
  case modelUnknown
  /// Neither a name nor a text of the prompt.
  case promptUnknown
  /// A piece of a stream that was written down as it came.
  case streamPiece
  /// The same question stands elsewhere with something else in this field, which is not read.
  case besideDiffers(field: String, first: SourcePlace)
  /// Another file has answers of the model to the same prompts.
  case modelElsewhere(ModelID, first: String)
  case emptyName(field: String)
  case sampleOutOfRange
  case fieldsUnequal(found: Int, expected: Int)
  case repeatedAnswer(model: ModelID, prompt: PromptID, sample: Int, first: SourcePlace)
  /// One name for two prompts.
  case promptDiffers(PromptID, first: SourcePlace)
}
