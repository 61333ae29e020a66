"""Runs a folder of cases from the field against a built program and says of each whether what comes out is right.

    RETORT=.build/release/retort python3 Tests/Bench/cases.py FOLDER [ID ...] [--keep DIR] [--table FILE]

A case is a folder `NN-name` with a `cmd.sh`, as the folder's README describes. The judgement is a condition on what the command
printed and wrote, below; a case that has none here is run and shown, and counted as not judged. No network but the loopback.
"""
import argparse, json, os, re, shutil, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))


def has(*patterns):
    return lambda out: all(re.search(p, out, re.S) for p in patterns)


def lacks(*patterns):
    return lambda out: not any(re.search(p, out, re.S) for p in patterns)


def both(*conditions):
    return lambda out: all(c(out) for c in conditions)


FOUR = r"suspect's transcript.*(?:\"text\":.*){4}"
WITHHELD = both(has(r"p4 \| filtered", r"exit 0"), lacks(r"refuses the key"))
NO_FINDING = lambda out: "◆" not in out.split("leaked", 1)[-1] if "leaked" in out else "◆" not in out

RIGHT = {
    "01": has(r"1 answers?|tides"), "03": lacks(r"cut off|check that the file is whole|not a JSON object"),
    "04": both(has(r"likelihood"), lacks(r'"text":"-')), "06": has(r"Be brief\.", r"legs have 1"),
    "07": both(has(r"answer.*prediction|prediction"), lacks(r'"text":"2"')),
    "09": both(has(r"A lock lifts|arena|a/transcripts"), lacks(r"is missing")), "10": lacks(r"must be a text"),
    "11": both(has(r'"text"'), lacks(r"is missing")), "12": has(r":2: .*(UTF-8|utf-8)"), "13": lacks(r"not UTF-8|not UTF|cannot"),
    "15": has(r"#0|#1|columns"), "16": lacks(r"not JSON"), "17": has(r"--model"),
    "18": both(has(r"Saône", r"It is Turin", r"Let me see", r"Here is the map"), lacks(r'"text":""')),
    "19": both(has(r"tool"), lacks(r'"text":""')), "20": has(r"Turin|anthropic"),
    "22": lambda out: out.count('"text":"Turin."') in (13, 26),
    "25": lacks(r"not JSON|not a JSON object"), "27": has(r":\d+: "), "28": has(r"quot"),
    "32": lambda out: out.count('"reasoning":"Let me see."') in (3, 6), "34": has(r"inspect log convert|1 answer"),
    "36": both(has(r"copy"), has(r"two answers|needs|more samples|nothing to compare|samples")), "39": has(r":\d+: "),
    "40": WITHHELD, "42": WITHHELD, "45": both(has(r"no quota|later run"), lacks(r"did not answer 3 items")),
    "46": both(has(FOUR), has("exit 0")), "48": both(has(r"An answer to: ", r"Let me see\."), has("exit 0")),
    "49": both(has(FOUR), lacks(r"\| empty \|")), "50": has(r"p4 \| filtered"), "52": both(has(FOUR), has("exit 0")),
    "56": has(r"exit 3", r"Sign in to the network"), "58": both(has(FOUR), lacks(r'"text":"<\|channel')),
    "61": has(r"exit 3"), "62": has(r"exit 3"), "63": has(FOUR), "64": has(FOUR), "65": has(FOUR),
    "67": both(has(r"exit 3", r"(?i)cloudflare"), lacks(r"refuses the key")), "69": has(r"exit 0"),
    "72": has(r"SSL_CERT_FILE"), "74": lacks(r"exit 4"), "75": lacks(r": 132\b"), "77": lacks(r"exit 1\b"),
    "78": has(r"omit|leave it out"), "81": has(r"omit|leave it out"), "83": NO_FINDING, "85": has(r"p4 \| filtered"),
    "86": has(r"exit 3"), "88": both(has(r"invalid_request_error"), lacks(r"null: ")), "89": has(r"p4 \| refused"),
    "90": both(has(r"no quota|later run"), lacks(r"asks to wait")), "91": NO_FINDING, "93": has(r"p4 \| filtered"),
    "94": lambda out: all(float(s) < 20 for s in re.findall(r": ([0-9.]+) s", out)),
}


def run(folder, name, retort, keep):
    case = os.path.join(folder, name)
    work = tempfile.mkdtemp(prefix="case-")
    out = os.path.join(work, "out")
    os.mkdir(out)
    probes = os.path.join(HERE, "..", "..", "Probes", "check.jsonl")
    env = dict(os.environ, RETORT=retort, CASES=folder, OUT=out, PROBES=os.path.abspath(probes), T="100")
    command = os.path.join(case, "cmd.sh")
    started = time.time()
    try:
        done = subprocess.run([command], cwd=case, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900)
        text = done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as late:
        text = (late.stdout or b"").decode("utf-8", "replace") + "\nTIMED OUT"
    for root, _, files in os.walk(out):
        for file in sorted(files):
            if file.endswith(".jsonl"):
                with open(os.path.join(root, file), encoding="utf-8", errors="replace") as lines:
                    text += f"\n== {os.path.relpath(os.path.join(root, file), out)}\n" + lines.read()[:20000]
    shutil.rmtree(work, ignore_errors=True)
    if keep:
        os.makedirs(keep, exist_ok=True)
        with open(os.path.join(keep, name + ".txt"), "w") as file:
            file.write(text)
    return text, time.time() - started


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder")
    options.add_argument("ids", nargs="*")
    options.add_argument("--keep")
    options.add_argument("--table")
    given = options.parse_args()
    # A copy: cases write beside themselves, and their scripts may have lost the right to run.
    folder = os.path.join(tempfile.mkdtemp(prefix="cases-"), "cases")
    shutil.copytree(given.folder, folder)
    for root, _, files in os.walk(folder):
        for file in files:
            if file.endswith(".sh"):
                os.chmod(os.path.join(root, file), 0o755)
    retort = os.path.abspath(os.environ.get("RETORT", ".build/release/retort"))
    rows = []
    for name in sorted(os.listdir(folder)):
        number = name[:2]
        if not re.match(r"\d\d-", name) or given.ids and number not in given.ids:
            continue
        text, seconds = run(folder, name, retort, given.keep)
        right = RIGHT.get(number)
        verdict = "not judged" if right is None else "right" if right(text) else "wrong"
        rows.append((number, verdict, seconds))
        print(f"{name:40} {verdict:10} {seconds:6.1f} s", flush=True)
    counts = {v: sum(r[1] == v for r in rows) for v in ("right", "wrong", "not judged")}
    print(json.dumps(counts))
    if given.table:
        with open(given.table, "w") as file:
            json.dump({r[0]: r[1] for r in rows}, file, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
