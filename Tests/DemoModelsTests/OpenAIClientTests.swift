import DemoModels
import Foundation
import TestSupport
import Testing

struct OpenAIClientTests {
  /// Fails by an assertion in Python, whose text is in the failure.
  static let script = """
    import sys, openai
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{sys.argv[1]}/v1", api_key="none", max_retries=0)
    assert [m.id for m in client.models.list()] == ["teacher"]
    ask = dict(model="teacher", messages=[{"role": "user", "content": "How do I dry leather shoes?"}], seed=7)
    whole = client.chat.completions.create(**ask, n=2, logprobs=True, top_logprobs=20, max_completion_tokens=50)
    assert len(whole.choices) == 2 and whole.system_fingerprint.startswith("fp_") and whole.created > 0
    for choice in whole.choices:
        tokens = choice.logprobs.content
        assert bytes(b for t in tokens for b in t.bytes).decode() == choice.message.content
        assert all(len(t.top_logprobs) == 20 and t.logprob <= 0 for t in tokens)
        assert choice.finish_reason in ("stop", "length") and choice.message.refusal is None
    assert whole.usage.total_tokens == whole.usage.prompt_tokens + whole.usage.completion_tokens
    assert whole.usage.completion_tokens == sum(len(c.logprobs.content) for c in whole.choices)
    text, usage = "", None
    stream = client.chat.completions.create(
        **ask, max_completion_tokens=50, stream=True, stream_options={"include_usage": True})
    for chunk in stream:
        usage = chunk.usage or usage
        text += "".join(c.delta.content or "" for c in chunk.choices)
    assert text == whole.choices[0].message.content and usage.completion_tokens > 0
    old = client.completions.create(model="teacher", prompt="It helps to", echo=True, logprobs=2, max_tokens=3, seed=1)
    assert old.choices[0].text.startswith("It helps to") and old.choices[0].logprobs.token_logprobs[0] is None
    assert "".join(old.choices[0].logprobs.tokens) == old.choices[0].text
    for parameters, error in [(dict(temperature=9), openai.BadRequestError), (dict(model="x"), openai.NotFoundError)]:
        try:
            client.chat.completions.create(**{**ask, **parameters})
            raise SystemExit("no error")
        except error as caught:
            assert caught.param in ("temperature", "model"), caught.body
    print("agreed")
    """

  @Test(
    "the openai client for Python understands every reply",
    .enabled(if: IndependentPython.isHere, Comment(rawValue: IndependentPython.note)))
  func officialClient() async throws {
    let output = try await withModelServer(
      models: ["teacher": DemoWorld.train(DemoWorld.teacher)], seed: 3
    ) { port in
      try IndependentPython.run(Self.script, arguments: ["\(port)"])
    }
    #expect(String(decoding: output, as: UTF8.self) == "agreed\n")
  }
}
