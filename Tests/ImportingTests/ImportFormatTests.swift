import Cases
import Formats
import Importing
import TestSupport
import Testing

/// Fixtures have the shapes of their sources, which each names; texts are shortened or our own.
@Suite("Formats to import")
struct ImportFormatTests {
  static func read(
    _ files: [(name: String, text: String)], _ format: ImportFormat, model: String? = nil,
    fields: ImportFields = ImportFields()
  ) throws -> ImportedTranscripts {
    let folder = try TemporaryFolder()
    let paths = try files.map { try folder.write($0.text, to: $0.name) }
    return try ImportedTranscripts.read(paths, format: format, model: model.map { ModelID($0) }, fields: fields)
  }

  static func texts(_ imported: ImportedTranscripts) -> [String: [String]] {
    imported.transcripts.reduce(into: [:]) { texts, transcript in
      texts["\(transcript.model)"] = transcript.responses.map { "\($0.prompt)#\($0.sample) \($0.text)" }
    }
  }

  /// github.com/tatsu-lab/alpaca_eval, results/alpaca-7b/model_outputs.json; `input` from the Alpaca data set.
  static let alpaca = #"""
    [
      {
        "instruction":"What breed dog is smallest?",
        "dataset":"helpful_base",
        "output":"The Chihuahua is the smallest breed of dog.",
        "generator":"alpaca-7b"
      },
      {"instruction":"Translate.", "input":"Guten Tag", "output":"", "generator":"alpaca-7b"},
      {"instruction":"What breed dog is smallest?", "output":"Again 1\/2 \u00e9.", "generator":"org/other"},
      {"instruction":"Who are you?", "output":null, "generator":"org/other"}
    ]
    """#

  @Test(
    "a record of many answers is written out once, not once for each; its copies are known all the same",
    .timeLimit(.minutes(1)))
  func manyAnswers() throws {
    let count = 5_000
    let text = String(repeating: "word ", count: 30)
    let choices = (0..<count).map { #"{"index":\#($0),"message":{"role":"assistant","content":"\#($0) \#(text)"}}"# }
      .joined(separator: ",")
    let line = #"{"custom_id":"p","response":{"status_code":200,"body":{"model":"m","choices":[\#(choices)]}}}"# + "\n"
    let once = try Self.read([("a.jsonl", line)], .openAIBatch)
    #expect(once.transcripts.map(\.responses.count) == [count] && once.skipped.isEmpty)
    let twice = try Self.read([("a.jsonl", line), ("b.jsonl", line)], .openAIBatch)
    #expect(twice.transcripts.map(\.responses.count) == [count])
    #expect(twice.skipped.count == count && twice.skipped.allSatisfy { $0.reason == .doubled })
  }

  @Test("alpaca_eval: prompts are named by a hash, empty answers are kept, a missing answer is named")
  func alpacaEval() throws {
    let imported = try Self.read([("model_outputs.json", Self.alpaca)], .alpacaEval)
    #expect(imported.transcripts.map(\.model.rawValue) == ["alpaca-7b", "org/other"])
    #expect(imported.probes.map(\.prompt) == ["What breed dog is smallest?", "Translate.\n\nGuten Tag"])
    #expect(imported.probes[0].category == "helpful_base")
    let dog = imported.probes[0].id
    #expect(dog.rawValue.hasPrefix("p-") && dog.rawValue.count == 18)
    let first = imported.transcripts[0].responses
    #expect(first.first { $0.prompt == dog }?.text == "The Chihuahua is the smallest breed of dog.")
    #expect(first.contains { $0.text.isEmpty })
    #expect(imported.transcripts[1].responses.map(\.text) == ["Again 1/2 é."])
    #expect(imported.skipped.map(\.reason) == [.noAnswer])
    #expect("\(imported.skipped[0].place)".hasSuffix("model_outputs.json: [3]"))
  }

  /// github.com/promptfoo/promptfoo, src/types/index.ts: EvaluateResult, EvaluateSummaryV3.
  static let promptfoo = #"""
    {"evalId": "eval-1", "results": {"version": 3, "timestamp": "2026-01-15T10:30:00Z", "prompts": [], "results": [
      {"promptIdx": 0, "testIdx": 0, "provider": {"id": "openai:chat:m", "label": ""}, "success": true,
       "prompt": {"raw": "Name one colour.", "label": "c"}, "vars": {}, "failureReason": 0,
       "response": {"output": "Blue", "tokenUsage": {"total": 9}}},
      {"promptIdx": 0, "testIdx": 0, "provider": {"id": "openai:chat:m", "label": ""}, "success": false,
       "prompt": {"raw": "Name one colour.", "label": "c"}, "failureReason": 1, "error": "Expected Blue",
       "response": {"output": "", "cached": true}},
      {"promptIdx": 1, "testIdx": 1, "provider": {"id": "x", "label": "mine"}, "failureReason": 0,
       "prompt": {"raw": "[{\"role\":\"system\",\"content\":\"Short.\"},{\"role\":\"user\",\"content\":\"Hi\"}]"},
       "response": {"output": {"parsed": 1}}},
      {"promptIdx": 1, "testIdx": 2, "provider": {"id": "x", "label": "mine"}, "failureReason": 2,
       "prompt": {"raw": "Hi"}, "error": "API error: 500"},
      {"promptIdx": 1, "testIdx": 3, "provider": "y", "failureReason": 0,
       "prompt": {"raw": "[{\"role\":\"system\",\"content\":\"Short.\"},{\"role\":\"user\",\"content\":\"Hi\"}]"},
       "response": {"output": "Ho"}}
    ], "stats": {}}}
    """#

  @Test("promptfoo: repeats are samples, cached answers are counted, parsed outputs and errors are named")
  func promptfooResults() throws {
    let imported = try Self.read([("r.json", Self.promptfoo)], .promptfoo)
    #expect(imported.transcripts.map(\.model.rawValue) == ["openai:chat:m", "y"])
    #expect(imported.transcripts[0].responses.map(\.sample) == [0, 1])
    #expect(imported.transcripts[0].responses.map(\.text) == ["Blue", ""])
    #expect(imported.cached == 1)
    #expect(imported.skipped.map(\.reason) == [.notText, .error])
    #expect(imported.skipped[1].detail == "API error: 500")
    #expect("\(imported.skipped[1].place)".hasSuffix("results.results[3]"))
    #expect(imported.probes.map(\.system) == [nil, "Short."] && imported.probes[1].prompt == "Hi")
  }

  /// github.com/UKGovernmentBEIS/inspect_ai, tests/log/test_eval_log/log_formats.json (shortened; second epoch, parts,
  /// attachment and error added after src/inspect_ai/model/_model_output.py).
  static let inspect = #"""
    {"version": 2, "status": "success", "eval": {"task": "popularity", "model": "ollama/llama3.1"}, "samples": [
      {"id": 1, "epoch": 1, "input": "Is it so?", "target": " Yes",
       "messages": [{"content": "Yes or No", "role": "system"}, {"content": "Is it so?", "role": "user"},
                    {"content": "No", "role": "assistant", "source": "generate"}],
       "output": {"model": "llama3.1", "choices": [{"message": {"content": "No", "role": "assistant"},
         "stop_reason": "stop",
         "logprobs": {"content": [{"token": "No", "logprob": -0.25, "bytes": [78, 111], "top_logprobs": []}]}}]}},
      {"id": 1, "epoch": 2, "input": "Is it so?",
       "messages": [{"content": "Yes or No", "role": "system"}, {"content": "attachment://ab", "role": "user"},
                    {"content": "Yes", "role": "assistant"}],
       "attachments": {"ab": "Is it so?"},
       "output": {"choices": [{"message": {"role": "assistant", "content": [
         {"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "Yes"}]}}]}},
      {"id": "two", "epoch": 1, "input": [{"role": "user", "content": "Go"}], "messages": [],
       "error": {"message": "timeout"}, "output": {"choices": []}},
      {"id": "chat", "epoch": 1, "input": "a",
       "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"},
                    {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}],
       "output": {"choices": [{"message": {"role": "assistant", "content": "d"}}]}}
    ]}
    """#

  @Test("inspect_ai: epochs are samples, reasoning is no answer, attachments are followed, a chat is no prompt")
  func inspectLog() throws {
    let imported = try Self.read([("log.json", Self.inspect)], .inspect)
    #expect(
      Self.texts(imported) == [
        "ollama/llama3.1": ["popularity/1#0 No", "popularity/1#1 Yes", "popularity/chat#0 d"]
      ])
    #expect(imported.transcripts[0].responses[0].tokens?.first?.bytes == [78, 111])
    #expect(imported.transcripts[0].responses.map(\.reasoning) == [nil, "hm", nil])
    #expect(
      imported.probes == [Probe(id: PromptID("popularity/1"), prompt: "Is it so?", system: "Yes or No")])
    #expect(imported.skipped.map(\.detail) == ["timeout"])
  }

  @Test("inspect_ai: an .eval archive is told, with the command that converts it")
  func inspectArchive() throws {
    #expect(throws: ImportError.self) { try Self.read([("a.eval", "PK\u{03}\u{04}rest")], .inspect) }
  }

  /// github.com/EleutherAI/lm-evaluation-harness, save_results_samples and evaluator.py; the second line stands for a
  /// second filter, the third for a multiple-choice document.
  static let lmEval = #"""
    {"doc_id": 0, "doc": {"question": "1+1?"}, "target": "2", "arguments": {"gen_args_0": {"arg_0": "Q: 1+1?\nA:", "arg_1": {"until": ["\n"]}}}, "resps": [["2", " 2"]], "filtered_resps": ["2"], "filter": "strict-match"}
    {"doc_id": 0, "doc": {"question": "1+1?"}, "target": "2", "arguments": {"gen_args_0": {"arg_0": "Q: 1+1?\nA:"}}, "resps": [["2", " 2"]], "filtered_resps": ["two"], "filter": "flexible-extract"}
    {"doc_id": 1, "arguments": {"gen_args_0": {"arg_0": "Q", "arg_1": " yes"}}, "resps": [[["-1.25", "False"]]], "filtered_resps": [["-1.25", "False"]]}
    {"doc_id": 2, "arguments": [["Old", {"until": []}]], "resps": [[""]], "filtered_resps": [""]}
    """#

  @Test("lm-eval: repeats are samples, filters do not double answers, likelihoods are named")
  func lmEvalSamples() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("org__model/samples_gsm8k_cot_2024-10-28T10-00-00.123456.jsonl")
    try FileBytes.write(Self.lmEval.utf8, to: file)
    let imported = try ImportedTranscripts.read([file], format: .lmEval)
    #expect(Self.texts(imported) == ["org__model": ["gsm8k_cot/0#0 2", "gsm8k_cot/0#1  2", "gsm8k_cot/2#0 "]])
    #expect(imported.skipped.map(\.reason) == [.repeatedByFilter, .likelihood])
    #expect(imported.probes.map(\.prompt) == ["Q: 1+1?\nA:", "Old"])
  }

  /// The Batch API guide of platform.openai.com (output lines), and a chat completion with a refusal and one cut short.
  static let batch = #"""
    {"id": "batch_req_123", "custom_id": "request-2", "response": {"status_code": 200, "request_id": "req_123", "body": {"id": "chatcmpl-123", "object": "chat.completion", "model": "gpt-3.5-turbo-0125", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello."}, "logprobs": null, "finish_reason": "stop"}, {"index": 1, "message": {"role": "assistant", "content": null, "refusal": "I can't."}, "finish_reason": "stop"}], "usage": {}}}, "error": null}
    {"id": "batch_req_456", "custom_id": "request-1", "response": {"status_code": 200, "body": {"object": "response", "model": "gpt-3.5-turbo-0125", "output": [{"type": "reasoning", "summary": []}, {"type": "message", "content": [{"type": "output_text", "text": "Hi"}]}]}}, "error": null}
    {"id": "batch_req_789", "custom_id": "request-3", "response": null, "error": {"code": "batch_expired", "message": "This request could not be executed."}}
    {"id": "batch_req_790", "custom_id": "request-4", "response": {"status_code": 400, "body": {"error": {"message": "bad"}}}, "error": null}
    """#
  static let batchInput = #"""
    {"custom_id": "request-1", "method": "POST", "url": "/v1/responses", "body": {"model": "gpt-3.5-turbo-0125", "instructions": "Short.", "input": "Hello world!"}}
    {"custom_id": "request-2", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "gpt-3.5-turbo-0125", "messages": [{"role": "system", "content": "You are helpful."}, {"role": "user", "content": "Hello world!"}]}}
    """#

  @Test("OpenAI batch: choices are samples, refusals are answers, errors are named, the input gives the prompts")
  func openAIBatch() throws {
    let imported = try Self.read([("out.jsonl", Self.batch), ("in.jsonl", Self.batchInput)], .openAIBatch)
    #expect(
      Self.texts(imported) == [
        "gpt-3.5-turbo-0125": ["request-1#0 Hi", "request-2#0 Hello.", "request-2#1 I can't."]
      ])
    #expect(imported.probes.map(\.system) == ["Short.", "You are helpful."])
    #expect(imported.skipped.map(\.detail) == ["This request could not be executed.", "bad"])
  }

  @Test("jsonl: the file's name is the model, other names of fields are understood or given")
  func jsonl() throws {
    let imported = try Self.read(
      [
        ("a.jsonl", #"{"question":"Q?","answer":"A","category":"c"}"# + "\n" + #"{"question":"Q?","answer":null}"#),
        ("b.jsonl", #"{"id":7,"sample":2,"text":"x","model":"named"}"#),
      ], .jsonl)
    #expect(imported.transcripts.map(\.model.rawValue) == ["a", "named"])
    #expect(imported.transcripts[1].responses == [Response(prompt: PromptID("7"), sample: 2, text: "x")])
    #expect(imported.skipped.map(\.reason) == [.noAnswer])
    let chosen = try Self.read(
      [("c.jsonl", #"{"key":"k","said":"S","text":"not this"}"#)], .jsonl, model: "m",
      fields: ImportFields([.id: "key", .text: "said"]))
    #expect(Self.texts(chosen) == ["m": ["k#0 S"]])
  }

  /// The names are those of Python's hashlib: sha256(f"retort.prompt/1 {system} {prompt}") with `-` for no system
  /// prompt, else its length in bytes, a colon and the text.
  @Test("a prompt's name is a hash of system prompt and prompt, the same everywhere")
  func stableNames() throws {
    let imported = try Self.read(
      [
        (
          "m.jsonl",
          #"{"prompt":"Hi é","text":"a"}"# + "\n" + #"{"prompt":"Hi é","system":"Short.","text":"b"}"# + "\n"
        )
      ], .jsonl)
    #expect(imported.probes.map(\.id.rawValue) == ["p-e42b16760f51282b", "p-a887bb9f469d4e25"])
  }

  @Test("csv: quoted fields, empty answers, samples; an empty cell elsewhere is no value")
  func csv() throws {
    let imported = try Self.read(
      [
        (
          "m.csv", "prompt_id,sample,response,system,prompt\r\np1,0,\"two\nlines, \"\"q\"\"\",,Say.\r\np1,1,,,Say.\r\n"
        )
      ], .csv)
    #expect(Self.texts(imported) == ["m": ["p1#0 two\nlines, \"q\"", "p1#1 "]])
    #expect(imported.probes == [Probe(id: PromptID("p1"), prompt: "Say.")])
  }
}
