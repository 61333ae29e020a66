#!/usr/bin/env python3
"""Checks evidence that `retort export` made, without any code of Retort.

usage: verify.py EVIDENCE [--key VKEY] [--witness VKEY] [--authority PEM] [--head NOTE]

EVIDENCE is the folder; unpack a .tar first. Needs Python 3.9 or newer and the package `cryptography`. Everything is checked
but the report, which may say anything as far as this goes, and what was asked and answered with probes that are sealed.
One line a check; the exit code is 0, or that of the first kind of promise that is
broken: 20 something was changed, 21 a signature, 22 a time, 23 the plan was not followed to its end, 25 raw requests and
responses say something else than was planned and analysed; 3 there is no evidence, 64 an option, or what it names, cannot be read.
What the forms are is written in VERIFY.md, in the evidence.
"""
import argparse, base64, collections, contextlib, datetime, functools, hashlib, itertools, json, math, os, re, stat, sys, unicodedata, zlib
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

TOLERANCE = 2000  # milliseconds by which two clocks may differ
OWN = ("MANIFEST.sha256", "MANIFEST.note")
LARGE = 1 << 53  # from here on, a JSON number does not hold every whole number
VOUCHING = 16 << 20  # bytes of what an option names
WHOLE, FILE = 64 << 20, 2 << 30  # bytes of a line, and of a file that is read whole; of a file of recorded answers
LONGEST, KEPT = 8 << 20, 64 << 10  # bytes of a response that is read; what is kept of a longer one
EVENTS, RESPONSE, STREAM = 65536, 4_000_000, 12_000_000  # of a stream; size of a document, and of all events of a stream
LINE, VALUES = 64 << 20, 40_000_000  # bytes of a line of recorded answers, and its size
SHORTEST = 1000  # milliseconds: a limit below shows of no attempt that it took too long
class Fault(Exception): pass  # what a check found
class Unseen(Exception): pass  # nothing is wrong, but not everything could be seen
def refuse(wrong, words):
    if wrong:
        raise Fault(words)
def shown(text):  # whatever came from outside, fit for one line of a terminal
    plain = lambda c: c == " " or c.isprintable() and unicodedata.category(c)[0] not in "CZ"
    return "".join(c if plain(c) else f"\\u{{{ord(c):x}}}" for c in str(text))[:600]
def whole(text, least=0):  # a count in digits, as it is written and not otherwise
    refuse(not re.fullmatch("0|[1-9][0-9]{0,18}", text) or not least <= int(text) < 1 << 63, "a number that is none")
    return int(text)

# --- JSON: canonical (RFC 8785), and as endpoints write it ---------------------------------------------------------------

def members(pairs):  # of a name that comes twice the last counts; names that print alike are one
    if all(name.isascii() for name, _ in pairs):
        return dict(pairs)
    found, names = {}, {}
    for name, value in pairs:
        found[names.setdefault(unicodedata.normalize("NFC", name), name)] = value
    return found
def real(text):  # beyond the range of doubles there is no number
    number = float(text)
    return number if math.isfinite(number) else None
def integer(text): return int(text) if len(text) < 21 and -1 << 63 <= int(text) < 1 << 63 else real(text)
def constant(text): raise ValueError(text)  # NaN and Infinity are not JSON
def absent(text): return None  # of an endpoint they are values that are not there
def repaired(value):  # half a pair of surrogates is no character
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [repaired(v) for v in value]
    return members([(repaired(k), repaired(v)) for k, v in value.items()]) if isinstance(value, dict) else value
def shallow(value, depth=0):  # no reader is asked to go deeper than this
    refuse(depth > 255, "JSON that is too deep")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        shallow(inner, depth + 1)
DECODER = json.JSONDecoder(object_pairs_hook=members, parse_float=real, parse_int=integer, parse_constant=constant)
LENIENT = json.JSONDecoder(object_pairs_hook=members, parse_float=real, parse_int=integer, parse_constant=absent)
def sent(data): return parsed(data, LENIENT)  # as endpoints write it
def parsed(data, decoder=DECODER):  # ValueError for anything but JSON
    text = data.decode("utf-8")
    text = text[1:] if text[:1] == "\ufeff" else text
    try:
        value = decoder.decode(text)
        shallow(value) if text.count("[") + text.count("{") > 255 else None
    except (RecursionError, Fault):
        raise ValueError("too deep")
    return repaired(value) if "\\u" in text else value
def size(data):  # values, of an object's members the names too, and 5 more for each list and object
    marks = re.sub(rb"[ \t\r\n]", b"", re.sub(rb'"[^"\\]*(?:\\.[^"\\]*)*"', b"s", data))
    opened = marks.count(b"[") + marks.count(b"{")
    return 1 + marks.count(b",") + marks.count(b":") + 6 * opened - marks.count(b"[]") - marks.count(b"{}")
def may_exceed(data, limit): return 3 * len(data) > limit  # lists of lists take the fewest bytes
def received(data):  # a document as an endpoint sent it
    if may_exceed(data, RESPONSE) and size(data) > RESPONSE:
        raise ValueError("too large")
    return sent(data)
def decimal(number):  # as ECMAScript writes a double
    if number == int(number) and abs(number) < LARGE:
        return str(int(number))
    digits, exponent = f"{abs(number)!r}".split("e") if "e" in repr(number) else (f"{abs(number)!r}", "0")
    before, _, after = digits.partition(".")
    after = "" if after == "0" else after
    point = len(before) + int(exponent)
    digits = before + after
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    digits, sign = stripped.rstrip("0"), "-" if number < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    return sign + digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
def canonical(value):
    if isinstance(value, str):
        return json.encoder.encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    names = sorted(value) if all(map(str.isascii, value)) else sorted(value, key=lambda n: n.encode("utf-16-be"))
    return "{" + ",".join(f"{canonical(n)}:{canonical(value[n])}" for n in names) + "}"
def strict(line):  # a value has one text, and a text one value
    try:
        value = parsed(line)
        refuse(canonical(value).encode() != line, "")
    except (ValueError, Fault):
        raise Fault("a line that is no canonical JSON")
    return value

# --- Forms: what members there are, and what they must be ------------------------------------------------------------------

def is_int(v): return isinstance(v, int) and not isinstance(v, bool)
def is_text(v): return isinstance(v, str)
def is_number(v): return is_int(v) or isinstance(v, float)
def is_bool(v): return isinstance(v, bool)
def is_object(v): return isinstance(v, dict)
def is_digest(v): return is_text(v) and re.fullmatch("[0-9a-f]{64}", v) is not None
def is_time(v):
    try:
        return is_text(v) and milliseconds(v) is not None
    except Fault:
        return False
def count(least): return lambda v: is_int(v) and least <= v < LARGE
def is_long(v): return is_int(v) and 0 <= v < LARGE or is_text(v) and re.fullmatch("[1-9][0-9]{15,18}", v) is not None and LARGE <= int(v) < 1 << 63
def exactly(value): return lambda v: type(v) is type(value) and v == value
def one_of(*words): return lambda v: is_text(v) and v in words
def either(*forms): return lambda v: any(form(v) for form in forms)
def listed(form): return lambda v: isinstance(v, list) and all(map(form, v))
def table(form): return lambda v: is_object(v) and all(map(form, v.values()))
def form(needed, optional={}):
    every = {**needed, **optional}
    return lambda v: is_object(v) and needed.keys() <= v.keys() and all(n in every and every[n](m) for n, m in v.items())
def is_token(v): return TOKEN(v)
TOKEN = form({"token": is_text}, {"id": is_int, "bytes": listed(count(0)), "logprob": is_number, "top_logprobs": listed(is_token)})
HEADERS = listed(listed(is_text))
ASKED = {"name": is_text, "started": is_time, "ended": is_time, "url": is_text, "request": is_digest}
CLOCK = {"server": is_text, "moment": one_of("begin", "end"), "recorded": is_time}
def record(kind, needed, optional={}):
    return form({"v": exactly(1), "kind": exactly(kind), "seq": count(0), "prev": is_digest, **needed}, optional)
RECORDS = {
    "protocol": record("protocol", {"protocol": is_object, "recorded": is_time, "tool": is_text}),
    "circumstances": record("circumstances", {"circumstances": is_object, "recorded": is_time, "tool": is_text,
        "changes": listed(form({"what": is_text}, {"before": is_text, "after": is_text}))}),
    "run": record("run", {"run": count(1), "started": is_time, "tool": is_text}),
    "attempt": record("attempt", {"id": count(1), "run": count(1), "planned_order": count(0), "model": is_text, "probe": is_text,
        "sample": count(0), "request_seed": count(0), "started": is_time, "ended": is_time, "started_ns": is_long,
        "ended_ns": is_long, "url": is_text, "request_headers": HEADERS, "request": is_digest,
        "redacted": either(exactly(0), exactly(1)), "charged_tokens": is_long, "hash": is_digest,
        "outcome": one_of("ok", "empty", "truncated", "refused", "filtered", "failed")},
        {"first_byte_ns": is_long, "status": count(0), "response_headers": HEADERS, "response": is_digest,
         "answer": is_digest, "failure": is_digest}),
    "capability": record("capability", {"model": is_text, "tool": is_text, "recorded": either(is_time, exactly("")),
        "findings": listed(form(dict.fromkeys(("aspect", "standing", "requested", "observed"), is_text))),
        "exchanges": listed(either(form({**ASKED, "status": count(0), "response": is_digest}, {"problem": is_text}),
                                   form(ASKED, {"problem": is_text})))}),
    "analysis": record("analysis", {"recorded": is_time, "tool": is_text,
        "analysis": form({"method": count(0)}, {"calibration_sha256": is_digest})}),
    "connection": record("connection", {"host": is_text, "version": is_text, "certificate": is_text, "certificate_sha256": is_digest,
        "spki_sha256": is_digest, "recorded": is_time}, {"address": is_text}),
    "clock": either(record("clock", {**CLOCK, "offset_us": is_int, "delay_us": is_int, "stratum": is_int}),
                    record("clock", {**CLOCK, "problem": is_text}))}
PLANNED = form({"order": count(0), "model": is_text, "probe": is_text, "sample": count(0), "seed": count(0)})
COMMITMENT = form({"probe": is_text, "leaf": is_digest})
REVEALED = form({"probe": is_text, "salt": is_digest, "text": is_text})
PROBE = form({"id": lambda v: is_text(v) and v and "\0" not in v, "prompt": is_text},
    {"system": is_text, "category": is_text, "language": is_text, "samples": count(1), "max_tokens": count(1),
     "temperature": lambda v: is_number(v) and 0 <= v <= 2, "reads": listed(is_text),
     "given": form({"text": is_text, "prompt_id": is_text, "sample": count(0)}, {"of": is_text, "tokens": table(listed(count(0))),
        "plain": form({"spelling": is_text, "name": is_text, "marks": count(1), "usual": is_number})})})
WITHHELD = either(form({"what": exactly("probe"), "probe": is_text}),
                  form({"what": one_of("request", "response", "outcome", "probe set", "recorded answers"), "sha256": is_digest}))
FAILURE = form({"kind": is_text, "detail": is_text})
ANSWER = form({"text": is_text}, {**dict.fromkeys(("reasoning", "reasoning_source", "finish", "native_finish", "declared_model", "fingerprint"), is_text),
    **dict.fromkeys(("prompt_tokens", "completion_tokens", "reasoning_tokens"), count(0)),
    "tokens": listed(is_token), "prompt_tokens_logprobs": listed(is_token), "pasted": exactly(True), "others": listed(is_text), "response_id": is_text})
DIALECTS = ("openai-chat", "openai-responses", "openai-completions", "anthropic", "gemini", "ollama", "llama.cpp", "azure", "vllm",
            "openrouter", "deepseek", "manual")
RECORDED = form({"model": is_text, "recorded": form(
    {"file": is_text, "sha256": is_digest, "answers": count(1), "probes": count(1), "by_prompt": count(0), "left_out": count(0)},
    {**dict.fromkeys(("by", "date", "from", "template"), is_text), "temperature": is_number, "top_p": is_number, "max_tokens": count(1)})})
ENDPOINT = form({"model": is_text, "url": is_text, "served_model": is_text, "dialect": one_of(*DIALECTS),
              "token_limit_field": one_of("max_tokens", "max_completion_tokens")},
             {"api_version": is_text, "provider": is_text, "stream": exactly(True), "fields": is_object, "omit": listed(is_text)})
MODEL = either(ENDPOINT, RECORDED)
MEASUREMENT = form({"schema": exactly("retort.protocol/1"), "seed": is_text, "suspect": MODEL, "candidates": listed(MODEL),
    "cohort": listed(MODEL), "probes": listed(is_digest), "samples": count(0),
    "sampling": form({"temperature": is_number, "top_p": is_number, "max_tokens": count(0), "logprobs": is_bool},
                     {"top_logprobs": count(0), "prompt_logprobs": exactly(True)})})
CUSTODY = form({"heads_every": count(1), "time_stamps": listed(form({"authority": is_text, "certificates": listed(is_text)}))})

# --- Dialects: how each asks, and what its responses say ---------------------------------------------------------------------
# Accessors take whatever an endpoint sent: what is not of the type that is asked for is not there.

def get(value, *path):
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value
def text_of(value): return value if isinstance(value, str) else None
def list_of(value): return value if isinstance(value, list) else []
def int_of(value):
    if isinstance(value, float) and value == int(value) and -1 << 63 <= value < 1 << 63:
        return int(value)
    return value if is_int(value) else None
def number_of(value): return float(value) if is_number(value) else None
def tokens_counted(value):
    number = int_of(value)
    return number if number is not None and 0 <= number <= 1_000_000_000 else None
def texts(values): return [v for v in values if isinstance(v, str)]
def compact(**members): return {name: value for name, value in members.items() if value is not None}
def once(found):  # without a last one that repeats all others, with which some servers end a stream
    spoken = [t for t in found if t]
    grown = [t for n, t in enumerate(spoken) if n == 0 or t != spoken[n - 1]]
    if len(grown) > 2 and len(grown[-1].encode()) >= 16 and all(len(b) > len(a) and b.startswith(a) for a, b in zip(grown, grown[1:])):
        return grown[-1]  # each says all that was said before it
    before = "".join(spoken[:-1])
    return before if len(spoken) > 2 and len(spoken[-1].encode()) >= 16 and before == spoken[-1] else "".join(spoken)
def joined(values):
    found = texts(values)
    return once(found) if found else None
def appended(values):
    found = [v for v in values if isinstance(v, list)]
    return list(itertools.chain(*found)) if found else None
def last(values): return next((v for v in reversed(list(values)) if v is not None), None)

