"""How often `retort check` is wrong, and what it says under trouble: the real program against a stochastic server on this machine.

usage: check_server.py RETORT OUT.md [RUNS [SEED]]

RUNS is 20 unless it is given, and takes about ten minutes: 300 checks without a change, 12 of each change, one of each trouble.
Two jobs run at a time, each with a server of its own. An answer is drawn by the seed of the job, the prompt and the seed of the request, trouble
by the number of the attempt as well: the same SEED gives the same answers in whatever order requests come.

Worlds, of 20 probes with one answer (97 % of the answers and more) x 8 and 8 with many x 20:
  few    8 answers, Dirichlet 1/2
  many   20 to 100 answers, Zipf weights with an exponent of 0.7 to 1.9
  flip   as few, and one of the 20 has two answers, each in every second call
"""
import asyncio, collections, json, math, multiprocessing, os, random, shutil, socket, subprocess, sys, tempfile, threading, time

WORLDS = {"few": "8 answers", "many": "20 to 100 answers", "flip": "8 answers, one probe with two"}
PEAKED, DIFFUSE, PATIENCE = 20, 8, "20s"
CHANGES = {
    "one": "one changed answer", "half": "one changed answer, in every second call",
    "shift": "20 % total variation, among their own answers", "new": "20 % new answers, 20 of them",
    "temperature": "temperature 1 → 0.7", "other": "another model answers 20 % of the calls"}
TENTHS = {"": "none", "r429-10": "10 % answered with 429", "e500-10": "10 % answered with 500", "slow-10": "10 % too slow"}
TROUBLES = {
    "r429-10": "429, 10 %", "r429-50": "429, 50 %", "r429": "429", "after-50": "429 with Retry-After, 50 %", "after": "429 with Retry-After",
    "e500-10": "500, 10 %", "e500-30": "500, 30 %", "e500-60": "500, 60 %", "e500": "500", "slow-10": "too slow, 10 %", "slow": "too slow",
    "html": "page of a portal", "html-30": "page of a portal, 30 %", "inside": "error inside a 200", "inside-30": "error inside a 200, 30 %",
    "reset": "connection closed", "reset-10": "connection closed, 10 %", "reset-50": "connection closed, 50 %",
    "cut": "body cut off", "cut-30": "body cut off, 30 %", "nochoice": "no choices", "nochoice-30": "no choices, 30 %",
    "nofinish": "no finish_reason", "e400": "400", "e401": "401", "e402": "402", "e403": "403", "e404": "404", "gone": "nobody listens",
    "sticky500-10": "500 to the same 10 % of requests", "sticky500-50": "500 to the same half of requests",
    "sticky400-10": "400 to the same 10 % of requests", "sticky400-50": "400 to the same half of requests",
    "empty-5": "empty answers, 5 %", "empty-30": "empty answers, 30 %", "empty": "empty answers", "null-20": "content null, 20 %",
    "null": "content null", "filtered-10": "content filter, 10 %", "filtered": "content filter", "thinking": "all tokens go into thinking",
    "sorry-5": "one sentence for all, 5 %", "sorry-20": "one sentence for all, 20 %", "sorry": "one sentence for all",
    "upkeep-30": "sentence of a maintenance, 30 %"}
DECLARED = {"model": "another model's name", "fingerprint": "another fingerprint", "template": "three more tokens a prompt"}
CACHES = {"cache-2": "entries live for 2 requests", "cache-5": "entries live for 5 requests", "cache-all": "entries live for ever"}
PHRASES = {"sorry": "I am sorry, the upstream model is not available right now.", "upkeep": "The service is under maintenance, please come back later."}


PORTAL = b"<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>"
CHANGED = "CHANGED"


