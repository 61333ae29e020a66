import DemoModels
import Foundation
import Testing

struct ModelServerTests {
  static let teacher = DemoWorld.train(DemoWorld.teacher)
  static let question = "My kettle is furred up inside. What can I do about it?"

  func withClient<R: Sendable>(_ body: @Sendable (LoopbackClient) async throws -> R) async throws -> R {
    try await withModelServer(models: ["teacher": Self.teacher, "second": Self.teacher], seed: 1) { port in
      try await body(LoopbackClient(port: port))
    }
  }

  @Test("the models are listed")
  func listing() async throws {
    try await withClient { client in
      let reply = try await client.send("GET", "/v1/models")
      #expect(reply.status == 200)
      let ids = try (reply.json["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
      #expect(ids == ["second", "teacher"])
    }
  }

  @Test("the log probabilities in a reply are the model's", arguments: [0.0, 0.6, 1.0])
  func logprobsAreTheModels(temperature: Double) async throws {
    try await withClient { client in
      let reply = try await client.chat(
        Self.question,
        ["logprobs": true, "top_logprobs": 5, "seed": 4, "temperature": temperature, "max_tokens": 30])
      #expect(reply.status == 200)
      let choice = try #require(try reply.choices.first)
      let content = try #require((choice["logprobs"] as? [String: Any])?["content"] as? [[String: Any]])
      let prediction = Self.teacher.prediction(for: Self.question)
      var context: [Int] = []
      for entry in content {
        let bytes = try #require(entry["bytes"] as? [Int])
        let distribution = prediction.distribution(after: context)
        // A word of one byte and that byte are two tokens; the word, which comes last, is the one that is drawn.
        let token = try #require(
          distribution.indices.last { Self.teacher.vocabulary.bytes(of: $0).map(Int.init) == bytes })
        let logprob = try #require(entry["logprob"] as? Double)
        #expect(abs(logprob - log(distribution[token])) < 1e-12)
        let top = try #require(entry["top_logprobs"] as? [[String: Any]]).compactMap { $0["logprob"] as? Double }
        #expect(top.count == 5)
        for (value, probability) in zip(top, distribution.sorted(by: >)) {
          #expect(abs(value - log(probability)) < 1e-12)
        }
        context.append(token)
      }
      let text = String(decoding: context.flatMap(Self.teacher.vocabulary.bytes(of:)), as: UTF8.self)
      #expect(LoopbackClient.content(of: choice) == text)
      #expect(try (reply.json["usage"] as? [String: Int])?["completion_tokens"] == content.count)
    }
  }

  @Test("a stream joins to the reply that is not streamed", arguments: [1, 3])
  func streamsJoin(choices: Int) async throws {
    try await withClient { client in
      let parameters: [String: Any] = ["seed": 9, "n": choices, "logprobs": true, "top_logprobs": 2]
      let whole = try await client.chat(Self.question, parameters)
      let streamed = try await client.chat(
        Self.question, parameters.merging(["stream": true, "stream_options": ["include_usage": true]]) { $1 })
      #expect(streamed.contentType?.hasPrefix("text/event-stream") == true)
      #expect(streamed.events.last == "[DONE]")
      var texts = Array(repeating: "", count: choices)
      var tokens = 0
      var endings = Array(repeating: "", count: choices)
      var usage: [String: Int] = [:]
      for event in streamed.events.dropLast() {
        let chunk = try #require(try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any])
        #expect(chunk["object"] as? String == "chat.completion.chunk")
        if let counts = chunk["usage"] as? [String: Int] { usage = counts }
        for choice in chunk["choices"] as? [[String: Any]] ?? [] {
          let index = try #require(choice["index"] as? Int)
          texts[index] += (choice["delta"] as? [String: Any])?["content"] as? String ?? ""
          tokens += ((choice["logprobs"] as? [String: Any])?["content"] as? [Any])?.count ?? 0
          if let ending = choice["finish_reason"] as? String { endings[index] = ending }
        }
      }
      #expect(texts == (try whole.choices.compactMap(LoopbackClient.content(of:))))
      #expect(endings == (try whole.choices.compactMap { $0["finish_reason"] as? String }))
      #expect(usage == (try whole.json["usage"] as? [String: Int]))
      #expect(tokens == usage["completion_tokens"])
    }
  }

  @Test("n gives n choices; the first is the only one of n = 1")
  func choices() async throws {
    try await withClient { client in
      let five = try await client.chat(Self.question, ["n": 5, "seed": 2]).choices
      let one = try await client.chat(Self.question, ["seed": 2]).choices
      #expect(five.compactMap { $0["index"] as? Int } == [0, 1, 2, 3, 4])
      #expect(Set(five.compactMap(LoopbackClient.content(of:))).count > 1)
      #expect(one.first.flatMap(LoopbackClient.content(of:)) == five.first.flatMap(LoopbackClient.content(of:)))
    }
  }

  @Test("an answer that ends by itself says stop, one cut by max_tokens says length")
  func finishReasons() async throws {
    try await withClient { client in
      let cut = try #require(try await client.chat(Self.question, ["max_tokens": 4]).choices.first)
      #expect(cut["finish_reason"] as? String == "length")
      let whole = try #require(try await client.chat(Self.question, ["temperature": 0]).choices.first)
      #expect(whole["finish_reason"] as? String == "stop")
      let stopped = try #require(
        try await client.chat(Self.question, ["temperature": 0, "stop": [" First"]]).choices.first)
      #expect(stopped["finish_reason"] as? String == "stop")
      #expect(LoopbackClient.content(of: stopped)?.contains("First") == false)
    }
  }