def token(value):
    if text_of(get(value, "token")) is None:
        return None
    raw, top = get(value, "bytes"), get(value, "top_logprobs")
    raw = [int_of(b) for b in raw] if isinstance(raw, list) else None
    if raw is not None and not all(b is not None and 0 <= b <= 255 for b in raw):
        raw = None
    return made_token(value["token"], int_of(get(value, "id")), number_of(get(value, "logprob")),
                      tokens(top) if isinstance(top, list) else None, raw)
def made_token(name, number, logprob, top, raw=None):
    logprob = logprob if logprob is not None and -9000 < logprob <= 1 else None  # a sentinel of some servers is no number
    return compact(token=name, id=number, bytes=raw, logprob=logprob, top_logprobs=top)
def tokens(values): return [t for t in map(token, values) if t is not None]
def tokens_of(value): return tokens(value) if isinstance(value, list) else None
def asked_tokens(answer, sampling, model):  # without tokens that nobody asked for, or of more than the text
    answer = dict(answer)
    echo, top = sampling.get("prompt_logprobs", False), sampling.get("top_logprobs", 5) + 1
    found, most = answer.pop("tokens", None), len((answer["text"] + answer.get("reasoning", "")).encode()) + 8
    if not echo:
        answer.pop("prompt_tokens_logprobs", None)
    if found is not None and (sampling["logprobs"] or echo) and "logprobs" not in model.get("omit", ()) and len(found) <= most:
        alone = lambda t: {n: v for n, v in t.items() if n != "top_logprobs"}
        answer["tokens"] = [{**t, "top_logprobs": [alone(a) for a in t["top_logprobs"][:top]]} if "top_logprobs" in t else t for t in found]
    return answer

def named_error(data):  # what an event named `error` says is one, whatever shape it has
    try:
        told = received(data)
    except ValueError:
        told = data.decode("utf-8", "replace")
    return data if isinstance(told, dict) and "error" in told else canonical({"error": told}).encode()
class Stream:  # Server-Sent Events, or a JSON value a line
    def __init__(self, body): self.values, self.done, self.broken, self.size, self.is_large = [], False, False, 0, may_exceed(body, STREAM)
    def add(self, data):
        whole, data = data, data[re.match(rb"[\x00-\x20]*(?:data:[\x00-\x20]*)*", data).end():]  # frameworks write the word a second time
        try:
            over = data.strip(bytes(range(0x21))) == b"[DONE]"
            self.done |= over
            if not over:
                self.values.append(sent(data))
                self.size += size(data) if self.is_large else 0
                self.broken |= len(self.values) > EVENTS or self.size > STREAM
        except ValueError:
            self.broken |= not self.add_lines(whole)
    def add_lines(self, data):  # each line an event of its own, where each is one: servers leave out the empty lines between them
        lines, was = [line for line in data.split(b"\n") if line], (len(self.values), self.done, self.size)
        if self.broken or len(lines) < 2:
            return False
        for line in lines:
            self.add(line) if not self.broken else None
        if self.broken:
            del self.values[was[0]:]
            self.done, self.size = was[1:]
        return not self.broken
    @staticmethod
    def bare(body, value):  # without the words of events: a list of values, or one a line
        stream = Stream(body)
        if body.lstrip(bytes(range(0x21))).startswith(b"["):
            stream.values = value if isinstance(value, list) and len(value) <= EVENTS and all(isinstance(v, dict) for v in value) else []
            return stream if stream.values else None
        stream = Stream.lines(body)
        return stream if stream and not stream.broken and len(stream.values) > 1 else None
    @staticmethod
    def events(body):
        body = body.lstrip(bytes(range(0x21)) + b"\xef\xbb\xbf")
        if not body.startswith((b"data:", b"data\n", b"data\r", b"event:", b"id:", b"retry:", b":")):
            return None
        stream, said_lines, name = Stream(body), [], b""
        def value(field, line):
            if line == field:
                return b""
            line = line[len(field) + 1:] if line.startswith(field + b":") else None
            return line[1:] if line is not None and line[:1] == b" " else line
        def dispatch():  # an event without data is none, nor is a heartbeat of words
            data = b"\n".join(said_lines)
            words = data.lstrip(bytes(range(0x21)))
            if words and (words.startswith(b"{") or name not in (b"ping", b"heartbeat", b"keepalive", b"keep-alive", b"keep_alive")):
                stream.add(named_error(data) if name == b"error" else data)
        for line in lines_of(body):
            said, called = value(b"data", line), value(b"event", line)
            if not line:
                dispatch()
                said_lines, name = [], b""
            elif said is not None:
                said_lines += [said] if said or said_lines else []
            elif called is not None:
                name = called
        dispatch()  # servers leave the empty line out after the last
        return stream
    @staticmethod
    def lines(body):
        stream = Stream(body)
        for line in lines_of(body):
            stream.add(line) if any(b > 0x20 for b in line) else None
        return stream if stream.values else None
def lines_of(body): return re.split(b"\r\n|\n|\r", body)[:None if body[-1:] not in (b"\r", b"\n", b"") else -1]

MINIMAX = {1002: "rate_limit_exceeded", 1039: "rate_limit_exceeded", 1004: "invalid_api_key", 2049: "invalid_api_key", 1008: "insufficient_balance",
    1026: "sensitive_content", 1027: "sensitive_content", 2013: "invalid_request_error"}
def first_of(error): return (error[0] if error else None) if isinstance(error, list) else error
def in_band_error(value):  # where a response has its error, in the shapes of many vendors; of an error of the chat it is only whether it withholds
    error = first_of(get(value, "error"))
    if error is not None and error is not False and error != "":
        beside = {n: get(value, n) for n in ("code", "estimated_time") if get(value, n) is not None}
        return {"message": error, **beside} if is_text(error) and beside else error
    if get(value, "success") is False:
        listed = first_of(get(value, "errors"))
        return value if listed is None else listed
    number = int_of(get(value, "base_resp", "status_code"))
    if number:
        return {"code": MINIMAX.get(number, str(number)), "message": get(value, "base_resp", "status_msg")}
    number = int_of(get(value, "error_code"))
    if number:
        return {"code": number, "message": value["error_msg"] if "error_msg" in value else get(value, "message")}
    error = get(value, "Response", "Error")
    if isinstance(error, dict):
        return {"code": error.get("Code"), "message": error.get("Message")}
    if get(value, "object") == "error":
        return value
    number = int_of(get(value, "code"))
    flat = get(value, "type") == "error" or number not in (None, 0, 200) and not any(n in value for n in ("choices", "candidates", "content", "output", "data", "embeddings"))
    return value if flat and (is_text(get(value, "message")) or is_text(get(value, "msg"))) else None
CODES = ("content_filter", "contentfilter", "content_policy", "contentpolicy", "data_inspection", "datainspection", "responsibleai",
    "responsible_ai", "sensitivecontent", "sensitive_content", "content_moderation", "moderation_blocked", "input_moderation", "output_moderation",
    "prohibited_content", "content_blocked", "guardrail", "unsafe_content", "risk_control", "jailbreak", "censor", "cyber_policy", "bio_policy",
    "policy_violation", "prompt_shield", "contentrisk", "content_risk", "unsafe")
NUMBERS = ("1301", "10013", "10014", "2016", "2017")
PHRASES = ("content exists risk", "content management policy", "content violates", "violates our content", "safety_check",
    "violating our usage policy", "violates our usage polic", "prompt was flagged", "input was flagged", "flagged by moderation",
    "flagged by the moderation", "content moderation", "moderation policy", "inappropriate content", "sensitive content", "unsafe content",
    "unsafe or sensitive", "prohibited content", "safety filter", "safety system", "blocked by safety", "blocked due to safety", "harmful content",
    "content filter", "content policy", "prohibited_content", "sensitive information", "content_filter", "considered high risk", "new_sensitive",
    "safety polic", "guardrail", "detected as jailbreak", "sensitive words", "limited access to this content", "content was flagged",
    "flagged for possible", "flagged as potentially", "blocked output", "blocked input", "blocked due to security config", "did not pass the audit",
    "safety model", "prompt shield", "prompt attack", "unsafe prompt", "unsafe output", "outputted is blocked", "sensitive topic",
    "not allowed: unsafe", "敏感", "内容违规", "内容审核", "不适当的内容", "安全策略")
def withheld(status, error):  # the vendor's word for an answer that was withheld, or None
    inner = get(error, "innererror", "code")
    inner = get(error, "inner_error", "code") if not (isinstance(get(error, "innererror"), dict) and "code" in error["innererror"]) else inner
    names = [n.lower() if is_text(n) else str(int_of(n)) for n in (get(error, "code"), get(error, "type"), get(error, "status"),
             get(error, "reason"), inner) if is_text(n) or int_of(n) is not None]
    told = next((m for m in (get(error, n) for n in ("message", "msg", "detail", "Message")) if m is not None), None)
    message = told if is_text(told) else canonical(told) if told is not None else error if is_text(error) else ""
    message = " ".join([message] + texts([get(error, "cause"), get(error, "metadata", "raw")]))
    message = message.encode()[:8192].decode("utf-8", "replace").lower()
    details = canonical(error["details"]).encode()[:8192].decode("utf-8", "replace").lower() if isinstance(error, dict) and "details" in error else ""
    if status == 401 or not (any(c in n for c in CODES for n in names) or status < 500 and (
            any(n in NUMBERS for n in names) or any(p in message for p in PHRASES) or any(p in n for p in PHRASES for n in names)
            or any(r in details for r in ("error_unsafe_", "prohibited_content")))):
        return None
    word = next((w for w in (get(error, "code"), get(error, "innererror", "code"), get(error, "type")) if is_text(w)), None)
    return "content_filter" if word is None else word
def kept_back(word): return None, ("filtered", compact(text="", finish="content_filter", native_finish=word))
def object_in(status, body, assembled, lines=False):  # the object of a response that claims success, or None; or a filtered answer
    try:
        value = received(body)
    except ValueError:
        value = None
    if not 200 <= status < 300:
        first = value[0] if isinstance(value, list) and value else value
        error = in_band_error(first)
        page = body.lstrip(bytes(range(0x21)) + b"\xef\xbb\xbf")[:4096].lower().startswith((b"<!doctype html", b"<html"))
        error = error if error is not None else first if value is not None else None if page else body[:8192].decode("utf-8", "replace")
        word = withheld(status, error)
        return (None, None) if word is None else kept_back(word)
    stream = (Stream.lines(body) if lines and value is None else None) or Stream.events(body)
    if stream is None and not isinstance(value, dict):
        bare = Stream.bare(body, value)
        stream = bare if bare and (assembled(bare) is not None or any(in_band_error(v) is not None for v in bare.values)) else None
    if stream:
        error = next((e for e in map(in_band_error, stream.values) if e is not None), None)
        if error is not None:
            return (None, None) if withheld(status, error) is None else kept_back(withheld(status, error))
        value = None if stream.broken else assembled(stream)
    error = in_band_error(value) if isinstance(value, dict) else None
    if error is not None:
        return (None, None) if withheld(status, error) is None else kept_back(withheld(status, error))
    return (value, None) if isinstance(value, dict) else (None, None)
LENGTHS = ("length", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_new_tokens", "max_length", "model_length", "error_limit",
    "token_limit", "model_context_window_exceeded", "context_window_exceeded")
FILTERS = ("content_filter", "safety", "recitation", "blocklist", "blacklist", "prohibited_content", "spii", "guardrail_intervened", "error_toxic",
    "moderation", "censor")
BROKEN = ("error", "insufficient_system_resource", "network_error", "abort", "aborted", "timeout", "timed_out", "cancelled", "canceled", "failed",
    "server_error", "internal_error", "load", "unload")
def folded_word(native): return ([p for p in native.lower().split(".") if p] or [""])[-1]
def finish_word(native):
    word = folded_word(native)
    if any(f in word for f in FILTERS) or word in ("sensitive", "violation"):
        return "content_filter"
    return "length" if word in LENGTHS else {"eos": "stop", "end_turn": "stop", "eos_token": "stop", "STOP": "stop", "[DONE]": None}.get(native, native)
def outcome(said, finish, refusal=False):
    if finish == "content_filter":
        return "filtered"
    if refusal or said.refusal is not None:
        return "refused"
    return ("ok" if said.others else "empty") if not said.words() else "truncated" if finish == "length" else "ok"
def identifier(value): return value if is_text(value) and value and len(value.encode()) <= 256 else None

SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
NEWLINE = "\n\v\f\r\x85\u2028\u2029"
LINE_END = re.compile(f"[{NEWLINE}]")
def low(text): return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)
WORDS = ("think", "thought", "reason", "scratchpad", "monologue", "reflection")
ANSWERS = ("answer", "response", "output", "solution", "final")
BRACKETS = (("<|", "|>"), ("<｜", "｜>"), ("<", ">"), ("[", "]"), ("◁", "▷"), ("&lt;", "&gt;"))
ROLES = ("assistant", "model", "<role>assistant</role>")
UNSEEN = "\ufeff\u200b\u2060"  # marks of byte order or of no width
SENTENCES = (("here is my thought process:", "here is my response:"), ("here are my reasoning steps:", "[begin final response]"),
    ("<|im_start|>think", "<|im_start|>answer"), ("<unused94>thought", "<unused95>"), ("<|channel>thought", "<channel|>"), ("<|inner_prefix|>", "<|inner_suffix|>"),
    ("<|im_start|>assistant/think", "<|im_start|>assistant"), ("thinking...", "...done thinking."), (":::thinking", ":::"))
NEXT_MESSAGE = "<|end|><|begin|>assistant<|content|>"
CLOSINGS = ("</think>", "</thinking>", "[/think]", "</seed:think>", "◁/think▷", "</thought>", "</reasoning>", "&lt;/think&gt;")
def past_space(text, place):
    while place < len(text) and text[place] in SPACE:
        place += 1
    return place
def tag(text, folded, place):  # mark, name, end and closings of a name in brackets
    for left, right in BRACKETS:
        if folded.startswith(left, place):
            name = re.match("[0-9A-Za-z\\-.:_▁]*", text[place + len(left):place + len(left) + 32]).group()
            end = place + len(left) + len(name)
            if name and folded.startswith(right, end):
                name = low(name)
                word = next((w for w in ("begin", "start") if w in name), None)
                closings = [left + name.replace(word, "end") + right] if word else [left + "/" + name + right] + (
                    ["</|" + name + "|>", "</" + name + ">", NEXT_MESSAGE] if left == "<|" else [])
                return folded[place:end + len(right)], name, end + len(right), closings
    return None
def first_mark(folded, marks, place):  # place and mark of the first of several that comes, in one way through the text
    found = re.compile("|".join(map(re.escape, marks))).search(folded, place)
    return (found.start(), found.group()) if found else None
def behind_header(text, folded, place):  # special tokens and names of the role that some servers leave before the thoughts
    while place < len(text):
        role, found = next((r for r in ROLES if folded.startswith(r, place)), None), tag(text, folded, place)
        if role:
            place = past_space(text, place + len(role))
        elif found and found[0].startswith("<|") and not any(w in found[1] for w in WORDS):
            place = past_space(text, found[2])
        else:
            break
    return place