class World:
    """What a model answers: by prompt, answers and their weights."""

    def __init__(self, kind, seed):
        draw = random.Random(f"world {kind} {seed}")
        self.probes, self.short = {}, []
        flip = draw.randrange(PEAKED)
        for number in range(PEAKED):
            answer, share = f"answer {draw.randrange(10 ** 6)}", draw.uniform(.97, 1)
            rest = [f"I would say that it is {answer}", f"{answer}!", f"Answer: {answer}"]
            table = [(answer, share)] + [(text, (1 - share) / 3) for text in rest]
            if kind == "flip" and number == flip: table = [(answer, .5), (f"thing {draw.randrange(10 ** 6)}", .5)]
            prompt = f"What is number {number} of list {draw.randrange(10 ** 6)}?"
            self.probes[prompt] = table
            if not (kind == "flip" and number == flip): self.short.append(prompt)
        for number in range(DIFFUSE):
            if kind == "many":
                power = draw.uniform(.7, 1.9)
                weights = [(place + 1) ** -power for place in range(draw.randint(20, 100))]
            else:
                weights = [draw.gammavariate(.5, 1) for _ in range(8)]
            self.probes[f"Pick a thing of kind {number} from list {draw.randrange(10 ** 6)}."] = normal(
                [(f"thing {draw.randrange(10 ** 6)}", weight) for weight in weights])

    def changed(self, change, seed):
        """The same model after a change; what is changed is drawn."""
        draw, world = random.Random(f"change {change} {seed}"), World.__new__(World)
        world.probes, world.short = dict(self.probes), self.short
        if change in ("one", "half"):
            prompt, new = draw.choice(self.short), f"answer {draw.randrange(10 ** 6)}"
            share = 1 if change == "one" else .5
            world.probes[prompt] = [(new, share)] + [(text, (1 - share) * weight) for text, weight in self.probes[prompt]]
        for prompt, table in self.probes.items():
            if change == "temperature": world.probes[prompt] = normal([(text, weight ** (1 / .7)) for text, weight in table])
            if prompt.startswith("What"): continue
            if change == "new":
                strange = normal([(f"new {draw.randrange(10 ** 6)}", 1 / (place + 1)) for place in range(20)])
                world.probes[prompt] = mixed(table, strange, .2)
            if change == "shift": world.probes[prompt] = shifted(table, .2, draw)
        if change == "other":
            for prompt in draw.sample(self.short, 3):
                world.probes[prompt] = mixed(self.probes[prompt], [(f"answer {draw.randrange(10 ** 6)}", 1)], .2)
            for prompt, table in self.probes.items():
                if prompt.startswith("Pick"):
                    texts = [text for text, _ in table]
                    draw.shuffle(texts)
                    world.probes[prompt] = mixed(table, list(zip(texts, (weight for _, weight in table))), .2)
        return world


def normal(table):
    whole = sum(weight for _, weight in table)
    return [(text, weight / whole) for text, weight in table]


def mixed(table, other, share):
    return [(text, weight * (1 - share)) for text, weight in table] + [(text, weight * share) for text, weight in other]


def shifted(table, distance, draw):
    """Moves so much of the probability from some answers to the others."""
    while True:
        givers = {text for text, _ in table if draw.random() < .5}
        there = sum(weight for text, weight in table if text in givers)
        if distance < there < 1: break
        # One answer may have nearly all.
        if max(weight for _, weight in table) > 1 - distance / 2:
            givers = {max(table, key=lambda entry: entry[1])[0]}
            there = sum(weight for text, weight in table if text in givers)
            break
    if there >= 1: return table
    less, more = 1 - distance / there, 1 + distance / (1 - there)
    return [(text, weight * (less if text in givers else more)) for text, weight in table]


