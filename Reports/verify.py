#!/usr/bin/env python3
"""Checks evidence that `retort export` made, without any code of Retort.

usage: verify.py EVIDENCE [--key VKEY] [--witness VKEY] [--authority PEM] [--head NOTE]

EVIDENCE is the folder; unpack a .tar first. Needs Python 3.9 or newer and the package `cryptography`. Everything is checked
but the computation of the report. One line a check; the exit code is 0, or that of the first kind of promise that is
broken: 20 something was changed, 21 a signature, 22 a time, 23 the plan was not followed to its end; 3 there is no evidence.
"""
import argparse, base64, datetime, functools, hashlib, itertools, json, os, re, sys
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

TOLERANCE = 2000  # milliseconds by which two clocks may differ
OWN = ("MANIFEST.sha256", "MANIFEST.note")
class Fault(Exception): pass  # what a check found
class Unseen(Exception): pass  # nothing is wrong, but not everything could be seen
def refuse(wrong, words):
    if wrong:
        raise Fault(words)
def sha(data): return hashlib.sha256(data).digest()
def node(left, right): return sha(b"\1" + left + right)
class Tree:  # RFC 6962, without its leaves: the roots of its perfect subtrees, the largest first
    def __init__(self): self.size, self.nodes = 0, []
    def add(self, leaf):
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):  # so many are whole now
            leaf = node(self.nodes.pop(), leaf)
        self.nodes.append(leaf)
    def root(self): return functools.reduce(lambda right, left: node(left, right), self.nodes[::-1]) if self.nodes else sha(b"")
def roots(m, n, path, old):  # RFC 9162, 2.1.4: of m and of n leaves, as a proof says; `old` is the first, where it is not in it
    if m == n:
        return (old or next(path),) * 2
    half = 1 << (n - 1).bit_length() - 1
    if m <= half:
        before, after = roots(m, half, path, old)
        return before, node(after, next(path))
    before, after, left = *roots(m - half, n - half, path, None), next(path)
    return node(left, before), node(left, after)
def b64(text):
    data = base64.b64decode(text, validate=True)
    refuse(base64.b64encode(data).decode() != text, "base 64 that is not canonical")
    return data
def utc(text, form): return datetime.datetime.strptime(text, form).replace(tzinfo=datetime.timezone.utc)
def milliseconds(text):
    refuse(not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text), f"{text!r} is no time")
    return round(utc(text, "%Y-%m-%dT%H:%M:%S.%fZ").timestamp() * 1000)
class Key:  # C2SP signed-note verifier key
    def __init__(self, text):
        self.text = text = open(text, encoding="utf-8").readline().strip() if os.path.isfile(text) else text
        self.name, key_id, data = text.split("+", 2)
        data = b64(data)
        self.public = data[1:]
        refuse(self.id_of(data[0]).hex() != key_id or len(self.public) != 32, f"{text} is no verifier key")
    def id_of(self, algorithm): return sha(self.name.encode() + b"\n" + bytes([algorithm]) + self.public)[:4]
    def valid(self, signature, message):
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
            return True
        except InvalidSignature:
            return False
class Note:
    def __init__(self, data):
        text = data.decode("utf-8")
        body, gap, lines = text.rpartition("\n\n")
        refuse(not gap or not lines.endswith("\n"), "a note that cannot be read")
        self.text, self.signatures, self.data = body + "\n", [], data
        for line in lines[:-1].split("\n"):
            match = re.fullmatch("— ([^ +]+) ([A-Za-z0-9+/=]+)", line)
            refuse(not match, "a signature that cannot be read")
            raw = b64(match[2])
            self.signatures.append((match[1], raw[:4], raw[4:]))
    def head(self):  # C2SP tlog-checkpoint: origin, size, root
        origin, size, root = self.text.split("\n")[:3]
        return origin, int(size), b64(root)
    def signed_by(self, key):
        return any(n == key.name and i == key.id_of(1) and key.valid(s, self.text.encode()) for n, i, s in self.signatures)
    def cosigned_by(self, key):
        return any(n == key.name and i == key.id_of(4) and len(s) == 72 and key.valid(s[8:], (
            f"cosignature/v1\ntime {int.from_bytes(s[:8], 'big')}\n{self.text}".encode())) for n, i, s in self.signatures)
