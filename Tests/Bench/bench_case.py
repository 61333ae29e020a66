"""A case file of recorded answers: `retort run` asks a server on this machine, which gives what the corpus has."""
import asyncio, gzip, json, multiprocessing, os, subprocess

MODELS, PROMPTS = 12, 200


class Recorded(asyncio.Protocol):
    """As much of HTTP/1.1 as one well-behaved client needs."""
    answers = {}

    def connection_made(self, transport):
        self.transport, self.data = transport, b""

    def data_received(self, data):
        self.data += data
        head, _, rest = self.data.partition(b"\r\n\r\n")
        found = head.lower().partition(b"content-length:")[2]
        if not found or len(rest) < (length := int(found.split(b"\r\n")[0])):
            return
        self.data = rest[length:]
        asked = json.loads(rest[:length])
        text = self.answers[asked["model"]][asked["messages"][-1]["content"]]
        body = json.dumps({
            "id": "x", "object": "chat.completion", "created": 1, "model": asked["model"], "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            "usage": {"prompt_tokens": 9, "completion_tokens": 7, "total_tokens": 16}}).encode()
        self.transport.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body)


def chosen(responses, prompts, suspect, candidate):
    """-> models, prompts and answers: of the prompts that all models answered, the first; no prompt twice, for the server tells them by
    their words"""
    others = [n[:-9] for n in sorted(os.listdir(responses)) if n[:-9] not in (suspect, candidate)]
    models = [suspect, candidate] + others[::len(others) // (MODELS - 2)][:MODELS - 2]
    texts = {}
    with open(prompts, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts.setdefault(row["prompt"], row["prompt_id"])
    named = {name: prompt for prompt, name in texts.items()}
    answers = {}
    for model in models:
        with gzip.open(f"{responses}/{model}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [row for row in map(json.loads, lines) if row["prompt_id"] in named and row["text"].strip()]
        answers[model] = {named[row["prompt_id"]]: row["text"] for row in rows}
    common = [prompt for prompt in named.values() if all(prompt in own for own in answers.values())][:PROMPTS]
    return models, common, {model: {prompt: own[prompt] for prompt in common} for model, own in answers.items()}


def serve(port, responses, prompts, suspect, candidate):
    async def main():
        models, common, Recorded.answers = chosen(responses, prompts, suspect, candidate)
        server = await asyncio.get_running_loop().create_server(Recorded, "127.0.0.1", 0, backlog=256)
        port.send((server.sockets[0].getsockname()[1], models, common))
        await server.serve_forever()
    asyncio.run(main())


def record(program, responses, prompts, suspect, candidate, folder):
    """-> the case file, and what it holds"""
    os.makedirs(folder)
    ours, theirs = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(target=serve, args=(theirs, responses, prompts, suspect, candidate), daemon=True)
    server.start()
    # The other end is the server's alone: if it falls, there is no waiting.
    theirs.close()
    try:
        port, models, common = ours.recv()
        model = lambda m: {"model": m, "endpoint": {"url": f"http://127.0.0.1:{port}/v1", "model": m}}
        with open(f"{folder}/p.jsonl", "w") as file:
            file.writelines(json.dumps({"id": f"p{i}", "prompt": prompt}) + "\n" for i, prompt in enumerate(common))
        with open(f"{folder}/case.yaml", "w") as file:
            json.dump({"seed": 1, "suspect": model(models[0]), "candidates": [model(models[1])],
                       "cohort": list(map(model, models[2:])), "probes": ["p.jsonl"], "concurrency": 32}, file)
        subprocess.run([program, "run", f"{folder}/case.yaml", "--no-check", "--progress", "none"], stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE, text=True, check=True)
        return f"{folder}/case.retort", f"{len(models)} models × {len(common)} prompts"
    finally:
        server.terminate()
        server.join()
