"""Attacks evidence and runs, and times export and verification.

usage: custody.py RETORT VERIFY.py OUT.md [FLIPS KILLS ATTEMPTS CHANGES]; 0 leaves that part out

A server on this machine answers for six models. Flips: one bit of a random byte over all files of an exported case, found by
`retort verify --no-report` and by VERIFY.py, or not; the exit code must be that of the broken promise. Forgeries: attempts are
swapped, dropped, added, the clock is set back; as it is, with every hash computed anew, and signed anew with the operator's
own key. Changes: random ones of many kinds (mutations.py), on which the two verifiers must agree. Kills: a run is killed (SIGKILL) at random moments, and SQLite checks the file after each; then it is finished,
exported and verified. Times: whole commands, best of two, with the peak memory of the process, beside `sha256sum -c` of the
same files.
"""
import base64, contextlib, datetime, glob, hashlib, http.server, io, json, os, platform, random, runpy, shutil, signal
import socketserver, sqlite3, subprocess, sys, tempfile, threading, time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import mutations

WORDS = "the a of and to in is it was for on with as by at from that this an or be are not which one all".split()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    delay = 0

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        time.sleep(Handler.delay)
        drawn = random.Random(f"{asked['model']} {asked.get('seed')}")
        text = " ".join(drawn.choice(WORDS) for _ in range(60))
        body = json.dumps({"id": "x", "model": asked["model"], "choices": [{"index": 0, "finish_reason": "stop",
                           "message": {"role": "assistant", "content": text}}],
                           "usage": {"prompt_tokens": 5, "completion_tokens": 60, "total_tokens": 65}}).encode()
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):  # clients that are killed
        pass


def case(folder, port, probes, samples):
    os.makedirs(folder)
    with open(f"{folder}/probes.jsonl", "w") as file:
        file.writelines(json.dumps({"id": f"p{n}", "prompt": f"Question {n}?"}) + "\n" for n in range(probes))
    model = lambda name: f'{{model: {name}, endpoint: {{url: "http://127.0.0.1:{port}/v1", model: {name}}}, developer: {name}}}'
    with open(f"{folder}/case.yaml", "w") as file:
        file.write(f"seed: 1\nsuspect: {model('s')}\ncandidates: [{model('t')}]\n"
                   f"cohort: [{', '.join(map(model, 'abcd'))}]\nprobes: [probes.jsonl]\nsamples: {samples}\nconcurrency: 16\n")


class StampHandler(http.server.BaseHTTPRequestHandler):
    """An authority of time stamps, by openssl, in the folder of its certificates."""
    folder = ""

    def do_POST(self):
        with tempfile.TemporaryDirectory() as place:
            with open(f"{place}/q", "wb") as file:
                file.write(self.rfile.read(int(self.headers["content-length"])))
            run("openssl", "ts", "-reply", "-config", f"{self.folder}/tsa.cnf", "-queryfile", f"{place}/q", "-out", f"{place}/r")
            with open(f"{place}/r", "rb") as file:
                body = file.read()
        self.send_response(200)
        self.send_header("content-type", "application/timestamp-reply")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def authority(folder):
    os.makedirs(folder)
    for name, text in (("usage", "extendedKeyUsage = critical, timeStamping\n"), ("serial", "01\n"), ("tsa.cnf", (
            f"[tsa]\ndefault_tsa = own\n[own]\nserial = {folder}/serial\nsigner_cert = {folder}/tsa.pem\ncerts = {folder}/ca.pem\n"
            f"signer_key = {folder}/tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\ness_cert_id_alg = sha256\n"))):
        with open(f"{folder}/{name}", "w") as file:
            file.write(text)
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    run("openssl", "req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=Own CA", *new, "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem")
    run("openssl", "req", "-nodes", "-subj", "/CN=Own stamps", *new, "-keyout", f"{folder}/tsa.key", "-out", f"{folder}/tsa.csr")
    run("openssl", "x509", "-req", "-in", f"{folder}/tsa.csr", "-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key", "-CAcreateserial", "-days", "30",
        "-extfile", f"{folder}/usage", "-out", f"{folder}/tsa.pem")
    StampHandler.folder = folder
    server = Server(("127.0.0.1", 0), StampHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def vouched(retort, folder, port):
    """Evidence with time stamps, a witness, a sealed probe, and names beyond ASCII: its place, and the key that signed it."""
    case(folder, port, 6, 1)
    with open(f"{folder}/case.yaml", encoding="utf-8") as file:
        text = file.read().replace("model: d,", "model: \u00e9,", 1)
    with open(f"{folder}/case.yaml", "w", encoding="utf-8") as file:
        file.write(text)
    with open(f"{folder}/sealed.jsonl", "w") as file:
        file.write('{"id": "p1", "prompt": "Question 1?"}\n')
    key, other = f"{folder}/own.key", f"{folder}/witness.key"
    verifier = run(retort, "key", "new", "lab\u00e9", "-o", key).stdout.strip()
    run(retort, "key", "new", "other.example.org", "-o", other)
    url, stored = authority(f"{folder}/tsa"), f"{folder}/case.retort"
    run(retort, "run", f"{folder}/case.yaml", "--key", key, "--time-stamp", url, "--time-stamp-certificates", f"{folder}/tsa/ca.pem", "--no-report", "--progress", "none")
    run(retort, "cosign", stored, "--key", key, "-o", f"{folder}/head.note")
    run(retort, "cosign", f"{folder}/head.note", "--key", other, "--from", verifier, "-o", f"{folder}/back.note")
    run(retort, "cosign", stored, "--accept", f"{folder}/back.note")
    run(retort, "export", stored, "-o", f"{folder}/case.evidence", "--key", key, "--held-back", f"{folder}/sealed.jsonl")
    return f"{folder}/case.evidence", key, f"{folder}/tsa", other


def run(*command, check=True):
    done = subprocess.run(command, capture_output=True, text=True)
    if check and done.returncode:
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done


def timed(command, before=lambda: None, runs=2):
    best, cpu, peak = float("inf"), float("inf"), 0
    for _ in range(runs):
        before()
        start = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ,
                              file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)])
        _, status, usage = os.wait4(pid, 0)
        best, peak = min(best, time.perf_counter() - start), max(peak, usage.ru_maxrss / 1024)
        cpu = min(cpu, usage.ru_utime + usage.ru_stime)
        if status:
            sys.exit(f"failed: {' '.join(command)}")
    return best, cpu, peak


