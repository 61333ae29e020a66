"""Times `retort run` against a server that answers after 50 ms, beside the ideal and the openai client.

usage: runner.py RETORT OUT.md

1,000 calls with 32 in flight take at least 1,000 / 32 x 50 ms = 1.56 s. Start-up is the time of a run of one call, less
its 50 ms. The peer sends the same 1,000 requests with the asynchronous openai client and keeps nothing; Retort stores each
attempt on the disk before anything depends on it. Best of three. The server is a process of its own on this machine.
"""
import asyncio, json, multiprocessing, os, platform, subprocess, sys, tempfile, time

LATENCY, IN_FLIGHT, CALLS, MANY = 0.05, 32, 1000, 20_000
MODELS = ["s", "t", "a", "b", "c", "d", "e", "f"]
ANSWER = json.dumps({
    "id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "An answer of a few words."}}],
    "usage": {"prompt_tokens": 9, "completion_tokens": 7, "total_tokens": 16}}).encode()
REPLY = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(ANSWER) + ANSWER


class Server(asyncio.Protocol):
    """As much of HTTP/1.1 as two well-behaved clients need."""

    def connection_made(self, transport):
        self.transport, self.data = transport, b""

    def data_received(self, data):
        self.data += data
        head, found, rest = self.data.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(rest) >= length:
            self.data = rest[length:]
            asyncio.get_running_loop().call_later(LATENCY, self.transport.write, REPLY)


def serve(port):
    async def main():
        server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=256)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()
    asyncio.run(main())


def run(retort, port, calls):
    """-> wall time and time of processors in seconds, peak memory in MiB of a run that stops at so many calls, before any
    analysis"""
    with tempfile.TemporaryDirectory() as folder:
        model = lambda m: {"model": m, "endpoint": {"url": f"http://127.0.0.1:{port}/v1", "model": m}}
        with open(f"{folder}/p.jsonl", "w") as file:
            for i in range(calls // len(MODELS) + 1):
                file.write(json.dumps({"id": f"p{i}", "prompt": f"Question {i}: what do you think of it?"}) + "\n")
        with open(f"{folder}/case.yaml", "w") as file:
            json.dump({"seed": 1, "suspect": model("s"), "candidates": [model("t")], "cohort": list(map(model, MODELS[2:])),
                       "probes": ["p.jsonl"], "concurrency": IN_FLIGHT, "budget": {"max_calls": calls}}, file)
        command = [retort, "run", f"{folder}/case.yaml", "--no-check", "--progress", "none"]
        start = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ,
                              file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)])
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - start
        # 5: the budget is reached.
        if os.waitstatus_to_exitcode(status) != 5:
            sys.exit(f"failed with {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


PEER = r'''
import asyncio, sys, time
import openai
port, calls, in_flight = map(int, sys.argv[1:])
async def main():
    client = openai.AsyncOpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="none", max_retries=0)
    room = asyncio.Semaphore(in_flight)
    async def ask(i):
        async with room:
            await client.chat.completions.create(
                model="m", messages=[{"role": "user", "content": f"Question {i}: what do you think of it?"}], max_tokens=256)
    start = time.perf_counter()
    await asyncio.gather(*map(ask, range(calls)))
    print(time.perf_counter() - start)
asyncio.run(main())
'''


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    retort, out = sys.argv[1:]
    ours, theirs = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    port = ours.recv()
    load = os.getloadavg()[0]
    startup = min(run(retort, port, 1)[0] for _ in range(3)) - LATENCY
    walls, works, peaks = zip(*(run(retort, port, CALLS) for _ in range(3)))
    peer = min(float(subprocess.check_output([sys.executable, "-c", PEER, str(port), str(CALLS), str(IN_FLIGHT)]))
               for _ in range(3))
    long_wall, long_work, long_peak = run(retort, port, MANY)
    ideal, long_ideal = CALLS / IN_FLIGHT * LATENCY, MANY / IN_FLIGHT * LATENCY
    wall, peak = min(walls), max(peaks)
    with open("/proc/cpuinfo") as info:
        processor = next((l.split(":")[1].strip() for l in info if l.startswith("model name")), platform.processor())
    text = f"""# Benchmark of the runner

Made by `make bench` (`Tests/Bench/runner.py RETORT OUT.md` makes it alone). A server on this machine answers every request after 50 ms;
{IN_FLIGHT} requests are in flight. Whole commands, best of three; every attempt is on the disk before the next step depends on it.

Machine: {processor}, {len(os.sched_getaffinity(0))} cores, {platform.system()}.
Load when it began: {load:.1f}; where it is not near 0, the ratios are those of a busy machine.

| what | wall time | against the ideal and start-up | processors | peak memory |
|---|---|---|---|---|
| ideal of {CALLS:,} calls | {ideal:.2f} s | | | |
| start-up of `retort run` | {startup:.2f} s | | | |
| `retort run`, {CALLS:,} calls | {wall:.2f} s | {wall / (ideal + startup):.2f} × | {min(works):.1f} s | {peak:.0f} MiB |
| `retort run`, {MANY:,} calls | {long_wall:.1f} s | {long_wall / (long_ideal + startup):.2f} × | {long_work:.1f} s | {long_peak:.0f} MiB |
| openai client (asynchronous), {CALLS:,} calls, nothing stored | {peer:.2f} s | {peer / ideal:.2f} × | | |
"""
    print(text)
    with open(out, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