def ends_sentence(text, place):  # before it
    while place and text[place - 1] in SPACE:
        place -= 1
    return place > 0 and text[place - 1] in ".!?…。"
def speaks_of(text, start, end, rest):  # whether tags are words of one sentence
    within = lambda at: text[at:at + 1] == " " and "a" <= text[at + 1:at + 2] <= "z"
    return within(start) and within(rest) and text[end - 1] == " " and not ends_sentence(text, end)
def block(text, folded, place):  # mark, thoughts and end of a block of thoughts
    for opening, closing in SENTENCES:
        if folded.startswith(opening, place):
            end = folded.find(closing, place + len(opening))
            if end >= 0:
                return opening, text[place + len(opening):end], end + len(closing)
    if folded.startswith("<details", place):
        head = folded.find(">", place)
        end = folded.find("</details>", head + 1) if head >= 0 else -1
        line = past_space(text, head + 1) if end >= 0 else len(text)
        shown = folded.find("</summary>", line) if folded.startswith("<summary>", line) else -1
        told = folded.startswith('<details type="reasoning"', place)
        if end >= 0 and (told or 0 <= shown < end and any(w in folded[line:shown] for w in WORDS)):
            return '<details type="reasoning">' if told else "<details>", text[head + 1:end], end + len("</details>")
    quoted = next((m for m in ("*thinking...*\n", "> thinking\n") if folded.startswith(m, place)), None)
    if quoted:  # lines of a quotation under a line that says what they are
        start = end = place + len(quoted)
        line = past_space(text, start)
        while text.startswith(">", line):
            over = LINE_END.search(text, line)
            end = over.start() if over else len(text)
            line = past_space(text, end)
        if end > start:
            return folded[place:start - 1], text[start:end], end
    found = tag(text, folded, place)
    if not found or not any(w in found[1] for w in WORDS):
        return None
    end = first_mark(folded, found[3], found[2])
    if not end:
        return (found[0], text[found[2]:], len(text)) if "think" in found[1] else None
    at, closing = end
    if speaks_of(text, found[2], at, at + len(closing)):
        return None
    return found[0], text[found[2]:at], at + len(closing)
def unwrapped(text, folded, start):  # the answer without the tag around it
    found = tag(text, folded, start)
    if not found or not any(w in found[1] for w in ANSWERS):
        return text[start:]
    end = len(text.rstrip(SPACE))
    for closing in found[3]:
        at = folded.find(closing, found[2])
        if at >= 0:
            if at + len(closing) != end:
                return text[start:]
            return text[past_space(text, found[2]):len(text[:at].rstrip(SPACE))]
    return text[past_space(text, found[2]):]
def split(text):  # thoughts, answer, mark and whether a tool is called, of a text that begins with thoughts
    folded, channel = low(text), "<|channel|>"
    start = next((n for n, c in enumerate(text) if c not in SPACE and c not in UNSEEN), len(text))
    first = start + len("<|start|>assistant") if folded.startswith("<|start|>assistant", start) else start
    if folded.startswith(channel, first):
        inner, final, calls, place = [], [], False, first
        while (name := folded.find(channel, place)) >= 0:
            name += len(channel)
            body = folded.find("<|message|>", name)
            if body < 0:
                break
            said = body + len("<|message|>")
            place = (first_mark(folded, ("<|end|>", "<|return|>", "<|call|>", "<|start|>", channel), said) or (len(text),))[0]
            if folded.startswith("final", name):
                final.append(text[said:place])
            else:
                calls |= folded.find("to=", name, body) >= 0
                inner.append(text[said:place])
        if inner or final:
            return "\n".join(inner), "\n".join(final), channel, calls
    header = first_mark(folded, ("<|start|>", "```"), 0)  # of an answer whose beginning stood in the prompt
    body = folded.find("<|message|>", header[0]) if header and folded.startswith("<|start|>assistant<|channel|>final", header[0]) else -1
    if body >= 0:
        body += len("<|message|>")
        begin = start + len("<|message|>") if folded.startswith("<|message|>", start) else 0
        end = min([at for at in (folded.find("<|end|>", begin), header[0]) if at >= 0])
        over = first_mark(folded, ("<|end|>", "<|return|>", "<|start|>"), body)
        return text[min(begin, end):end], text[body:over[0] if over else len(text)], channel, False
    word = next((w for w in ("analysis", "commentary") if folded.startswith(w, start)), None)
    begin = start + len(word or "")
    after = text[begin:begin + 1] if word else ""
    if after == "\n" or after.isascii() and after.isalpha() or after >= "\x80" and after not in SPACE:
        end = folded.find("assistantfinal", begin)
        if end >= 0:
            return text[begin:end], text[past_space(text, end + len("assistantfinal")):], "analysis…assistantfinal", False
    place, mark, inner = start if block(text, folded, start) else behind_header(text, folded, start), None, []
    while (found := block(text, folded, place)):
        mark = mark or found[0]
        inner.append(found[1])
        place = past_space(text, found[2])
    if mark:  # and thoughts within thoughts, or an end that is written twice
        again = closed_only(text[place:])
        return "\n".join(inner + [again[0]] if again and again[0] else inner), again[1] if again else unwrapped(text, folded, place), mark, False
    return closed_only(text)
def closed_only(text):  # thoughts, answer and mark of a text that has only the end of thoughts
    folded = low(text)
    end = first_mark(folded, CLOSINGS, 0)
    if not end:
        return None
    at, closing = end
    before, after = text[at - 1:at] if at else "", text[at + len(closing):at + len(closing) + 1]
    line = lambda c: not c or c in NEWLINE
    off = lambda c: not line(c) and (c in SPACE or c in "`'\"“”‘’«»()*,;:")
    opening = folded.find(closing.replace("/", ""))
    next_tag = tag(text, folded, past_space(text, at + len(closing)))
    ends_part = ends_sentence(text, at) and (
        text.startswith("\n\n", at + len(closing)) or bool(next_tag) and any(w in next_tag[1] for w in ANSWERS))
    joined = not off(before) and (not off(after) or after == " " and ends_sentence(text, at))
    if not (line(before) and line(after) or ends_part or joined) or 0 <= opening <= at:
        return None
    return text[:at], unwrapped(text, folded, past_space(text, at + len(closing))), closing.replace("/", ""), False
def kind_of(name):
    if name in ("tool_use", "function_call", "functionCall", "tool_calls", "server_tool_use", "custom_tool_call", "mcp_call"):
        return "tool_call"
    return "image" if name in ("inlineData", "fileData", "image_url", "input_image", "output_image", "image_generation_call") else name
class Said:  # what a message says: answer, thoughts, refusal, and kinds of what is no text
    def __init__(self, text="", reasoning=None, source=None, refusal=None, others=()):
        self.text, self.reasoning, self.source, self.refusal, self.others = text, reasoning or None, source if reasoning else None, refusal or None, set(others)
        found = split(text)
        if found:
            self.text = found[1]
            self.others |= {"tool_call"} if found[3] else set()
            if self.reasoning is None:
                self.reasoning, self.source = found[0], found[2]
            elif found[0] and found[0] != self.reasoning:
                self.reasoning += "\n" + found[0]
    def words(self): return self.text or self.refusal or ""
    def members(self): return compact(text=self.words(), reasoning=self.reasoning, reasoning_source=self.source, others=sorted(self.others) or None)
def content_parts(content):  # text, refusal, thoughts with their place, kinds of what is no text
    if is_text(content):
        return content, None, None, set()
    said, refusals, inner, others = [], [], {}, set()
    within = get(content, "parts")
    for part in content if isinstance(content, list) else within if isinstance(within, list) else [] if content is None else [content]:
        kind = text_of(get(part, "type"))
        if kind in ("thinking", "reasoning", "reasoning_content"):
            texts_in = lambda value: "".join(texts(get(p, "text") for p in value)) if isinstance(value, list) else None
            own = part.get(kind)
            piece = next((t for t in (own, texts_in(own), get(part, "text"), texts_in(part.get("summary"))) if is_text(t)), None)
            inner.setdefault("thinking" if kind == "thinking" else "reasoning", []).extend([] if piece is None else [piece])
        elif kind is None and isinstance(part, dict) and "reasoningContent" in part:
            inner.setdefault("reasoning", []).extend(texts([get(part, "reasoningContent", "reasoningText", "text")]))
        elif kind in ("redacted_thinking", "reference", "citation"):
            continue
        elif kind == "refusal":
            refusals.append(next((t for t in (get(part, "refusal"), get(part, "text")) if is_text(t)), ""))
        else:
            piece = next((t for t in (part, get(part, "text"), get(part, "text", "value"), get(part, "answer")) if is_text(t)), None)
            if piece is not None:
                said.append(piece)
            elif part is not None:
                others.add(kind_of(kind if kind is not None else min(part, default="content", key=lambda k: unicodedata.normalize("NFC", k)) if isinstance(part, dict) else "content"))
    found = next(((t, f"content.{k}") for k in ("thinking", "reasoning") for t in ["\n".join(inner.get(k, []))] if t), None)
    return "".join(said), "".join(refusals) if refusals else None, found, others
THOUGHTS = ("reasoning_details", "reasoning_content", "reasoning", "thinking", "reasoning_text", "thoughts", "thinking_blocks")
def of_message(message):
    text, refusal, inner, others = content_parts(get(message, "content"))
    own = text_of(get(message, "refusal"))
    refusal = refusal if own is None else own
    if list_of(get(message, "tool_calls")) or get(message, "function_call") is not None:
        others.add("tool_call")
    if list_of(get(message, "images")):
        others.add("image")
    if isinstance(get(message, "audio"), dict):
        text = text or text_of(message["audio"].get("transcript")) or ""
        others.add("audio")
    own = lambda value: next((x for x in (value, *(get(value, n) for n in ("text", "summary", "thinking", "content"))) if is_text(x)), None)
    told = next(((text_in, f) for f in THOUGHTS for value in [get(message, f)]
                 for text_in in ["\n".join(texts(map(own, value))) if isinstance(value, list) else own(value)] if text_in), None) or inner or (None, None)
    return Said(text, *told, refusal, others)
def of_blocks(blocks):
    of = lambda kind: "".join(texts(get(b, kind) for b in blocks if get(b, "type") == kind))
    kinds = texts(get(b, "type") for b in blocks)
    return Said(of("text"), of("thinking"), "thinking", None, {kind_of(k) for k in kinds if k not in ("text", "thinking", "redacted_thinking")})
def of_parts(parts):
    of = lambda thought: "".join(texts(get(p, "text") for p in parts if (get(p, "thought") is True) == thought))
    plain = ("text", "thought", "thoughtSignature", "partMetadata", "videoMetadata")
    return Said(of(False), of(True), "parts.thought", None,
                {kind_of(k) for p in parts if isinstance(p, dict) and not is_text(p.get("text")) for k in p if k not in plain})
def of_items(items):
    messages = [i for i in items if (text_of(get(i, "type")) or "message") == "message" and (text_of(get(i, "type")) is None or get(i, "type") == "message")]
    said = [p for m in messages for p in list_of(get(m, "content"))]
    text = "".join(texts(get(p, "text") for p in said if get(p, "type") != "refusal")) + "".join(texts(get(m, "content") for m in messages))
    refusal = "".join(texts(get(p, "refusal") for p in said))
    inner = next(filter(None, ("\n".join(texts(get(p, "text") for i in items if get(i, "type") == "reasoning" for p in list_of(get(i, f)))) for f in ("content", "summary"))), None)
    kinds = texts(get(i, "type") for i in items)
    return Said(text, inner, "reasoning.summary", refusal, {kind_of(k) for k in kinds if k not in ("message", "reasoning")})

def streamed(pieces):  # texts, or lists of parts of which those of one kind that follow one another are one
    pieces = [p for p in pieces if p is not None]
    if len(texts(pieces)) == len(pieces):
        return once(pieces) if pieces else None
    parts, told = [], {}  # of a part that came in pieces, by its place, their texts: joined once, there may be one for each word
    said = lambda part, kind: next((t for t in (part.get(kind), "".join(texts(get(p, "text") for p in part[kind])) if isinstance(part.get(kind), list) else None,
                                                part.get("text")) if is_text(t)), "")
    for piece in (p for item in pieces for p in (item if isinstance(item, list) else [item])):
        part = {"type": "text", "text": piece} if is_text(piece) else piece
        kind = text_of(get(part, "type"))
        if parts and kind in ("text", "thinking", "reasoning") and get(parts[-1], "type") == kind:
            told.setdefault(len(parts) - 1, [said(parts[-1], kind)]).append(said(part, kind))
        elif part != {"type": "text", "text": ""}:
            parts.append(part)
    for place, found in told.items():
        kind = parts[place]["type"]
        parts[place] = {"type": kind, kind: "".join(found)}
    return parts
def chat(status, body):
    first = lambda chunk: next((c for c in list_of(get(chunk, "choices")) if (int_of(get(c, "index")) or 0) == 0), None)
    def assembled(stream):
        delta = lambda field: [get(first(v), "delta", field) for v in stream.values]
        reason = last(None if get(first(v), "finish_reason") == "" else get(first(v), "finish_reason") for v in stream.values)
        end = stream.values[-1] if stream.values else None
        if reason is None and not stream.done and not (get(end, "choices") == [] and isinstance(get(end, "usage"), dict)):
            return None
        whole = last(get(first(v), "message") for v in stream.values)
        message = dict(whole) if isinstance(whole, dict) else {}
        put = lambda field, value: message.update({field: value}) if value is not None else None
        content, text = streamed(delta("content")), joined(get(first(v), "text") for v in stream.values)
        put("content", text if content is None and "content" not in message else content)
        for field in ("refusal", "reasoning_content", "reasoning", "thinking", "reasoning_text", "thoughts"):
            put(field, joined(delta(field)))
        for field in ("tool_calls", "images"):
            put(field, appended(delta(field)))
        for field in ("function_call", "audio"):
            put(field, last(delta(field)))
        pieces, details = appended(delta("reasoning_details")), {}
        for piece in pieces or ():
            said = next((x for x in (get(piece, "text"), get(piece, "summary")) if is_text(x)), "")
            place = int_of(get(piece, "index")) or 0
            details.setdefault(place, []).append(said)
        put("reasoning_details", [{"text": "".join(t)} for t in details.values()] if pieces is not None else None)
        if reason is None and not of_message(message).words():
            return None
        logprobs = appended(get(first(v), "logprobs", "content") for v in stream.values)
        choice = {"finish_reason": "[DONE]" if reason is None else reason, "message": message, "logprobs": {"content": logprobs},
                  "native_finish_reason": last(get(first(v), "native_finish_reason") for v in stream.values),
                  "error": last(get(first(v), "error") for v in stream.values)}
        return {"choices": [choice], **{n: last(get(v, n) for v in stream.values) for n in ("usage", "model", "system_fingerprint", "id")}}
    value, filtered = object_in(status, body, assembled)
    choice = next(iter(list_of(get(value, "choices"))), None)
    native = text_of(get(choice, "finish_reason"))
    if not native or folded_word(native) in BROKEN:
        error = get(choice, "error") if native else None
        word = withheld(status, error) if isinstance(error, dict) else None
        return filtered if word is None else kept_back(word)[1]
    finish = finish_word(native)
    messages = list_of(get(choice, "messages"))
    message = next((m for m in (get(choice, "message"), messages[-1] if messages else None, get(choice, "delta")) if isinstance(m, dict)), None)
    if message is None and text_of(get(choice, "text")) is not None:
        message = {"content": choice["text"]}
    if message is None and (finish != "content_filter" or get(choice, "message") is not None):
        return filtered
    message = message or {}
    said, usage, own = of_message(message), value.get("usage"), text_of(choice.get("native_finish_reason"))
    return outcome(said, finish, folded_word(native) == "refusal"), compact(
        **said.members(), finish=finish, native_finish=native if own is None else own, prompt_tokens=tokens_counted(get(usage, "prompt_tokens")),
        completion_tokens=tokens_counted(get(usage, "completion_tokens")),
        reasoning_tokens=tokens_counted(get(usage, "completion_tokens_details", "reasoning_tokens")),
        declared_model=text_of(value.get("model")), fingerprint=text_of(value.get("system_fingerprint")),
        tokens=tokens_of(get(choice, "logprobs", "content")), response_id=identifier(value.get("id")))
