import Cases
import Formats
import Probing
import Testing

/// What vLLM, OpenRouter, DeepSeek, echoed prompts and a person add to the dialects. Shapes from their documentation.
struct ChatVariantTests {
  private func request(
    _ name: Endpoint.DialectName, fields: [String: JSONValue] = [:], provider: String? = nil,
    promptLogprobs: Bool = false
  ) -> JSONValue? {
    let request = name.dialect.request(
      for: PlannedItem(order: 0, model: ModelID("m"), probe: PromptID("p"), sample: 0, requestSeed: 7),
      probe: Probe(id: PromptID("p"), prompt: "U"),
      endpoint: Endpoint(url: "http://h/v1", model: "M", dialect: name, provider: provider, fields: fields),
      sampling: Sampling(logprobs: true, topLogprobs: 3, promptLogprobs: promptLogprobs), maxTokens: 8)
    return JSONValue(parsing: request.body)
  }

  private func answer(_ name: Endpoint.DialectName, _ body: String) throws -> Answer {
    guard case .answer(_, let answer) = name.dialect.read(status: 200, body: Array(body.utf8)) else {
      throw CancellationError()
    }
    return answer
  }

  @Test("vLLM: samplers of the model's own file are overruled; ids and the prompt's log-probabilities are read")
  func vllm() throws {
    let body = request(.vllm, promptLogprobs: true)
    #expect(body?["top_k"] == .integer(-1) && body?["repetition_penalty"] == .integer(1))
    #expect(body?["prompt_logprobs"] == .integer(3) && body?["return_token_ids"] == .bool(true))
    #expect(request(.vllm)?["prompt_logprobs"] == nil)
    let answer = try answer(
      .vllm,
      #"""
      {"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"content":"Hi"},"token_ids":[7],
      "logprobs":{"content":[{"token":"Hi","logprob":-0.5,"bytes":[72,105]}]}}],"prompt_token_ids":[1,791,42],
      "prompt_logprobs":[null,{"128000":{"logprob":-0.1,"rank":1,"decoded_token":"The"},
      "791":{"logprob":-2.5,"rank":9,"decoded_token":"A"}},{"42":{"logprob":-1.25,"rank":1,"decoded_token":" cat"}}],
      "usage":{"prompt_tokens":3,"completion_tokens":1}}
      """#)
    #expect(answer.tokens?.map(\.id) == [7])
    let prompt = try #require(answer.promptTokenLogprobs)
    #expect(prompt.map(\.id) == [1, 791, 42] && prompt.map(\.token) == ["", "A", " cat"])
    #expect(prompt.map(\.logprob) == [nil, -2.5, -1.25])
    #expect(prompt[1].top?.map(\.token) == ["The", "A"], "the most probable first, whatever the order of the object")
  }

  @Test("vLLM: which alternative is the prompt's own is not guessed")
  func unknownOwn() throws {
    let answer = try answer(
      .vllm,
      #"""
      {"choices":[{"finish_reason":"stop","message":{"content":"x"}}],
      "prompt_logprobs":[null,{"1":{"logprob":-0.1,"rank":1},"2":{"logprob":-2,"rank":2}},{"3":{"logprob":-3,"rank":1}}]}
      """#)
    #expect(answer.promptTokenLogprobs?.map(\.logprob) == [nil, nil, -3])
  }

  @Test("an echoed prompt is taken off the answer, and its log-probabilities are kept")
  func echo() throws {
    #expect(request(.openAICompletions, promptLogprobs: true)?["echo"] == .bool(true))
    #expect(request(.openAICompletions)?["echo"] == .bool(false))
    let echoed = try answer(
      .openAICompletions,
      #"""
      {"model":"m","choices":[{"text":"The cat sat","index":0,"finish_reason":"length","logprobs":{
      "tokens":["The"," cat"," sat"],"token_logprobs":[null,-4.25,-1.5],"top_logprobs":[null,{" dog":-1},{" sat":-1.5}]}}],
      "usage":{"prompt_tokens":2,"completion_tokens":1}}
      """#)
    #expect(echoed.text == " sat" && echoed.tokens?.map(\.token) == [" sat"])
    #expect(echoed.promptTokenLogprobs?.map(\.logprob) == [nil, -4.25])
    let plain = try answer(
      .openAICompletions,
      #"""
      {"choices":[{"text":" sat","finish_reason":"stop","logprobs":{"tokens":[" sat"],"token_logprobs":[-1.5]}}],
      "usage":{"prompt_tokens":1,"completion_tokens":1}}
      """#)
    #expect(plain.text == " sat" && plain.promptTokenLogprobs == nil && plain.tokens?.count == 1)
  }

  @Test("OpenRouter refuses what a provider would drop, and is held to one provider where one is named")
  func openRouter() {
    let open = request(.openRouter)?["provider"]
    #expect(open?["require_parameters"] == .bool(true) && open?["only"] == nil)
    #expect(request(.openRouter, provider: "x")?["provider"]?["only"] == .array([.string("x")]))
  }

  @Test("DeepSeek does not think, and so obeys the temperature, unless it is told to")
  func deepSeek() {
    #expect(request(.deepSeek)?["thinking"]?["type"] == .string("disabled"))
    let told = request(.deepSeek, fields: ["thinking": .object(["type": .string("enabled")])])
    #expect(told?["thinking"]?["type"] == .string("enabled"))
  }

  @Test("further fields of an endpoint join those of the dialect, level by level")
  func furtherFields() {
    let body = request(
      .gemini, fields: ["generationConfig": .object(["thinkingConfig": .object(["thinkingBudget": .integer(0)])])])
    let generation = body?["generationConfig"]
    #expect(generation?["thinkingConfig"]?["thinkingBudget"] == .integer(0) && generation?["seed"] == .integer(7))
    #expect(request(.openAIChat, fields: ["reasoning_effort": .string("low")])?["reasoning_effort"] == .string("low"))
  }

  @Test("a pasted answer is kept to the byte, and marked; the transport hands one prompt after the other")
  func manual() async throws {
    let lines = Lines(["It is", "", "..", "blue.", ".", "Second", "."])
    let shown = Shown()
    let transport = ManualTransport(
      show: { model, system, prompt in shown.add("\(model)|\(system ?? "")|\(prompt)") }, read: { lines.next() })
    func send(_ prompt: String) async -> TransportReply {
      let request = ManualChat().request(
        for: PlannedItem(order: 0, model: ModelID("m"), probe: PromptID("p"), sample: 0, requestSeed: 7),
        probe: Probe(id: PromptID("p"), prompt: prompt, system: "S"),
        endpoint: Endpoint(url: Endpoint.manualURL, model: "M", dialect: .manual), sampling: Sampling(), maxTokens: 8)
      return await transport.send(TransportRequest(request: request, credentials: nil, timeout: .seconds(1)))
    }
    async let first = send("one")
    async let second = send("two")
    let texts = await [first, second].compactMap { reply -> String? in
      guard case .answer(.ok, let answer) = ManualChat().read(status: 200, body: reply.body) else { return nil }
      #expect(answer.isPasted)
      return answer.text
    }
    #expect(Set(texts) == ["It is\n\n.\nblue.", "Second"])
    #expect(Set(shown.all) == ["M|S|one", "M|S|two"])
    let third = await send("three")
    #expect(third.problem == .inputEnded && third.head == nil)
  }
}
