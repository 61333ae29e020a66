"""Random changes of evidence, on which both verifiers must agree: the same exit code, whatever was done.

usage: mutations.py write EVIDENCE KEY VERIFY.py SEED COUNT FOLDER [AUTHORITY WITNESS]
           makes FOLDER/0, FOLDER/1, …, prints what VERIFY.py says of each
       mutations.py compare EVIDENCE KEY VERIFY.py SEED COUNT RETORT [AUTHORITY WITNESS]
           prints where the two differ, and a last line with counts

A change is left as it is, or everything that lists and signs it is made anew with the operator's own key (KEY): digests, the
chain of attempts, leaves, heads, proofs, the list of files; and where the evidence has them, time stamps by AUTHORITY (a folder
with `ca.pem`, `tsa.pem` and `tsa.cnf` for `openssl ts`) and cosignatures by WITNESS (a file with a private key). Options of
the verifiers are drawn with each change. `write` prints a line of JSON each: name of the change, options, exit code.
"""
import base64, collections, copy, hashlib, json, os, random, shutil, subprocess, sys, tarfile, tempfile, time

# All that VERIFY.py needs: its children then have it.
from cryptography import x509  # noqa: F401
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa  # noqa: F401
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sha = lambda data: hashlib.sha256(data).digest()
canonical = lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
VALUES = [None, True, False, 0, -1, 1, 7, 1.5, 2**53 - 1, 2**53, 2**63 - 1, -2**63, 2**64, 10**20, "", "x", "0", "+5", "5_0", "٥", "é", "e\u0301",
          "\u202e", "a\0b", "\x1b]0;x\x07", "a" * 3000, [], {}, [1], {"a": 1}, "0" * 64, "A" * 64, "2026-11-28T18:18:35.000Z",
          "2026-02-30T00:00:00.000Z", "2026-11-28T24:00:00.000Z", "2026-11-28T18:18:60.000Z", "0000-01-01T00:00:00.000Z", "failed", "ok",
          "empty", "manual", "\ud7ff", "é".encode().decode("latin-1"), "http://127.0.0.1:9/v1"]


class Key:
    def __init__(self, file=None):
        if file is None:
            self.name, self.secret = "stranger.example.org", Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        else:
            with open(file, encoding="utf-8") as opened:
                _, _, self.name, _, secret = opened.readline().strip().split("+", 4)
            self.secret = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret)[1:])
        self.public = self.secret.public_key().public_bytes_raw()
        self.id = self.id_of(1)

    def id_of(self, algorithm): return sha(self.name.encode() + b"\n" + bytes([algorithm]) + self.public)[:4].hex()

    def line(self, text):
        return f"— {self.name} {base64.b64encode(bytes.fromhex(self.id) + self.secret.sign(text.encode())).decode()}\n"

    def cosigned(self, text, seconds):  # C2SP's cosignature/v1
        signature = self.secret.sign(f"cosignature/v1\ntime {seconds}\n{text}".encode())
        raw = bytes.fromhex(self.id_of(4)) + seconds.to_bytes(8, "big") + signature
        return f"— {self.name} {base64.b64encode(raw).decode()}\n".encode()

    def verifier(self, algorithm=1):
        return f"{self.name}+{self.id_of(algorithm)}+{base64.b64encode(bytes([algorithm]) + self.public).decode()}"

    def note(self, text): return f"{text}\n{self.line(text)}".encode()


class Authority:
    """Of time stamps, on this machine."""

    def __init__(self, folder):
        self.folder = folder
        der = lambda name: subprocess.run(["openssl", "x509", "-in", f"{folder}/{name}", "-outform", "DER"], capture_output=True, check=True).stdout
        self.certificates = [der("tsa.pem"), der("ca.pem")]

    def stamp(self, request, message):
        """A request like that one for another message, and the response to it."""
        at = request.index(b"\x04\x20") + 2
        request = request[:at] + sha(message) + request[at + 32:]
        with tempfile.TemporaryDirectory() as place:
            with open(f"{place}/q", "wb") as file:
                file.write(request)
            subprocess.run(["openssl", "ts", "-reply", "-config", f"{self.folder}/tsa.cnf", "-queryfile", f"{place}/q", "-out", f"{place}/r"],
                           capture_output=True, check=True)
            with open(f"{place}/r", "rb") as file:
                return request, file.read()

    def places(self, response):
        """Of a response, all but its certificates, of which each verifier has a reader that is not ours."""
        spared = [range(at, at + len(der)) for der in self.certificates for at in [response.find(der)] if at >= 0]
        return [place for place in range(len(response)) if not any(place in within for within in spared)]


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + root(leaves[:half]) + root(leaves[half:]))


def proof(old, leaves, whole=True):
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return proof(old, leaves[:half], whole) + [root(leaves[half:])]
    return proof(old - half, leaves[half:], False) + [root(leaves[:half])]