  @Test("without a seed, equal requests get different answers, and the same ones from a server of the same seed")
  func unseededRequests() async throws {
    func answers() async throws -> [String] {
      try await withClient { client in
        var answers: [String] = []
        for _ in 0..<4 {
          answers += try await client.chat(Self.question).choices.compactMap(LoopbackClient.content(of:))
        }
        return answers
      }
    }
    let first = try await answers()
    #expect(Set(first).count > 1)
    #expect(try await answers() == first)
  }

  @Test("a completion echoes its prompt with the prompt's log probabilities")
  func completionsEcho() async throws {
    try await withClient { client in
      let prompt = "It helps to find the qx draughts."
      let reply = try await client.post(
        "/v1/completions",
        ["model": "teacher", "prompt": prompt, "echo": true, "logprobs": 3, "max_tokens": 0])
      let choice = try #require(try reply.choices.first)
      #expect(choice["text"] as? String == prompt)
      let logprobs = try #require(choice["logprobs"] as? [String: Any])
      let tokens = Self.teacher.vocabulary.tokens(of: prompt)
      let printed = try #require(logprobs["tokens"] as? [String])
      #expect(printed == tokens.map(Self.teacher.vocabulary.printed))
      let values = try #require(logprobs["token_logprobs"] as? [Any])
      #expect(values.first is NSNull)
      let expected = Self.teacher.plainPrediction().described(tokens, alternatives: 0).dropFirst().map(\.logprob)
      for (value, logprob) in zip(values.dropFirst(), expected) {
        #expect(abs(try #require(value as? Double) - logprob) < 1e-12)
      }
      #expect((logprobs["text_offset"] as? [Int])?.prefix(3) == [0, 2, 8])
    }
  }

