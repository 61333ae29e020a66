"""Answers in every dialect, with and without streams: what evidence must be read by.

usage: dialects.py

The path tells the dialect, the seed (where there is one) or the prompt tells the answer: plain, with thoughts, refused, cut,
withheld by a filter, empty, or an error first. Prints the port as a line of JSON; ends when standard input does.
"""
import hashlib, http.server, json, os, random, socketserver, sys, threading

WORDS = "the a river stone light over sings walks blue green north slow winter market lantern boat orchard quiet é 語 ‘s <b>".split()


def drawn(asked):
    return random.Random(hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).digest())


def answer(asked):
    chance = drawn(asked)
    text = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(3, 30)))
    kind = chance.choice(["plain"] * 5 + ["thoughts", "think", "cut", "filtered", "refused", "empty"])
    tokens = [{"token": w, "logprob": -round(chance.random(), 6) * 10 ** -chance.randrange(9), "bytes": list(w.encode()),
               "top_logprobs": [{"token": w, "logprob": -0.1}, {"token": "x", "logprob": -9999.0}]} for w in text.split()]
    return kind, "" if kind == "empty" else text, tokens, chance


def pieces(text):
    return [text[n:n + 7] for n in range(0, len(text), 7)] or [""]


def events(values, done=True, names=False):
    lines = [(f"event: {v['type']}\n" if names else "") + f"data: {json.dumps(v)}\n\n" for v in values]
    return "".join(lines + (["data: [DONE]\n\n"] if done else [])).encode()


def chat(asked):
    kind, text, tokens, chance = answer(asked)
    finish = {"cut": "length", "filtered": "content_filter"}.get(kind, "stop")
    message = {"role": "assistant", "content": f"<think>why not</think>\n{text}" if kind == "think" else text}
    if kind == "thoughts":
        message[chance.choice(["reasoning", "reasoning_content"])] = "because " + text
    if kind == "refused":
        message.update(content=None, refusal="I will not.")
    usage = {"prompt_tokens": 5, "completion_tokens": len(tokens), "completion_tokens_details": {"reasoning_tokens": 1}}
    logprobs = {"content": tokens} if asked.get("logprobs") else None
    if not asked.get("stream"):
        whole = {"id": "x", "model": asked["model"] + "-2", "system_fingerprint": "fp", "usage": usage,
                 "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": logprobs}]}
        if "return_token_ids" in asked:
            whole["choices"][0]["token_ids"] = list(range(len(tokens)))
        return json.dumps(whole).encode()
    deltas = [{name: piece} for name, said in message.items() if name != "role" and said for piece in pieces(said)]
    chunk = lambda delta, end=None: {"model": asked["model"] + "-2", "choices": [{"index": 0, "delta": delta, "finish_reason": end}]}
    return events([chunk(d) for d in deltas] + [chunk({}, finish), {"choices": [], "usage": usage}])


def completions(asked):
    kind, text, tokens, _ = answer(asked)
    finish = "length" if kind == "cut" else "stop"
    logprobs = {"tokens": [t["token"] for t in tokens], "token_logprobs": [t["logprob"] for t in tokens],
                "top_logprobs": [{t["token"]: t["logprob"], "é": -1, "e\u0301": -2.5} for t in tokens]} if asked.get("logprobs") else None
    usage = {"prompt_tokens": 3, "completion_tokens": len(tokens)}
    if not asked.get("stream"):
        return json.dumps({"model": "c", "usage": usage, "choices": [{"text": text, "finish_reason": finish, "logprobs": logprobs}]}).encode()
    chunks = [{"choices": [{"index": 0, "text": piece, "finish_reason": None}]} for piece in pieces(text)]
    return events(chunks + [{"choices": [{"index": 0, "text": "", "finish_reason": finish}]}, {"choices": [], "usage": usage}])


def responses(asked):
    kind, text, tokens, _ = answer(asked)
    part = {"type": "refusal", "refusal": "No."} if kind == "refused" else {"type": "output_text", "text": text, "logprobs": tokens}
    output = [{"type": "reasoning", "summary": [{"type": "summary_text", "text": "so"}]}] if kind == "thoughts" else []
    whole = {"status": "incomplete" if kind in ("cut", "filtered") else "completed", "model": asked["model"],
             "output": output + [{"type": "message", "content": [part]}], "usage": {"input_tokens": 4, "output_tokens": 9}}
    if kind in ("cut", "filtered"):
        whole["incomplete_details"] = {"reason": "max_output_tokens" if kind == "cut" else "content_filter"}
    if asked.get("stream"):
        return events([{"type": "response.created"}, {"type": "response.completed", "response": whole}], done=False, names=True)
    return json.dumps(whole).encode()