def places(value, path=()):
    """Every member and element of a value, as (container, name)."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in list(inner):
        yield value, name, path + (name,)
        yield from places(member, path + (name,))


class Evidence:
    def __init__(self, place, authority=None, witness=None):
        self.files, self.odd, self.authority, self.witness = {}, [], authority, witness
        with tempfile.TemporaryDirectory() as unpacked:
            folder = place
            if os.path.isfile(place):
                with tarfile.open(place) as archive:
                    for entry in archive:
                        archive.extract(entry, unpacked)
                folder = f"{unpacked}/evidence"
            for inner, _, names in os.walk(folder):
                for path in (os.path.join(inner, name) for name in names):
                    with open(path, "rb") as file:
                        self.files[os.path.relpath(path, folder)] = file.read()
        self.sizes = [int(self.files[p].split(b"\n")[1]) for p in sorted(self.files) if p.startswith("checkpoints/")]
        self.requests = {p: self.files[p] for p in sorted(self.files) if p.endswith(".tsq")}
        self.witnessed = [p for p in self.files if p.startswith("witnesses/")]

    def copied(self):
        made = copy.copy(self)
        made.files, made.odd = dict(self.files), []
        return made

    def lines(self, path): return self.files[path].split(b"\n")[:-1]

    def set(self, path, lines): self.files[path] = b"".join(line + b"\n" for line in lines)

    def put(self, body):
        digest = sha(body).hex()
        self.files[f"blobs/sha256/{digest[:2]}/{digest[2:]}"] = body
        return digest

    # What an operator can make anew.

    def rehash(self):
        """The chain of attempts: each row's hash, from what it says and the one before."""
        def field(value):
            tag, data = ((0, b"") if value is None else (1, value.to_bytes(8, "big", signed=True)) if isinstance(value, int)
                         else (2, value.encode()) if isinstance(value, str) else (3, value))
            return bytes([tag]) + len(data).to_bytes(8, "big") + data
        measured = json.loads(self.files["protocol.json"])["measurement"]
        start = b"retort.plan/1" + field(sha(canonical(measured)))
        for line in self.lines("plan.jsonl"):
            start += b"".join(field(json.loads(line)[n]) for n in ("order", "model", "probe", "sample", "seed"))
        previous, lines = sha(start), []
        outcomes, withheld = {sha(line).hex(): line.decode() for line in self.lines("outcomes.jsonl")}, self.withheld()
        outcomes.update(dict.fromkeys(withheld, ""))
        for line in self.lines("records.jsonl"):
            record = json.loads(line)
            if record.get("kind") == "attempt":
                row = b""
                for name in ("id", "run", "planned_order", "model", "probe", "sample", "request_seed", "started", "ended", "started_ns", "first_byte_ns",
                             "ended_ns", "url", "request_headers", "request", "status", "response_headers", "response", "redacted", "outcome",
                             "answer", "failure", "charged_tokens"):
                    value = record.get(name)
                    if value is not None:
                        value = (int(value) if name.endswith("_ns") or name == "charged_tokens" else bytes.fromhex(value) if name in ("request", "response")
                                 else canonical(value).decode() if name.endswith("_headers") else outcomes[value] if name in ("answer", "failure") else value)
                    row += field(value)
                # What is withheld cannot be hashed again: its row keeps the hash that it has.
                row = None if (record.get("answer") or record.get("failure")) in withheld else row
                if row is not None:
                    record["hash"] = sha(b"retort.attempt/1" + row + field(previous)).hex()
                previous, line = bytes.fromhex(record["hash"]), canonical(record)
            lines.append(line)
        self.set("records.jsonl", lines)

    def withheld(self): return {value["sha256"] for value in map(json.loads, self.lines("withheld.jsonl")) if "sha256" in value}

    def rechain(self, renumber=True):
        before, number, lines = "0" * 64, 0, []
        for place, line in enumerate(self.lines("records.jsonl")):
            try:
                record = json.loads(line)
                if renumber and isinstance(record, dict) and canonical(record) == line:
                    record.update(seq=place, prev=before)
                    if record.get("kind") == "attempt":
                        number += 1
                        record["id"] = number
                    line = canonical(record)
            except ValueError:
                pass
            lines.append(line)
            before = sha(b"\0" + line).hex()
        self.set("records.jsonl", lines)

    def sign(self, key, heads=True):
        if heads:
            origin = f"{key.name}/case/{sha(self.files['protocol.json']).hex()[:16]}"
            leaves = [sha(b"\0" + line) for line in self.lines("records.jsonl")]
            sizes = sorted({size for size in self.sizes if size < len(leaves)} | {len(leaves)})
            for path in [p for p in self.files if p.startswith(("checkpoints/", "consistency/"))]:
                del self.files[path]
            for number, size in enumerate(sizes, 1):
                b64 = lambda data: base64.b64encode(data).decode()
                self.files[f"checkpoints/{number:05d}.note"] = key.note(f"{origin}\n{size}\n{b64(root(leaves[:size]))}\n")
                if number > 1:
                    nodes = "".join(b64(node) + "\n" for node in proof(sizes[number - 2], leaves[:size]))
                    self.files[f"consistency/{number:05d}.proof"] = f"old {sizes[number - 2]}\n{nodes}".encode()
            self.vouch()
        self.list(key)

    def vouch(self):
        """Stamps and cosignatures of the heads that had them; those of a head that is as it was stay."""
        for path, request in self.requests.items() if self.authority else ():
            note = self.files.get(f"checkpoints/{path.split('/')[1][:5]}.note")
            if note and sha(note) not in self.files.get(path, b""):
                self.files[path], self.files[path[:-1] + "r"] = self.authority.stamp(request, note)
        for path in self.witnessed if self.witness else ():
            note = self.files.get(path.replace("witnesses", "checkpoints"))
            if note and not self.files.get(path, b"").startswith(note):
                self.files[path] = note + self.witness.cosigned(note.partition(b"\n\n")[0].decode() + "\n", int(time.time()) + 60)

    def list(self, key=None):
        self.files.pop("MANIFEST.sha256", None)
        note = self.files.pop("MANIFEST.note", b"")
        listed = sorted(self.files, key=lambda p: p.encode("utf-8", "surrogateescape"))
        self.files["MANIFEST.sha256"] = b"".join(f"{sha(self.files[p]).hex()}  ".encode() + p.encode("utf-8", "surrogateescape") + b"\n" for p in listed)
        self.files["MANIFEST.note"] = note
        self.resign(key)

    def resign(self, key):
        if key:
            heads = sorted(p for p in self.files if p.startswith("checkpoints/"))
            origin = self.files[heads[-1]].split(b"\n")[0].decode("utf-8", "replace") if heads else "x"
            self.files["MANIFEST.note"] = key.note(f"retort evidence\n{origin}\n{sha(self.files['MANIFEST.sha256']).hex()}\n")

    def write(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        for path, data in self.files.items():
            place = os.path.join(folder.encode(), path.encode("utf-8", "surrogateescape"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(data)
        for make in self.odd:
            make(folder)


class Mutation:
    def __init__(self, base, key, drawn):
        self.evidence, self.key, self.drawn = base.copied(), key, drawn

    def made(self):
        """Name of the change. What it returns beside is how it was sealed."""
        kinds = [self.bytes_, self.lines_, self.member, self.member, self.member, self.spelling, self.answer, self.body, self.body, self.relabel, self.plan,
                 self.probes, self.protocol, self.notes, self.notes, self.files_, self.odd_files, self.manifest, self.attempts, self.clock, self.withheld, self.text]
        kinds += [self.vouched] * 4 if self.evidence.requests else []
        kind = self.drawn.choice(kinds)
        try:
            how = kind()
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError):
            # What was changed cannot be made anew by this tool: then it is left as it is.
            how = "left"
        return f"{kind.__name__.strip('_')}, {how}"

    def seal(self, level=None):
        """Left as it is, listed, signed, or with every hash anew."""
        level = self.drawn.choice(["left", "listed", "signed", "signed", "anew", "anew", "anew"]) if level is None else level
        e = self.evidence
        if level == "listed":
            e.list()
        if level in ("signed", "anew"):
            if level == "anew":
                try:
                    e.rechain()
                    e.rehash()
                except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
                    pass
            e.rechain(renumber=level == "anew" or self.drawn.random() < 0.7)
            e.sign(self.key)
        return level

    def pick(self, *suffixes): return self.drawn.choice(sorted(p for p in self.evidence.files if p.endswith(suffixes) or not suffixes))

    def value(self, old=None):
        if self.drawn.random() < 0.3 and isinstance(old, str) and old:
            place = self.drawn.randrange(len(old))
            return self.drawn.choice([old.upper(), old + " ", old[:place], old[:place] + self.drawn.choice("x0é+\u0301") + old[place + 1:]])
        if self.drawn.random() < 0.3 and isinstance(old, int):
            return self.drawn.choice([old + 1, -old, str(old), float(old) + 0.5, old * 1000])
        return copy.deepcopy(self.drawn.choice(VALUES))

    def change(self, value):
        container, name, path = self.drawn.choice(list(places(value)))
        how = self.drawn.random()
        if how < 0.15:
            del container[name]
        elif how < 0.25 and isinstance(container, dict):
            container[self.drawn.choice(["x", "é", "e\u0301", "Hash", ""])] = self.value()
        elif how < 0.3 and isinstance(container, list):
            container.insert(name, self.value(container[name]))
        else:
            container[name] = self.value(container[name])

    def line(self, path):
        lines = self.evidence.lines(path)
        return lines, self.drawn.randrange(len(lines))

    # The kinds of changes.

    def bytes_(self):
        path = self.pick() if self.drawn.random() < 0.3 else self.pick(".jsonl", ".note", ".proof", ".txt", ".json", ".sha256")
        data = bytearray(self.evidence.files[path])
        for _ in range(self.drawn.choice([1, 1, 1, 4])):
            place = self.drawn.randrange(len(data) + 1)
            how = self.drawn.randrange(5)
            if how == 0 and place < len(data):
                data[place] ^= 1 << self.drawn.randrange(8)
            elif how == 1:
                data[place:place] = bytes([self.drawn.choice(b"\n\r\0 {}[]\",x\xff\xef")])
            elif how == 2:
                del data[place:place + self.drawn.choice([1, 1, 50])]
            elif how == 3:
                data = data[:place]
            else:
                data += data[-self.drawn.randrange(1, 80):]
        self.evidence.files[path] = bytes(data)
        return self.seal()

    def lines_(self):
        path = self.pick(".jsonl", ".txt", ".proof", ".sha256")
        lines, place = self.line(path)
        how = self.drawn.randrange(6)
        if how == 0:
            del lines[place]
        elif how == 1:
            lines.insert(self.drawn.randrange(len(lines) + 1), lines[place])
        elif how == 2:
            lines.reverse()
        elif how == 3:
            lines.insert(place, self.drawn.choice([b"", b"{}", b"[]", b"# x", b"null", b"\xff"]))
        elif how == 4:
            other, at = self.line(self.pick(".jsonl"))
            lines[place] = other[at]
        self.evidence.set(path, lines)
        if how == 5:
            self.evidence.files[path] = self.drawn.choice([b"\r\n", b"\n\n"]).join(lines) + b"\n"
        return self.seal()

    def member(self):
        path = self.drawn.choice(["records.jsonl"] * 4 + ["outcomes.jsonl", "plan.jsonl", "commitments.jsonl", "revealed.jsonl"])
        lines, place = self.line(path)
        place = self.drawn.choice([place, 0, 1, 2, len(lines) - 1]) % len(lines)
        value = json.loads(lines[place])
        self.change(value)
        lines[place] = canonical(value)
        self.evidence.set(path, lines)
        if path == "outcomes.jsonl":
            self.follow(place, value)
        if path == "plan.jsonl":
            self.replan()
        if place == 0 and path == "records.jsonl" and isinstance(value.get("protocol"), dict):
            self.evidence.files["protocol.json"] = canonical(value["protocol"])
        return self.seal()

    def spelling(self):
        path = self.drawn.choice(["records.jsonl", "outcomes.jsonl", "revealed.jsonl", "plan.jsonl", "withheld.jsonl", "commitments.jsonl"])
        lines, place = self.line(path)
        value, line = json.loads(lines[place]), lines[place]
        lines[place] = self.drawn.choice([
            json.dumps(value, ensure_ascii=False, sort_keys=True).encode(), json.dumps(value, sort_keys=True, separators=(",", ":")).encode(),
            json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), line[:-1] + b',"v":1}', b" " + line, line + b" ", b"\xef\xbb\xbf" + line,
            line.replace(b'"v":1', b'"v":1.0'), line.replace(b"0", b"-0", 1), line.replace(b":1", b":01", 1), line.replace(b":1", b":1e0", 1),
            line.replace(b"/", b"\\/"), line.replace(b"a", b"\\u0061", 1), line.replace(b"o", b"\\ud800", 1), line[:-1] + b',"z":NaN}',
            line[:-1] + b',"z":1e999}', line[:-1] + b',"z":' + b"[" * 300 + b"]" * 300 + b"}"])
        self.evidence.set(path, lines)
        return self.seal()

    def attempts_of(self):
        """Places of the attempts whose outcome is here, in the order of the outcomes."""
        kept = self.evidence.withheld()
        return [n for n, line in enumerate(self.evidence.lines("records.jsonl")) if b'"kind":"attempt"' in line
                and not {json.loads(line).get("answer"), json.loads(line).get("failure")} & kept]

    def follow(self, number, value):
        """The record of the attempt of that number names the outcome as it is now."""
        lines, place = self.evidence.lines("records.jsonl"), self.attempts_of()[number]
        record = json.loads(lines[place])
        record["failure" if "failure" in record else "answer"] = sha(canonical(value)).hex()
        lines[place] = canonical(record)
        self.evidence.set("records.jsonl", lines)

    def answer(self):
        lines, place = self.line("outcomes.jsonl")
        value = json.loads(lines[place])
        if "text" in value and self.drawn.random() < 0.6:
            name = self.drawn.choice(sorted(value))
            value[name] = self.value(value[name]) if name != "text" else "THE TEACHER SAID SO"
        else:
            self.change(value)
        lines[place] = canonical(value)
        self.evidence.set("outcomes.jsonl", lines)
        self.follow(place, value)
        return self.seal("anew")

    def body(self):
        lines, place = self.evidence.lines("records.jsonl"), self.drawn.choice(self.attempts_of())
        record = json.loads(lines[place])
        what = self.drawn.choice([n for n in ("request", "response", "response") if n in record])
        path = f"blobs/sha256/{record[what][:2]}/{record[what][2:]}"
        body = self.evidence.files.pop(path)
        how = self.drawn.random()
        if how < 0.5:
            try:
                value = json.loads(body)
                self.change(value)
                body = json.dumps(value).encode()
            except ValueError:
                body = body[:self.drawn.randrange(len(body))]
        elif how < 0.8:
            body = bytearray(body)
            body[self.drawn.randrange(len(body))] ^= 1 << self.drawn.randrange(8)
            body = bytes(body)
        else:
            body = self.drawn.choice([b"", b"{}", b"null", b"[" * 5000, b'data: {}\n\ndata: [DONE]\n\n', b'{"error":"x"}', b"\xff", body + body, body.replace(b"\\n", b"\n")])
        record[what] = self.evidence.put(body)
        if self.drawn.random() < 0.2:
            record["redacted"] = 1
        lines[place] = canonical(record)
        self.evidence.set("records.jsonl", lines)
        return self.seal(self.drawn.choice(["anew", "anew", None]))

    def relabel(self):
        lines, number = self.evidence.lines("records.jsonl"), self.drawn.randrange(len(self.attempts_of()))
        place, outcomes = self.attempts_of()[number], self.evidence.lines("outcomes.jsonl")
        record, how = json.loads(lines[place]), self.drawn.randrange(8)
        if how == 0:
            record["outcome"] = self.drawn.choice(["ok", "empty", "truncated", "refused", "filtered", "failed"])
        elif how == 1:
            for name in self.drawn.choice([["response"], ["response", "status", "response_headers"], ["status"], ["response_headers"], ["answer"]]):
                record.pop(name, None)
        elif how in (2, 3):  # an answer that is told to have failed
            detail = self.drawn.choice(["no complete response in time", "response cut off: x", "connection: reset"])
            outcomes[number] = canonical({"kind": "transient", "detail": detail})
            record.pop("answer", None)
            record.update(outcome="failed", failure=sha(outcomes[number]).hex())
            if how == 3:
                record["ended_ns"] = record["started_ns"] + self.drawn.choice([0, 120_000_000_000])
                record["response_headers"] = [["content-length", self.drawn.choice(["5", "999999", "x", "９９９９９９", ""])]]
        elif how == 4:
            record["url"] = self.drawn.choice([record["url"] + "/", "https://other.example/v1/chat/completions", record["url"].upper()])
        elif how == 5:
            record["hash"] = self.drawn.choice(["0" * 64, "f" * 64])
        elif how == 6:
            record["status"] = self.drawn.choice([500, 400, 204, 299, 199, 0, 404])
        else:
            record["redacted"] = 1
        lines[place] = canonical(record)
        self.evidence.set("records.jsonl", lines)
        self.evidence.set("outcomes.jsonl", outcomes)
        return self.seal("signed" if how == 5 else "anew")

    def replan(self):
        lines = self.evidence.lines("records.jsonl")
        record = json.loads(lines[0])
        record["protocol"]["plan"] = {"items": len(self.evidence.lines("plan.jsonl")), "sha256": sha(self.evidence.files["plan.jsonl"]).hex()}
        lines[0] = canonical(record)
        self.evidence.set("records.jsonl", lines)
        self.evidence.files["protocol.json"] = canonical(record["protocol"])

    def plan(self):
        lines, place = self.line("plan.jsonl")
        how = self.drawn.randrange(4)
        if how == 0:
            value = json.loads(lines[place])
            value[self.drawn.choice(sorted(value))] = self.value()
            lines[place] = canonical(value)
        elif how == 1:
            lines.append(canonical({**json.loads(lines[-1]), "order": len(lines)}))
        elif how == 2:
            lines.pop()
        self.evidence.set("plan.jsonl", lines)
        if how == 3:
            self.evidence.files["plan.jsonl"] = self.evidence.files["plan.jsonl"][:-1]
        self.replan()
        return self.seal("anew")

    def probes(self):
        e = self.evidence
        committed, revealed = ([json.loads(line) for line in e.lines(f"{name}.jsonl")] for name in ("commitments", "revealed"))
        place, how = self.drawn.randrange(len(revealed)), self.drawn.randrange(8)
        if how < 3:
            probe = json.loads(revealed[place]["text"])
            self.change(probe)
            revealed[place]["text"] = canonical(probe).decode()
        elif how == 3:
            revealed[place]["salt"] = self.drawn.choice(["", "00", "0" * 64, revealed[place]["salt"].upper()])
        elif how == 4:
            committed.append(dict(committed[place]))
        elif how == 5:
            revealed.append(dict(revealed[place]))
        elif how == 6:
            del revealed[place]
        else:
            committed[place]["probe"] = self.drawn.choice(["e\u0301 語", "ghost"])
        for line in revealed:
            for other in committed:
                if other["probe"] == line["probe"] and self.drawn.random() < 0.9:
                    other["leaf"] = sha(b"\0" + bytes.fromhex(line["salt"]) + line["text"].encode()).hex()
        e.set("commitments.jsonl", map(canonical, committed))
        e.set("revealed.jsonl", map(canonical, revealed))
        lines = e.lines("records.jsonl")
        record = json.loads(lines[0])
        record["protocol"]["probes"] = {"count": len(committed), "root": root([bytes.fromhex(c["leaf"]) for c in committed]).hex()}
        lines[0] = canonical(record)
        e.set("records.jsonl", lines)
        e.files["protocol.json"] = canonical(record["protocol"])
        return self.seal("anew")

    def protocol(self):
        lines = self.evidence.lines("records.jsonl")
        record = json.loads(lines[0])
        part = self.drawn.choice(["measurement", "measurement", "plan", "probes", None])
        self.change(record["protocol"][part] if part else record["protocol"])
        lines[0] = canonical(record)
        self.evidence.set("records.jsonl", lines)
        if self.drawn.random() < 0.9:
            self.evidence.files["protocol.json"] = self.drawn.choice([canonical, canonical, canonical, lambda v: json.dumps(v).encode()])(record["protocol"])
        return self.seal("anew")

    def notes(self):
        self.seal("anew")
        e, heads = self.evidence, sorted(p for p in self.evidence.files if p.startswith("checkpoints/"))
        path, how = self.drawn.choice(heads), self.drawn.randrange(5)
        text = e.files[path].partition(b"\n\n")[0].decode() + "\n"
        origin, size, top = text.split("\n")[:3]
        if how == 0:
            size = self.drawn.choice([f"+{size}", f"0{size}", "5_1", "٥", f" {size}", "-1", "0", str(2**63), str(2**63 - 1), "", size + ".0"])
            e.files[path] = self.key.note(f"{origin}\n{size}\n{top}\n")
        elif how == 1:
            e.files[path] = self.key.note(self.drawn.choice([text + "more\n", text + "\n", f"{origin}x\n{size}\n{top}\n", f"evil/{origin.split('/', 1)[1]}\n{size}\n{top}\n",
                                                             f"\u0600{origin}\n{size}\n{top}\n", f"{origin}\n{size}\n{top[:-1]}\n", f"{origin}\n{size}\n"]))
        elif how == 2:
            more = self.drawn.choice(["— x AAAAAAAA\n", "— x AAAA\n", "— x ====\n", "— a\u00a0b AAAAAAAA\n", "— \u0301x AAAAAAAA\n", "— a\tb AAAAAAAA\n", "— a+b AAAAAAAA\n",
                                      "x\n", "\n", "— x AAAAAAAA\n" * 100, "— a\u2028b AAAAAAAA\n", "— a\u200bb AAAAAAAA\n", "— x AAAAAAAB\n", "— x  AAAAAAAA\n", "-- x AAAAAAAA\n"])
            e.files[path] = e.files[path] + more.encode()
        elif how == 3:
            keys = e.files["keys.txt"].decode()
            e.files["keys.txt"] = self.drawn.choice([f"# x\n{keys}", keys[:-1], keys.replace("\n", "\r\n"), "/etc/hostname\n" + keys, "", keys + keys, keys + "\n",
                                                     keys.replace(self.key.id, self.key.id.upper()), keys.replace("=", ""), "x" + keys, keys.replace("+", "+\u0301")]).encode()
        else:
            path = self.drawn.choice(["witnesses/00001.note", "consistency/00002.proof", "MANIFEST.note"])
            data = e.files.get(path, e.files[heads[0]])
            e.files[path] = self.drawn.choice([b"", b"x", data.replace(b"\n", b"\r\n"), data + b"\n", data[:-1], data + b"AAAA\n", data.replace(b"old ", b"old +"), b"\xff" + data,
                                               self.key.note("other\n1\nAAAA\n"), data.replace(b"\n", b"\n\n", 1), data + base64.b64encode(bytes(32)) + b"\n"])
            if path == "MANIFEST.note":
                return "signed"
        e.list(self.key)
        return "signed"

    def files_(self):
        e, how = self.evidence, self.drawn.randrange(4)
        path = self.pick()
        if how == 0:
            del e.files[path]
        elif how == 1:
            names = ["notes.txt", "a b", "report/x.svg", "report/.x", "report//x", "report/likelihood.json", "report/result.json", "analysis/calibration.json", "analysis/ü.json", "blobs/sha256/ab/" + "0" * 62, "blobs/x", "consistency/00009.proof",
                     "checkpoints/00009.note", "checkpoints/1.note", "checkpoints/00000.note", "time-stamps/00001.2.tsr", "time-stamps/00001.1.tsr", "time-stamps/00001.01.tsq",
                     "witnesses/00007.note", "PLAN.jsonl", "a\udcffb", "x\x1b]0;y\x07", "verify.md", "consistency/00001.proof"]
            e.files[self.drawn.choice(names)] = self.drawn.choice([b"", b"x"])
        elif how == 2:
            other = self.pick()
            e.files[path], e.files[other] = e.files[other], e.files[path]
        else:
            e.files[path + "x"] = e.files.pop(path)
        return self.seal()

    def odd_files(self):
        path, how = self.pick(), self.drawn.randrange(6)
        data = self.evidence.files[path]
        def make(folder):
            place = os.path.join(folder, path)
            if how < 3:
                os.unlink(place)
            if how == 0:
                with open(folder + ".outside", "wb") as file:
                    file.write(data)
                os.symlink(os.path.abspath(folder + ".outside"), place)
            elif how in (1, 3):
                os.mkfifo(place if how == 1 else place + ".fifo")
            elif how == 2:
                os.symlink("nowhere", place)
            elif how == 4:
                os.makedirs(os.path.join(folder, self.drawn.choice(["empty", "report/empty", "a/b/c"])))
            else:
                os.rename(os.path.join(folder, "blobs"), folder + ".blobs")
                os.symlink(os.path.abspath(folder + ".blobs"), os.path.join(folder, "blobs"))
        self.evidence.odd.append(make)
        if how == 2 and self.drawn.random() < 0.5:
            self.evidence.files[path] = b""
            return self.seal("signed")
        return "left"

    def manifest(self):
        self.seal("anew")
        e = self.evidence
        lines = e.lines("MANIFEST.sha256")
        place, how = self.drawn.randrange(len(lines)), self.drawn.randrange(7)
        digest, path = lines[place][:64], lines[place][66:]
        if how == 0:
            more = self.drawn.choice([b"../x", b"/etc/hostname", b"./plan.jsonl", b"report/../plan.jsonl", b"plan.jsonl", b"report//result.json", b"MANIFEST.note", b"x\x00y", b"a\\b"])
            lines = sorted(lines + [sha(e.files["plan.jsonl"]).hex().encode() + b"  " + more], key=lambda line: line[66:])
        elif how == 1:
            lines[place] = digest.upper() + b"  " + path
        elif how == 2:
            lines[place] = digest + self.drawn.choice([b" ", b" *", b"   ", b"\t "]) + path
        elif how == 3:
            lines.reverse()
        elif how == 4:
            del lines[place]
        elif how == 5:
            lines.insert(place, self.drawn.choice([b"", b"x", lines[place]]))
        e.set("MANIFEST.sha256", lines)
        if how == 6:
            e.files["MANIFEST.sha256"] = self.drawn.choice([e.files["MANIFEST.sha256"][:-1], e.files["MANIFEST.sha256"].replace(b"\n", b"\r\n"), b""])
        e.resign(self.key)
        return "signed"

    def attempts(self):
        e = self.evidence
        lines, outcomes, at = e.lines("records.jsonl"), e.lines("outcomes.jsonl"), self.attempts_of()
        number, how = self.drawn.randrange(len(at)), self.drawn.randrange(5)
        if how == 0:
            del lines[at[number]], outcomes[number]
        elif how == 1:
            lines.insert(at[number] + 1, lines[at[number]])
            outcomes.insert(number + 1, outcomes[number])
        elif how == 2:
            other = self.drawn.randrange(len(at))
            lines[at[number]], lines[at[other]] = lines[at[other]], lines[at[number]]
            outcomes[number], outcomes[other] = outcomes[other], outcomes[number]
        elif how == 3:
            lines.insert(self.drawn.randrange(len(lines) + 1), lines.pop(self.drawn.randrange(3)))
        else:
            lines.insert(self.drawn.randrange(1, len(lines) + 1), canonical(self.drawn.choice([
                {"kind": "note", "text": "x", "v": 1}, {"kind": "run", "run": 1, "started": "2026-11-28T18:18:35.000Z", "tool": "x", "v": 1},
                {"kind": "run", "run": 9, "started": "2026-11-28T18:18:35.000Z", "tool": "x", "v": 1},
                {"kind": "clock", "server": "x", "moment": "end", "problem": "y", "recorded": "2026-11-28T18:18:35.000Z", "v": 1},
                {"kind": "clock", "server": "x", "moment": "end", "offset_us": 1, "recorded": "2026-11-28T18:18:35.000Z", "v": 1},
                {"kind": "connection", "host": "x", "version": "TLS", "certificate": "AAAB", "certificate_sha256": sha(b"\0\0\1").hex(), "spki_sha256": "0" * 64,
                 "recorded": "2026-11-28T18:18:35.000Z", "v": 1},
                {"kind": "connection", "host": "x", "version": "TLS", "certificate": "AAB=", "certificate_sha256": sha(b"\0\0").hex(), "spki_sha256": "0" * 64,
                 "recorded": "2026-11-28T18:18:35.000Z", "v": 1},
                {"kind": "analysis", "analysis": {"method": 2}, "recorded": "2026-11-28T18:18:35.000Z", "tool": "x", "v": 1},
                {"kind": "capability", "model": "openai-chat", "tool": "x", "recorded": "", "findings": [], "exchanges": [], "v": 1},
                {"kind": "capability", "model": "openai-chat", "tool": "x", "recorded": "", "findings": [], "v": 1, "exchanges": [
                    {"name": "x", "started": "2026-11-28T18:18:35.000Z", "ended": "2026-11-28T18:18:35.000Z", "url": "http://127.0.0.1:1/x", "request": "0" * 64}]},
                dict(json.loads(lines[0]))])))
        e.set("records.jsonl", lines)
        e.set("outcomes.jsonl", outcomes)
        return self.seal("anew")

    def clock(self):
        lines, at = self.evidence.lines("records.jsonl"), self.attempts_of()
        first = self.drawn.randrange(len(at))
        for place in at[first:]:
            record = json.loads(lines[place])
            how = self.drawn.choice(["year", "hour", "ns"]) if place == at[first] else how
            for name in ("started", "ended"):
                if how == "year":
                    record[name] = self.drawn.choice(["1960", "9999", "2025"]) + record[name][4:]
                elif how == "hour":
                    record[name] = record[name][:11] + "42" + record[name][13:]
                else:
                    record[name + "_ns"] = self.drawn.choice([0, "9223372036854775807", "9007199254740992", 5])
            lines[place] = canonical(record)
        self.evidence.set("records.jsonl", lines)
        return self.seal("anew")

    def withheld(self):
        e, lines = self.evidence, self.evidence.lines("records.jsonl")
        record = json.loads(lines[self.drawn.choice(self.attempts_of())])
        what = self.drawn.choice([n for n in ("request", "response", "answer", "failure") if n in record])
        entries = [json.loads(line) for line in e.lines("withheld.jsonl")]
        texts = [entry for entry in entries if "sha256" in entry]
        if texts and self.drawn.random() < 0.3:  # said to be something else than it is
            self.drawn.choice(texts)["what"] = self.drawn.choice(["request", "response", "outcome", "probe set", "recorded answers"])
            e.set("withheld.jsonl", map(canonical, entries))
            return self.seal("anew")
        entries += self.drawn.choice([[{"sha256": "0" * 64, "what": "response"}], [{"sha256": record[what], "what": "response"}], [{"sha256": record[what]}],
                                      [{"probe": record["probe"], "what": "probe"}], [{"probe": "ghost", "what": "probe"}], [{}], [[]],
                                      [{"sha256": record[what].upper(), "what": "outcome"}], [{"sha256": record[what], "what": "outcome"}] * 2])
        if self.drawn.random() < 0.5:
            e.files.pop(f"blobs/sha256/{record[what][:2]}/{record[what][2:]}", None)
        if self.drawn.random() < 0.3:
            e.set("revealed.jsonl", [line for line in e.lines("revealed.jsonl") if json.loads(line)["probe"] != record["probe"]])
        e.set("withheld.jsonl", map(canonical, entries))
        return self.seal("anew")

    def vouched(self):
        """What others said of a head, changed, in a list that is signed."""
        self.seal("anew")
        e, how = self.evidence, self.drawn.randrange(8)
        path = self.drawn.choice(sorted(e.requests))
        response = path[:-1] + "r"
        if how < 3:
            changed = self.drawn.choice([path, response, response])
            data = bytearray(e.files[changed])
            place = self.drawn.choice(e.authority.places(bytes(data)))
            if how == 0:
                data[place] ^= 1 << self.drawn.randrange(8)
            elif how == 1:
                del data[place]
            else:
                data[place:place] = bytes([self.drawn.randrange(256)])
            e.files[changed] = bytes(data)
        elif how == 3:  # a time that no calendar has
            data, wrong = bytearray(e.files[response]), self.drawn.choice([(4, b"13"), (6, b"32"), (8, b"24"), (12, b"60"), (12, b"5."), (0, b"00")])
            place = data.index(b"\x18\x0f20") + 2 + wrong[0]
            data[place:place + 2] = wrong[1]
            e.files[response] = bytes(data)
        elif how == 4:
            e.files[path[:-3] + "txt"] = self.drawn.choice([b"http://other.example\n", b"", b"\xff"])
        elif how == 5:
            other = self.drawn.choice(sorted(e.requests))
            for end in "qr":
                e.files[path[:-1] + end] = e.files[other[:-1] + end]
        else:
            path = self.drawn.choice(e.witnessed)
            note = e.files[path.replace("witnesses", "checkpoints")]
            text = note.partition(b"\n\n")[0].decode() + "\n"
            e.files[path] = self.drawn.choice([
                note + e.witness.cosigned(text, self.drawn.choice([0, 1_000_000_000, 2**63 - 1, 2**63])), note, note + Key().cosigned(text, int(time.time())),
                e.witness.note("other\n1\nAAAA\n"), note + e.witness.line(text).encode(), e.files[path] + e.files[path].splitlines(True)[-1]])
        e.list(self.key)
        return "signed"

    def options(self, folder):
        """What a verifier is told to trust: mostly what holds."""
        known = {"--key": [self.key.verifier(), Key().verifier()], "--head": [f"{folder}/own.note", f"{folder}/stranger.note"]}
        if self.evidence.authority:
            known["--authority"] = [f"{self.evidence.authority.folder}/ca.pem"] * 2
        if self.evidence.witness:
            known["--witness"] = [self.evidence.witness.verifier(4), Key().verifier(4)]
        return [word for name, values in known.items() if self.drawn.random() < 0.3
                for word in (name, values[self.drawn.random() < 0.15])]

    def text(self):
        path = self.drawn.choice(["report/report.md", "VERIFY.md", "keys.txt", "withheld.jsonl"])
        self.evidence.files[path] = self.evidence.files.get(path, b"") + b"x\n"
        return self.seal()


class Script:
    """VERIFY.py in this process, in a child of its own for each run."""

    def __init__(self, path):
        self.path, self.code = path, compile(open(path).read(), path, "exec")

    def status(self, folder, options=()):
        child = os.fork()
        if child == 0:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            sys.argv, end = [self.path, folder, *options], 99
            try:
                exec(self.code, {"__name__": "__main__"})
                end = 0
            except SystemExit as stop:
                end = stop.code or 0
            finally:
                os._exit(end if isinstance(end, int) else 98)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def mutations(evidence, key, seed, count, shown, authority=None, witness=None):
    """Each change with its options; heads that were shown earlier are put into the folder `shown`."""
    base, key = Evidence(evidence, authority and Authority(authority), witness and Key(witness)), Key(key)
    # Taken over by whoever has the key.
    base.files["keys.txt"] = key.verifier().encode() + b"\n"
    base.sign(key)
    os.makedirs(shown, exist_ok=True)
    head = base.files["checkpoints/00001.note"]
    for name, note in (("own", head), ("stranger", Key().note(head.partition(b"\n\n")[0].decode() + "\n"))):
        with open(f"{shown}/{name}.note", "wb") as file:
            file.write(note)
    for number in range(count):
        mutation = Mutation(base, key, random.Random(f"{seed} {number}"))
        yield number, mutation.made(), mutation.evidence, mutation.options(shown)


def compare(retort, script, evidence, key, seed, count, authority=None, witness=None, kept=None):
    """Differences, and how many were refused with each code."""
    script, codes, found = Script(script), collections.Counter(), []
    with tempfile.TemporaryDirectory() as place:
        for number, name, changed, options in mutations(evidence, key, seed, count, f"{place}/shown", authority, witness):
            folder = f"{place}/m"
            for left in (folder + ".outside", folder + ".blobs"):
                shutil.rmtree(left, ignore_errors=True)
            changed.write(folder)
            try:
                ours = subprocess.run([retort, "verify", folder, "--no-report", *options], capture_output=True, timeout=60).returncode
            except subprocess.TimeoutExpired:
                ours = "no end"
            theirs = script.status(folder, options)
            codes[ours] += 1
            if ours != theirs or ours not in (0, 3, 20, 21, 22, 23, 25):
                found.append(f"{seed} {number} {name} {' '.join(options)}: {ours}, {theirs}")
                print(found[-1], file=sys.stderr, flush=True)
                if kept:
                    shutil.copytree(folder, f"{kept}/{seed}-{number}", symlinks=True, ignore=lambda d, n: [x for x in n if x.endswith(".fifo")])
    return found, codes


def main():
    how, evidence, key, script, seed, count, last, *vouching = sys.argv[1:]
    if how == "compare":
        found, codes = compare(last, script, evidence, key, seed, int(count), *vouching)
        print("\n".join(found + [f"{count} changes, {len(found)} differences; exit codes {dict(sorted(codes.items(), key=str))}"]))
        sys.exit(1 if found else 0)
    script = Script(script)
    for number, name, changed, options in mutations(evidence, key, seed, int(count), f"{last}/shown", *vouching):
        changed.write(f"{last}/{number}")
        print(json.dumps([name, options, script.status(f"{last}/{number}", options)], ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