def ranked(alternatives): return sorted(alternatives, key=lambda t: (-t.get("logprob", -math.inf), t.get("id", 0)))
def vllm(status, body):
    reading = chat(status, body)
    try:
        value = received(body)
    except ValueError:
        return reading
    if reading is None:
        return None
    answer = dict(reading[1])
    ids = get(next(iter(list_of(get(value, "choices"))), None), "token_ids")
    if "tokens" in answer and isinstance(ids, list) and len(ids) == len(answer["tokens"]):
        answer["tokens"] = [t if "id" in t or int_of(i) is None else {**t, "id": int_of(i)} for t, i in zip(answer["tokens"], ids)]
    places, own_ids = get(value, "prompt_logprobs"), get(value, "prompt_token_ids")
    if isinstance(places, list):
        found = []
        for place, alternatives in enumerate(places):
            wanted = int_of(own_ids[place]) if isinstance(own_ids, list) and place < len(own_ids) else None
            top = ranked(made_token(text_of(get(a, "decoded_token")) or "", int(n), number_of(get(a, "logprob")), None)
                         for n, a in (alternatives.items() if isinstance(alternatives, dict) else ())
                         if re.fullmatch("[+-]?[0-9]+", n) and -1 << 63 <= int(n) < 1 << 63)
            own = top[0] if len(top) == 1 else next((t for t in top if t["id"] == wanted), None) or {}
            found.append(compact(token=own.get("token", ""), id=own.get("id", wanted), logprob=own.get("logprob"), top_logprobs=top))
        answer["prompt_tokens_logprobs"] = found
    return reading[0], answer
def completions(status, body):
    first = lambda chunk: next((c for c in list_of(get(chunk, "choices")) if (int_of(get(c, "index")) or 0) == 0), None)
    def assembled(stream):
        finish = last(get(first(v), "finish_reason") for v in stream.values)
        if finish is None:
            return None
        lists = {n: appended(get(first(v), "logprobs", n) for v in stream.values) for n in ("content", "tokens", "token_logprobs", "top_logprobs")}
        return {"choices": [{"text": joined(get(first(v), "text") for v in stream.values), "finish_reason": finish, "logprobs": lists}],
                **{n: last(get(v, n) for v in stream.values) for n in ("usage", "model", "system_fingerprint", "id")}}
    value, filtered = object_in(status, body, assembled)
    choice = next(iter(list_of(get(value, "choices"))), None)
    text, native = text_of(get(choice, "text")), text_of(get(choice, "finish_reason"))
    if text is None or not native or folded_word(native) in BROKEN:
        return filtered
    finish = finish_word(native)
    logprobs = choice.get("logprobs")
    found = tokens_of(get(logprobs, "content"))
    if found is None and isinstance(get(logprobs, "tokens"), list):
        numbers, top, found = list_of(get(logprobs, "token_logprobs")), list_of(get(logprobs, "top_logprobs")), []
        for place, name in enumerate(logprobs["tokens"]):
            others = top[place] if place < len(top) else None
            if is_text(name):
                found.append(made_token(name, None, number_of(numbers[place]) if place < len(numbers) else None,
                    sorted((made_token(n, None, number_of(p), None) for n, p in others.items() if is_number(p)),
                           key=lambda t: (-t.get("logprob", -math.inf), unicodedata.normalize("NFC", t["token"]))) if isinstance(others, dict) else None))
    usage = value.get("usage")
    echoed, asked = None, tokens_counted(get(usage, "prompt_tokens"))
    # The first token of a prompt that is echoed has nothing before it, and so no log-probability, which no other lacks.
    if found is not None and asked and asked <= len(found) and "logprob" not in found[0] and all("logprob" in t for t in found[1:]):
        prompt = "".join(t["token"] for t in found[:asked])
        echoed, found, text = found[:asked], found[asked:], text[len(prompt):] if text.startswith(prompt) else text
    said = Said(text)
    return outcome(said, finish), compact(
        **said.members(), finish=finish, native_finish=native, response_id=identifier(value.get("id")), prompt_tokens=asked, completion_tokens=tokens_counted(get(usage, "completion_tokens")), declared_model=text_of(value.get("model")),
        fingerprint=text_of(value.get("system_fingerprint")), tokens=found, prompt_tokens_logprobs=echoed)
def responses(status, body):
    ends = {"response.completed": "completed", "response.incomplete": "incomplete", "response.failed": "failed"}
    def assembled(stream):
        end = last(v for v in stream.values if text_of(get(v, "type")) in ends and isinstance(get(v, "response"), dict))
        if end is None:
            return None
        response = dict(end["response"])
        if text_of(response.get("status")) is None:
            response["status"] = ends[end["type"]]
        events = lambda kind: [v for v in stream.values if text_of(get(v, "type")) == kind]
        nothing = lambda items: not of_items(items).words() and not of_items(items).others
        if not nothing(list_of(response.get("output"))):
            return response
        items = [v["item"] for v in events("response.output_item.done") if "item" in v]
        if nothing(items):
            every = lambda kind: "".join(texts(get(v, "delta") for v in events(kind)))
            items = [{"type": "reasoning", "content": [{"type": "reasoning_text", "text": every("response.reasoning_text.delta")}],
                      "summary": [{"type": "summary_text", "text": every("response.reasoning_summary_text.delta")}]},
                     {"type": "message", "content": [{"type": "output_text", "text": every("response.output_text.delta")},
                                                     {"type": "refusal", "refusal": every("response.refusal.delta")}]}]
        return {**response, "output": items}
    value, filtered = object_in(status, body, assembled)
    output, state = get(value, "output"), text_of(get(value, "status"))
    reason = text_of(get(value, "incomplete_details", "reason"))
    word = finish_word(reason) if reason is not None else None
    finish = "stop" if state == "completed" else word if state == "incomplete" and word in ("length", "content_filter") else None
    if not isinstance(output, list) or finish is None:
        return filtered
    written = [p for item in output for p in list_of(get(item, "content")) if get(p, "type") == "output_text"]
    said, usage, beside = of_items(output), value.get("usage"), text_of(value.get("output_text"))
    if not said.words() and not said.others and beside is not None:
        said = of_items(output + [{"type": "message", "content": beside}])
    return outcome(said, finish), compact(
        **said.members(), finish=finish,
        native_finish=state if reason is None else reason, prompt_tokens=tokens_counted(get(usage, "input_tokens")),
        completion_tokens=tokens_counted(get(usage, "output_tokens")),
        reasoning_tokens=tokens_counted(get(usage, "output_tokens_details", "reasoning_tokens")), declared_model=text_of(value.get("model")),
        tokens=tokens([t for p in written for t in list_of(get(p, "logprobs"))]) or None, response_id=identifier(value.get("id")))
def anthropic(status, body):
    def assembled(stream):
        events = lambda kind: [v for v in stream.values if get(v, "type") == kind]
        if not events("message_stop") and text_of(get(last(events("message_delta")), "delta", "stop_reason")) is None:
            return None
        start, end, kinds, said = get(next(iter(events("message_start")), None), "message"), last(events("message_delta")), {}, {}
        piece = lambda v: next((x for x in (get(v, "text"), get(v, "thinking")) if is_text(x)), "")
        for event in stream.values:
            index = int_of(get(event, "index"))
            if index is None:
                continue
            if "content_block" in event:
                kind = text_of(get(event, "content_block", "type"))
                kinds.pop(index, None) if kind is None else kinds.update({index: kind})
                said[index] = [piece(event["content_block"])]
            elif "delta" in event:
                said.setdefault(index, []).append(piece(event["delta"]))
        blocks = [{"type": k, "thinking" if k == "thinking" else "text": "".join(said.get(i, ()))} for i, k in sorted(kinds.items())]
        usage = get(end, "usage")
        asked = get(usage, "input_tokens") if isinstance(usage, dict) and "input_tokens" in usage else get(start, "usage", "input_tokens")
        return {"content": blocks, "stop_reason": get(end, "delta", "stop_reason"), "model": get(start, "model"), "id": get(start, "id"),
                "usage": {"input_tokens": asked, "output_tokens": get(usage, "output_tokens")}}
    value, filtered = object_in(status, body, assembled)
    blocks, reason = get(value, "content"), text_of(get(value, "stop_reason"))
    blocks = [{"type": "text", "text": blocks}] if is_text(blocks) else blocks
    if not isinstance(blocks, list) or not reason:
        return filtered
    said = of_blocks(blocks)
    finish = {"end_turn": "stop", "stop_sequence": "stop", "max_tokens": "length", "model_context_window_exceeded": "length"}.get(reason) or finish_word(reason) or reason
    return outcome(said, finish, reason == "refusal"), compact(
        **said.members(), finish=finish, response_id=identifier(value.get("id")),
        native_finish=reason, prompt_tokens=tokens_counted(get(value, "usage", "input_tokens")),
        completion_tokens=tokens_counted(get(value, "usage", "output_tokens")), declared_model=text_of(value.get("model")))
def gemini(status, body):
    first = lambda chunk: next(iter(list_of(get(chunk, "candidates"))), None)
    def assembled(stream):
        reason = last(get(first(v), "finishReason") for v in stream.values)
        blocked = last(get(v, "promptFeedback") for v in stream.values)
        if reason is None and not (isinstance(blocked, dict) and "blockReason" in blocked):
            return None
        every = lambda *path: appended(get(first(v), *path) for v in stream.values)
        candidate = {"finishReason": reason, "content": {"parts": every("content", "parts")},
                     "logprobsResult": {n: every("logprobsResult", n) for n in ("chosenCandidates", "topCandidates")}}
        return {"candidates": None if reason is None else [candidate], "promptFeedback": blocked,
                **{n: last(get(v, n) for v in stream.values) for n in ("usageMetadata", "modelVersion", "responseId")}}
    value, filtered = object_in(status, body, assembled)
    if value is None:
        return filtered
    usage = value.get("usageMetadata")
    def answer(said, finish, native, found):
        counted, thinking = tokens_counted(get(usage, "candidatesTokenCount")), tokens_counted(get(usage, "thoughtsTokenCount"))
        return outcome(said, finish), compact(
            **said.members(), finish=finish, native_finish=native, response_id=identifier(value.get("responseId")),
            prompt_tokens=tokens_counted(get(usage, "promptTokenCount")), completion_tokens=None if counted is None else counted + (thinking or 0),
            reasoning_tokens=thinking, declared_model=text_of(value.get("modelVersion")), tokens=found)
    blocked = text_of(get(value, "promptFeedback", "blockReason"))
    if blocked is not None:
        return answer(Said(), "content_filter", blocked, None)
    candidate = first(value)
    reason = text_of(get(candidate, "finishReason"))
    if not reason:
        return None
    said = of_parts(list_of(get(candidate, "content", "parts")))
    finish = "stop" if reason == "STOP" else finish_word(reason) or reason
    chosen, top, found = get(candidate, "logprobsResult", "chosenCandidates"), list_of(get(candidate, "logprobsResult", "topCandidates")), None
    one = lambda c, top: made_token(c["token"], int_of(get(c, "tokenId")), number_of(get(c, "logProbability")), top) if text_of(get(c, "token")) is not None else None
    if isinstance(chosen, list):
        found = []
        for place, c in enumerate(chosen):
            others = get(top[place], "candidates") if place < len(top) else None
            found.append(one(c, [o for o in (one(o, None) for o in others) if o] if isinstance(others, list) else None))
        found = [t for t in found if t is not None]
    return answer(said, finish, reason, found)
def ollama(status, body):
    def assembled(stream):
        end = stream.values[-1] if stream.values else None
        if get(end, "done") is not True:
            return None
        message = {n: joined(get(v, "message", n) for v in stream.values) for n in ("content", "thinking")}
        message["tool_calls"] = appended(get(v, "message", "tool_calls") for v in stream.values)
        return {**end, "message": message, "logprobs": appended(get(v, "logprobs") for v in stream.values)}
    value, filtered = object_in(status, body, assembled, lines=True)
    message = get(value, "message")
    if not isinstance(message, dict) or value.get("done") is not True:
        return filtered
    said = of_message(message)
    native = text_of(value.get("done_reason"))
    native = "stop" if native is None else native
    if folded_word(native) in BROKEN:
        return filtered
    return outcome(said, native), compact(
        **said.members(), finish=native, native_finish=native,
        prompt_tokens=tokens_counted(value.get("prompt_eval_count")), completion_tokens=tokens_counted(value.get("eval_count")),
        declared_model=text_of(value.get("model")), tokens=tokens_of(value.get("logprobs")))
def llama(status, body):
    def assembled(stream):
        end = stream.values[-1] if stream.values else None
        if get(end, "stop") is not True:
            return None
        return {**end, "content": joined(get(v, "content") for v in stream.values),
                "completion_probabilities": appended(get(v, "completion_probabilities") for v in stream.values)}
    value, filtered = object_in(status, body, assembled)
    text = text_of(get(value, "content"))
    if text is None or value.get("stop") is not True:
        return filtered
    native = text_of(value.get("stop_type"))
    native = "none" if native is None else native
    said, finish = Said(text), "length" if native == "limit" else "stop"
    return outcome(said, finish), compact(
        **said.members(), finish=finish, native_finish=native,
        prompt_tokens=tokens_counted(value.get("tokens_evaluated")), completion_tokens=tokens_counted(value.get("tokens_predicted")),
        declared_model=text_of(value.get("model")), tokens=tokens_of(value.get("completion_probabilities")))