class Server:
    """An endpoint in a thread of its own. What it is can be changed between two commands."""

    def __init__(self):
        self.become(None, "", "")
        started, self.number = threading.Event(), 0

        def serve():
            async def main():
                server = await asyncio.get_running_loop().create_server(lambda: Connection(self), "127.0.0.1", 0, backlog=64)
                self.port = server.sockets[0].getsockname()[1]
                started.set()
                await server.serve_forever()
            asyncio.run(main())
        threading.Thread(target=serve, daemon=True).start()
        started.wait()

    def become(self, world, trouble, seed):
        """Trouble by its name, with its share in per cent after a line; whole without. A cache keeps what it has."""
        self.world, self.seed, self.faults, self.attempts = world, seed, 0, collections.Counter()
        if not trouble.startswith("cache"): self.kept = {}
        self.trouble, _, share = trouble.partition("-")
        self.share = float(share) / 100 if share.isdigit() else 1

    def reply(self, body):
        """-> status, headers, bytes, seconds to wait, whether the body is cut off; None closes the connection"""
        prompt, own = body["messages"][-1]["content"], body.get("seed")
        self.number += 1
        self.attempts[prompt, own] += 1
        draw = random.Random(f"answer {self.seed} {prompt} {own}")
        texts, weights = zip(*self.world.probes[prompt])
        text = dressed(draw.choices(texts, weights)[0], draw)
        # The next attempt has a chance of its own, but for what sticks to a request.
        again = 0 if self.trouble.startswith("sticky") else self.attempts[prompt, own]
        struck = random.Random(f"trouble {self.seed} {prompt} {own} {again}").random() < self.share
        trouble = self.trouble if struck and self.trouble not in ("", "cache") else ""
        if trouble: self.faults += 1
        if self.trouble == "cache": text = self.cached(prompt, text)
        if trouble == "reset": return None
        if trouble == "html": return 200, "content-type: text/html\r\n", PORTAL, 0, False
        if trouble in ("r429", "after"):
            return 429, "retry-after: 1\r\n" if trouble == "after" else "", error("Rate limit reached", "rate_limit_error"), 0, False
        for head in ("e", "sticky"):
            if trouble.startswith(head) and trouble[len(head):].isdigit():
                return int(trouble[len(head):]), "", error("internal error", "server_error"), 0, False
        if trouble == "inside": return 200, "", error("upstream overloaded", "server_error"), 0, False
        message, finish = {"role": "assistant", "content": text}, "stop"
        if trouble == "empty": message["content"] = ""
        if trouble == "null": message["content"] = None
        if trouble == "thinking": message["content"], message["reasoning_content"], finish = "", "Let me see", "length"
        if trouble == "filtered": message["content"], finish = "", "content_filter"
        if trouble in PHRASES: message["content"] = PHRASES[trouble]
        value = {"id": f"x{self.number}", "object": "chat.completion", "created": 1, "model": "m-2" if trouble == "model" else "m-1",
                 "system_fingerprint": "fp_b" if trouble == "fingerprint" else "fp_a",
                 "choices": [{"index": 0, "message": message, "finish_reason": finish}],
                 "usage": {"prompt_tokens": len(prompt.split()) + (3 if trouble == "template" else 0), "completion_tokens": 4,
                           "total_tokens": 12}}
        if trouble == "nochoice": value["choices"] = []
        if trouble == "nofinish": del value["choices"][0]["finish_reason"]
        return 200, "", json.dumps(value).encode(), 2 if trouble == "slow" else 0, trouble == "cut"

    def cached(self, prompt, text):
        lives = math.inf if self.share == 1 else 100 * self.share
        age, kept = self.kept.get(prompt, (0, text))
        if age >= lives: age, kept = 0, text
        self.kept[prompt] = age + 1, kept
        return kept


def error(message, kind):
    return json.dumps({"error": {"message": message, "type": kind, "code": None}}).encode()


def dressed(text, draw):
    chance = draw.random()
    if chance < .06: return text + "."
    if chance < .09: return text.lower()
    return f"**{text}**" if chance < .11 else text


class Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as a well-behaved client needs."""

    def __init__(self, server): self.server = server

    def connection_made(self, transport): self.transport, self.data = transport, b""

    def data_received(self, data):
        self.data += data
        head, found, rest = self.data.partition(b"\r\n\r\n")
        if not found: return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(rest) < length: return
        self.data = rest[length:]
        reply = self.server.reply(json.loads(rest[:length]))
        if reply is None: return self.transport.abort()
        status, headers, body, wait, cut = reply
        if "content-type" not in headers: headers += "content-type: application/json\r\n"
        whole = f"HTTP/1.1 {status} X\r\n{headers}content-length: {len(body)}\r\n\r\n".encode() + body[:len(body) // 2 if cut else None]

        def write():
            if self.transport.is_closing(): return
            self.transport.write(whole)
            if cut: self.transport.close()
        asyncio.get_running_loop().call_later(wait, write) if wait else write()


class Bench:
    """One job's folder, server and baseline."""

    server = None

    def __init__(self, retort, kind, seed, cache=""):
        if Bench.server is None: Bench.server = Server()
        self.retort, self.seed, self.number, self.refused = retort, seed, 0, []
        self.folder = tempfile.mkdtemp(prefix="check-server-")
        for again in range(5):
            self.world = World(kind, f"{seed} {again}")
            # A model of its own for each try.
            self.base, yaml = f"{self.folder}/{again}.json", f"{self.folder}/{again}.yaml"
            with open(f"{self.folder}/{again}.jsonl", "w") as file:
                for number, prompt in enumerate(self.world.probes):
                    samples = 8 if number < PEAKED else 20
                    category = "check-peaked" if number < PEAKED else "check-diffuse"
                    file.write(json.dumps({"id": f"p{number:02}", "category": category, "prompt": prompt, "samples": samples}) + "\n")
            self.configure(yaml, Bench.server.port, again)
            Bench.server.become(self.world, "", "")
            Bench.server.become(self.world, cache, f"{seed} baseline {again}")
            made = self.run("baseline", "create", yaml, "-o", self.base)
            if made.returncode == 0: break
            if made.returncode != 3: raise RuntimeError(f"baseline create ended with {made.returncode}: {made.stderr}")
            self.refused.append(made.stderr.strip().splitlines()[-1])
            if cache: return
        else:
            raise RuntimeError(f"five baselines of {kind} were refused: {self.refused}")
        approved = self.run("baseline", "approve", self.base, "--by", "bench", "--reason", "bench")
        if approved.returncode: raise RuntimeError(approved.stderr)

    def configure(self, yaml, port, number):
        with open(yaml, "w") as file:
            file.write(f'endpoint: {{url: "http://127.0.0.1:{port}/v1", model: m-1}}\nprobes: [{number}.jsonl]\ntimeout: 1s\nconcurrency: 8\n')

    def run(self, *arguments):
        return subprocess.run([self.retort, *arguments], capture_output=True, text=True)

    def check(self, change="", trouble="", more=()):
        """-> what came of one check"""
        self.number += 1
        name = f"{self.seed} {change} {trouble} {self.number}"
        world = self.world.changed(change, name) if change else self.world
        Bench.server.become(world, trouble, name)
        if trouble == "gone":
            with socket.socket() as nobody:
                nobody.bind(("127.0.0.1", 0))
                port = nobody.getsockname()[1]
            number = os.path.basename(self.base).split(".")[0]
            self.configure(f"{self.folder}/gone.yaml", port, number)
            more = [*more, "--configuration", f"{self.folder}/gone.yaml"]
        start = time.perf_counter()
        check = self.run("check", self.base, "--no-ledger", "--json", "--run", name, "-o", f"{self.folder}/out", *more)
        if check.returncode not in (0, 1, 3, 4): raise RuntimeError(f"check {name} ended with {check.returncode}: {check.stderr}")
        result = json.loads(check.stdout)
        says = result["sentence"]
        declared = [entry for entry in result["declared"] if entry["what"] != "address"]
        return {"verdict": result["verdict"], "reason": result.get("reason", ""), "exit": check.returncode,
                "calls": result["calls"]["attempts"], "faults": Bench.server.faults, "seconds": time.perf_counter() - start,
                "told": "attempts failed" in says or "without text" in says or bool(declared)}

    def close(self): shutil.rmtree(self.folder, ignore_errors=True)


def job(task):
    """-> rows (what, world, change, trouble, result), and the refusals of stable baselines"""
    retort, what, kind, seed, checks = task
    rows = []
    if what == "cache":
        bench = Bench(retort, kind, seed, cache=checks)
        if not bench.refused:
            for _ in range(3): rows.append((what, kind, "", checks, bench.check(trouble=checks)))
        refused = bench.refused
        rows.append(("made", kind, "", checks, refused[0] if refused else ""))
        refused = None
    else:
        bench = Bench(retort, kind, seed)
        more = ["--max-time", PATIENCE] if what == "trouble" else []
        rows += [(what, kind, change, trouble, bench.check(change, trouble, more)) for change, trouble in checks]
        refused = bench.refused
    bench.close()
    return rows, refused