def second(script, evidence):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):  # a stream whose encoding can be set, as the script does
        sys.argv = [script, evidence]
        try:
            runpy.run_path(script, run_name="__main__")
        except SystemExit as end:
            return end.code
    return 0


def tamper(retort, script, evidence, flips):
    files = sorted(p for p in glob.glob(f"{evidence}/**", recursive=True) if os.path.isfile(p))
    sizes = [os.path.getsize(p) for p in files]
    filled = [path for path, size in zip(files, sizes) if size]
    drawn = random.Random(7)
    missed = {"retort verify": [], "verify.py": []}

    def judge(what, path):
        expected = 21 if path.endswith("MANIFEST.note") else 20
        for name, code in (("retort verify", run(retort, "verify", evidence, "--no-report", check=False).returncode),
                           ("verify.py", second(script, evidence))):
            if code != expected:
                missed[name].append(f"{what}: {code}")

    for _ in range(flips):
        # Every file as often as every other, so that the small ones are hit too; then any of its bytes.
        path = drawn.choice(filled) if drawn.random() < 0.5 else drawn.choices(files, sizes)[0]
        with open(path, "r+b") as file:
            place = drawn.randrange(os.path.getsize(path))
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ 1 << drawn.randrange(8)]))
        judge(f"{path} at {place}", path)
        with open(path, "r+b") as file:
            file.seek(place)
            file.write(bytes([byte]))
    for path in files:
        os.rename(path, f"{evidence}.aside")
        judge(f"{path} removed", path)
        os.rename(f"{evidence}.aside", path)
    clean = run(retort, "verify", evidence).returncode, second(script, evidence)
    return len(files), missed, clean