def manual(status, body):  # what a person pasted
    try:
        text = text_of(get(parsed(body), "pasted"))
    except ValueError:
        return None
    return None if text is None else ("ok" if text else "empty", {"text": text, "pasted": True})
READERS = {"openai-chat": chat, "azure": chat, "openrouter": chat, "deepseek": chat, "vllm": vllm, "openai-completions": completions,
           "openai-responses": responses, "anthropic": anthropic, "gemini": gemini, "ollama": ollama, "llama.cpp": llama, "manual": manual}

def merged(own, further):  # an endpoint's further fields join those of the dialect, which come first
    return {**further, **{n: merged(v, further[n]) if isinstance(v, dict) and isinstance(further.get(n), dict) else v for n, v in own.items()}}
OMITTED = {"temperature": ("temperature",), "top_p": ("top_p", "topP"), "seed": ("seed",), "n": ("n", "candidateCount"),
    "max_tokens": ("max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "num_predict", "n_predict"),
    "logprobs": ("logprobs", "top_logprobs", "responseLogprobs", "n_probs"), "stream_options": ("stream_options",)}
def without(omitted, fields):  # parameters that an endpoint's requests do not have, whatever a dialect calls them
    names = {n for o in omitted for n in OMITTED.get(o, ())}
    kept = {n: v for n, v in fields.items() if n not in names}
    return {n: {i: w for i, w in v.items() if i not in names} if n in ("options", "generationConfig") and isinstance(v, dict) else v
            for n, v in kept.items()}
def asked(item, probe, model, sampling):  # URL and body of the request
    dialect, stream, seed = model["dialect"], model.get("stream", False), item["seed"]
    temperature, limit = probe.get("temperature", sampling["temperature"]), probe.get("max_tokens", sampling["max_tokens"])
    top_p, logprobs, top = sampling["top_p"], sampling["logprobs"], sampling.get("top_logprobs", 5)
    system, prompt, given = probe.get("system"), probe["prompt"], probe.get("given")
    nfc = lambda text: unicodedata.normalize("NFC", text)
    grammar = next((tokens for name, tokens in (get(given, "tokens") or {}).items() if nfc(name) == nfc(item["model"])), None)
    said = lambda role, text: {"role": role, "content": text}
    messages = [said("system", system)] * (system is not None) + [said("user", prompt)]
    if dialect == "manual":
        return "manual:", canonical(compact(model=model["served_model"], prompt=prompt, system=system)).encode()
    if dialect == "openai-responses":
        path, fields = "/responses", {"model": model["served_model"], "input": [said("user", [{"type": "input_text", "text": prompt}])],
            "max_output_tokens": limit, "temperature": temperature, "top_p": top_p, "store": False, "stream": stream}
        fields.update({"instructions": system} if system is not None else {})
        fields.update({"include": ["message.output_text.logprobs"], "top_logprobs": top} if logprobs else {})
    elif dialect == "openai-completions":
        echo = sampling.get("prompt_logprobs", False)
        path, fields = "/completions", {"model": model["served_model"], "prompt": (system + "\n\n" if system is not None else "") + prompt + (given["text"] if given else ""),
            "max_tokens": 1 if given else limit, "temperature": temperature, "top_p": top_p, "n": 1, "seed": seed, "stream": stream, "echo": echo}
        fields.update({"logprobs": top} if logprobs or echo else {})
    elif dialect == "anthropic":
        path, fields = "/messages", {"model": model["served_model"], "messages": [said("user", prompt)], "max_tokens": limit,
            "temperature": temperature, "stream": stream}
        fields.update({"system": system} if system is not None else {})
        fields.update({"top_p": top_p} if top_p != 1 else {})
    elif dialect == "gemini":
        parts = lambda text: [{"text": text}]
        config = {"temperature": temperature, "topP": top_p, "candidateCount": 1, "maxOutputTokens": limit, "seed": seed}
        config.update({"responseLogprobs": True, "logprobs": top} if logprobs else {})
        fields = {"contents": [{"role": "user", "parts": parts(prompt)}], "generationConfig": config}
        fields.update({"systemInstruction": {"parts": parts(system)}} if system is not None else {})
        name = model["served_model"] if model["served_model"].startswith("models/") else "models/" + model["served_model"]
        name = "".join(chr(b) if chr(b).isascii() and (chr(b).isalnum() or chr(b) in "-._~/@") else f"%{b:02X}" for b in name.encode())
        path = f"/{name}:" + ("streamGenerateContent?alt=sse" if stream else "generateContent")
    elif dialect == "ollama":
        path, fields = "/api/chat", {"model": model["served_model"], "messages": messages, "stream": stream, "options": {
            "temperature": temperature, "top_p": top_p, "top_k": 0, "min_p": 0, "repeat_penalty": 1, "seed": seed, "num_predict": limit}}
        fields.update({"logprobs": True, "top_logprobs": top} if logprobs else {})
    elif dialect == "llama.cpp":
        path, fields = "/completion", {"prompt": (system + "\n\n" if system is not None else "") + prompt, "n_predict": limit,
            "temperature": temperature, "top_p": top_p, "top_k": 0, "min_p": 0, "repeat_penalty": 1, "seed": seed, "cache_prompt": False,
            "stream": stream, "return_tokens": True}
        fields.update({"grammar": ruled(grammar), "n_predict": len(grammar) + 1} if grammar is not None else {})
        fields.update({"n_probs": top} if logprobs else {})
    else:  # OpenAI's chat and its variants
        bound = model["token_limit_field"]
        path, fields = "/chat/completions", {"model": model["served_model"], "messages": messages, "temperature": temperature, "top_p": top_p,
            bound: limit, "n": 1, "seed": seed, "stream": stream, "logprobs": logprobs}
        fields.update({"top_logprobs": top} if logprobs else {})
        fields.update({"grammar": ruled(grammar), bound: len(grammar) + 1} if grammar is not None else {})
        fields.update({"stream_options": {"include_usage": True}} if stream else {})
        provider, further = model.get("provider"), model.get("fields", {})
        if provider is not None:
            fields["provider"] = {"order": [provider], "allow_fallbacks": False, "require_parameters": True}
        if dialect == "openrouter":
            fields["provider"] = {"require_parameters": True, "allow_fallbacks": False, **({"only": [provider]} if provider is not None else {})}
        if dialect == "deepseek" and "thinking" not in further:
            fields["thinking"] = {"type": "disabled"}
        if dialect == "vllm":
            fields.update(top_k=-1, min_p=0, repetition_penalty=1, return_token_ids=True)
            fields.update({"prompt_logprobs": top} if sampling.get("prompt_logprobs") and not stream else {})
            if given:
                fields.update({"messages": messages + [said("assistant", given["text"])], "add_generation_prompt": False,
                               "continue_final_message": True, bound: 1})
        if dialect == "azure" and "api_version" in model:
            path += "?api-version=" + model["api_version"]
    return model["url"] + path, canonical(without(model.get("omit", ()), merged(fields, model.get("fields", {})))).encode()
def ruled(grammar): return "root ::= " + " ".join(f"<[{t}]>" for t in grammar)

# --- Hashes, times, keys, notes, time stamps ---------------------------------------------------------------------------------

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
def proof(data):  # as it is written down: records of the earlier head, and the nodes of the path
    lines = data.decode().split("\n")
    refuse(lines[-1] != "" or len(lines) > 65 or not lines[0].startswith("old "), "a proof that cannot be read")
    nodes = [b64(line) for line in lines[1:-1]]
    refuse(any(len(hash_) != 32 for hash_ in nodes), "a proof that cannot be read")
    return whole(lines[0][4:]), nodes
def b64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fault("base 64 that cannot be read")
    refuse(base64.b64encode(data).decode() != text, "base 64 that is not canonical")
    return data
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
def milliseconds(text):
    d = re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})[.]([0-9]{3})Z", text)
    refuse(not d, f"{text!r} is no time")
    try:
        moment = datetime.datetime(*map(int, d.groups()[:6]), tzinfo=datetime.timezone.utc)
    except ValueError:
        raise Fault(f"{text!r} is no time")
    return (moment - EPOCH) // datetime.timedelta(milliseconds=1) + int(d[7])
def named(name): return name != "" and all(c >= " " and c not in "+" and c not in SPACE for c in name)
class Key:  # C2SP signed-note verifier key
    def __init__(self, text, algorithm=1):
        parts = text.split("+", 2)
        refuse(len(parts) != 3, "it is no verifier key")
        self.text, self.name, data = text, parts[0], b64(parts[2])
        self.public = data[1:]
        refuse(not named(self.name) or data[:1] != bytes([algorithm]) or len(self.public) != 32
               or self.id_of(algorithm).hex() != parts[1], "it is no verifier key")
    def id_of(self, algorithm): return sha(self.name.encode() + b"\n" + bytes([algorithm]) + self.public)[:4]
    def valid(self, signature, message):
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
            return True
        except InvalidSignature:
            return False
class Note:  # C2SP signed-note
    def __init__(self, data):
        refuse(len(data) > 1 << 20, "a note that is too long")
        try:
            text = data.decode("utf-8")
        except ValueError:
            raise Fault("a note that cannot be read")
        body, gap, lines = text.rpartition("\n\n")
        refuse(not gap or not lines.endswith("\n") or any(c < " " and c != "\n" for c in text), "a note that cannot be read")
        self.text, self.signatures, self.data = body + "\n", [], data
        for line in lines[:-1].split("\n"):
            parts = line.split(" ")
            refuse(len(parts) != 3 or parts[0] != "—" or not named(parts[1]) or len(self.signatures) == 100, "a signature that cannot be read")
            raw = b64(parts[2])
            refuse(len(raw) < 5, "a signature that cannot be read")
            self.signatures.append((parts[1], raw[:4], raw[4:]))
    def head(self):  # C2SP tlog-checkpoint: origin, size, root
        lines = self.text.split("\n")
        refuse(len(lines) != 4 or not lines[0] or lines[3], "a checkpoint that cannot be read")
        root = b64(lines[2])
        refuse(len(root) != 32, "a checkpoint that cannot be read")
        return lines[0], whole(lines[1]), root
    def signed_by(self, key):
        return any(n == key.name and i == key.id_of(1) and key.valid(s, self.text.encode()) for n, i, s in self.signatures)
    def cosigned_by(self, key):
        return next((int.from_bytes(s[:8], "big") for n, i, s in self.signatures  # seconds, of the first that holds; None
                     if n == key.name and i == key.id_of(4) and len(s) == 72 and s[0] < 0x80 and key.valid(s[8:], (
                         f"cosignature/v1\ntime {int.from_bytes(s[:8], 'big')}\n{self.text}".encode()))), None)
def der(data, least=0, most=1 << 30, shortest=False):  # the values that some bytes are made of, so many at least and at most: (tag, content, whole)
    values, at = [], 0
    while at < len(data):
        refuse(len(data) - at < 2 or data[at] & 0x1F == 0x1F, "a time stamp that cannot be read")
        tag, length, start = data[at], data[at + 1], at + 2
        if length >= 0x80:
            count = length & 0x7F
            refuse(not 1 <= count <= 4 or start + count > len(data), "a time stamp that cannot be read")
            refuse(shortest and (data[start] == 0 or count == 1 and data[start] < 0x80), "a length that is not the shortest")
            length, start = int.from_bytes(data[start:start + count], "big"), start + count
        refuse(start + length > len(data), "a time stamp that is cut off")
        values.append((tag, data[start:start + length], data[at:start + length]))
        at = start + length
    refuse(not least <= len(values) <= most, "a time stamp that cannot be read")
    return values
def one(data, shortest=False):  # the one value that some bytes are, and what is made of values is made of them to the bottom
    def readable(values, depth):
        refuse(values and depth > 50, "a time stamp that cannot be read")
        for tag, inside, _ in values:
            refuse(tag & 0xDF == 0, "a time stamp that cannot be read")  # ends what has no length, and nothing here
            if tag & 0x20:
                readable(der(inside, shortest=shortest), depth + 1)
        return values
    return readable(der(data, 1, 1, shortest), 1)[0]
BOOLEAN, INTEGER, BITS, OCTETS, OID, SHORT_TIME, TIME, SEQUENCE, SET, CONTEXT = 0x01, 0x02, 0x03, 0x04, 0x06, 0x17, 0x18, 0x30, 0x31, 0xA0
def content(value, tag):
    refuse(value[0] != tag, "a time stamp that cannot be read")
    return value[1]
def parts(value, tag, least=0, most=1 << 30): return der(content(value, tag), least, most)
def algorithm(value): return content(parts(value, SEQUENCE, 1)[0], OID).hex()
DIGESTS = {"60864801650304020" + n: h for n, h in zip("123", (hashes.SHA256(), hashes.SHA384(), hashes.SHA512()))}
SHA256, SIGNED, STATEMENT, MESSAGE_DIGEST = list(DIGESTS)[0], "2a864886f70d010702", "2a864886f70d0109100104", "2a864886f70d010904"
SIGNATURES = {  # RSA (PKCS #1 v1.5), ECDSA; the first of each leaves the digest open
    **{"2a864886f70d0101" + n: (rsa.RSAPublicKey, d) for n, d in zip(("01", "0b", "0c", "0d"), (None, *DIGESTS))},
    **{"2a8648ce3d" + n: (ec.EllipticCurvePublicKey, d) for n, d in zip(("0201", "040302", "040303", "040304"), (None, *DIGESTS))}}
def imprint(value):  # the SHA-256 in it
    how, digest = parts(value, SEQUENCE, 2, 2)
    refuse(algorithm(how) != SHA256 or len(content(digest, OCTETS)) != 32, "a digest that is no SHA-256")
    return digest[1]
def generalized(text):  # milliseconds, to the second
    found = re.fullmatch(b"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})(?:[.][0-9]+)?Z", text)
    refuse(not found, "a time that cannot be read")
    return milliseconds("{}-{}-{}T{}:{}:{}.000Z".format(*(part.decode() for part in found.groups())))
def verify(signature, message, how, digest, key):  # with a SubjectPublicKeyInfo, as VERIFY.md lists what is trusted
    kind, named = SIGNATURES.get(how, (None, None))
    digest = named or digest
    refuse(kind is None or digest not in DIGESTS, "it is not signed")
    of = parts(parts(one(key), SEQUENCE, 2, 2)[0], SEQUENCE, 1, 2)
    refuse(SIGNATURES.get(content(of[0], OID).hex()) != (kind, None) or kind is not rsa.RSAPublicKey and of[-1][0] != OID, "it is not signed")
    try:
        key = serialization.load_der_public_key(key)
        refuse(key.key_size < 2048 if kind is rsa.RSAPublicKey else not isinstance(key.curve, (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)), "it is not signed")
        key.verify(signature, message, *((padding.PKCS1v15(), DIGESTS[digest]) if kind is rsa.RSAPublicKey else (ec.ECDSA(DIGESTS[digest]),)))
    except Exception:
        raise Fault("it is not signed")
