import Cases
import Formats
import TestSupport
import Testing

struct CaseConfigurationReaderTests {
  static let valid = """
    name: my-case
    seed: 20261123
    suspect:
      model: student
      endpoint: {url: "http://127.0.0.1:8080/v1/", model: student-v1, key_env: STUDENT_KEY}
      developer: Small
      trained_on: [teacher]
    candidates:
      - model: teacher
        endpoint: {url: "https://API.example.com/v1", model: teacher-v1, key_file: teacher.key, concurrency: 2}
    cohort:
      - {model: a, endpoint: {url: "http://a.example/v1", model: a}}
      - {model: b, endpoint: {url: "http://[::1]:80/v1", model: b, token_limit_field: max_completion_tokens}}
      - {model: c, endpoint: {url: "http://c.example/v1", model: c, dialect: openai-chat}}
      - {model: d, endpoint: {url: "http://d.example/v1", model: d}}
    probes:
      - open.jsonl
    samples: 2
    sampling: {temperature: 1, top_p: 0.5, max_tokens: 64, logprobs: true}
    budget: {max_calls: 1000, max_tokens: 500000, max_time: 2h}
    concurrency: 3
    timeout: 1.5m

    """

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(#"{"id": "one", "prompt": "Why?"}"# + "\n", to: "open.jsonl")
    try folder.write(#"{"id": "one", "prompt": "Why not?"}"# + "\n", to: "again.jsonl")
  }

  private func parse(_ text: String) throws -> CaseConfiguration {
    try CaseConfigurationReader.read(file: folder.write(text, to: "case.yaml"))
  }

  @Test("everything that is written is read")
  func everything() throws {
    let configuration = try parse(Self.valid)
    #expect(configuration.name == "my-case")
    #expect(configuration.seed == 20_261_123)
    #expect(configuration.models.map(\.id.rawValue) == ["student", "teacher", "a", "b", "c", "d"])
    #expect(configuration.suspect.asked?.endpoint.url == "http://127.0.0.1:8080/v1")
    #expect(configuration.suspect.asked?.endpoint.key == .environment("STUDENT_KEY"))
    #expect(configuration.suspect.lineage == Lineage.Entry(developer: "Small", teachers: [ModelID("teacher")]))
    #expect(configuration.candidates[0].asked?.endpoint.key == .file(folder.file("teacher.key")))
    #expect(configuration.candidates[0].asked?.endpoint.host == "https://api.example.com")
    #expect(configuration.candidates[0].asked?.endpoint.concurrency == 2)
    #expect(configuration.cohort[1].asked?.endpoint.tokenLimitField == .maxCompletionTokens)
    #expect(configuration.cohort[1].asked?.endpoint.host == "http://[::1]")
    #expect(configuration.probes.map(\.prompt) == ["Why?"])
    #expect(configuration.samples == 2)
    #expect(configuration.sampling == Sampling(temperature: 1, topP: 0.5, maxTokens: 64, logprobs: true))
    #expect(configuration.budget == Budget(maxCalls: 1_000, maxTokens: 500_000, maxTime: .seconds(7_200)))
    #expect(configuration.concurrency == 3)
    #expect(configuration.timeout == .seconds(90))
    #expect(configuration.lineage[ModelID("student")]?.developer == "Small")
    #expect(configuration.lineage[ModelID("a")] == nil)
  }

  @Test("a candidate may name its group, which is stored beside the protocol; no other model may")
  func group() throws {
    let stated = Self.valid.replacing("model: teacher\n", with: "model: teacher\n    group: North\n")
    let configuration = try parse(stated)
    #expect(configuration.candidates[0].lineage.group == "North")
    #expect(configuration.circumstances["models"]?.array?[1]["group"]?.string == "North")
    // The questions asked do not depend on it.
    #expect(configuration.digest == (try parse(Self.valid)).digest)
    #expect(try parse(Self.valid).circumstances["models"]?.array?[1]["group"] == nil)
    for other in [
      Self.valid.replacing("  developer: Small", with: "  group: North"),
      Self.valid.replacing("{model: a,", with: "{model: a, group: North,"),
    ] {
      #expect(throws: (any Error).self) { try parse(other) }
    }
  }

  @Test("without a name the case is called after its file")
  func nameOfFile() throws {
    #expect(try parse(Self.valid.replacing("name: my-case\n", with: "")).name == "case")
  }

  /// A mistake: what to write instead of what, and what must be said of it, where.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let original: String
    let mistake: String
    let line: Int
    let column: Int
    let defect: ConfigurationDefect
    var testDescription: String { mistake }

    init(_ original: String, _ mistake: String, at line: Int, _ column: Int, _ defect: ConfigurationDefect) {
      self.original = original
      self.mistake = mistake
      self.line = line
      self.column = column
      self.defect = defect
    }
  }