  @Test("a streamed completion joins to the reply that is not streamed")
  func completionStreamsJoin() async throws {
    try await withClient { client in
      let request: [String: Any] = ["model": "teacher", "prompt": ["It helps", "The"], "seed": 5, "max_tokens": 25]
      let whole = try await client.post("/v1/completions", request)
      let streamed = try await client.post("/v1/completions", request.merging(["stream": true]) { $1 })
      var texts = ["", ""]
      for event in streamed.events.dropLast() {
        let chunk = try #require(try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any])
        for choice in chunk["choices"] as? [[String: Any]] ?? [] {
          texts[try #require(choice["index"] as? Int)] += choice["text"] as? String ?? ""
        }
      }
      #expect(texts == (try whole.choices.compactMap { $0["text"] as? String }))
    }
  }

  struct BadRequest: Sendable, CustomTestStringConvertible {
    let path: String
    let body: String
    let status: Int
    let parameter: String?
    var method = "POST"
    var testDescription: String { "\(method) \(path) \(body.prefix(80))" }
  }

  static let badRequests: [BadRequest] = {
    let chat = "/v1/chat/completions"
    func with(_ more: String) -> String {
      #"{"model":"teacher","messages":[{"role":"user","content":"hi"}]\#(more)}"#
    }
    return [
      BadRequest(path: chat, body: "{", status: 400, parameter: nil),
      BadRequest(path: chat, body: "", status: 400, parameter: nil),
      BadRequest(path: chat, body: "[1]", status: 400, parameter: nil),
      BadRequest(path: chat, body: "{}", status: 400, parameter: "model"),
      BadRequest(path: chat, body: #"{"model":"teacher"}"#, status: 400, parameter: "messages"),
      BadRequest(path: chat, body: #"{"model":"teacher","messages":[]}"#, status: 400, parameter: "messages"),
      BadRequest(
        path: chat, body: #"{"model":"teacher","messages":[{"role":"bard","content":"x"}]}"#, status: 400,
        parameter: "messages[0].role"),
      BadRequest(path: chat, body: with(#","temperature":-1"#), status: 400, parameter: "temperature"),
      BadRequest(path: chat, body: with(#","temperature":"hot""#), status: 400, parameter: "temperature"),
      BadRequest(path: chat, body: with(#","top_p":1.5"#), status: 400, parameter: "top_p"),
      BadRequest(path: chat, body: with(#","n":0"#), status: 400, parameter: "n"),
      BadRequest(path: chat, body: with(#","max_tokens":1.5"#), status: 400, parameter: "max_tokens"),
      BadRequest(
        path: chat, body: with(#","logprobs":true,"top_logprobs":21"#), status: 400, parameter: "top_logprobs"),
      BadRequest(path: chat, body: with(#","top_logprobs":2"#), status: 400, parameter: "top_logprobs"),
      BadRequest(path: chat, body: with(#","seed":"x""#), status: 400, parameter: "seed"),
      BadRequest(path: chat, body: with(#","stop":[1]"#), status: 400, parameter: "stop"),
      BadRequest(
        path: chat, body: with(#","stream":true,"stream_options":{"include_usage":1}"#), status: 400,
        parameter: "stream_options.include_usage"),
      BadRequest(path: chat, body: with(#","tools":[{}]"#), status: 400, parameter: "tools"),
      BadRequest(
        path: chat, body: #"{"model":"nobody","messages":[{"role":"user","content":"hi"}]}"#, status: 404,
        parameter: "model"),
      BadRequest(path: "/v1/completions", body: #"{"model":"teacher"}"#, status: 400, parameter: "prompt"),
      BadRequest(
        path: "/v1/completions", body: #"{"model":"teacher","prompt":[1,2]}"#, status: 400, parameter: "prompt"),
      BadRequest(path: "/v1/embeddings", body: "{}", status: 404, parameter: nil),
      BadRequest(path: chat, body: "", status: 405, parameter: nil, method: "GET"),
    ]
  }()

  @Test("a bad request gets its status, OpenAI's error object and the name of the parameter", arguments: badRequests)
  func badRequestsAreNamed(request: BadRequest) async throws {
    try await withClient { client in
      let reply = try await client.send(
        request.method, request.path, request.method == "GET" ? nil : Data(request.body.utf8))
      #expect(reply.status == request.status)
      let error = try reply.error
      #expect(error["param"] as? String == request.parameter)
      #expect(error["type"] as? String == "invalid_request_error")
      #expect((error["message"] as? String)?.isEmpty == false)
    }
  }

  @Test("a body over the limit is refused")
  func largeBodies() async throws {
    try await withClient { client in
      let reply = try await client.chat(String(repeating: "x", count: 1 << 20))
      #expect(reply.status == 413)
    }
  }

  @Test("the port is free again after the body returned, and its error comes through")
  func shutdown() async throws {
    struct Planned: Error {}
    let port = try await withModelServer(models: [:], seed: 1) { $0 }
    await #expect(throws: (any Error).self) {
      try await LoopbackClient(port: port, seconds: 1).send("GET", "/v1/models")
    }
    await #expect(throws: Planned.self) {
      try await withModelServer(models: [:], seed: 1) { _ in throw Planned() }
    }
  }

  @Test("each answer waits for the latency")
  func latency() async throws {
    try await withModelServer(models: ["teacher": Self.teacher], seed: 1, latency: .seconds(1.5)) { port in
      let client = LoopbackClient(port: port)
      let time = try await ContinuousClock().measure { _ = try await client.chat(Self.question) }
      #expect(time >= .seconds(1.5))
    }
  }
}
