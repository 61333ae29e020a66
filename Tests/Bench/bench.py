"""Times `retort compare` on a corpus of real answers, beside scikit-learn doing the heart of the same work.

usage: bench.py RETORT CORPUS OUT.md

CORPUS/alpaca_eval/responses holds one transcript a model (156 models, 805 prompts). Whole commands are timed, reading of
the files included, best of three; peak memory is that of the largest process. The peer computes, for the same answers,
only the tf-idf vectors and their Gram matrix for each prompt, as scikit-learn's users write it: no openings, no
normalisation, no bootstrap.
"""
import gzip, json, os, platform, resource, subprocess, sys, tempfile, time

PEER = r'''
import gzip, json, os, sys
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
answers = {}
for name in sorted(os.listdir(sys.argv[1])):
    for line in gzip.open(os.path.join(sys.argv[1], name), "rt", encoding="utf-8"):
        row = json.loads(line)
        answers.setdefault(row["prompt_id"], []).append(row["text"])
total = 0.0
for texts in answers.values():
    x = TfidfVectorizer(ngram_range=(2, 4), token_pattern=r"\w+", sublinear_tf=True, dtype=np.float64).fit_transform(texts)
    total += (x @ x.T).sum()
print(total)
'''


def timed(command, runs=3):
    """-> least wall time in seconds, peak memory in MiB of any run"""
    best, peak = float("inf"), 0
    for _ in range(runs):
        start = time.perf_counter()
        pid = os.posix_spawnp(command[0], command, os.environ,
                              file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)])
        _, status, usage = os.wait4(pid, 0)
        best = min(best, time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
        if status:
            sys.exit(f"failed: {' '.join(command)}")
    return best, peak


def compare(retort, responses, lineage, out, method):
    return [retort, "compare", "--suspect", f"{responses}/claude2-alpaca-13b.jsonl.gz", "--candidate",
            f"{responses}/claude-2.jsonl.gz", "--cohort", responses, "--lineage", lineage, "--corpus", "alpaca_eval",
            "--method", method, "-o", out]


def subset(responses, out, every):
    os.makedirs(out)
    for name in os.listdir(responses):
        with gzip.open(f"{responses}/{name}", "rt", encoding="utf-8") as source, \
                gzip.open(f"{out}/{name}", "wt", encoding="utf-8") as target:
            target.writelines(line for line in source if int(json.loads(line)["prompt_id"][3:]) % every == 0)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    retort, corpus, out = sys.argv[1:]
    responses, lineage = f"{corpus}/alpaca_eval/responses", f"{corpus}/lineage.csv"
    if not os.path.isdir(responses):
        sys.exit(f"bench: {responses} is not here; give the corpus with `make bench CORPUS=…`")
    folder = tempfile.mkdtemp()
    rows = []
    for method in ("2", "1"):
        wall, peak = timed(compare(retort, responses, lineage, f"{folder}/report", method))
        rows.append(f"| `retort compare --method {method}`, 156 models × 805 prompts, 1,000 replicates | {wall:.1f} s | {peak:.0f} MiB |")
        print(rows[-1], flush=True)
    subset(responses, f"{folder}/subset", 10)
    ours, ours_peak = timed(compare(retort, f"{folder}/subset", lineage, f"{folder}/report", "1"))
    peer, peer_peak = timed([sys.executable, "-c", PEER, f"{folder}/subset"])
    rows.append(f"| `retort compare --method 1`, 156 models × 80 prompts | {ours:.2f} s | {ours_peak:.0f} MiB |")
    rows.append(f"| scikit-learn, tf-idf Gram alone, same 80 prompts | {peer:.2f} s | {peer_peak:.0f} MiB |")
    rows.append(f"| ratio | {peer / ours:.1f} × | |")
    print("\n".join(rows[2:]))
    with open("/proc/cpuinfo") as info:
        processor = next((l.split(":")[1].strip() for l in info if l.startswith("model name")), platform.processor())
    with open(out, "w") as file:
        file.write("# Benchmarks\n\nMade by `make bench`. Whole commands, best of three, files read included.\n\n"
                   f"Machine: {processor}, {len(os.sched_getaffinity(0))} cores, {platform.system()}.\n\n"
                   "| what | wall time | peak memory |\n|---|---|---|\n" + "\n".join(rows) + "\n")


main()