def wilson(found, of):
    """The share in per cent and its 95 % interval after Wilson."""
    if not of: return "–"
    z, share = 1.959964, found / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    # At either end the formula gives the end itself, but for rounding.
    low, high = 0 if found == 0 else middle - half, 1 if found == of else middle + half
    return f"{100 * share:.1f} % ({100 * low:.1f} % to {100 * high:.1f} %)"


def tasks(retort, runs, seed):
    """The longest first."""
    few = max(1, runs // 20)
    names = list(TROUBLES) + list(DECLARED)
    for part in range(4):
        yield retort, "trouble", "many", f"{seed} trouble {part}", [("", name) for name in names[part::4] for _ in range(few)]
    for part in range(max(1, runs // 10)):
        yield (retort, "tenth", "many", f"{seed} tenth {part}",
               [(change, trouble) for trouble in TENTHS if trouble for change in ("one", "") for _ in range(2)])
    for kind in WORLDS:
        for part in range(max(1, runs // 10)):
            yield (retort, "check", kind, f"{seed} check {part}",
                   [("", "")] * min(50, 5 * runs) + [(change, "") for change in CHANGES for _ in range(max(1, runs // 8))])
    for cache in CACHES:
        for part in range(max(1, runs // 8)):
            yield retort, "cache", ("few", "many")[part % 2], f"{seed} cache {part}", cache


def page(rows, refused, baselines, runs, seed, seconds):
    """The rows in words and tables."""
    def of(what, change=None, trouble=None, kind=None):
        return [result for row, world, own, under, result in rows
                if row == what and change in (None, own) and trouble in (None, under) and kind in (None, world)]
    mean = lambda results, key: sum(result[key] for result in results) / max(1, len(results))
    count = lambda results, verdict: sum(result["verdict"] == verdict for result in results)
    lines = [f"""# `retort check` against a stochastic server

Made by `make check-server` (`Tests/Bench/check_server.py RETORT OUT.md {runs} {seed}`, {seconds / 60:.0f} minutes): the real program and real HTTP calls, a server on
this machine that draws each answer by itself, requests in flight 8. 20 probes with one answer × 8 and 8 with many × 20, dress on a tenth of all answers; 3 sessions a
baseline, at most 320 answers a check, level .05/52 a check. Each check counts by itself. Intervals are those of Wilson, 95 %.

Of {baselines} baselines of a server that stays the same {len(refused)} were refused as not stable enough.

## No change

| diffuse probes | checks | CHANGED | share | INCONCLUSIVE | calls a check |
|---|---|---|---|---|---|"""]
    everything = []
    for kind, words in WORLDS.items():
        own = of("check", "", "", kind)
        everything += own
        lines.append(f"| {words} | {len(own)} | {count(own, CHANGED)} | {wilson(count(own, CHANGED), len(own))} | "
                     f"{count(own, 'INCONCLUSIVE')} | {mean(own, 'calls'):.0f} |")
    lines.append(f"| all | {len(everything)} | {count(everything, CHANGED)} | **{wilson(count(everything, CHANGED), len(everything))}** "
                 f"| {count(everything, 'INCONCLUSIVE')} | {mean(everything, 'calls'):.0f} |")
    lines += ["", "## A change, found in one check", "", f"| change | {' | '.join(WORLDS.values())} | all | calls a check |", "|---|" + "---|" * (len(WORLDS) + 2)]
    for change, words in CHANGES.items():
        cells = [of("check", change, "", kind) for kind in WORLDS]
        whole = sum(cells, [])
        lines.append(f"| {words} | {' | '.join(f'{count(cell, CHANGED)} of {len(cell)}' for cell in cells)} | "
                     f"**{wilson(count(whole, CHANGED), len(whole))}** | {mean(whole, 'calls'):.0f} |")
    lines += ["", "## A tenth of trouble", "", "In the world of 20 to 100 answers. The row without trouble is that of the tables above.", "",
              "| trouble | one changed answer: CHANGED | INCONCLUSIVE | no change: CHANGED | INCONCLUSIVE | seconds a check |", "|---|---|---|---|---|---|"]
    for trouble, words in TENTHS.items():
        what = "tenth" if trouble else "check"
        changed, same = of(what, "one", trouble, "many"), of(what, "", trouble, "many")
        lines.append(f"| {words} | **{count(changed, CHANGED)} of {len(changed)}**: {wilson(count(changed, CHANGED), len(changed))} | "
                     f"{count(changed, 'INCONCLUSIVE')} | {count(same, CHANGED)} of {len(same)} | {count(same, 'INCONCLUSIVE')} | {mean(changed + same, 'seconds'):.1f} |")
    lines += ["", "## Trouble without a change", "",
              f"Each check ends after {PATIENCE} at the latest. Told: the sentence of the verdict names the failed attempts or the answers without text. A `SAME` that is not "
              "told is wrong wherever something happened, but for a network's few failures (fewer than 3 attempts, or less than a twentieth); the last "
              "column has the largest number of responses in trouble of one such check.", "",
              "| trouble | checks | CHANGED | SAME, told | SAME, not told | INCONCLUSIVE | reason | exit | calls | not told, at most |", "|---|---|---|---|---|---|---|---|---|---|"]
    wrong = 0
    for trouble, words in TROUBLES.items():
        own = of("trouble", "", trouble)
        same = [result for result in own if result["verdict"] == "SAME"]
        untold = [result for result in same if not result["told"]]
        happened = [result for result in untold if result["faults"] >= 3 and result["faults"] >= .05 * result["calls"]]
        wrong += count(own, CHANGED) + len(happened)
        reasons = ", ".join(sorted({f"`{result['reason']}`" for result in own if result["reason"]})) or "–"
        exits = ", ".join(sorted({str(result["exit"]) for result in own}))
        lines.append(f"| {words} | {len(own)} | {count(own, CHANGED)} | {len(same) - len(untold)} | {len(untold)} | "
                     f"{count(own, 'INCONCLUSIVE')} | {reasons} | {exits} | {mean(own, 'calls'):.0f} | {max((result['faults'] for result in untold), default='–')} |")
    asked = sum(len(of("trouble", "", trouble)) for trouble in TROUBLES)
    lines += ["", f"Checks that said `CHANGED`, or `SAME` without saying what happened: **{wrong} of {asked}**.", "",
              "What the endpoint declares of itself decides nothing, and is told:", "",
              "| declared | checks | CHANGED | SAME, told | SAME, not told | INCONCLUSIVE |", "|---|---|---|---|---|---|"]
    for trouble, words in DECLARED.items():
        own = of("trouble", "", trouble)
        same = [result["told"] for result in own if result["verdict"] == "SAME"]
        lines.append(f"| {words} | {len(own)} | {count(own, CHANGED)} | {sum(same)} | {len(same) - sum(same)} | "
                     f"{count(own, 'INCONCLUSIVE')} |")
    lines += ["", "## Caches", "", "A cache in front of the model that does not say so, while the baseline is made. Where it is accepted, "
              "three checks of the same model follow behind the cache.", "",
              "| cache | baselines | refused | checks | CHANGED | INCONCLUSIVE | SAME |", "|---|---|---|---|---|---|---|"]
    for cache, words in CACHES.items():
        made, own = of("made", "", cache), of("cache", "", cache)
        lines.append(f"| {words} | {len(made)} | **{sum(bool(reason) for reason in made)}** | {len(own)} | {count(own, CHANGED)} | "
                     f"{count(own, 'INCONCLUSIVE')} | {count(own, 'SAME')} |")
    return "\n".join(lines) + "\n"


def main():
    if not 3 <= len(sys.argv) <= 5: sys.exit(__doc__)
    retort, out = os.path.abspath(sys.argv[1]), sys.argv[2]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    start, rows, refused, baselines = time.perf_counter(), [], [], 0
    all_tasks = list(tasks(retort, runs, seed))
    with multiprocessing.Pool(2) as pool:
        for number, (found, reasons) in enumerate(pool.imap_unordered(job, all_tasks)):
            rows += found
            if reasons is not None:
                refused += reasons
                baselines += 1 + len(reasons)
            print(f"{number + 1} of {len(all_tasks)} jobs, {time.perf_counter() - start:.0f} s", flush=True)
    text = page(rows, refused, baselines, runs, seed, time.perf_counter() - start)
    print(text)
    with open(out, "w") as file: file.write(text)


if __name__ == "__main__":
    main()