def der(data):  # the values that some bytes are made of: (tag, content, whole)
    values, at = [], 0
    while at < len(data):
        tag, length, start = data[at], data[at + 1], at + 2
        if length >= 0x80:
            count = length & 0x7F
            length, start = int.from_bytes(data[start:start + count], "big"), start + count
        refuse(start + length > len(data), "a time stamp that is cut off")
        values.append((tag, data[start:start + length], data[at:start + length]))
        at = start + length
    return values
DIGESTS = {bytes.fromhex("60864801650304020" + n): h for n, h in zip("123", (hashes.SHA256(), hashes.SHA384(), hashes.SHA512()))}
def stamp(request, response, message, anchors):  # RFC 3161: time in milliseconds, and the signer's name
    asked = der(der(request)[0][1])
    status, content = der(der(response)[0][1])
    refuse(der(status[1])[0][1] not in (b"\0", b"\1"), "it was refused")
    data = der(der(der(content[1])[1][1])[0][1])
    statement = der(der(data[2][1])[1][1])[0][1]
    info = der(der(statement)[0][1])
    refuse(info[2][2] != asked[1][2] or der(info[2][1])[1][1] != sha(message), "it is over something else")
    refuse(asked[2][2] not in [v[2] for v in info[5:]], "it answers another request")
    certificates = [x509.load_der_x509_certificate(v[2]) for f in data[3:-1] if f[0] == 0xA0 for v in der(f[1])]
    signer = der(der(data[-1][1])[0][1])
    issuer, serial = der(signer[1][1])
    digest = DIGESTS[der(signer[2][1])[0][1]]
    number = int.from_bytes(serial[1], "big")
    owner = [c for c in certificates + anchors if c.serial_number == number and c.issuer.public_bytes() == issuer[2]]
    attributes = [der(v[1]) for v in der(signer[3][1])]
    said = [der(a[1][1])[0][1] for a in attributes if a[0][1] == bytes.fromhex("2a864886f70d010904")]
    refuse(not owner or said != [hashlib.new(digest.name, statement).digest()], "it is not signed")
    key = owner[0].public_key()  # the attributes are signed as a SET
    how = (padding.PKCS1v15(), digest) if isinstance(key, rsa.RSAPublicKey) else (ec.ECDSA(digest),)
    key.verify(signer[5][1], b"\x31" + signer[3][2][1:], *how)
    time = utc(info[4][1].decode()[:14], "%Y%m%d%H%M%S")
    refuse(anchors and not leads(owner[0], anchors, certificates, time), "no trusted authority vouches for its signer")
    return round(time.timestamp() * 1000), owner[0].subject.rfc4514_string()
def leads(certificate, anchors, others, time, depth=0):
    def issues(issuer):
        try:
            certificate.verify_directly_issued_by(issuer)
            return issuer != certificate and issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return False
    stamps = x509.ExtendedKeyUsageOID.TIME_STAMPING
    if (depth > 4 or not certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc
            or depth == 0 and stamps not in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value):
        return False
    return certificate in anchors or any(leads(c, anchors, others, time, depth + 1) for c in anchors + others if issues(c))