class Forgery:
    """Evidence in memory, to be changed and written elsewhere."""

    def __init__(self, evidence):
        self.files = {os.path.relpath(p, evidence): open(p, "rb").read()
                      for p in glob.glob(f"{evidence}/**", recursive=True) if os.path.isfile(p)}
        self.records = [json.loads(line) for line in self.files["records.jsonl"].splitlines()]
        self.outcomes = self.files["outcomes.jsonl"].splitlines()
        self.first = next(n for n, r in enumerate(self.records) if r["kind"] == "attempt")

    def change(self, what):
        place = self.first + 40
        if what == "swapped":
            for list_, at in ((self.records, place), (self.outcomes, place - self.first)):
                list_[at], list_[at + 60] = list_[at + 60], list_[at]
        elif what == "dropped":
            del self.records[place], self.outcomes[place - self.first]
        elif what == "added":
            self.records.insert(place + 1, dict(self.records[place]))
            self.outcomes.insert(place - self.first + 1, self.outcomes[place - self.first])
        elif what == "clock set back":
            for record in self.records[place:]:
                for name in {"started", "ended"} & set(record):
                    time = datetime.datetime.strptime(record[name], "%Y-%m-%dT%H:%M:%S.%fZ") - datetime.timedelta(days=1)
                    record[name] = time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"

    def repair(self):
        """Every hash anew: what anybody can do."""
        before, number, self.leaves = "0" * 64, 0, []
        for place, record in enumerate(self.records):
            record.update(seq=place, prev=before)
            if record["kind"] == "attempt":
                number += 1
                record["id"] = number
            line = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
            self.leaves.append(hashlib.sha256(b"\0" + line).digest())
            before = self.leaves[-1].hex()

    def root(self, leaves):  # RFC 6962
        if len(leaves) < 2:
            return leaves[0]
        half = 1 << (len(leaves) - 1).bit_length() - 1
        return hashlib.sha256(b"\1" + self.root(leaves[:half]) + self.root(leaves[half:])).digest()

    def proof(self, old, leaves, whole=True):
        if old == len(leaves):
            return [] if whole else [self.root(leaves)]
        half = 1 << (len(leaves) - 1).bit_length() - 1
        if old <= half:
            return self.proof(old, leaves[:half], whole) + [self.root(leaves[half:])]
        return self.proof(old - half, leaves[half:], False) + [self.root(leaves[:half])]

    def note(self, text, key):
        _, _, name, key_id, secret = open(key).readline().strip().split("+", 4)
        signature = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret)[1:]).sign(text.encode())
        return f"{text}\n— {name} {base64.b64encode(bytes.fromhex(key_id) + signature).decode()}\n".encode()

    def sign(self, key):
        """What only the operator can do."""
        heads, old = sorted(p for p in self.files if p.startswith("checkpoints/")), 0
        for path in heads:
            self.origin, size, _ = self.files[path].decode().split("\n")[:3]
            size = len(self.leaves) if path == heads[-1] else min(int(size), len(self.leaves))
            b64 = lambda data: base64.b64encode(data).decode()
            self.files[path] = self.note(f"{self.origin}\n{size}\n{b64(self.root(self.leaves[:size]))}\n", key)
            if old:
                nodes = "".join(b64(node) + "\n" for node in self.proof(old, self.leaves[:size]))
                self.files[path.replace("checkpoints", "consistency").replace("note", "proof")] = f"old {old}\n{nodes}".encode()
            old = size

    def write(self, folder, listed=False, key=None):
        lines = [json.dumps(r, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() for r in self.records]
        self.files["records.jsonl"] = b"".join(line + b"\n" for line in lines)
        self.files["outcomes.jsonl"] = b"".join(line + b"\n" for line in self.outcomes)
        if listed:
            sums = {p: hashlib.sha256(data).hexdigest() for p, data in self.files.items() if not p.startswith("MANIFEST")}
            self.files["MANIFEST.sha256"] = "".join(f"{sums[p]}  {p}\n" for p in sorted(sums, key=str.encode)).encode()
        if key:
            digest = hashlib.sha256(self.files["MANIFEST.sha256"]).hexdigest()
            self.files["MANIFEST.note"] = self.note(f"retort evidence\n{self.origin}\n{digest}\n", key)
        for path, data in self.files.items():
            os.makedirs(os.path.dirname(f"{folder}/{path}"), exist_ok=True)
            with open(f"{folder}/{path}", "wb") as file:
                file.write(data)


def forge(retort, script, evidence, key):
    made, rows = f"{evidence}.forged", []
    for what, code in (("nothing", 0), ("swapped", 22), ("dropped", 23), ("added", 23), ("clock set back", 22)):
        row = [what]
        for how in ("as it is", "hashes anew", "signed anew"):
            forgery = Forgery(evidence)
            forgery.change(what)
            if how != "as it is":
                forgery.repair()
            if how == "signed anew":
                forgery.sign(key)
            forgery.write(made, listed=how != "as it is", key=key if how == "signed anew" else None)
            codes = run(retort, "verify", made, "--no-report", check=False).returncode, second(script, made)
            shutil.rmtree(made)
            expected = 0 if what == "nothing" else code if how == "signed anew" else 20
            row.append(f"{codes[0]}, {codes[1]}" + ("" if set(codes) == {expected} else f" (**{expected} expected**)"))
        rows.append(row)
    return rows


def whole(file, folder):
    """SQLite's own check, on a copy of what a killed process left."""
    for ending in ("", "-wal"):
        if os.path.exists(file + ending):
            shutil.copy(file + ending, f"{folder}/copy.retort{ending}")
    found = sqlite3.connect(f"{folder}/copy.retort")
    assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert found.execute("PRAGMA foreign_key_check").fetchall() == []
    found.close()
    for path in glob.glob(f"{folder}/copy.retort*"):
        os.remove(path)


def kills(retort, folder, key, count):
    drawn = random.Random(11)
    # A case whose run has begun: what is killed from here on is a run, not the making of its plan.
    run(retort, "run", f"{folder}/case.yaml", "--key", key, "--no-report", "--progress", "none", "--max-calls", "6", check=False)
    Handler.delay = 0.1  # 160 attempts a second: there is always something in flight
    done = interrupted = 0
    while done < count:
        process = subprocess.Popen([retort, "run", f"{folder}/case.yaml", "--key", key, "--no-report", "--progress", "json"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        # Not before its first answer; then at any moment.
        for line in process.stderr:
            if '"answered"' in line:
                break
        time.sleep(drawn.uniform(0, 0.3))
        interrupted += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
        done += 1
        whole(f"{folder}/case.retort", folder)
    Handler.delay = 0
    run(retort, "run", f"{folder}/case.yaml", "--key", key, "--no-report", "--progress", "none")
    run(retort, "export", f"{folder}/case.retort", "-o", f"{folder}/case.evidence", "--key", key)
    run(retort, "verify", f"{folder}/case.evidence", "--no-report")
    found = sqlite3.connect(f"{folder}/case.retort")
    planned, = found.execute("SELECT count(*) FROM plan").fetchone()
    answered, = found.execute("SELECT count(*) FROM attempt WHERE outcome <> 'failed'").fetchone()
    runs, = found.execute("SELECT count(*) FROM run").fetchone()
    whole(f"{folder}/case.retort", folder)
    return interrupted, runs, planned, answered


def speed(retort, script, folder, key):
    evidence, tar = f"{folder}/case.evidence", f"{folder}/case.tar"
    def fresh():
        shutil.rmtree(evidence, ignore_errors=True)
        if os.path.exists(tar):
            os.remove(tar)
    export = timed([retort, "export", f"{folder}/case.retort", "-o", evidence, "--key", key], fresh)
    archive = timed([retort, "export", f"{folder}/case.retort", "-o", tar, "--key", key], lambda: os.path.exists(tar) and os.remove(tar))
    report = timed([retort, "report", f"{folder}/case.retort", "-o", f"{folder}/report"])
    facts = timed([retort, "verify", evidence, "--no-report"])
    archived = timed([retort, "verify", tar, "--no-report"])
    all_of_it = timed([retort, "verify", evidence])
    python = timed([sys.executable, script, evidence])
    sums = timed(["sh", "-c", f"cd {evidence} && sha256sum --quiet -c MANIFEST.sha256"])
    return [("`retort export -o .evidence`", export), ("`retort export -o .tar`", archive),
            ("`retort verify --no-report`", facts), ("`retort verify --no-report`, of the archive", archived),
            ("`retort verify`", all_of_it), ("`verify.py`", python), ("`retort report`, the analysis alone", report),
            ("`sha256sum -c`, the files alone", sums)]


def main():
    retort, script, out = sys.argv[1:4]
    flips, killed, attempts, changes = (list(map(int, sys.argv[4:8])) + [2000])[:4] if len(sys.argv) > 4 else (2000, 200, 20000, 2000)
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port, folder = server.server_port, tempfile.mkdtemp()
    key = f"{folder}/lab.key"
    run(retort, "key", "new", "bench.example.org", "-o", key)
    lines = ["# Chain of custody, attacked and timed", "", "Made by `make custody`. [What an hour's attack found before and now](attack.md), on evidence and on the whole "
             "program, was written by hand.", ""]
    os.makedirs(os.path.dirname(out), exist_ok=True)

    def save():
        with open(out, "w") as file:
            file.write("\n".join(lines) + "\n")

    if flips:
        case(f"{folder}/small", port, 10, 2)
        Handler.delay = 1.5  # the run takes long enough for clocks to tell what was swapped
        run(retort, "run", f"{folder}/small/case.yaml", "--key", key, "--no-report", "--progress", "none")
        Handler.delay = 0
        run(retort, "export", f"{folder}/small/case.retort", "-o", f"{folder}/small/case.evidence", "--key", key)
        files, missed, clean = tamper(retort, script, f"{folder}/small/case.evidence", flips)
        lines += [f"**Flipped bits**: {flips} in {files} files of an exported case of 120 attempts, and each of the files removed once. "
                  + "; ".join(f"not found, or with another exit code, by `{name}`: {len(found)}" for name, found in missed.items())
                  + f". Untouched, it passes both (exit codes {clean[0]} and {clean[1]})."] + [f"- {m}" for f in missed.values() for m in f[:20]]
        lines += ["", "**Forgeries**: exit codes of `retort verify --no-report` and `verify.py`.", "",
                  "| attempts | as it is | with every hash computed anew | signed anew with the operator's own key |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(row)} |" for row in forge(retort, script, f"{folder}/small/case.evidence", key)]
        save()
        print("\n".join(lines), flush=True)

    if changes:
        fixture = os.path.join(os.path.dirname(__file__), "../EvidenceTests/Fixtures/every-dialect.tar")
        stamped, *own = vouched(retort, f"{folder}/vouched", port)
        for what, count, base in (("in which eleven dialects are asked, with streams and without", changes - changes // 3, (fixture, key)),
                                  ("with time stamps, a witness and a sealed probe", changes // 3, (stamped, own[0]))):
            found, codes = mutations.compare(retort, script, *base, 1, count, *(own[1:] if base[0] == stamped else []))
            lines += ["", f"**Random changes**: {count} of evidence {what}; left as they are, or signed anew with the operator's own key, digests, chains and "
                      f"stamps included; keys, witnesses, authorities and earlier heads are given at random. `retort verify --no-report` and `verify.py` differ in {len(found)}. Exit codes: "
                      + ", ".join(f"{code} {times} times" for code, times in sorted(codes.items(), key=str))
                      + " (0 where the change came to nothing, or invents what nothing contradicts)."] + [f"- {line}" for line in found[:20]]
            save()
            print("\n".join(lines[-2 - len(found[:20]):]), flush=True)

    if killed:
        case(f"{folder}/killed", port, 150, 20)
        interrupted, runs, planned, answered = kills(retort, f"{folder}/killed", key, killed)
        lines += ["", f"**`kill -9`**: {killed} runs of one case killed at random moments, {interrupted} of them alive then; {runs} runs had begun. "
                  f"SQLite's checks of integrity and of foreign keys passed after each. Resumed: {answered} answers to {planned} planned items, and the "
                  "evidence verifies: nothing lost, nothing doubled."]
        save()
        print(lines[-1], flush=True)

    if attempts:
        rows, peaks = [], {}
        for count in (attempts // 10, attempts):
            case(f"{folder}/{count}", port, -(-count // 24), 4)
            run(retort, "run", f"{folder}/{count}/case.yaml", "--key", key, "--no-report", "--progress", "none")
            made = sqlite3.connect(f"{folder}/{count}/case.retort").execute("SELECT count(*) FROM attempt").fetchone()[0]
            for name, (wall, cpu, peak) in speed(retort, script, f"{folder}/{count}", key):
                peaks.setdefault(name, []).append((made, wall, cpu, peak))
        rows = [f"| {name} | " + " | ".join(f"{wall:.1f} s, {cpu:.1f} s, {peak:.0f} MiB" for _, wall, cpu, peak in found)
                + f" | {found[-1][2] / peaks['`sha256sum -c`, the files alone'][-1][2]:.1f} × |" for name, found in peaks.items()]
        counts = [f"{made:,} attempts" for made, _, _, _ in peaks["`retort verify`"]]
        with open("/proc/cpuinfo") as info:
            processor = next((l.split(":")[1].strip() for l in info if l.startswith("model name")), platform.processor())
        lines += ["", f"**Times** (wall, processor), best of two, and peak memory ({processor}, {len(os.sched_getaffinity(0))} cores). Export and `retort verify` compute the report, "
                  "whose analysis holds the answers in memory; without it memory does not grow with the attempts, but for 64 bytes of digests each.", "",
                  f"| what | {' | '.join(counts)} | processor time, of `sha256sum -c` |", "|---|" + "---|" * (len(counts) + 1)] + rows
        print("\n".join(lines[-len(rows):]))
        save()
    shutil.rmtree(folder)


main()