def anthropic(asked):
    kind, text, _, _ = answer(asked)
    reason = {"cut": "max_tokens", "refused": "refusal"}.get(kind, "end_turn")
    blocks = ([{"type": "thinking", "thinking": "hm " + text}] if kind == "thoughts" else []) + [{"type": "text", "text": text}]
    if not asked.get("stream"):
        return json.dumps({"model": asked["model"], "content": blocks, "stop_reason": reason,
                           "usage": {"input_tokens": 3, "output_tokens": 8}}).encode()
    values = [{"type": "message_start", "message": {"model": asked["model"], "usage": {"input_tokens": 3}}}]
    for index, block in enumerate(blocks):
        kind = block["type"]
        name = "thinking" if kind == "thinking" else "text"
        values.append({"type": "content_block_start", "index": index, "content_block": {"type": kind, name: ""}})
        values += [{"type": "content_block_delta", "index": index, "delta": {"type": f"{name}_delta", name: piece}} for piece in pieces(block[name])]
        values.append({"type": "content_block_stop", "index": index})
    return events(values + [{"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 8}},
                            {"type": "message_stop"}], done=False, names=True)


def gemini(asked, stream):
    kind, text, tokens, _ = answer(asked)
    if kind == "filtered":
        whole = [{"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": "g"}]
    else:
        reason = "MAX_TOKENS" if kind == "cut" else "STOP"
        parts = ([{"text": "thus", "thought": True}] if kind == "thoughts" else []) + [{"text": p} for p in pieces(text)]
        result = {"chosenCandidates": [{"token": t["token"], "tokenId": n, "logProbability": t["logprob"]} for n, t in enumerate(tokens)],
                  "topCandidates": [{"candidates": [{"token": "y", "logProbability": -2}]}]}
        tail = {"finishReason": reason, "logprobsResult": result if asked["generationConfig"].get("responseLogprobs") else None}
        usage = {"promptTokenCount": 2, "candidatesTokenCount": 6, "thoughtsTokenCount": 1}
        split = [[p] for p in parts] if stream else [parts]
        whole = [{"candidates": [{"content": {"parts": p}}], "modelVersion": "g"} for p in split]
        whole[-1]["candidates"][0].update(tail)
        whole[-1]["usageMetadata"] = usage
    return events(whole, done=False) if stream else json.dumps(whole[0]).encode()


def ollama(asked):
    kind, text, tokens, _ = answer(asked)
    end = {"model": asked["model"], "done": True, "done_reason": "length" if kind == "cut" else "stop", "prompt_eval_count": 3, "eval_count": 9}
    thought = {"thinking": "well " + text} if kind == "thoughts" else {}
    logprobs = {"logprobs": tokens} if asked.get("logprobs") else {}
    if not asked.get("stream"):
        return json.dumps({**end, **logprobs, "message": {"role": "assistant", "content": text, **thought}}).encode()
    lines = [{"message": {"content": "", **thought}, "done": False}] + [{"message": {"content": p}, "done": False} for p in pieces(text)]
    return "".join(json.dumps(v) + "\n" for v in lines + [{**end, **logprobs, "message": {"content": ""}}]).encode()


def llama(asked):
    kind, text, tokens, _ = answer(asked)
    end = {"stop": True, "stop_type": "limit" if kind == "cut" else "eos", "tokens_evaluated": 3, "tokens_predicted": 7, "model": "l"}
    found = {"completion_probabilities": tokens} if asked.get("n_probs") else {}
    if asked.get("stream"):
        return events([{"content": p, "stop": False} for p in pieces(text)] + [{**end, **found, "content": ""}], done=False)
    return json.dumps({**end, **found, "content": text}).encode()


def reply(path, asked):
    for ending, made in (("/chat/completions", chat), ("/completions", completions), ("/responses", responses), ("/messages", anthropic),
                         ("/api/chat", ollama), ("/completion", llama)):
        if path.split("?")[0].endswith(ending):
            return made(asked)
    return gemini(asked, "stream" in path.split(":")[-1])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen = set()

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["content-length"]))
        status, digest = 200, hashlib.sha256(raw).digest()
        # Some fail at first: an error in JSON, or one that is none.
        if digest[0] < 16 and digest not in Handler.seen:
            Handler.seen.add(digest)
            status, body = (503, b"<html>busy</html>") if digest[1] & 1 else (200, b'{"error":{"message":"overloaded","code":503}}')
        else:
            try:
                body = reply(self.path, json.loads(raw))
            except (KeyError, ValueError):
                status, body = 400, b'{"error":{"message":"what?"}}'
        self.wfile.write(f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    server = Server(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps([server.server_port]), flush=True)
    sys.stdin.read()
