#!/usr/bin/env python3
"""Checks evidence that `retort export` made, without any code of Retort.

usage: verify.py EVIDENCE [--key VKEY] [--witness VKEY] [--authority PEM]

EVIDENCE is the folder; unpack a .tar first. Needs Python 3.9 or newer and the package `cryptography`. Everything is checked
but the computation of the report. One line a check; the exit code is 0, or that of the first kind of promise that is
broken: 20 something was changed, 21 a signature, 22 a time, 23 the plan was not followed to its end; 3 there is no evidence.
"""
import argparse, base64, datetime, hashlib, json, os, re, sys

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

TOLERANCE = 2000  # milliseconds by which two clocks may differ
class Fault(Exception): pass  # what a check found
def refuse(wrong, words):
    if wrong:
        raise Fault(words)
def sha(data):
    return hashlib.sha256(data).digest()
def root(leaves):  # RFC 6962
    level = list(leaves) or [sha(b"")]
    while len(level) > 1:  # pairs from the left; a lone last node rises as it is
        level = [sha(b"\1" + level[i] + level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0]
def b64(text):
    data = base64.b64decode(text, validate=True)
    refuse(base64.b64encode(data).decode() != text, "base 64 that is not canonical")
    return data

def milliseconds(text):
    refuse(not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text), f"{text!r} is no time")
    when = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc)
    return round(when.timestamp() * 1000)

class Key:  # C2SP signed-note verifier key
    def __init__(self, text):
        if os.path.isfile(text):
            text = open(text, encoding="utf-8").readline().strip()
        self.text = text
        self.name, key_id, data = text.split("+", 2)
        data = b64(data)
        self.public = data[1:]
        refuse(self.id_of(data[0]).hex() != key_id or len(self.public) != 32, f"{text} is no verifier key")
    def id_of(self, algorithm):
        return sha(self.name.encode() + b"\n" + bytes([algorithm]) + self.public)[:4]
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
    def signed_by(self, key):
        return any(n == key.name and i == key.id_of(1) and key.valid(s, self.text.encode()) for n, i, s in self.signatures)
    def cosigned_by(self, key):
        def message(stamp):
            return f"cosignature/v1\ntime {int.from_bytes(stamp, 'big')}\n{self.text}".encode()
        return any(n == key.name and i == key.id_of(4) and len(s) == 72 and key.valid(s[8:], message(s[:8]))
                   for n, i, s in self.signatures)

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

def stamp(request, response, message, anchors):
    """-> time in milliseconds and the signer's name, of an RFC 3161 response"""
    asked = der(der(request)[0][1])
    status, content = der(der(response)[0][1])
    refuse(der(status[1])[0][1] not in (b"\0", b"\1"), "it was refused")
    data = der(der(der(content[1])[1][1])[0][1])
    statement = der(der(data[2][1])[1][1])[0][1]
    info = der(der(statement)[0][1])
    imprint = der(info[2][1])
    refuse(info[2][2] != asked[1][2] or imprint[1][1] != sha(message), "it is over something else")
    refuse(asked[2][2] not in [v[2] for v in info[5:]], "it answers another request")
    certificates = [x509.load_der_x509_certificate(v[2]) for f in data[3:-1] if f[0] == 0xA0 for v in der(f[1])]
    signer = der(der(data[-1][1])[0][1])
    issuer, serial = der(signer[1][1])
    digest = DIGESTS[der(signer[2][1])[0][1]]
    owner = [c for c in certificates + anchors
             if c.serial_number == int.from_bytes(serial[1], "big") and c.issuer.public_bytes() == issuer[2]]
    attributes = [der(v[1]) for v in der(signer[3][1])]
    hasher = hashes.Hash(digest)
    hasher.update(statement)
    said = [der(a[1][1])[0][1] for a in attributes if a[0][1] == bytes.fromhex("2a864886f70d010904")]
    refuse(not owner or said != [hasher.finalize()], "it is not signed")
    key = owner[0].public_key()  # the attributes are signed as a SET
    how = (padding.PKCS1v15(), digest) if isinstance(key, rsa.RSAPublicKey) else (ec.ECDSA(digest),)
    key.verify(signer[5][1], b"\x31" + signer[3][2][1:], *how)
    time = datetime.datetime.strptime(info[4][1].decode()[:14], "%Y%m%d%H%M%S").replace(tzinfo=datetime.timezone.utc)
    refuse(anchors and not leads(owner[0], anchors, certificates, time), "no trusted authority vouches for its signer")
    return round(time.timestamp() * 1000), owner[0].subject.rfc4514_string()