  @Test(
    "a mistake is named with its line and column",
    arguments: [
      Mistake("samples: 2", "smaples: 2", at: 18, 1, .unknownKey("smaples", nearest: "samples")),
      Mistake("samples: 2", "zzz: 2", at: 18, 1, .unknownKey("zzz", nearest: nil)),
      Mistake(
        "max_tokens: 64", "max_token: 64", at: 19, 40, .unknownKey("sampling.max_token", nearest: "max_tokens")),
      Mistake("samples: 2", "samples: two", at: 18, 10, .wrongType(field: "samples", expected: "a whole number")),
      Mistake("samples: 2", "samples: '2'", at: 18, 10, .wrongType(field: "samples", expected: "a whole number")),
      Mistake("samples: 2", "samples: 0", at: 18, 10, .outOfRange(field: "samples", allowed: "1 to 10000")),
      Mistake(
        "logprobs: true", "logprobs: maybe", at: 19, 66,
        .wrongType(field: "sampling.logprobs", expected: "true or false")),
      Mistake(
        "temperature: 1", "temperature: .nan", at: 19, 25,
        .wrongType(field: "sampling.temperature", expected: "a number")),
      Mistake("seed: 20261123\n", "", at: 1, 1, .missing(field: "seed")),
      Mistake("seed: 20261123", "seed:", at: 1, 1, .missing(field: "seed")),
      Mistake("{model: a, endpoint", "{endpoint", at: 12, 5, .missing(field: "cohort[0].model")),
      Mistake(
        "  - {model: d, endpoint: {url: \"http://d.example/v1\", model: d}}\n", "", at: 12, 3,
        .tooFew(field: "cohort", found: 3, atLeast: 4)),
      Mistake(
        "{model: c, endp", "{model: teacher, endp", at: 14, 13, .modelNamedTwice("teacher", firstLine: 9)),
      Mistake("http://c.example/v1", "c.example/v1", at: 14, 32, .badURL(field: "cohort[2].endpoint.url")),
      Mistake(
        "http://c.example/v1", "http://me:secret@c.example", at: 14, 32, .badURL(field: "cohort[2].endpoint.url")),
      Mistake("http://c.example/v1", "http://c.example?key=1", at: 14, 32, .badURL(field: "cohort[2].endpoint.url")),
      Mistake("http://c.example/v1", "http://c.example:99999", at: 14, 32, .badURL(field: "cohort[2].endpoint.url")),
      Mistake(
        "key_env: STUDENT_KEY", "api_key: sk-abc", at: 5, 67, .literalKey(field: "suspect.endpoint.api_key")),
      Mistake(
        "key_env: STUDENT_KEY", "authorization: Bearer x", at: 5, 67,
        .literalKey(field: "suspect.endpoint.authorization")),
      Mistake(
        "key_env: STUDENT_KEY", "key_env: sk-live-abc", at: 5, 76, .literalKey(field: "suspect.endpoint.key_env")),
      Mistake(
        "key_env: STUDENT_KEY", "key_env: K, key_file: k", at: 5, 89, .conflictingKeys("key_env", "key_file")),
      Mistake(
        "dialect: openai-chat", "dialect: telex", at: 14, 74,
        .unknownValue(
          field: "cohort[2].endpoint.dialect", value: "telex",
          known: Endpoint.DialectName.allCases.map(\.rawValue))),
      Mistake(
        "max_time: 2h", "max_time: soon", at: 20, 57,
        .wrongType(field: "budget.max_time", expected: "a duration such as 90s, 5m or 2h")),
      Mistake(
        "timeout: 1.5m", "timeout: 0s", at: 22, 10,
        .outOfRange(field: "timeout", allowed: "more than 0 and at most a year")),
      Mistake("samples: 2", "samples: 2\nsamples: 3", at: 18, 1, .repeatedKey("samples")),
      Mistake("samples: 2", "samples: [2", at: 19, 9, .notYAML("did not find expected ',' or ']'")),
      Mistake("  model: student\n", "  - student\n", at: 5, 3, .notYAML("did not find expected '-' indicator")),
      Mistake(
        "probes:\n  - open.jsonl", "probes: open.jsonl", at: 16, 9, .wrongType(field: "probes", expected: "a list")),
      Mistake(
        "suspect:\n  model: student", "suspect:\n  model: [student]", at: 4, 10,
        .wrongType(field: "suspect.model", expected: "text")),
    ])
  func mistakes(_ mistake: Mistake) throws {
    let text = Self.valid.replacing(mistake.original, with: mistake.mistake, maxReplacements: 1)
    #expect(text != Self.valid)
    let file = folder.file("case.yaml")
    #expect(
      throws: FileError.configuration(
        file: file, line: mistake.line, column: mistake.column, mistake.defect)
    ) { try parse(text) }
  }

  @Test("a probe set that is missing is named where it is asked for")
  func missingProbeSet() throws {
    #expect(
      throws: FileError.configuration(
        file: folder.file("case.yaml"), line: 17, column: 5,
        .probeSetUnreadable(file: folder.file("gone.jsonl"), reason: "no such file or folder"))
    ) { try parse(Self.valid.replacing("- open.jsonl", with: "- gone.jsonl")) }
  }

  @Test("a probe in two probe sets is named")
  func repeatedProbe() throws {
    #expect(
      throws: FileError.configuration(
        file: folder.file("case.yaml"), line: 18, column: 5,
        .repeatedProbe("one", file: folder.file("again.jsonl"), firstFile: folder.file("open.jsonl")))
    ) { try parse(Self.valid.replacing("- open.jsonl", with: "- open.jsonl\n  - again.jsonl")) }
  }

  @Test("an empty file, text that is not UTF-8 and a bare word are no configuration")
  func noConfiguration() throws {
    func defect(_ bytes: [UInt8]) -> FileError? {
      do {
        _ = try CaseConfigurationReader.parse(bytes, file: "x.yaml")
        return nil
      } catch { return error as? FileError }
    }
    #expect(defect([]) == .configuration(file: "x.yaml", line: 1, column: 1, .emptyDocument))
    #expect(defect(Array("a: 1\nb: ".utf8) + [0xFF]) == .configuration(file: "x.yaml", line: 2, column: 1, .notUTF8))
    #expect(
      defect(Array("hello".utf8))
        == .configuration(
          file: "x.yaml", line: 1, column: 1, .wrongType(field: "", expected: "a mapping of keys to values")))
  }

  @Test("no text of a configuration crashes the reader", arguments: 0..<20)
  func randomText(seed: Int) throws {
    var generator = SystemRandomNumberGenerator()
    let text = Array(Self.valid.utf8)
    for _ in 0..<50 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 9...126, using: &generator)
      }
      bytes.removeLast(Int.random(in: 0..<200, using: &generator))
      do {
        _ = try CaseConfigurationReader.parse(bytes, file: folder.file("case.yaml"))
      } catch is FileError {
        // The one error that is allowed.
      }
    }
  }

  @Test("the digest changes with what is asked, and with nothing else")
  func digest() throws {
    let digest = try parse(Self.valid).digest
    for (original, other) in [
      ("temperature: 1", "temperature: 0.9"), ("seed: 20261123", "seed: 1"), ("model: c,", "model: cc,"),
      ("samples: 2", "samples: 3"), ("http://c.example", "http://e.example"), ("model: d}", "model: d2}"),
    ] {
      #expect(try parse(Self.valid.replacing(original, with: other)).digest != digest, "\(other)")
    }
    for (original, other) in [
      ("name: my-case", "name: other"), ("max_calls: 1000", "max_calls: 2000"), ("developer: Small", "developer: Big"),
      ("concurrency: 3", "concurrency: 9"), ("key_env: STUDENT_KEY", "key_env: K"),
      ("temperature: 1", "temperature: 1.0"),
    ] {
      #expect(try parse(Self.valid.replacing(original, with: other)).digest == digest, "\(other)")
    }
    try folder.write(#"{"id": "one", "prompt": "Why? "}"# + "\n", to: "open.jsonl")
    #expect(try parse(Self.valid).digest != digest, "a changed probe set")
  }
}
