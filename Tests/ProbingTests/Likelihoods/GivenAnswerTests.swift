import CaseFile
import Cases
import Formats
import Foundation
import Probing
import Synchronization
import TestSupport
import Testing

@Suite("Given answers")
struct GivenAnswerTests {
  private static let given = GivenAnswer(
    text: "a \"b\"\n", model: ModelID("t"), prompt: PromptID("p"), sample: 0, tokens: [ModelID("s"): [7, 8, 9]])

  private func request(_ dialect: any Dialect, for model: String) throws -> JSONValue {
    let item = PlannedItem(order: 0, model: ModelID(model), probe: PromptID("x"), sample: 0, requestSeed: 5)
    let request = dialect.request(
      for: item, probe: Probe(id: PromptID("x"), prompt: "Q?", system: "S", given: Self.given),
      endpoint: Endpoint(url: "http://h/v1", model: "m"),
      sampling: Sampling(temperature: 0, logprobs: true, topLogprobs: 1, promptLogprobs: true), maxTokens: 99)
    return try #require(JSONValue(parsing: request.body))
  }

  @Test(
    "each dialect asks in its own way: by the echo of a prompt that ends in the answer, or by a grammar of its tokens")
  func requests() throws {
    let completions = try request(OpenAICompletions(), for: "s")
    #expect(completions["prompt"]?.string == "S\n\nQ?a \"b\"\n" && completions["echo"]?.bool == true)
    #expect(completions["max_tokens"]?.integer == 1)
    let vllm = try request(VLLMChat(), for: "other")
    #expect(vllm["messages"]?.array?.last?["role"]?.string == "assistant")
    #expect(vllm["messages"]?.array?.last?["content"]?.string == "a \"b\"\n")
    #expect(vllm["continue_final_message"]?.bool == true && vllm["add_generation_prompt"]?.bool == false)
    #expect(vllm["prompt_logprobs"]?.integer == 1 && vllm["grammar"] == nil && vllm["max_tokens"]?.integer == 1)
    for (dialect, limit) in [(OpenAIChat() as any Dialect, "max_tokens"), (LlamaCompletion(), "n_predict")] {
      let forced = try request(dialect, for: "s")
      #expect(forced["grammar"]?.string == "root ::= <[7]> <[8]> <[9]>" && forced[limit]?.integer == 4)
    }
  }

  @Test("a probe with a given answer is read back as it was written; one without is written as before")
  func line() throws {
    let probe = Probe(id: PromptID("x"), prompt: "Q?", given: Self.given)
    #expect(try ProbeSet.parse(Array(probe.canonicalLine.utf8), file: "f").probes == [probe])
    #expect(Probe(id: PromptID("x"), prompt: "Q?").canonicalLine == #"{"id":"x","prompt":"Q?"}"# + "\n")
  }

  @Test("answers are those to prompts that all answered, the same for the same seed, cut between characters")
  func plan() throws {
    let models = Bench.models
    let configuration = try Bench().configuration(port: 9, probes: 9)
    func transcript(_ model: String) -> Transcript {
      Transcript(
        model: ModelID(model),
        responses: (0..<9).map {
          let text = $0 == 2 && model == "b" ? " " : $0 == 3 && model == "c" ? "x\u{FFFD}" : "é水 \($0) of \(model)"
          return Response(prompt: PromptID("p\($0)"), sample: 0, text: text)
        }, source: Digest(of: model))
    }
    let transcripts = Dictionary(firstOf: models.map { (ModelID($0), transcript($0)) })
    let references = Transcript(
      model: ModelID("r"), responses: [Response(prompt: PromptID("p5"), sample: 0, text: "Of a person")],
      source: Digest(of: "r"))
    let all = try LikelihoodCase(answers: 100, longest: 4).given(
      configuration, transcripts: transcripts, references: references)
    #expect(Set(all.map(\.prompt)) == Set([0, 1, 4, 5, 6, 7, 8].map { PromptID("p\($0)") }))
    #expect(all.count == 7 * 6 + 1 && all.allSatisfy { $0.model == nil || $0.text == "é" })
    let some = try LikelihoodCase(answers: 3).given(configuration, transcripts: transcripts, references: nil)
    #expect(some.count == 18 && Set(some.map(\.model)).count == 6)
    #expect(try LikelihoodCase(answers: 3).given(configuration, transcripts: transcripts, references: nil) == some)
    let follow = try LikelihoodCase(answers: 100).configuration(of: configuration, given: all)
    #expect(follow.name == "bench.likelihood" && follow.probes.count == 43 && follow.probes[0].system == "Be brief.")
    #expect(follow.probes.map(\.given) == all && follow.sampling.promptLogprobs && follow.samples == 1)
  }