class Evidence:  # read line by line: there may be a million records
    def __init__(self, folder, options):
        self.folder, self.options = folder, options
        if not self.has("MANIFEST.sha256") and not self.has("records.jsonl"):
            print(f"{folder}: is no evidence")
            sys.exit(3)
    def has(self, path): return os.path.isfile(os.path.join(self.folder, path))
    def read(self, path): return open(os.path.join(self.folder, path), "rb").read() if self.has(path) else b""
    def digest(self, path): return sha(self.read(path)).hex() if self.has(path) else None
    def lines(self, path):
        for line in open(os.path.join(self.folder, path), "rb") if self.has(path) else ():
            refuse(not line.endswith(b"\n"), f"the last line of {path} is cut off")
            yield line[:-1]
    def log(self): return map(json.loads, self.lines("records.jsonl"))
    def attempts(self): return (record for record in self.log() if record["kind"] == "attempt")
    def load(self):
        withheld = list(map(json.loads, self.lines("withheld.jsonl")))
        self.withheld, self.sealed = ({w[n] for w in withheld if n in w} for n in ("sha256", "probe"))
        self.frozen = next(self.log())["protocol"]
        paths = itertools.takewhile(self.has, map("checkpoints/{:05d}.note".format, itertools.count(1)))
        self.heads = [(note, *note.head()) for note in map(Note, map(self.read, paths))]
        sizes, self.marks, tree, ended = {h[-2] for h in self.heads + self.options.head}, {}, Tree(), None
        for line in self.lines("records.jsonl"):
            tree.add(sha(b"\0" + line))
            ended = json.loads(line).get("ended", ended)
            if tree.size in sizes:
                self.marks[tree.size] = tree.root(), ended
        self.size, self.head = tree.size, tree.root()
    def manifest(self):
        last = ""
        for number, line in enumerate(self.lines("MANIFEST.sha256"), 1):
            digest, path = line[:64].decode(), line[66:].decode()
            refuse(line[64:66] != b"  " or path.encode() <= last.encode() or path in OWN, "the list of files is not as it was written")
            refuse(self.digest(path) != digest, f"{path} is missing or not as it was written")
            last = path
        found = sum(len(names) for _, _, names in os.walk(self.folder)) - sum(map(self.has, OWN))
        refuse(not last or found != number, f"{found - number if last else found} files are not in the list of files")
        return f"{number} files are as listed"
    def signature(self):
        note, keys = Note(self.read("MANIFEST.note")), self.options.key
        key = next((k for k in keys or [Key(l.decode()) for l in self.lines("keys.txt")] if note.signed_by(k)), None)
        refuse(key is None, "the list of files is not signed by a known key")
        refuse(note.text != f"retort evidence\n{self.heads[-1][1]}\n{self.digest('MANIFEST.sha256')}\n", "what is signed is another list of files")
        for number, head in enumerate(self.heads):
            refuse(not head[0].signed_by(key), f"checkpoint {number + 1} is not signed by {key.text}")
        return f"by {key.text}" + ("" if keys else " (the evidence's own word)")
    def records(self):
        before, number = "0" * 64, 0
        for place, line in enumerate(self.lines("records.jsonl")):
            record = json.loads(line)
            number += record["kind"] == "attempt"
            name = f"attempt {record['id']}" if record["kind"] == "attempt" else f"record {place}"
            refuse(record["seq"] != place or record["prev"] != before or record.get("id", number) != number, f"{name}, or the one before it, is not as it was written")
            refuse("certificate" in record and sha(b64(record["certificate"])).hex() != record["certificate_sha256"], f"{name} holds another certificate than it states")
            before = sha(b"\0" + line).hex()
        return f"{self.size}, {number} attempts among them"
    def outcomes(self):
        lines, shown = self.lines("outcomes.jsonl"), 0
        for attempt in self.attempts():
            digest = attempt.get("answer") or attempt["failure"]
            if digest not in self.withheld:
                refuse(sha(next(lines, b"")).hex() != digest, f"what came of attempt {attempt['id']} is not as it was written")
                shown += 1
        refuse(next(lines, None) is not None, "there are more outcomes than attempts")
        return f"{shown} are as recorded"
    def bodies(self):
        for attempt in self.attempts():
            for what in ("request", "response"):
                digest = attempt.get(what)
                refuse(digest and digest not in self.withheld and self.digest(f"blobs/sha256/{digest[:2]}/{digest[2:]}") != digest, f"the {what} of attempt {attempt['id']} is missing or not as it was written")
        return "as recorded"
    def root(self):
        digest, before = self.digest("protocol.json"), 0
        for number, (_, origin, size, head) in enumerate(self.heads):
            refuse(not origin.endswith(f"/case/{digest[:16]}") or not before <= size or self.marks.get(size, (0,))[0] != head, f"records {before} to {size - 1} do not lead to checkpoint {number + 1}")
            before = size
        refuse(not self.heads or before != self.size, "records stand after the last checkpoint")
        return self.head.hex()
    def consistency(self):
        for number, ((_, of, m, old), (_, origin, n, new)) in enumerate(zip(self.heads, self.heads[1:]), 2):
            path = iter(self.read(f"consistency/{number:05d}.proof").decode().split("\n")[:-1])
            refuse(of != origin or next(path, "") != f"old {m}" or not 0 < m < n, f"the proof for checkpoint {number} is of something else")
            path = map(b64, path)
            refuse(roots(m, n, path, old) != (old, new) or next(path, None), f"checkpoint {number} does not continue the one before")
        keys = self.options.key or [Key(l.decode()) for l in self.lines("keys.txt")]
        key = next((k for k in keys if Note(self.read("MANIFEST.note")).signed_by(k)), None)
        for note, origin, size, head in self.options.head:
            refuse(key and not note.signed_by(key), f"the head of {size} records that was shown earlier is not signed by {key and key.name}")
            refuse(origin != self.heads[-1][1] or self.marks.get(size, (0,))[0] != head, f"the log does not continue the head of {size} records that was shown earlier")
        return f"{len(self.heads)} checkpoints, each continues the one before"
    def commitments(self):
        leaves, tree = {p["probe"]: p["leaf"] for p in map(json.loads, self.lines("commitments.jsonl"))}, Tree()
        for leaf in leaves.values():
            tree.add(bytes.fromhex(leaf))
        refuse(tree.root().hex() != self.frozen["probes"]["root"], "the commitments are not those of the protocol")
        shown = set()
        for probe in map(json.loads, self.lines("revealed.jsonl")):
            refuse(sha(b"\0" + bytes.fromhex(probe["salt"]) + probe["text"].encode()).hex() != leaves.get(probe["probe"]), f"the probe {probe['probe']} is not the one that was committed to")
            shown.add(probe["probe"])
        refuse(set(leaves) - shown - self.sealed, "a probe is neither revealed nor withheld")
        return f"{len(shown)} probes are those committed to"
    def stamps(self, number):
        note, found = self.heads[number][0], []
        while self.has(f"time-stamps/{number + 1:05d}.{len(found) + 1}.tsr"):
            name = f"time-stamps/{number + 1:05d}.{len(found) + 1}"
            found.append(stamp(self.read(name + ".tsq"), self.read(name + ".tsr"), note.data, self.options.authority))
        return found
    def time_stamps(self):
        words, witnesses = [], []
        for number, (note, _, size, _) in enumerate(self.heads):
            ended = self.marks.get(size, (0, None))[1]
            for time, signer in self.stamps(number):
                refuse(ended and time + TOLERANCE < milliseconds(ended), f"that of checkpoint {number + 1} is earlier than attempts that it covers")
                words.append(signer)
            witness = self.read(f"witnesses/{number + 1:05d}.note")
            witnesses += [Note(witness)] if witness else []
            refuse(witness and witnesses[-1].text != note.text, "a witness signed another checkpoint")
        for key in self.options.witness:
            refuse(not any(note.cosigned_by(key) for note in witnesses), f"no checkpoint is cosigned by {key.name}")
        return f"{len(words)}: " + "; ".join(words[:4])
    def stamped(self, number, url, anchors):  # milliseconds of a head's stamps: those of one authority, or of all; only what `anchors` vouch for
        note, times = self.heads[number][0], []
        for place in itertools.count(1):
            name = f"time-stamps/{number + 1:05d}.{place}"
            if not self.has(name + ".tsr"):
                return times
            if url is None or self.read(name + ".txt").split(b"\n")[0] == url.encode():
                try:
                    times.append(stamp(self.read(name + ".tsq"), self.read(name + ".tsr"), note.data, anchors)[0])
                except Exception:  # no stamp of this head: time_stamps has told
                    pass
    def coverage(self):  # what stamps and others' signatures cover, and what is left to whoever holds the key
        if not self.heads or self.heads[-1][2] not in self.marks:
            raise Unseen("the log or its checkpoints do not hold")
        promise, sizes = self.frozen.get("custody", {"heads_every": 500, "time_stamps": []}), [h[2] for h in self.heads]
        before, first, ended, count, failed = {0: 0}, None, None, 0, []  # attempts before each size; the first's place; the last's end
        marked = set(sizes + [h[2] for h in self.options.head])
        for place, record in enumerate(self.log()):
            if record["kind"] == "attempt":
                first, ended, count, failed = place if first is None else first, record["ended"], count + 1, []
            elif record["kind"] == "clock" and "problem" in record:
                failed.append((record["server"], record["problem"]))  # after the last attempt
            if place + 1 in marked:
                before[place + 1] = count
        said = "the protocol promises no time stamps"
        if promise["time_stamps"]:
            said = "the protocol promises time stamps by " + ", ".join(a["authority"] for a in promise["time_stamps"])
        words, last = [said], len(self.heads) - 1
        for authority in promise["time_stamps"]:
            url, anchors = authority["authority"], [x509.load_der_x509_certificate(b64(c)) for c in authority["certificates"]]
            stamped = [n for n in range(len(self.heads)) if self.stamped(n, url, anchors)]
            refuse(count and not any(sizes[n] <= first for n in stamped),
                   f"the protocol promises a time stamp by {url} before the first attempt: there is none")
            if last not in stamped:
                failures = [problem for server, problem in failed if server == url]
                refuse(not failures, f"the protocol promises a time stamp by {url} of the last checkpoint: there is none, and no failure of the authority is recorded")
                words.append(f"{url} gave none of the last checkpoint: {failures[-1]}, as the operator recorded")
        times = [self.stamped(n, None, []) for n in range(len(self.heads))]
        bare = [f"{n + 1} (the last)" if n == last else str(n + 1) for n in range(last, -1, -1) if not self.has(f"time-stamps/{n + 1:05d}.1.tsr")]
        words.append(f"no time stamp: {len(bare)} of {last + 1} checkpoints, {', '.join(bare[:6])}" + ", …" * (len(bare) > 6) if bare else "each checkpoint has a time stamp")
        words += [f"no head was signed from record {a} to {b - 1}, one in {promise['heads_every']} was promised"
                  for a, b in zip([0] + sizes, sizes) if b - a >= 2 * promise["heads_every"]]
        if count and any(times):
            at = max(n for n, found in enumerate(times) if found)
            gap, known = min(times[at]) - milliseconds(ended), before[sizes[at]]
            words.append(f"the last time stamp came {max(0, gap) // 1000} s after the last attempt" if known == count else
                         f"the last time stamp covers {known} of {count} attempts, the last of which ended {max(0, -gap) // 1000} s after it")
        vouched = [size for n, (note, _, size, _) in enumerate(self.heads) if self.options.authority and self.stamped(n, None, self.options.authority)
                   or self.options.witness and self.has(f"witnesses/{n + 1:05d}.note") and any(Note(self.read(f"witnesses/{n + 1:05d}.note")).cosigned_by(k) for k in self.options.witness)]
        covered = max(vouched + [size for _, _, size, head in self.options.head if self.marks.get(size, (0,))[0] == head] + [0])
        if covered == self.size:
            return "; ".join(words + ["every record stands under the word of somebody else"])
        words.append(f"whoever holds the key could have written records {covered} to {self.size - 1}"
                     + (f" (attempts {before[covered] + 1} to {count})" if before[covered] < count else "")
                     + " anew before they were handed over, or left failed attempts out")
        if not self.options.authority and any(times):
            words.append("its time stamps count with --authority")
        raise Unseen("; ".join(words))
    def clock(self):
        origins, ends, latest = {}, {}, 0
        for a in self.attempts():
            for text, ns in ((a["started"], a["started_ns"]), (a["ended"], a["ended_ns"])):
                time, elapsed = milliseconds(text), int(ns) // 1_000_000
                origin = origins.setdefault(a["run"], time - elapsed)
                refuse(abs(time - elapsed - origin) > TOLERANCE + elapsed // 1000, f"the clock was set during run {a['run']}, before attempt {a['id']}")
            refuse(elapsed < ends.get(a["run"], 0) - TOLERANCE or time < latest - TOLERANCE or int(a["started_ns"]) > int(a["ended_ns"]), f"attempt {a['id']} ended before the one it follows")
            ends[a["run"]], latest = elapsed, max(latest, time)
        return f"ran on evenly through {len(origins)} runs"
    def protocol(self):
        log = self.log()
        first = next(log)
        refuse(first["kind"] != "protocol" or any(r["kind"] == "protocol" for r in log), "the first record, and only that, must be the protocol")
        refuse(json.loads(self.read("protocol.json")) != self.frozen, "protocol.json is not the protocol of the log")
        for attempt in itertools.islice(self.attempts(), 1):
            began = milliseconds(attempt["started"])
            stamped = [t for n, h in enumerate(self.heads) if h[2] <= attempt["seq"] for t, _ in self.stamps(n)]
            refuse(max([milliseconds(first["recorded"])] + sorted(stamped)[:1]) > began + TOLERANCE, "it was frozen after the first attempt began")
        return self.digest("protocol.json")
    def completeness(self):
        plan = [sha(line) for line in self.lines("plan.jsonl")]
        refuse(self.digest("plan.jsonl") != self.frozen["plan"]["sha256"], "the plan is not that of the protocol")
        answered, asked = bytearray(len(plan)), bytearray(len(plan))
        for a in self.attempts():
            order = a["planned_order"]
            item = {"model": a["model"], "order": order, "probe": a["probe"], "sample": a["sample"], "seed": a["request_seed"]}
            line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()
            refuse(not 0 <= order < len(plan) or plan[order] != sha(line), f"attempt {a['id']} was not planned")
            refuse(answered[order], f"attempt {a['id']} asks what was answered before")
            asked[order], answered[order] = 1, a["outcome"] != "failed"
        refuse(sum(asked) != len(plan), f"{len(plan) - sum(asked)} of {len(plan)} planned items were never asked")
        return f"all {len(plan)} planned items were asked, {len(plan) - sum(answered)} failed"
def main():
    parser = argparse.ArgumentParser(description="Check evidence of Retort.")
    parser.add_argument("evidence")
    for name, kind in (("key", Key), ("witness", Key), ("authority", str), ("head", str)):
        parser.add_argument(f"--{name}", type=kind, action="append", default=[])
    options = parser.parse_args()
    options.authority = [c for f in options.authority for c in x509.load_pem_x509_certificates(open(f, "rb").read())]
    options.head = [(note, *note.head()) for note in (Note(b"\n\n".join(open(f, "rb").read().split(b"\n\n")[-2:])) for f in options.head)]
    evidence, worst = Evidence(options.evidence, options), 0
    kinds = {"manifest": 20, "load": 20, "signature": 21, "records": 20, "outcomes": 20, "bodies": 20, "root": 20,
             "consistency": 20, "commitments": 20, "time_stamps": 22, "coverage": 22, "clock": 22, "protocol": 22, "completeness": 23}
    for name, code in kinds.items():
        try:
            words = getattr(evidence, name)()
            print(f"✓ {name}: {words}") if words else None
        except Unseen as seen:
            print(f"– {name}: {seen}")
        except Exception as error:  # whatever damaged bytes lead to, it is a check that failed
            print(f"✗ {name}: {error if isinstance(error, Fault) else 'it cannot be read'}")
            worst = min(worst or code, code)
    sys.exit(worst)
main()