def leads(certificate, anchors, others, time, depth=0):
    def issues(issuer):
        try:
            certificate.verify_directly_issued_by(issuer)
            return issuer != certificate and issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return False
    if depth > 4 or not certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc:
        return False
    uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value if depth == 0 else []
    if depth == 0 and x509.ExtendedKeyUsageOID.TIME_STAMPING not in uses:
        return False
    return certificate in anchors or any(leads(c, anchors, others, time, depth + 1) for c in anchors + others if issues(c))

class Evidence:
    def __init__(self, folder, options):
        self.folder, self.options = folder, options
        self.paths = {os.path.relpath(os.path.join(where, name), folder).replace(os.sep, "/")
                      for where, _, names in os.walk(folder) for name in names}
        if "MANIFEST.sha256" not in self.paths and "records.jsonl" not in self.paths:
            print(f"{folder}: is no evidence")
            sys.exit(3)
        self.found = {path: sha(self.read(path)).hex() for path in self.paths}
    def read(self, path):
        return open(os.path.join(self.folder, path), "rb").read() if path in self.paths else b""
    def lines(self, path):
        data = self.read(path)
        refuse(data and not data.endswith(b"\n"), f"the last line of {path} is cut off")
        return data.split(b"\n")[:-1]
    def load(self):
        withheld = [json.loads(line) for line in self.lines("withheld.jsonl")]
        self.withheld = {w["sha256"] for w in withheld if "sha256" in w}
        self.sealed = {w["probe"] for w in withheld if "probe" in w}
        self.raw = self.lines("records.jsonl")
        self.leaves = [sha(b"\0" + line) for line in self.raw]
        self.log = [json.loads(line) for line in self.raw]
        self.attempts = [r for r in self.log if r["kind"] == "attempt"]
        self.frozen = self.log[0]["protocol"]
        self.heads = []
        while f"checkpoints/{len(self.heads) + 1:05d}.note" in self.paths:
            note = Note(self.read(f"checkpoints/{len(self.heads) + 1:05d}.note"))
            origin, size, head = note.text.split("\n")[:3]
            self.heads.append((note, origin, int(size), b64(head)))

    def manifest(self):
        text = self.read("MANIFEST.sha256").decode()
        listed = dict(reversed(line.split("  ", 1)) for line in text.splitlines())
        refuse(text != "".join(f"{listed[p]}  {p}\n" for p in sorted(listed, key=str.encode)), "the list of files is not as it was written")
        for path, digest in listed.items():
            refuse(self.found.get(path) != digest, f"{path} is missing or not as it was written")
        stray = self.paths - set(listed) - {"MANIFEST.sha256", "MANIFEST.note"}
        refuse(stray, f"{min(stray, default=None)} is not in the list of files")
        return f"{len(listed)} files are as listed"

    def signature(self):
        note, keys = Note(self.read("MANIFEST.note")), self.options.key
        key = next((k for k in keys or [Key(l.decode()) for l in self.lines("keys.txt")] if note.signed_by(k)), None)
        refuse(key is None, "the list of files is not signed by a known key")
        refuse(note.text != f"retort evidence\n{self.heads[-1][1]}\n{self.found['MANIFEST.sha256']}\n", "what is signed is another list of files")
        for number, head in enumerate(self.heads):
            refuse(not head[0].signed_by(key), f"checkpoint {number + 1} is not signed by {key.text}")
        return f"by {key.text}" + ("" if keys else " (the evidence's own word)")

    def records(self):
        before, number = "0" * 64, 0
        for place, (record, leaf) in enumerate(zip(self.log, self.leaves)):
            number += record["kind"] == "attempt"
            name = f"attempt {record['id']}" if record["kind"] == "attempt" else f"record {place}"
            refuse(record["seq"] != place or record["prev"] != before or record.get("id", number) != number, f"{name}, or the one before it, is not as it was written")
            before = leaf.hex()
        return f"{len(self.log)}, {number} attempts among them"

    def outcomes(self):
        shown = [a for a in self.attempts if (a.get("answer") or a["failure"]) not in self.withheld]
        lines = self.lines("outcomes.jsonl")
        for attempt, line in zip(shown, lines):
            refuse(sha(line).hex() != (attempt.get("answer") or attempt["failure"]), f"what came of attempt {attempt['id']} is not as it was written")
        refuse(len(shown) != len(lines), f"{len(lines)} outcomes for {len(shown)} attempts")
        return f"{len(shown)} are as recorded"

    def bodies(self):
        for attempt in self.attempts:
            for what in ("request", "response"):
                digest = attempt.get(what)
                refuse(digest and digest not in self.withheld and self.found.get(f"blobs/sha256/{digest[:2]}/{digest[2:]}") != digest, f"the {what} of attempt {attempt['id']} is missing or not as it was written")
        return "as recorded"

    def root(self):
        digest, before = sha(self.read("protocol.json")).hex(), 0
        for number, (_, origin, size, head) in enumerate(self.heads):
            refuse(not origin.endswith(f"/case/{digest[:16]}") or not before <= size <= len(self.leaves) or root(self.leaves[:size]) != head, f"records {before} to {size - 1} do not lead to checkpoint {number + 1}")
            before = size
        refuse(not self.heads or before != len(self.leaves), "records stand after the last checkpoint")
        return root(self.leaves).hex()

    def commitments(self):
        pairs = [json.loads(line) for line in self.lines("commitments.jsonl")]
        leaves = {p["probe"]: p["leaf"] for p in pairs}
        refuse(root([bytes.fromhex(p["leaf"]) for p in pairs]).hex() != self.frozen["probes"]["root"], "the commitments are not those of the protocol")
        shown = set()
        for probe in map(json.loads, self.lines("revealed.jsonl")):
            refuse(sha(b"\0" + bytes.fromhex(probe["salt"]) + probe["text"].encode()).hex() != leaves.get(probe["probe"]), f"the probe {probe['probe']} is not the one that was committed to")
            shown.add(probe["probe"])
        refuse(set(leaves) - shown - self.sealed, "a probe is neither revealed nor withheld")
        return f"{len(shown)} probes are those committed to"
    def stamps(self, number):
        note, found = self.heads[number][0], []
        while f"time-stamps/{number + 1:05d}.{len(found) + 1}.tsr" in self.paths:
            name = f"time-stamps/{number + 1:05d}.{len(found) + 1}"
            found.append(stamp(self.read(name + ".tsq"), self.read(name + ".tsr"), note.data, self.options.authority))
        return found

    def time_stamps(self):
        words = []
        for number, (note, _, size, _) in enumerate(self.heads):
            ends = [milliseconds(r["ended"]) for r in self.log[:size] if r["kind"] == "attempt"]
            for time, signer in self.stamps(number):
                refuse(ends and time + TOLERANCE < ends[-1], f"that of checkpoint {number + 1} is earlier than attempts that it covers")
                words.append(signer)
            witness = self.read(f"witnesses/{number + 1:05d}.note")
            refuse(witness and Note(witness).text != note.text, "a witness signed another checkpoint")
        for key in self.options.witness:
            refuse(not any(Note(self.read(p)).cosigned_by(key) for p in self.paths if p.startswith("witnesses/")), f"no checkpoint is cosigned by {key.name}")
        return f"{len(words)}: " + "; ".join(words[:4])

    def clock(self):
        origins, ends, latest = {}, {}, 0
        for a in self.attempts:
            for text, ns in ((a["started"], a["started_ns"]), (a["ended"], a["ended_ns"])):
                time, elapsed = milliseconds(text), int(ns) // 1_000_000
                origin = origins.setdefault(a["run"], time - elapsed)
                refuse(abs(time - elapsed - origin) > TOLERANCE + elapsed // 1000, f"the clock was set during run {a['run']}, before attempt {a['id']}")
            refuse(elapsed < ends.get(a["run"], 0) - TOLERANCE or time < latest - TOLERANCE or int(a["started_ns"]) > int(a["ended_ns"]), f"attempt {a['id']} ended before the one it follows")
            ends[a["run"]], latest = elapsed, max(latest, time)
        return f"ran on evenly through {len(origins)} runs"

    def protocol(self):
        refuse(self.log[0]["kind"] != "protocol" or sum(r["kind"] == "protocol" for r in self.log) != 1, "the first record, and only that, must be the protocol")
        refuse(json.loads(self.read("protocol.json")) != self.frozen, "protocol.json is not the protocol of the log")
        if self.attempts:
            began = milliseconds(self.attempts[0]["started"])
            stamped = [t for n, h in enumerate(self.heads) if h[2] <= self.attempts[0]["seq"] for t, _ in self.stamps(n)]
            refuse(max([milliseconds(self.log[0]["recorded"])] + sorted(stamped)[:1]) > began + TOLERANCE, "it was frozen after the first attempt began")
        return sha(self.read("protocol.json")).hex()

    def completeness(self):
        data = self.read("plan.jsonl")
        plan = {item["order"]: item for item in map(json.loads, self.lines("plan.jsonl"))}
        refuse(sha(data).hex() != self.frozen["plan"]["sha256"], "the plan is not that of the protocol")
        answered, asked = set(), set()
        for a in self.attempts:
            item = plan.get(a["planned_order"])
            refuse(item != {"order": a["planned_order"], "model": a["model"], "probe": a["probe"], "sample": a["sample"], "seed": a["request_seed"]}, f"attempt {a['id']} was not planned")
            refuse(a["planned_order"] in answered, f"attempt {a['id']} asks what was answered before")
            asked.add(a["planned_order"])
            if a["outcome"] != "failed":
                answered.add(a["planned_order"])
        refuse(len(asked) != len(plan), f"{len(plan) - len(asked)} of {len(plan)} planned items were never asked")
        return f"all {len(plan)} planned items were asked, {len(plan) - len(answered)} failed"

def main():
    parser = argparse.ArgumentParser(description="Check evidence of Retort.")
    parser.add_argument("evidence")
    parser.add_argument("--key", type=Key, action="append", default=[])
    parser.add_argument("--witness", type=Key, action="append", default=[])
    parser.add_argument("--authority", action="append", default=[])
    options = parser.parse_args()
    options.authority = [c for f in options.authority for c in x509.load_pem_x509_certificates(open(f, "rb").read())]
    evidence, worst = Evidence(options.evidence, options), 0
    kinds = {"manifest": 20, "load": 20, "signature": 21, "records": 20, "outcomes": 20, "bodies": 20, "root": 20,
             "commitments": 20, "time_stamps": 22, "clock": 22, "protocol": 22, "completeness": 23}
    for name, code in kinds.items():
        try:
            words = getattr(evidence, name)()
            print(f"✓ {name}: {words}") if words else None
        except Exception as error:  # whatever damaged bytes lead to, it is a check that failed
            print(f"✗ {name}: {error if isinstance(error, Fault) else 'it cannot be read'}")
            worst = min(worst or code, code)
    sys.exit(worst)
main()