  @Test("a member that answered nothing, and answers of somebody who is no member, are told by name")
  func owners() throws {
    let configuration = try Bench().configuration(port: 9, probes: 3)
    func transcript(_ model: String, _ text: String = "words") -> Transcript {
      Transcript(
        model: ModelID(model), responses: (0..<3).map { Response(prompt: PromptID("p\($0)"), sample: 0, text: text) },
        source: Digest(of: model))
    }
    var transcripts = Dictionary(firstOf: Bench.models.map { (ModelID($0), transcript($0)) })
    transcripts[ModelID("elsewhere")] = transcript("elsewhere")
    #expect(throws: ProbingError.unknownOwner(ModelID("elsewhere"))) {
      _ = try LikelihoodCase().given(configuration, transcripts: transcripts, references: nil)
    }
    transcripts[ModelID("elsewhere")] = nil
    let mute = try #require(configuration.candidates.first?.id)
    transcripts[mute] = transcript(mute.rawValue, " ")
    #expect(throws: ProbingError.noAnswers(of: mute)) {
      _ = try LikelihoodCase().given(configuration, transcripts: transcripts, references: nil)
    }
    transcripts[mute] = Transcript(
      model: mute, responses: [Response(prompt: PromptID("p0"), sample: 0, text: "words")], source: Digest(of: "m"))
    let other = try #require(configuration.cohort.first?.id)
    transcripts[other] = Transcript(
      model: other, responses: [Response(prompt: PromptID("p1"), sample: 0, text: "words")], source: Digest(of: "o"))
    #expect(throws: ProbingError.noCommonAnswers) {
      _ = try LikelihoodCase().given(configuration, transcripts: transcripts, references: nil)
    }
  }

  /// Suspect and base run; a candidate is recorded, another is asked in a dialect that tells no likelihoods.
  @Test("with the suspect's base, others need no endpoint: what they answered is put, and kept as recorded")
  func recorded() throws {
    func endpoint(_ dialect: Endpoint.DialectName) -> Endpoint {
      Endpoint(url: "http://127.0.0.1:9/v1", model: "m", dialect: dialect)
    }
    let probes = try ProbeSet.parse(
      Array((0..<6).map { #"{"id":"p\#($0)","prompt":"Question \#($0)?"}"# + "\n" }.joined().utf8), file: "p.jsonl")
    let bytes = Array((0..<6).map { #"{"prompt_id":"p\#($0)","text":"words \#($0)"}"# + "\n" }.joined().utf8)
    func configuration(base: Endpoint?) throws -> CaseConfiguration {
      let read = try RecordedAnswers(to: probes.probes).read(bytes, file: "t.jsonl", model: ModelID("t"))
      return CaseConfiguration(
        name: "c", seed: 1,
        suspect: .asked(.init(id: ModelID("s"), endpoint: endpoint(.vllm), baseEndpoint: base)),
        candidates: [
          .recorded(
            .init(
              id: ModelID("t"),
              recording: Recording(file: "t.jsonl", bytes: bytes, origin: .init(by: "A. Name"), matching: read.matching)
            ))
        ],
        cohort: [
          .asked(.init(id: ModelID("far"), endpoint: endpoint(.anthropic))),
          .asked(.init(id: ModelID("near"), endpoint: endpoint(.vllm))),
        ], probeSets: [probes])
    }
    let plan = LikelihoodCase()
    #expect(throws: ProbingError.notAsked([ModelID("t")])) { _ = try plan.asked(try configuration(base: nil)) }
    #expect(throws: ProbingError.noLikelihood([ModelID("s.base")])) {
      _ = try plan.asked(try configuration(base: endpoint(.anthropic)))
    }
    let whole = try configuration(base: endpoint(.vllm))
    #expect(try plan.asked(whole).map(\.id.rawValue) == ["s", "near", "s.base"])
    let alone = LikelihoodCase(longest: 5, suspectOnly: true)
    #expect(try alone.asked(whole).map(\.id.rawValue) == ["s", "s.base"])
    let transcripts = Dictionary(
      firstOf: try whole.members.map {
        ($0.id, try RecordedAnswers(to: probes.probes).read(bytes, file: "x", model: $0.id).transcript)
      })
    let given = try alone.given(whole, transcripts: transcripts, references: nil)
    #expect(given.count == 24 && given.allSatisfy { $0.text == "words" })
    let follow = try alone.configuration(of: whole, given: given, transcripts: transcripts)
    #expect(follow.models.map(\.id.rawValue) == ["s", "s.base"] && follow.plannedItems == 48)
    #expect(follow.recorded.map(\.id.rawValue) == ["t", "far", "near"])
    let kept = follow.recorded[0].recording
    #expect(kept.matching == .init(answers: 6, probes: 6, byPrompt: 0, leftOut: 0) && kept.origin.by == "A. Name")
    // Uncut, and traced to the file that it was read from.
    #expect(String(decoding: kept.bytes, as: UTF8.self).contains("words 5"))
    #expect(kept.origin.from?.contains(Digest(of: bytes).hex) == true)
  }

  @Test("marks that a candidate writes more often than usual are put in plain spelling too, of its answers only")
  func spellings() throws {
    func spelling(_ id: String, _ mark: String, _ plain: String, usual: Double) -> Spelling {
      Spelling(
        id: id, language: "en", name: id, replace: [.init(mark: mark, plain: plain)], place: .anywhere,
        cohort: .init(models: 9, answers: usual, habit: 0))
    }
    let catalogue = [
      spelling("usual", "e", "E", usual: 0.9), spelling("rare", "…", "...", usual: 0.01),
      spelling("absent", "×", "*", usual: 0.01),
    ]
    let models = ["t", "u"].map { ModelID($0) }
    let given = (0..<8).flatMap { place in
      models.map { model in
        GivenAnswer(
          text: model == models[0] && place < 6 ? "wait… see… it" : "see it", model: model,
          prompt: PromptID("p\(place)"), sample: 0)
      }
    }
    let plan = SpellingPlan(catalogue, answers: 5)
    let found = plan.plain(given, of: models)
    #expect(found.map(\.text) == Array(repeating: "wait... see... it", count: 5))
    #expect(found.allSatisfy { $0.model == models[0] && $0.plain?.spelling == "rare" && $0.plain?.marks == 2 })
    #expect(SpellingPlan(catalogue, answers: 0).plain(given, of: models) == [])
    // Four answers with the mark are too few, and answers in another language are not compared with English ones.
    #expect(SpellingPlan(catalogue).plain(given.filter { $0.prompt < PromptID("p4") }, of: models) == [])
    let japanese = Dictionary(uniqueKeysWithValues: (0..<8).map { (PromptID("p\($0)"), "ja") })
    #expect(plan.plain(given, of: models, languages: japanese) == [])
  }

  private struct Tokeniser: Transport {
    let empties: Int

    func send(_ request: TransportRequest) async -> TransportReply {
      let tokens = #"{"id":7,"piece":"river"}"# + String(repeating: #",{"id":1,"piece":""}"#, count: empties)
      return TransportReply(
        head: .init(status: 200, headers: []), body: Array("{\"tokens\":[\(tokens)]}".utf8), problem: nil,
        firstByte: nil)
    }
  }

  @Test("a text has no more tokens than bytes, but for marks around it: each is asked for by itself")
  func tokensWithoutText() async throws {
    let model = CaseConfiguration.Model(
      id: ModelID("m"), endpoint: Endpoint(url: "http://127.0.0.1:9", model: "m", dialect: .llamaCpp))
    func tokens(_ empties: Int) async throws -> [[Int]?] {
      try await GivenTokens(model, transport: Tokeniser(empties: empties), environment: [:]).tokens(of: ["river"])
    }
    #expect(try await tokens(0) == [[7]])
    #expect(try await tokens(2) == [[7, 1, 1]])
    await #expect(throws: ProbingError.self) { try await tokens(250_000) }
  }

  /// Gives these replies, then answers; 0 closes the connection, 1 sends too much.
  private actor Moody: Transport {
    private var replies: [(status: Int, body: String)]
    private(set) var sent = 0

    init(_ replies: [(status: Int, body: String)]) { self.replies = replies }

    func send(_ request: TransportRequest) async -> TransportReply {
      sent += 1
      let (status, body) =
        replies.isEmpty ? (200, #"{"tokens":[{"id":7,"piece":"river"}]}"#) : replies.removeFirst()
      let problem: TransportReply.Problem? =
        switch status {
        case 0: .connection("reset")
        case 1: .bodyTooLarge(limit: 9)
        default: nil
        }
      return TransportReply(
        head: problem == nil ? TransportReply.Head(status: status, headers: []) : nil, body: Array(body.utf8),
        problem: problem, firstByte: nil)
    }
  }

  @Test("an endpoint that is busy, or closes a connection, is asked again for the tokens; one that refuses is not")
  func tokensAgain() async throws {
    let model = CaseConfiguration.Model(
      id: ModelID("m"), endpoint: Endpoint(url: "http://127.0.0.1:9", model: "m", dialect: .llamaCpp))
    let waits = Mutex([Duration]())
    let clock = RunClock(
      now: { .zero }, utc: { Date(timeIntervalSince1970: 1_800_000_000) },
      sleep: { wait in waits.withLock { $0.append(wait) } })
    func tokens(_ transport: Moody, _ told: (Int) -> Void = { _ in }) async throws -> [[Int]?] {
      try await GivenTokens(model, transport: transport, environment: [:], clock: clock).tokens(
        of: ["river", "river"], told: told)
    }
    let busy = Moody([(503, "loading"), (0, ""), (429, #"{"error":{"message":"try again in 7s"}}"#)])
    var told: [Int] = []
    #expect(try await tokens(busy) { told.append($0) } == [[7], [7]])
    #expect(await busy.sent == 5 && told == [0, 1])
    #expect(waits.withLock { $0 }.count == 3 && waits.withLock { $0 }[2] >= .seconds(7))
    let closed = Moody([(401, "no")])
    await #expect(throws: ProbingError.self) { try await tokens(closed) }
    #expect(await closed.sent == 1)
    let down = Moody(Array(repeating: (500, "down"), count: 99))
    await #expect(throws: ProbingError.self) { try await tokens(down) }
    #expect(await down.sent == RetryPolicy().tries)
    // A success that is an error is chance; too long a response is none.
    let inside = Moody([(200, #"{"error":{"message":"upstream is gone","type":"server_error"}}"#)])
    #expect(try await tokens(inside) == [[7], [7]])
    #expect(await inside.sent == 3)
    let large = Moody([(1, "")])
    await #expect(throws: ProbingError.self) { try await tokens(large) }
    #expect(await large.sent == 1)
  }

  /// Every token's probability is asked for by itself, all alternatives listed, and summed.
  @Test(
    "the server of llama.cpp says a given answer, and its likelihood is that of its tokens one by one",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func llama() async throws {
    let texts = ["A \"lamp\".", "yes\nno \\ 42", "river"]
    let script = """
      import json, sys, urllib.request
      port, text = sys.argv[1:]
      def post(path, **body):
          request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(),
                                           {"Content-Type": "application/json"})
          return json.load(urllib.request.urlopen(request))
      prompt = post("/tokenize", content="Name a lamp.", add_special=True)["tokens"]
      total = 0
      for token in post("/tokenize", content=text, parse_special=False)["tokens"]:
          said = post("/completion", prompt=prompt, n_predict=1, n_probs=100000, temperature=0, cache_prompt=False,
                      grammar=f"root ::= <[{token}]>")
          listed = {t["id"]: t["logprob"] for t in said["completion_probabilities"][0]["top_logprobs"]}
          total += listed[token]
          prompt.append(token)
      print(total)
      """
    try await PythonServer.serving("llama.py", ["1", "2"]) { ports in
      func model(_ name: String, _ port: Int, _ dialect: Endpoint.DialectName, _ path: String)
        -> CaseConfiguration.Model
      {
        CaseConfiguration.Model(
          id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:\(port)\(path)", model: "m", dialect: dialect))
      }
      let models = [
        model("plain-0", ports[0], .llamaCpp, ""), model("plain-1", ports[1], .llamaCpp, ""),
        model("chat-0", ports[0], .openAIChat, "/v1"),
      ]
      let transport = HTTPTransport(connections: 1)
      var tokens = texts.map { _ in [ModelID: [Int]]() }
      for model in models {
        let found = try await GivenTokens(model, transport: transport, environment: [:]).tokens(of: texts)
        for (place, list) in found.enumerated() { tokens[place][model.id] = list }
      }
      #expect(try await GivenTokens(models[0], transport: transport, environment: [:]).tokens(of: ["é"]) == [nil])
      await transport.shutdown()
      let configuration = CaseConfiguration(
        name: "x", seed: 1, suspect: models[0], candidates: Array(models[1...]), cohort: [],
        probeSets: [
          try ProbeSet.parse(Array(#"{"id":"p","prompt":"Name a lamp."}"#.utf8) + [0x0A], file: "p.jsonl")
        ])
      let given = texts.enumerated().map {
        GivenAnswer(text: $1, model: nil, prompt: PromptID("p"), sample: $0, tokens: tokens[$0])
      }
      let bench = try Bench()
      let result = try await bench.run(
        try LikelihoodCase().configuration(of: configuration, given: given), policy: RetryPolicy())
      #expect(result.stop == .complete && result.answered == 9)
      let store = try CaseStore.open(at: bench.file)
      defer { try? store.close() }
      let answers = try store.givenAnswers()
      #expect(answers.count == 9)
      for (model, given, answer) in answers {
        let said = (answer.tokens ?? []).filter { $0.bytes?.isEmpty == false }
        let bytes = said.flatMap { $0.bytes ?? [] }
        #expect(bytes == Array(given.text.utf8) || bytes == Array(" \(given.text)".utf8), "\(model): \(answer)")
        guard model.rawValue.hasPrefix("plain") else { continue }
        let port = ports[model.rawValue == "plain-0" ? 0 : 1]
        let output = try IndependentPython.run(script, arguments: ["\(port)", given.text])
        let expected = try #require(
          Double(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)))
        let sum = said.reduce(0) { $0 + ($1.logprob ?? .nan) }
        // Batches of another size change the last digits.
        #expect(abs(sum - expected) < 0.02, "\(model): \(sum) \(expected)")
      }
    }
  }
}