class Certificate:  # RFC 5280, as much of one as a time stamp needs
    def __init__(self, data):
        body, how, signature = parts(one(data), SEQUENCE, 3, 3)
        fields = parts(body, SEQUENCE, 1)
        refuse(fields[0][0] == CONTEXT and fields.pop(0)[1] != b"\2\1\2", "a certificate of another version")  # 3; in one of 1 it is not written
        refuse(len(fields) < 6 or content(signature, BITS)[:1] != b"\0", "a certificate that cannot be read")
        algorithm(how)
        self.data, self.signed, self.how, self.signature = data, body[2], how, signature[1][1:]
        self.serial, self.issuer, self.subject, self.key = content(fields[0], INTEGER), fields[2][2], fields[4][2], fields[5][2]
        self.begin, self.end = map(moment, parts(fields[3], SEQUENCE, 2, 2))
        self.extensions = {}
        for extension in next((parts(der(f[1], 1)[0], SEQUENCE) for f in fields[6:] if f[0] == CONTEXT + 3), []):
            name, *critical, value = parts(extension, SEQUENCE, 2, 3)
            refuse(critical and critical[0][:2] != (BOOLEAN, b"\xff") or content(name, OID) in self.extensions, "a certificate that cannot be read")
            self.extensions[name[1]] = content(value, OCTETS)
    def extension(self, name):  # the values in it; none of one that cannot be read
        with contextlib.suppress(Fault):
            return parts(one(self.extensions.get(bytes.fromhex(name), b"")), SEQUENCE)
        return []
    def is_authority(self): return [v[:2] for v in self.extension("551d13")[:1]] == [(BOOLEAN, b"\xff")]
    def is_for_stamps(self): return any(v[:2] == (OID, bytes.fromhex("2b06010505070308")) for v in self.extension("551d25"))
    def name(self):  # the last common name
        found = "an authority without a name"
        with contextlib.suppress(Exception):
            for part in parts(one(self.subject), SEQUENCE):
                what, value = parts(parts(part, SET, 1)[0], SEQUENCE, 2, 2)
                found = value[1].decode("utf-8", "replace") if what[1].hex() == "550403" else found
        return found
    def leads(self, anchors, others, time, depth=0):  # whether it is one of the anchors, or signed by one, by way of at most four authorities
        if depth > 4 or not self.begin <= time <= self.end:
            return False
        return any(c.data == self.data for c in anchors) or any(
            self.is_issued_by(c) and c.leads(anchors, others, time, depth + 1) for c in anchors + others)
    def is_issued_by(self, other):
        if other.subject != self.issuer or other.data == self.data or not other.is_authority():
            return False
        with contextlib.suppress(Fault):
            verify(self.signature, self.signed, algorithm(self.how), None, other.key)
            return True
        return False
def moment(value):  # of a certificate
    refuse(value[0] not in (TIME, SHORT_TIME) or value[0] == SHORT_TIME and len(value[1]) != 13, "a time that cannot be read")
    return generalized(value[1] if value[0] == TIME else (b"20" if value[1] < b"50" else b"19") + value[1])
def certificate_in(data):  # a stamp
    with contextlib.suppress(Fault):
        one(data, shortest=True)
        return Certificate(data)
def stamp(request, response, message, anchors):  # RFC 3161: time in milliseconds, and the signer's name
    asked = parts(one(request), SEQUENCE, 4, 4)
    status, token = parts(one(response), SEQUENCE, 2, 2)
    refuse(content(parts(status, SEQUENCE, 1)[0], INTEGER) not in (b"\0", b"\1"), "it was refused")
    kind, inner = parts(token, SEQUENCE, 2, 2)
    data = parts(parts(inner, CONTEXT, 1)[0], SEQUENCE, 4)
    what, inner = parts(data[2], SEQUENCE, 2, 2)
    refuse(content(kind, OID).hex() != SIGNED or content(what, OID).hex() != STATEMENT, "it is no time stamp")
    statement = content(parts(inner, CONTEXT, 1)[0], OCTETS)
    info = parts(one(statement), SEQUENCE, 5)
    refuse(not imprint(info[2]) == imprint(asked[1]) == sha(message), "it is over something else")
    nonce = next((value[1].lstrip(b"\0") for value in info[5:] if value[0] == INTEGER), None)
    refuse(nonce != content(asked[2], INTEGER).lstrip(b"\0"), "it answers another request")
    found = next((der(f[1]) for f in data[3:] if f[0] == CONTEXT), [])
    certificates = [c for c in map(certificate_in, (value[2] for value in found)) if c]
    signer = parts(parts(data[-1], SET, 1, 1)[0], SEQUENCE, 6)
    issuer, serial = parts(signer[1], SEQUENCE, 2, 2)
    owner = [c for c in certificates + anchors if (c.issuer, c.serial) == (issuer[2], serial[1])]
    digest, attributes = algorithm(signer[2]), [parts(a, SEQUENCE, 2, 2) for a in parts(signer[3], CONTEXT)]
    said = [parts(a[1], SET, 1, 1)[0] for a in attributes if content(a[0], OID).hex() == MESSAGE_DIGEST]
    refuse(not owner or digest not in DIGESTS or SIGNATURES.get(algorithm(signer[4]), (None, None))[1] not in (None, digest) or len(said) != 1
           or content(said[0], OCTETS) != hashlib.new(DIGESTS[digest].name, statement).digest(), "it is not signed")
    verify(content(signer[5], OCTETS), b"\x31" + signer[3][2][1:], algorithm(signer[4]), digest, owner[0].key)  # the attributes are signed as a SET
    time = generalized(content(info[4], TIME))
    refuse(anchors and not (owner[0].is_for_stamps() and owner[0].leads(anchors, certificates, time)), "no trusted authority vouches for its signer")
    return time, owner[0].name()

# --- The evidence --------------------------------------------------------------------------------------------------------------

NEEDED = ("protocol.json", "plan.jsonl", "records.jsonl", "outcomes.jsonl", "commitments.jsonl", "revealed.jsonl", "withheld.jsonl", "keys.txt")
BODY = re.compile("blobs/sha256/([0-9a-f]{2})/([0-9a-f]{62})")
NUMBERED = re.compile("(checkpoints/N[.]note|consistency/N[.]proof|witnesses/N[.]note|time-stamps/N[.]([1-9][0-9]*)[.](tsq|tsr|txt))".replace(
    "N", "(0{4}[1-9]|0{3}[1-9][0-9]|0{2}[1-9][0-9]{2}|0[1-9][0-9]{3}|[1-9][0-9]{4,17})"))
REPORT, LIKELIHOODS = ("report/result.json", "report/report.md", "report/report.html", "analysis/calibration.json"), "report/likelihood.json"
def numbered(path):  # kind, number of the checkpoint, number and end of a time stamp
    found = NUMBERED.fullmatch(path)
    if not found:
        return None
    groups = found.groups()
    number = next(g for g in (groups[1], groups[2], groups[3], groups[4]) if g)
    own = groups[5] and (len(groups[5]) < 19 and int(groups[5]), groups[6])
    return (path.split("/")[0], int(number), own) if own is None or own[0] else None
def is_known(path):
    return path in NEEDED + REPORT + (LIKELIHOODS, "VERIFY.md") or BODY.fullmatch(path) is not None or numbered(path) is not None
