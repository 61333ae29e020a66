import Cases
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// Runs against the server of llama.cpp itself, as it comes in the package xllamacpp.
@Suite(
  "Against llama.cpp", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"), .timeLimit(.minutes(2)))
struct LlamaServerTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  /// The two endpoints, in every dialect that the server speaks, whole and as streams.
  private static let speakers: [(name: String, dialect: Endpoint.DialectName, path: String, streams: Bool)] = [
    ("chat", .openAIChat, "/v1", false), ("chat-stream", .openAIChat, "/v1", true),
    ("plain", .llamaCpp, "", false), ("plain-stream", .llamaCpp, "", true), ("messages", .anthropic, "/v1", false),
    ("messages-stream", .anthropic, "/v1", true),
  ]

  private static func configuration(ports: [Int], temperature: Double = 1) throws -> CaseConfiguration {
    let probes = ["What is a lamp?", "Name a river.", "Say é, 水 and 👋."].enumerated().map { number, prompt in
      #"{"id": "p\#(number)", "prompt": "\#(prompt)"}"# + "\n"
    }
    let models = ports.enumerated().flatMap { server, port in
      speakers.map { speaker in
        CaseConfiguration.Model(
          id: ModelID("\(speaker.name)-\(server)"),
          endpoint: Endpoint(
            url: "http://127.0.0.1:\(port)\(speaker.path)", model: "m", dialect: speaker.dialect,
            streams: speaker.streams))
      }
    }
    return CaseConfiguration(
      name: "llama", seed: 11, suspect: models[0], candidates: Array(models[1...]), cohort: [],
      probeSets: [try ProbeSet.parse(Array(probes.joined().utf8), file: "p.jsonl")],
      sampling: Sampling(temperature: temperature, maxTokens: 12, logprobs: true), timeout: .seconds(60))
  }

  /// - Parameter models: GGUF files, or seeds of models that the server makes.
  private func expectEndpoints(_ models: [String]) async throws {
    try await PythonServer.serving("llama.py", models) { ports in
      let configuration = try Self.configuration(ports: ports)
      let result = try await bench.run(configuration, policy: RetryPolicy())
      // The server closes connections that it kept open for long: a request may meet that, and is sent again.
      #expect(result.stop == .complete && result.failures <= 6 && result.answered == 36, "\(result)")
      let transcripts = try bench.contents().transcripts
      for (model, transcript) in transcripts {
        #expect(transcript.responses.count == 3, "\(model)")
        // The dialect of messages has no words for log-probabilities.
        guard !model.rawValue.hasPrefix("messages") else { continue }
        for response in transcript.responses {
          let tokens = try #require(response.tokens, "\(model)")
          #expect(!tokens.isEmpty && tokens.count <= 12, "\(model)")
          #expect(tokens.allSatisfy { $0.id != nil && $0.bytes != nil }, "\(model)")
          #expect(tokens.allSatisfy { ($0.logprob ?? 1) <= 0 && !($0.top ?? []).isEmpty }, "\(model)")
          // The text is what the bytes of the tokens say, but for marks that close it and spaces around it.
          let said = String(decoding: tokens.flatMap { $0.bytes ?? [] }, as: UTF8.self)
          let text = response.text.trimmingCharacters(in: .whitespaces).filter { $0 != "\u{FFFD}" }
          let words = said.filter { $0 != "\u{FFFD}" }
          #expect(text.isEmpty || words.contains(text), "\(model): \(said) is not \(response.text)")
        }
      }
      func texts(_ name: String) -> [String] { transcripts[ModelID(name)]?.responses.map(\.text) ?? [] }
      #expect(texts("plain-0") != texts("plain-1"), "two models are asked, not one twice")
    }
  }

  /// As the server of llama.cpp sends it where the first token of an answer is a part of a character: answers that begin
  /// so must not be lost for it.
  @Test("a stream of messages that lacks its start is an answer, one that lacks its end is none")
  func messagesWithoutStart() {
    let events = [
      #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
      #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"水L"}}"#,
      #"{"type":"content_block_stop","index":0}"#,
      #"{"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},"usage":{"output_tokens":12}}"#,
      #"{"type":"message_stop"}"#,
    ].map { "data: \($0)\n\n" }
    func read(_ events: some Sequence<String>) -> DialectReading {
      AnthropicMessages().read(status: 200, body: Array(events.joined().utf8))
    }
    guard case .answer(.truncated, let answer) = read(events) else {
      Issue.record("\(read(events))")
      return
    }
    #expect(answer.text == "水L" && answer.completionTokens == 12)
    // The reason to stop makes it whole; without one it was cut.
    guard case .answer(.truncated, answer) = read(events.dropLast()) else {
      Issue.record("\(read(events.dropLast()))")
      return
    }
    guard case .failure(.transient, _, _) = read(events.dropLast(2)) else {
      Issue.record("\(read(events.dropLast(2)))")
      return
    }
  }

  @Test("two models with random weights are probed; token ids, bytes and log-probabilities are stored")
  func random() async throws { try await expectEndpoints(["1", "2"]) }

  @Test(
    "two trained models are probed; token ids, bytes and log-probabilities are stored",
    .enabled(if: ReferenceLab.isHere, "\(ReferenceLab.note)"))
  func trained() async throws { try await expectEndpoints([ReferenceLab.model("T1"), ReferenceLab.model("S1")]) }

  /// The same request, sent by the `openai` client: what Retort stored is what the server says.
  @Test("tokens and log-probabilities are those that the openai client sees")
  func independent() async throws {
    let script = """
      import json, sys, openai
      port, *seeds = sys.argv[1:]
      client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none")
      for seed in seeds:
          r = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Name a river."}],
              temperature=0, top_p=1, max_tokens=12, seed=int(seed), logprobs=True, top_logprobs=5)
          print(json.dumps([[t.bytes, t.logprob] for t in r.choices[0].logprobs.content]))
      """
    try await PythonServer.serving("llama.py", ["3"]) { ports in
      let configuration = try Self.configuration(ports: ports, temperature: 0)
      _ = try await bench.run(configuration, policy: RetryPolicy())
      let items = Plan.items(of: configuration).filter {
        $0.probe.rawValue == "p1" && ["chat-0", "chat-stream-0"].contains($0.model.rawValue)
      }
      let output = try IndependentPython.run(
        script, arguments: ["\(ports[0])"] + items.map { "\($0.requestSeed)" })
      let transcripts = try bench.contents().transcripts
      let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
      #expect(items.count == 2 && lines.count == 2)
      for (item, line) in zip(items, lines) {
        let theirs = try #require(JSONValue(parsing: String(line))?.array)
        let response = try #require(transcripts[item.model]?.responses.first { $0.prompt == item.probe })
        let ours = try #require(response.tokens)
        #expect(ours.count == theirs.count)
        for (own, their) in zip(ours, theirs) {
          let pair = try #require(their.array)
          #expect(own.bytes?.map(Int.init) == pair[0].array?.compactMap(\.integer))
          // A warm cache and other batches change the last digits.
          #expect(abs((own.logprob ?? 1) - (pair[1].number ?? 0)) < 1e-3)
        }
      }
    }
  }
}
