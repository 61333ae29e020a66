import Cases
import Formats
import Testing

@Suite("Tokens that were asked for")
struct AskedTokensTests {
  private static let plain = Endpoint(url: "http://127.0.0.1:9/v1", model: "m")

  private static func asked(logprobs: Bool, alternatives: Int = 5, echo: Bool = false) -> AskedTokens {
    AskedTokens(Sampling(logprobs: logprobs, topLogprobs: alternatives, promptLogprobs: echo), of: plain)
  }

  private static func token(_ text: String, top: [TokenLogprob]? = nil) -> TokenLogprob {
    TokenLogprob(token: text, id: 7, bytes: Array(text.utf8), logprob: -0.5, top: top)
  }

  @Test("those that nobody asked for are none, and nothing else of the answer changes")
  func unasked() {
    let tokens = [Self.token("Y"), Self.token("es")]
    let answer = Answer(
      text: "Yes", reasoning: "Hm", finish: "stop", promptTokens: 3, declaredModel: "m", tokens: tokens,
      promptTokenLogprobs: tokens, others: ["tool_call"], responseID: "r")
    func read(_ asked: AskedTokens?) -> Answer { answer.reading(asked) }
    #expect(read(nil) == answer)
    #expect(
      read(Self.asked(logprobs: false))
        == Answer(
          text: "Yes", reasoning: "Hm", finish: "stop", promptTokens: 3, declaredModel: "m", others: ["tool_call"],
          responseID: "r"))
    let own = read(Self.asked(logprobs: true))
    #expect(own.tokens == tokens && own.promptTokenLogprobs == nil)
    // An echo comes with the tokens of both.
    #expect(read(Self.asked(logprobs: false, echo: true)) == answer)
    let silent = Endpoint(url: "http://127.0.0.1:9/v1", model: "m", omitted: [.logprobs])
    #expect(read(AskedTokens(Sampling(logprobs: true), of: silent)).tokens == nil)
  }

  @Test(
    "more than the bytes of text and thoughts, and eight marks around them, are no tokens of the answer",
    arguments: [
      ("", nil, 8), ("", "Hm", 10), ("Yes", nil, 11), ("é", "é", 12),
    ] as [(String, String?, Int)])
  func most(text: String, reasoning: String?, most: Int) {
    func count(_ tokens: Int) -> Int? {
      Answer(text: text, reasoning: reasoning, tokens: Array(repeating: Self.token(""), count: tokens))
        .reading(Self.asked(logprobs: true)).tokens?.count
    }
    #expect(count(0) == 0 && count(most) == most && count(most + 1) == nil && count(100_000) == nil)
  }

  @Test("as many alternatives as were asked for, and one; none of them has its own")
  func alternatives() {
    let letters = (0..<9).map { Self.token("\($0)", top: [Self.token("x")]) }
    let alone = (0..<9).map { Self.token("\($0)") }
    func read(_ count: Int, _ top: [TokenLogprob]?) -> [TokenLogprob]? {
      Answer(text: "0", tokens: [Self.token("0", top: top)]).reading(
        Self.asked(logprobs: true, alternatives: count)
      ).tokens?.first?.top
    }
    #expect(read(2, letters) == Array(alone.prefix(3)))
    #expect(read(8, letters) == alone && read(.max, letters) == alone)
    #expect(read(2, Array(alone.prefix(3))) == Array(alone.prefix(3)))
    #expect(read(2, []) == [] && read(2, nil) == nil)
    // As a forged protocol may say.
    for count in [0, -1, -5, .min] { #expect(read(count, letters) == Array(alone.prefix(1))) }
  }

  @Test("a protocol says of each model what its requests ask for")
  func stated() throws {
    let probes = try ProbeSet.parse(Array(#"{"id":"p","prompt":"Q"}"#.utf8) + [0x0A], file: "p.jsonl")
    func model(_ name: String, omitting: Set<SamplingParameter> = []) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: name, omitted: omitting))
    }
    for sampling in [
      Sampling(), Sampling(logprobs: true), Sampling(logprobs: true, topLogprobs: 9, promptLogprobs: true),
      Sampling(promptLogprobs: true),
    ] {
      let configuration = CaseConfiguration(
        name: "x", seed: 1, suspect: model("s"), candidates: [model("t", omitting: [.logprobs])],
        cohort: [model("a", omitting: [.seed])], probeSets: [probes], sampling: sampling)
      let stated = AskedTokens.all(in: configuration.measurementProtocol)
      #expect(stated.count == 3)
      for model in configuration.models { #expect(stated[model.id] == AskedTokens(sampling, of: model.endpoint)) }
    }
    let recorded = JSONValue.object([
      "suspect": .object(["model": .string("s"), "recorded": .object([:])]), "candidates": .array([.null]),
    ])
    #expect(AskedTokens.all(in: recorded).isEmpty)
  }
}