def origin(url): return re.match("(?s).*?//(?=.)[^/]*|.*", url)[0]  # scheme, host and port
class Evidence:  # read line by line: there may be a million records
    def __init__(self, folder, options):
        self.folder, self.options = folder, options
        if not self.has("MANIFEST.sha256") and not self.has("records.jsonl"):
            print(f"{shown(folder)}: is no evidence")
            sys.exit(3)
    def has(self, path):  # a regular file: no link, pipe or socket, which may be something else at the next look
        try:
            return stat.S_ISREG(os.lstat(os.path.join(self.folder, path)).st_mode)
        except (OSError, ValueError):
            return False
    def read(self, path, most=WHOLE):  # nothing of a larger file
        if not self.has(path):
            return b""
        with open(os.path.join(self.folder, path), "rb") as file:
            return file.read() if os.fstat(file.fileno()).st_size <= most else b""
    def digest(self, path):
        if not self.has(path):
            return None
        digest = hashlib.sha256()
        with open(os.path.join(self.folder, path), "rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
        return digest.hexdigest()
    def body(self, digest, most=WHOLE): return self.read(f"blobs/sha256/{digest[:2]}/{digest[2:]}", most)
    def has_body(self, digest): return self.digest(f"blobs/sha256/{digest[:2]}/{digest[2:]}") == digest
    def lines(self, path, cut_off=False):
        if self.has(path):
            with open(os.path.join(self.folder, path), "rb") as file:
                for line in iter(lambda: file.readline(WHOLE + 1), b""):  # a longer one is cut off
                    refuse(not line.endswith(b"\n") and not cut_off, f"the last line of {path} is cut off")
                    yield line[:-1] if line.endswith(b"\n") else line
                    if not line.endswith(b"\n"):
                        return
    def forms(self, path, form, words):
        for line in self.lines(path):
            value = strict(line)
            refuse(not form(value), words)
            yield value
    def log(self): return map(parsed, self.lines("records.jsonl"))
    def attempts(self): return (record for record in self.log() if record["kind"] == "attempt")
    def entries(self):  # every file; of what is none, its path with "odd"
        folders = [""]
        while folders:
            folder = folders.pop()
            with os.scandir(os.path.join(self.folder, folder)) as found:
                empty = True
                for entry in found:
                    empty, path = False, folder + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path + "/")
                    else:
                        yield path, entry.is_file(follow_symlinks=False)
            if empty and folder:
                yield folder, False
    def load(self):
        self.withheld, self.sealed = {}, set()  # of a text, what it is listed as
        for entry in self.forms("withheld.jsonl", WITHHELD, "a line of withheld.jsonl that cannot be read"):
            name = unicodedata.normalize("NFC", entry["probe"]) if "probe" in entry else entry["sha256"]
            refuse(name in (self.sealed if "probe" in entry else self.withheld), "withheld.jsonl names something twice")
            self.sealed.add(name) if "probe" in entry else self.withheld.update({name: entry["what"]})
        first = strict(next(self.lines("records.jsonl")))
        refuse(not RECORDS["protocol"](first), "the first record is not the protocol")
        self.frozen, self.frozen_digest = first["protocol"], sha(canonical(first["protocol"]).encode()).hex()
        paths = itertools.takewhile(self.has, map("checkpoints/{:05d}.note".format, itertools.count(1)))
        self.heads = [(note, *note.head()) for note in map(Note, map(self.read, paths))]
        for number in range(len(self.heads)):
            witness = f"witnesses/{number + 1:05d}.note"
            self.has(witness) and Note(self.read(witness))
        sizes, self.marks, tree, ended = {h[-2] for h in self.heads + self.options.head}, {}, Tree(), None
        for line in self.lines("records.jsonl"):
            tree.add(sha(b"\0" + line))
            if tree.size in sizes or b'"ended"' in line:
                record = parsed(line)
                ended = record["ended"] if record.get("kind") == "attempt" else ended
            if tree.size in sizes:
                self.marks[tree.size] = tree.root(), ended
        self.size, self.head = tree.size, tree.root()
        self.leaves, self.probes = {}, {}
        try:
            self.measurement = get(parsed(self.read("protocol.json")), "measurement")
        except ValueError:
            self.measurement = None
        known = MEASUREMENT(self.measurement)
        models = [self.measurement["suspect"]] + self.measurement["candidates"] + self.measurement["cohort"] if known else []
        self.asking = known and len({unicodedata.normalize("NFC", m["model"]) for m in models}) == len(models)  # it says how models are asked
        self.endpoints = {unicodedata.normalize("NFC", m["model"]): m for m in models if "recorded" not in m}
        self.recordings = {m["model"]: m["recorded"] for m in models if "recorded" in m} if self.asking else {}
        self.sets = self.measurement["probes"] if self.asking else []
    def manifest(self):
        last, found, number, places = "", 0, 0, set()
        for path, is_file in self.entries():
            refuse(not is_file, f"{path} is no regular file, or a folder without one")
            found += 1
        for number, line in enumerate(self.lines("MANIFEST.sha256"), 1):
            refuse(not re.fullmatch(b"[0-9a-f]{64}  [ -~]+", line), "the list of files is not as it was written")
            digest, path = line[:64].decode(), line[66:].decode()
            refuse(path <= last or path in OWN or not is_known(path), "the list of files is not as it was written")
            body = BODY.fullmatch(path)
            refuse(self.digest(path) != digest or body and body[1] + body[2] != digest, f"{path} is missing or not as it was written")
            places.add(numbered(path))
            last = path
        found -= sum(map(self.has, OWN))
        refuse(not last or found != number, f"{found - number if last else found} files are not in the list of files")
        places.discard(None)
        heads = next(n for n in itertools.count() if ("checkpoints", n + 1, None) not in places)
        for kind, number_, own in places:
            whole_stamp = own is None or (all((kind, number_, (own[0], end)) in places for end in ("tsq", "tsr", "txt"))
                                          and (own[0] == 1 or (kind, number_, (own[0] - 1, "tsr")) in places))
            refuse(number_ > heads or kind == "consistency" and number_ < 2 or not whole_stamp, "the numbers of checkpoints, proofs, witnesses and time stamps have a gap")
        refuse(self.has(LIKELIHOODS) and any(map(self.has, REPORT)), f"something lies beside {LIKELIHOODS}: evidence has one report")
        missing = [path for path in NEEDED if not self.has(path)]
        refuse(missing, "".join(missing[:1]) + " is missing")
        return f"{number} files are as listed"
    def signature(self):
        texts_ = [line.decode() for line in self.lines("keys.txt")]
        named_, keys = [Key(text) for text in texts_], self.options.key
        refuse(len(set(texts_)) < len(texts_), "keys.txt names a key twice")
        note = Note(self.read("MANIFEST.note"))
        key = next((k for k in keys or named_ if note.signed_by(k)), None)
        refuse(key is None, "the list of files is not signed by a known key")
        refuse(note.text != f"retort evidence\n{self.heads[-1][1]}\n{self.digest('MANIFEST.sha256')}\n", "what is signed is another list of files")
        for number, head in enumerate(self.heads):
            refuse(not head[0].signed_by(key), f"checkpoint {number + 1} is not signed by {key.text}")
        return f"by {key.text}" + ("" if keys else " (the evidence's own word)")
    def records(self):
        before, number, runs = "0" * 64, 0, set()
        for place, line in enumerate(self.lines("records.jsonl")):
            record = strict(line)
            kind = get(record, "kind")
            refuse(not is_text(kind) or kind not in RECORDS or not RECORDS[kind](record), f"record {place} cannot be read")
            number += kind == "attempt"
            name = f"attempt {record['id']}" if kind == "attempt" else f"record {place}"
            refuse(record["seq"] != place or record["prev"] != before or record.get("id", number) != number, f"{name}, or the one before it, is not as it was written")
            refuse((kind == "protocol") != (place == 0), "the first record, and only that, must be the protocol")
            if kind == "attempt":
                failed, replies = record["outcome"] == "failed", {n in record for n in ("status", "response", "response_headers")}
                refuse(len(replies) > 1 or ("failure" in record) != failed or ("answer" in record) == failed, f"{name} does not say what came of it")
                refuse(record["run"] not in runs, f"{name} belongs to a run that was not begun")
            if kind == "run":
                refuse(record["run"] in runs, f"{name} begins a run twice")
                runs.add(record["run"])
            refuse(kind == "connection" and sha(b64(record["certificate"])).hex() != record["certificate_sha256"], f"{name} holds another certificate than it states")
            before = sha(b"\0" + line).hex()
        return f"{self.size}, {number} attempts among them"
    def said(self):  # each attempt with its line of outcomes.jsonl; without one where that is withheld
        lines = self.lines("outcomes.jsonl")
        for attempt in self.attempts():
            digest = attempt.get("answer") or attempt["failure"]
            yield attempt, None if digest in self.withheld else next(lines, b"")
        refuse(next(lines, None) is not None, "there are more outcomes than attempts")
    def outcomes(self):
        shown_ = 0
        for attempt, line in self.said():
            if line is not None:
                refuse(sha(line).hex() != (attempt.get("answer") or attempt["failure"]), f"what came of attempt {attempt['id']} is not as it was written")
                refuse(not (FAILURE if "failure" in attempt else ANSWER)(strict(line)), f"what came of attempt {attempt['id']} cannot be read")
                shown_ += 1
        return f"{shown_} are as recorded"
    def exchanges(self):
        for record in self.log():
            for exchange in record["exchanges"] if record["kind"] == "capability" else ():
                yield record, exchange
    def bodies(self):
        for attempt in itertools.chain(self.attempts(), (exchange for _, exchange in self.exchanges())):
            for what in ("request", "response"):
                digest = attempt.get(what)
                refuse(digest and digest not in self.withheld and not self.has_body(digest), f"the {what} of {attempt.get('id', 'a check')} is missing or not as it was written")
        for digest in self.sets:
            refuse(digest not in self.withheld and not self.has_body(digest), "a probe set is missing or not as it was written")
        for model, stated in self.recordings.items():
            refuse(stated["sha256"] not in self.withheld and not self.has_body(stated["sha256"]), f"the file of recorded answers of {model} is missing or not as it was read")
        return "as recorded"
    def withheld_list(self):
        known, named_, nfc = set(), set(), lambda text: unicodedata.normalize("NFC", text)
        def refer(what, digest):  # of what is referred to in several ways, the list names one
            known.add(digest) if digest in self.withheld else None
            named_.add(digest) if self.withheld.get(digest) == what else None
        for digest in self.sets if self.sealed else ():
            refer("probe set", digest)
        for stated in self.recordings.values() if self.sealed else ():
            refer("recorded answers", stated["sha256"])
        for attempt in self.attempts():
            for what, name in (("request", "request"), ("response", "response"), ("outcome", "answer"), ("outcome", "failure")):
                refuse(attempt.get(name) in self.withheld and nfc(attempt["probe"]) not in self.sealed, f"what belongs to attempt {attempt['id']} is withheld, and its probe is not")
                refer(what, attempt.get(name))
        refuse(any(map(self.has_body, self.withheld)), "something is listed as withheld, and is here")
        refuse(self.withheld.keys() - known, "something is listed as withheld, and nothing refers to it")
        refuse(known - named_, "something is listed as withheld, and is something else than the list says")
        def probes(path, form):
            for line in self.lines(path, cut_off=True) if self.sealed else ():
                with contextlib.suppress(Fault):  # what cannot be read is told elsewhere
                    value = strict(line)
                    if form(value):
                        yield nfc(value["probe"])
        planned, committed, revealed = (set(probes(*of)) for of in (("plan.jsonl", PLANNED), ("commitments.jsonl", COMMITMENT), ("revealed.jsonl", REVEALED)))
        refuse(self.sealed - (planned & committed) or self.sealed & revealed, "a probe is listed as withheld that nothing asks, or that is revealed")
        return f"{len(self.sealed)} probes, {len(self.withheld)} texts"
    def root(self):
        digest, before = self.frozen_digest, 0
        for number, (_, origin, size, head) in enumerate(self.heads):
            refuse(not origin.endswith(f"/case/{digest[:16]}") or origin != self.heads[-1][1] or not before <= size or self.marks.get(size, (0,))[0] != head, f"records {before} to {size - 1} do not lead to checkpoint {number + 1}")
            before = size
        refuse(not self.heads or before != self.size, "records stand after the last checkpoint")
        return self.head.hex()
    def signer(self):  # the key that signed the list of files, as far as it is known
        keys, note = list(self.options.key), None
        for text in () if keys else self.read("keys.txt").split(b"\n")[:-1]:  # a line that is cut off is none
            with contextlib.suppress(Fault, ValueError):
                keys.append(Key(text.decode()))
        with contextlib.suppress(Fault):
            note = Note(self.read("MANIFEST.note"))
        return next((k for k in keys if note and note.signed_by(k)), None)
    def consistency(self):
        for number, ((_, of, m, old), (_, origin, n, new)) in enumerate(zip(self.heads, self.heads[1:]), 2):
            earlier, path = proof(self.read(f"consistency/{number:05d}.proof"))
            refuse(of != origin or earlier != m or not 0 < m < n, f"the proof for checkpoint {number} is of something else")
            path = iter(path)
            refuse(roots(m, n, path, old) != (old, new) or next(path, None), f"checkpoint {number} does not continue the one before")
        key = self.signer() if self.options.head else None
        for note, origin, size, head in self.options.head:
            refuse(key and not note.signed_by(key), f"the head of {size} records that was shown earlier is not signed by {key and key.name}")
            refuse(origin != self.heads[-1][1] or self.marks.get(size, (0,))[0] != head, f"the log does not continue the head of {size} records that was shown earlier")
        return f"{len(self.heads)} checkpoints, each continues the one before"
    def commitments(self):
        tree, nfc, count_ = Tree(), lambda text: unicodedata.normalize("NFC", text), 0
        for commitment in self.forms("commitments.jsonl", COMMITMENT, "a commitment that cannot be read"):
            refuse(nfc(commitment["probe"]) in self.leaves, f"the probe {commitment['probe']} is committed to twice")
            self.leaves[nfc(commitment["probe"])] = commitment["leaf"]
            tree.add(bytes.fromhex(commitment["leaf"]))
        for line in self.forms("revealed.jsonl", REVEALED, "a revealed probe that cannot be read"):
            probe = strict(line["text"].encode())
            refuse(not PROBE(probe) or probe["id"] != line["probe"], "a revealed probe that cannot be read")
            leaf = sha(b"\0" + bytes.fromhex(line["salt"]) + line["text"].encode()).hex()
            refuse(leaf != self.leaves.get(nfc(line["probe"])), f"the probe {line['probe']} is not the one that was committed to")
            refuse(nfc(line["probe"]) in self.probes, f"the probe {line['probe']} is revealed twice")
            self.probes[nfc(line["probe"])] = probe
        stated = self.frozen["probes"]
        refuse(not form({"count": count(0), "root": is_digest})(stated) or stated != {"count": tree.size, "root": tree.root().hex()}, "the commitments are not those of the protocol")
        refuse(set(self.leaves) - set(self.probes) - self.sealed, "a probe is neither revealed nor withheld")
        return "1 probe is the one committed to" if len(self.probes) == 1 else f"{len(self.probes)} probes are those committed to"
    def stamps(self, number):
        note, found = self.heads[number][0], []
        while self.has(f"time-stamps/{number + 1:05d}.{len(found) + 1}.tsr"):
            name = f"time-stamps/{number + 1:05d}.{len(found) + 1}"
            found.append(stamp(self.read(name + ".tsq", LONGEST), self.read(name + ".tsr", LONGEST), note.data, self.options.authority))
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
            seen = [(at, n) for n in range(len(self.heads)) for at in [self.cosigned(n, key)] if at is not None]
            refuse(not seen, f"no checkpoint is cosigned by {key.name}")
            for at, number in seen:
                ended = self.marks.get(self.heads[number][2], (0, None))[1]
                refuse(ended and at < int((milliseconds(ended) - TOLERANCE) / 1000), f"{key.name} cosigned checkpoint {number + 1} earlier than attempts that it covers")
        return f"{len(words)}" + ": " * bool(words) + "; ".join(words[:4])
    def cosigned(self, number, key):  # seconds
        witness = self.read(f"witnesses/{number + 1:05d}.note")
        return Note(witness).cosigned_by(key) if witness else None
    def stamped(self, number, url, anchors):  # milliseconds of a head's stamps: those of one authority, or of all; only what `anchors` vouch for
        note, times = self.heads[number][0], []
        for place in itertools.count(1):
            name = f"time-stamps/{number + 1:05d}.{place}"
            if not self.has(name + ".tsr"):
                return times
            if url is None or self.read(name + ".txt", LONGEST).split(b"\n")[0] == url.encode():
                try:
                    times.append(stamp(self.read(name + ".tsq", LONGEST), self.read(name + ".tsr", LONGEST), note.data, anchors)[0])
                except Exception:  # no stamp of this head: time_stamps has told
                    pass
    def coverage(self):  # what stamps and others' signatures cover, and what is left to whoever holds the key
        if not self.heads or self.heads[-1][2] not in self.marks:
            raise Unseen("the log or its checkpoints do not hold")
        promise, sizes = self.frozen.get("custody", {"heads_every": 500, "time_stamps": []}), [h[2] for h in self.heads]
        refuse(not CUSTODY(promise), "what the protocol promises cannot be read")
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
            url, anchors = authority["authority"], [Certificate(b64(c)) for c in authority["certificates"]]
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
                   or any(self.cosigned(n, key) is not None for key in self.options.witness) and Note(self.read(f"witnesses/{n + 1:05d}.note")).text == note.text]
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
        origins, ends, latest = {}, {}, -math.inf
        for a in self.attempts():
            for text, ns in ((a["started"], a["started_ns"]), (a["ended"], a["ended_ns"])):
                time, elapsed = milliseconds(text), int(ns) // 1_000_000
                origin = origins.setdefault(a["run"], time - elapsed)
                refuse(abs(time - elapsed - origin) > TOLERANCE + elapsed // 1000, f"the clock was set during run {a['run']}, before attempt {a['id']}")
            if "response" not in a and a["started_ns"] == a["ended_ns"] and a["started"] == a["ended"]: continue  # lost: nobody knows when it ended
            refuse(elapsed < ends.get(a["run"], 0) - TOLERANCE or time < latest - TOLERANCE or int(a["started_ns"]) > int(a["ended_ns"]), f"attempt {a['id']} ended before the one it follows")
            ends[a["run"]], latest = elapsed, max(latest, time)
        return f"ran on evenly through {len(origins)} run{'s' * (len(origins) != 1)}"
    def protocol(self):
        first = next(self.log())
        refuse(self.read("protocol.json") != canonical(self.frozen).encode(), "protocol.json is not the protocol of the log")
        for attempt in itertools.islice(self.attempts(), 1):
            began = milliseconds(attempt["started"])
            stamped = [t for n, h in enumerate(self.heads) if h[2] <= attempt["seq"] for t, _ in self.stamps(n)]
            refuse(max([milliseconds(first["recorded"])] + sorted(stamped)[:1]) > began + TOLERANCE, "it was frozen after the first attempt began")
        return self.digest("protocol.json")
    def completeness(self):
        nfc = functools.lru_cache(None)(lambda text: unicodedata.normalize("NFC", text))
        plan, asks, seeds, most = [], set(), set(), dict.fromkeys(self.leaves, 0)
        for place, item in enumerate(self.forms("plan.jsonl", PLANNED, "an item of the plan that cannot be read")):
            refuse(item["order"] != place, "the plan is not in its order")
            plan.append(sha(canonical(item).encode()))
            probe = nfc(item["probe"])
            asks.add((nfc(item["model"]), probe, item["sample"]))
            seeds.add(item["seed"])
            most[probe] = max(most.get(probe, 0), item["sample"] + 1)
        stated = self.frozen["plan"]
        refuse(not form({"items": count(0), "sha256": is_digest})(stated) or stated != {"items": len(plan), "sha256": self.digest("plan.jsonl")}, "the plan is not that of the protocol")
        here, named_ = list(filter(self.has_body, self.sets)), set()
        for probe in (probe for digest in here for _, probe in json_lines(self.body(digest))):
            name = next(map(nfc, texts((get(probe, "id"), get(probe, "prompt_id")))), None)
            refuse(name not in self.leaves or name in self.probes and asked_by(probe) != asked_by(self.probes[name]), "the probes are not those of the probe sets that the protocol names")
            named_.add(name)
        refuse(self.asking and len(here) == len(self.sets) and len(named_) != len(self.leaves), "the probes are not those of the probe sets that the protocol names")
        if self.asking:  # each model once for each sample; how many there are of a sealed probe only the plan says
            samples = {p: self.probes[p].get("samples", self.measurement["samples"]) if p in self.probes else n for p, n in most.items()}
            every = len(asks) == len(seeds) == len(plan) == len(self.endpoints) * sum(samples.values())
            refuse(not every or self.endpoints and most != samples or len(most) != len(self.leaves) or {m for m, _, _ in asks} - self.endpoints.keys(),
                   "the plan does not ask each model each probe as often as the protocol says, each time with a seed of its own")
        answered, asked_ = bytearray(len(plan)), bytearray(len(plan))
        for a in self.attempts():
            order = a["planned_order"]
            refuse(not 0 <= order < len(plan) or plan[order] != sha(canonical(self.item(a)).encode()), f"attempt {a['id']} was not planned")
            refuse(answered[order], f"attempt {a['id']} asks what was answered before")
            asked_[order], answered[order] = 1, a["outcome"] != "failed"
        refuse(sum(asked_) != len(plan), f"{len(plan) - sum(asked_)} of {len(plan)} planned items were never asked")
        return f"all {len(plan)} planned items were asked, {len(plan) - sum(answered)} failed"
    def item(self, a): return {"model": a["model"], "order": a["planned_order"], "probe": a["probe"], "sample": a["sample"], "seed": a["request_seed"]}
    def hashes(self):  # each attempt's row, with the hash of the row before: tags 0 null, 1 integer, 2 text, 3 bytes
        def field(value):
            tag, data = ((0, b"") if value is None else (1, value.to_bytes(8, "big", signed=True)) if is_int(value)
                         else (2, value.encode()) if is_text(value) else (3, value))
            return bytes([tag]) + len(data).to_bytes(8, "big") + data
        start = hashlib.sha256(b"retort.plan/1" + field(sha(canonical(self.measurement).encode())))
        for line in self.lines("plan.jsonl"):
            item = parsed(line)
            start.update(b"".join(field(item[n]) for n in ("order", "model", "probe", "sample", "seed")))
        previous, computed = start.digest(), 0
        columns = ("id", "run", "planned_order", "model", "probe", "sample", "request_seed", "started", "ended", "started_ns", "first_byte_ns",
                   "ended_ns", "url", "request_headers", "request", "status", "response_headers", "response", "redacted", "outcome", "answer",
                   "failure", "charged_tokens")
        read = {**dict.fromkeys(("started_ns", "first_byte_ns", "ended_ns", "charged_tokens"), int), **dict.fromkeys(("request", "response"), bytes.fromhex),
                **dict.fromkeys(("request_headers", "response_headers"), canonical)}
        for a, line in self.said():
            if line is not None:
                for name in {"answer", "failure"} & a.keys():
                    a[name] = line.decode()
                row = b"".join(field(read.get(n, lambda v: v)(a[n]) if n in a else None) for n in columns) + field(previous)
                refuse(sha(b"retort.attempt/1" + row).hex() != a["hash"], f"the hash of attempt {a['id']} is not that of what it says and of the one before")
                computed += 1
            previous = bytes.fromhex(a["hash"])
        return f"{computed} attempts, each with the hash of the one before"
    def meaning(self):
        nfc, counts = lambda text: unicodedata.normalize("NFC", text), collections.Counter()
        word = "findings of those checks, which are the operator's word"
        refuse(not self.asking, "the protocol does not say how models are asked")
        endpoints, sampling = self.endpoints, self.measurement["sampling"]
        def request(item):
            probe, model = self.probes.get(nfc(item["probe"])), endpoints.get(nfc(item["model"]))
            return probe and model and asked(item, probe, model, sampling)
        referred, timeout, outcomes = {*self.sets, *(r["sha256"] for r in self.recordings.values())}, None, self.said()
        tools = {}  # by run
        for record in self.log():
            if record["kind"] == "run":
                tools[record["run"]] = record["tool"]
            if record["kind"] == "circumstances":
                timeout = int_of(record["circumstances"].get("timeout_milliseconds"))
            if record["kind"] != "attempt":
                continue
            a, line = next(outcomes)
            name, failed, model = f"attempt {a['id']}", a["outcome"] == "failed", endpoints.get(nfc(a["model"]))
            referred |= {a["request"], a.get("response")}
            refuse(model is None, f"{name} asks a model that the protocol does not name")
            expected = request(self.item(a))
            refuse(expected and expected[0] != a["url"], f"{name} was sent to another address than the protocol names")
            refuse(expected and sha(expected[1]).hex() != a["request"], f"the request of {name} is not what the protocol asks with this probe")
            counts["requests ask what was planned" if expected else "requests with probes that are sealed"] += 1
            if "response" not in a:
                refuse(not failed, f"{name} has an answer and no response")
                counts["attempts have no response"] += 1
                continue
            if line is None or a["response"] in self.withheld:
                counts["responses that are withheld"] += 1
                continue
            body = self.body(a["response"])
            told = READERS[model["dialect"]](a["status"], body) if len(body) <= LONGEST else None
            # What is told to have failed and says that an answer was withheld has no words that anybody could hide.
            told = None if failed and told and told[0] == "filtered" and not told[1]["text"] and "reasoning" not in told[1] else told
            earlier = re.match(r"retort 0\.([1-9])\.", tools.get(a["run"], ""))
            hint = "; an earlier version read it, and read some responses otherwise: check with the version that the run names" if earlier else ""
            if failed:
                refuse(told and not cut_off(a, get(parsed(line), "detail"), len(body), timeout), f"the response to {name} holds an answer, and is told to have failed{hint}")
            else:
                refuse(told is None or told[0] != a["outcome"], f"the response to {name} says something else than what was analysed{hint}")
                said = [asked_tokens(told[1], sampling, model)]
                if earlier and earlier[1] < "8":  # kept all tokens that came, the first ones not the endpoint's name of a response
                    said = told[1], {n: v for n, v in told[1].items() if n != "response_id"}
                refuse(all(line != canonical(s).encode() for s in said), f"the response to {name} says something else than what was analysed{hint}")
            counts["responses hold an answer that by its time or length alone is told to have been cut off"] += bool(failed and told)
            counts["of them with a key that was masked"] += a["redacted"]
            counts["pasted by a person, whose word they are"] += bool(told and told[1].get("pasted"))
            counts["responses say what was analysed"] += 1
        for record in (r for r in self.log() if r["kind"] == "capability"):
            refuse(nfc(record["model"]) not in endpoints, "a check of another endpoint than those of the protocol")
            counts[word] += len(record["findings"])
        for record, exchange in self.exchanges():
            model = endpoints[nfc(record["model"])]
            refuse(origin(exchange["url"]) != origin(model["url"]), "a check of another endpoint than those of the protocol")
            referred |= {exchange["request"], exchange.get("response")}
            counts["exchanges of checks of endpoints"] += 1
        here = {p[13:15] + p[16:] for p, _ in self.entries() if BODY.fullmatch(p)} - referred
        for item in map(parsed, self.lines("plan.jsonl")) if here else ():  # in flight when a program ended
            here.discard(sha((request(item) or ("", b""))[1]).hex())
        refuse(here, f"the body {min(here, default='')} belongs to no attempt")
        unread = [n for n in ("requests with probes that are sealed", "responses that are withheld", "exchanges of checks of endpoints", word) if counts[n]]
        told = [f"{v} {n}" for n, v in counts.items() if v and n not in unread]
        return "; ".join(told + (["not read: " + ", ".join(f"{counts[n]} {n}" for n in unread)] if unread else []))
    def recorded(self):  # answers that were recorded before the case: the bytes of the protocol, and which probes they answer
        nfc, kept = lambda text: unicodedata.normalize("NFC", text), 0
        question = lambda system, prompt: (nfc((system or "").strip(" \t\n\r")), nfc(prompt.strip(" \t\n\r")))
        asked_ = {i: question(p.get("system"), p["prompt"]) for i, p in sorted(self.probes.items(), key=lambda p: p[0].encode(), reverse=True)}
        by_text = {q: i for i, q in asked_.items()}  # of two that ask one text, the first by name
        for model, stated in self.recordings.items():
            if stated["sha256"] in self.withheld:
                kept += 1
                continue
            data = self.body(stated["sha256"], FILE)
            seen, by_prompt, left_out = set(), 0, 0
            for line, said in json_lines(unpacked(data) if data[:2] == b"\x1f\x8b" else data):
                refuse(not recorded_line(said) or HALF.search(PAIR.sub(b" ", line)), f"the recorded answers of {model} cannot be read")
                prompt, name = text_of(get(said, "prompt")), text_of(get(said, "prompt_id"))
                refuse(prompt is None and name is None, f"the recorded answers of {model} cannot be read")
                name = nfc(name) if name is not None and nfc(name) in self.leaves else None
                of = None if prompt is None else question(text_of(get(said, "system")), prompt)
                refuse(name and of and name in asked_ and asked_[name][1] != of[1], f"the recorded answers of {model} are to other prompts than the protocol says")
                probe = name or of and by_text.get(of)
                if not probe:
                    left_out += 1
                    continue
                key = probe, int_of(get(said, "sample")) or 0
                refuse(key in seen, f"the recorded answers of {model} answer a probe twice")
                seen.add(key)
                by_prompt += name is None
            refuse((len(seen), len({p for p, _ in seen}), by_prompt, left_out) != tuple(stated[n] for n in ("answers", "probes", "by_prompt", "left_out")),
                   f"the recorded answers of {model} are to other probes, or more or fewer, than the protocol says")
        return self.recordings and f"{len(self.recordings)} model{'s were' if len(self.recordings) > 1 else ' was'} not asked: answers were recorded before, on the operator's word" + (f", {kept} withheld" if kept else "")
PAIR, HALF = re.compile(rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F].."), re.compile(rb"\\u[dD][89a-fA-F]")
def maybe(read): return lambda v: v is None or read(v)
def recorded_token(v): return is_object(v) and is_text(v.get("token")) and all(map(lambda n, read: maybe(read)(v.get(n)),
    ("id", "bytes", "logprob", "top_logprobs"), (is_whole(-math.inf, math.inf), listed(is_whole(0, 255)), is_number, listed(recorded_token))))
def is_whole(least, most): return lambda v: int_of(v) is not None and least <= int_of(v) <= most
def recorded_line(v): return is_object(v) and is_text(v.get("text")) and all(map(lambda n, read: maybe(read)(v.get(n)),
    ("prompt_id", "reasoning", "sample", "logprobs"), (is_text, is_text, is_whole(0, 1_000_000_000), listed(recorded_token))))
def json_lines(data):  # as people hand them in: with a mark of byte order, and ends of lines of either kind
    for place, line in enumerate(data.split(b"\n")):
        refuse(len(line) > LINE or may_exceed(line, VALUES) and size(line) > VALUES, "a line that is too large")
        line = line[:-1] if line.endswith(b"\r") else line
        if (line[3:] if place == 0 and line.startswith(b"\xef\xbb\xbf") else line).strip(b" \t"):
            yield line, sent(line)
def asked_by(probe):  # what makes a request of it
    number = lambda name, read: read(get(probe, name))
    return text_of(get(probe, "prompt")), text_of(get(probe, "system")), number("samples", int_of), number("max_tokens", int_of), number("temperature", number_of)
def unpacked(data):  # whatever members it has, and nothing behind them
    found, one, left = [], zlib.decompressobj(47), min((64 << 20) + 100 * len(data), 2 << 30)
    for start in range(0, len(data), 4096):
        piece = data[start:start + 4096]
        while piece:
            one = zlib.decompressobj(47) if one.eof else one
            found.append(one.decompress(piece))
            piece, left = one.unused_data, left - len(found[-1])
            refuse(left < 0, "recorded answers that are too large")
    refuse(not one.eof, "recorded answers that are cut off")
    return b"".join(found)
def cut_off(a, detail, length, timeout):  # whether the record shows that what reads as a whole answer did not come whole
    detail = detail if is_text(detail) else ""
    if detail == f"response of more than {LONGEST} bytes":  # what is kept of it has this length, unless a key was masked in it
        return length == KEPT or a["redacted"] == 1 and length >= KEPT // 2
    if detail == "no complete response in time" and timeout is not None:
        return timeout >= SHORTEST and (int(a["ended_ns"]) - int(a["started_ns"])) // 1_000_000 >= timeout - 50
    announced = next((h[-1] for h in a["response_headers"] if h and h[0].lower() == "content-length"), "")
    return (detail.startswith("response cut off: ") and re.fullmatch("[0-9]+", announced) is not None
            and length < int(announced) < 1 << 63)
def option(name, kind):  # in one line what is wrong with what was given
    def read(text):
        try:
            return kind(text)
        except Fault as fault:
            raise argparse.ArgumentTypeError(f"{shown(text)}: {fault}")
        except OSError as error:
            raise argparse.ArgumentTypeError(f"{shown(text)}: {error.strerror}")
        except Exception:
            raise argparse.ArgumentTypeError(f"{shown(text)}: it cannot be read as {name}")
    return read
def contents(path):  # of a file, or of what a shell hands over as /dev/fd/63
    mode = os.stat(path).st_mode
    refuse(not stat.S_ISREG(mode) and not (stat.S_ISFIFO(mode) and path.startswith("/dev/")), "it is no regular file")
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # of a named pipe, nobody may be there who writes
    os.set_blocking(file, True)
    with open(file, "rb") as file:
        data = file.read(VOUCHING + 1)
    refuse(len(data) > VOUCHING, "it is too large")
    return data
def key_in(*algorithms):  # a key, or a file that holds one and nothing else
    def read(text):
        text = contents(text).decode().strip(" \t\r\n") if os.path.exists(text) else text
        for algorithm in algorithms[:-1]:
            with contextlib.suppress(Fault): return Key(text, algorithm)
        return Key(text, algorithms[-1])
    return read
def certificates(path):  # of a PEM file, whatever stands between them
    blocks = [part.split(b"-----END CERTIFICATE-----") for part in contents(path).split(b"-----BEGIN CERTIFICATE-----")[1:]]
    refuse(not blocks or any(len(block) != 2 for block in blocks), "it holds no certificates in PEM, or one that was cut off")
    return [Certificate(b64(block[0].translate(None, b" \t\r\n").decode())) for block in blocks]
def shown_head(path):  # with the proof for a witness before it, or without
    data = contents(path)
    if data.startswith(b"old "):
        before, _, data = data.partition(b"\n\n")
        proof(before + b"\n")
    note = Note(data)
    return note, *note.head()
class Parser(argparse.ArgumentParser):
    def error(self, message):
        print(f"verify.py: {shown(message)}", file=sys.stderr)
        sys.exit(64)
def main():
    with contextlib.suppress(OSError):  # already written to, by whoever runs this within a program
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = Parser(description="Check evidence of Retort.", allow_abbrev=False)
    parser.add_argument("evidence", type=option("evidence", lambda path: refuse(not path, "an empty name") or path))
    for name, kind, words in (("key", key_in(1), "a verifier key"), ("witness", key_in(4, 1), "a verifier key of a witness"),
                              ("authority", certificates, "certificates in PEM"), ("head", shown_head, "a signed head")):
        parser.add_argument(f"--{name}", type=option(words, kind), action="append", default=[])
    options = parser.parse_args()
    options.authority = list(itertools.chain(*options.authority))
    evidence, worst = Evidence(options.evidence, options), 0
    kinds = {"manifest": 20, "load": 20, "signature": 21, "records": 20, "outcomes": 20, "bodies": 20, "withheld_list": 20, "root": 20,
             "consistency": 20, "commitments": 20, "time_stamps": 22, "coverage": 22, "clock": 22, "protocol": 22, "completeness": 23,
             "hashes": 25, "meaning": 25, "recorded": 25}
    for name, code in kinds.items():
        try:
            words = getattr(evidence, name)()
            print(f"✓ {name}: {shown(words)}") if words else None
        except Unseen as seen:
            print(f"– {name}: {shown(seen)}")
        except Exception as error:  # whatever damaged bytes lead to, it is a check that failed
            print(f"✗ {name}: {shown(error) if isinstance(error, Fault) else 'it cannot be read'}")
            worst = min(worst or code, code)
    print("– report: not compared here, it may say anything: `retort verify` computes it", flush=True)
    sys.exit(worst)
if __name__ == "__main__":
    sys.setrecursionlimit(4000)
    try:
        main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has gone: then nobody knows what was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(2)
