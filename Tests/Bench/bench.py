"""Times `retort` on a corpus of real answers, beside what its users would run instead.

usage: bench.py RETORT CORPUS OUT.md

CORPUS/alpaca_eval/responses holds one transcript a model (156 models, 805 prompts). Whole commands are timed, reading of
the files included, best of three; peak memory is that of the largest process. The peer computes, for the same answers,
only the tf-idf vectors and their Gram matrix for each prompt, as scikit-learn's users write it. Each peer is set beside the one
channel that answers the same question of the same files, normalisation by the cohort included (`retort channels --channel`),
and beside all channels together. datasketch estimates what share of shingles two answers have in common; the channel beside it
counts it, for shingles of 1 to 3 words, weighed by rarity. Model Equality Testing is timed in its published form, the kernel computed anew for each permutation, with
NumPy: its package needs torch.
"""
import ctypes, gzip, json, os, platform, resource, subprocess, sys, tempfile, time

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

READ = r'''
import gzip, json, os, sys
import numpy as np
answers = {}
for name in sorted(os.listdir(sys.argv[1])):
    for line in gzip.open(os.path.join(sys.argv[1], name), "rt", encoding="utf-8"):
        row = json.loads(line)
        answers.setdefault(name, {}).setdefault(row["prompt_id"], []).append(row["text"])
models = sorted(answers)
'''

ROUGE = READ + r'''
from rouge_score import rouge_scorer
scorer = rouge_scorer.RougeScorer(["rouge2", "rougeL"])
for i, a in enumerate(models):
    for b in models[i + 1:]:
        for prompt in answers[a].keys() & answers[b].keys():
            scorer.score(answers[a][prompt][0], answers[b][prompt][0])
'''

MINHASH = READ + r'''
import re
from datasketch import MinHash
sketch = {}
for m in models:
    for prompt, texts in answers[m].items():
        w = re.findall(r"\w+", texts[0].lower())
        h = MinHash(num_perm=128)
        h.update_batch([" ".join(w[i:i + 3]).encode() for i in range(len(w) - 2)])
        sketch[m, prompt] = h
for i, a in enumerate(models):
    for b in models[i + 1:]:
        sum(sketch[a, p].jaccard(sketch[b, p]) for p in answers[a].keys() & answers[b].keys())
'''

# The profile of slop-forensics: words of 4 letters or more, 2- and 3-grams, by how over-used they are, Jaccard of the lists.
PROFILE = READ + r'''
import collections, re
def grams(text, n):
    w = re.findall(r"[a-z']+", text.lower())
    return [" ".join(w[i:i + n]) for i in range(len(w) - n + 1)]
total = [collections.Counter() for _ in range(3)]; own = {}
for m in models:
    own[m] = [collections.Counter(g for texts in answers[m].values() for t in texts for g in grams(t, n) if n > 1 or len(g) > 3) for n in (1, 2, 3)]
    for all, one in zip(total, own[m]): all.update(one)
lists = {m: set().union(*(sorted((g for g, k in one.items() if k > 5), key=lambda g: -one[g] / all[g])[:size]
                          for one, all, size in zip(own[m], total, (1000, 200, 200)))) for m in models}
for i, a in enumerate(models):
    for b in models[i + 1:]: len(lists[a] & lists[b]) / max(len(lists[a] | lists[b]), 1)
'''

MET = READ + r'''
B, L = int(sys.argv[2]), 1000
def rows(m): return [(p, t) for p, texts in answers[m].items() for t in texts]
a, b = rows(models[0]), rows(models[1])
number = {p: i for i, p in enumerate(sorted({p for p, _ in a + b}))}
both = np.full((len(a) + len(b), L + 1), -1, dtype=np.int64)
for i, (p, t) in enumerate(a + b):
    codes = [ord(c) for c in t[:L]]
    both[i, 0] = number[p]; both[i, 1:len(codes) + 1] = codes
def kernel(x, y):
    k = np.array([(x[i, 1:] == y[:, 1:]).sum(1) for i in range(len(x))]) / L
    return k * (x[:, :1] == y[:, 0]), (x[:, :1] == y[:, 0]).sum()
def statistic(x, y):
    (xx, n), (yy, m), (xy, nm) = kernel(x, x), kernel(y, y), kernel(x, y)
    return (xx.sum() - len(x)) / (n - len(x)) - 2 * xy.sum() / nm + (yy.sum() - len(y)) / (m - len(y))
observed = statistic(both[:len(a)], both[len(a):])
generator = np.random.default_rng(1); above = 0
for _ in range(B):
    order = generator.permutation(len(both)); above += statistic(both[order[:len(a)]], both[order[len(a):]]) >= observed
print((above + 1) / (B + 1))
'''

DGEMM = r'''
import time
import numpy as np
a, b = np.random.rand(2000, 805), np.random.rand(805, int(__import__("sys").argv[1]))
best = 1e9
for _ in range(4):
    start = time.perf_counter(); a @ b; best = min(best, time.perf_counter() - start)
print(best)
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


def only(responses, out, models, every):
    """the answers of some models to every so-manieth prompt, counted over the prompts of all"""
    os.makedirs(out)
    lines = {m: gzip.open(f"{responses}/{m}.jsonl.gz", "rt", encoding="utf-8").readlines() for m in models}
    prompts = sorted({json.loads(l)["prompt_id"] for ls in lines.values() for l in ls})[::every]
    for model, own in lines.items():
        with gzip.open(f"{out}/{model}.jsonl.gz", "wt", encoding="utf-8") as target:
            target.writelines(l for l in own if json.loads(l)["prompt_id"] in prompts)


def peers(retort, corpus, folder, rows):
    """every peer beside one command that computes all channels on the same files"""
    responses = f"{corpus}/alpaca_eval/responses"
    names = sorted(n[:-9] for n in os.listdir(responses))
    few = [n for n in names if n != "claude2-alpaca-13b"][::10] + ["claude2-alpaca-13b"]
    only(responses, f"{folder}/few", few, 161)
    for title, script, files, channels in (
            ("scikit-learn, tf-idf Gram", PEER, f"{folder}/subset", ["content_overlap"]),
            ("datasketch, MinHash of 3-word shingles", MINHASH, f"{folder}/subset", ["rare_overlap"]),
            ("profiles of over-used words as in slop-forensics", PROFILE, f"{folder}/subset", ["delta_burrows", "delta_cosine"]),
            ("rouge-score, ROUGE-2 and ROUGE-L", ROUGE, f"{folder}/few", ["verbatim_total", "verbatim_longest"])):
        what = f"{len(os.listdir(files))} models × {5 if files.endswith('few') else 80} prompts"
        command = [retort, "channels", files, "--suspect", "claude2-alpaca-13b"]
        all_channels, all_peak = timed(command)
        ours, ours_peak = timed(command + [word for channel in channels for word in ("--channel", channel)])
        wall, peak = timed([sys.executable, "-c", script, files], runs=1)
        rows.append(f"| `retort channels`, all channels of text, {what} | {all_channels:.2f} s | {all_peak:.0f} MiB |")
        rows.append(f"| {' and '.join(f'`{c}`' for c in channels)} alone | {ours:.2f} s | {ours_peak:.0f} MiB |")
        rows.append(f"| {title}, {what} | {wall:.2f} s | {peak:.0f} MiB |")
        rows.append(f"| ratio to the one, and to all channels | {wall / ours:.1f} ×, {wall / all_channels:.1f} × | |")
    sampled = f"{corpus}/misguided_attention/responses"
    pair = sorted(os.listdir(sampled), key=lambda n: (-len(gzip.open(f"{sampled}/{n}").readlines()), n))[:2]
    only(sampled, f"{folder}/pair", [n[:-9] for n in pair], 1)
    ours, ours_peak = timed([retort, "same", f"{folder}/pair", "--suspect", pair[0][:-9], "--candidate", pair[1][:-9],
                             "--permutations", "1999"])
    start, _ = timed([sys.executable, "-c", MET, f"{folder}/pair", "0"], runs=1)
    wall, peak = timed([sys.executable, "-c", MET, f"{folder}/pair", "40"], runs=1)
    rows.append(f"| `retort same`, 1,999 permutations, two models of 52 prompts | {ours:.2f} s | {ours_peak:.0f} MiB |")
    rows.append(f"| Model Equality Testing, 40 permutations, the same | {wall:.2f} s | {peak:.0f} MiB |")
    rows.append(f"| ratio for one permutation, start left out of MET's time alone | {(wall - start) / 40 / (ours / 1999):.0f} × | |")


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
    peers(retort, corpus, folder, rows)
    channels = [retort, "channels", responses, "--suspect", "claude2-alpaca-13b", "--lineage", lineage, "--corpus", "alpaca_eval"]
    without, least = timed(channels, runs=2)
    wall, peak = timed(channels + ["--replicates", "2000"], runs=2)
    table = json.loads(subprocess.run(channels + ["--json"], capture_output=True, text=True, check=True).stdout)["models"]
    # The suspect's pairs, and of every other model those with the far half of its cohort.
    count, pairs = len(table[0]["channels"]), len(table) + sum(max((m["cohort"] + 1) // 2, 5) for m in table)
    dgemm = float(subprocess.run([sys.executable, "-c", DGEMM, str(pairs)], capture_output=True, text=True, check=True).stdout)
    rows.append(f"| `retort channels`, all {count} channels, 156 models × 805 prompts | {without:.1f} s | {least:.0f} MiB |")
    rows.append(f"| the same with 2,000 replicates of all {len(table)} pairs | {wall:.1f} s | {peak:.0f} MiB |")
    rows.append(f"| NumPy's dgemm of one channel's replicates, of {pairs} pairs with the cohorts | {dgemm:.2f} s | |")
    rows.append(f"| share of that in a channel's bootstrap, normalisation and quantiles included | {100 * dgemm * count / (wall - without):.0f} % | |")
    print("\n".join(rows[2:]))
    with open("/proc/cpuinfo") as info:
        processor = next((l.split(":")[1].strip() for l in info if l.startswith("model name")), platform.processor())
    openblas = ctypes.CDLL("libopenblas.so.0")
    openblas.openblas_get_corename.restype = ctypes.c_char_p
    kernel = openblas.openblas_get_corename().decode()
    with open(out, "w") as file:
        file.write("# Benchmarks\n\nMade by `make bench`. Whole commands, best of three, files read included.\n\n"
                   f"Machine: {processor}, {len(os.sched_getaffinity(0))} cores, {platform.system()}; OpenBLAS takes its kernel {kernel}.\n\n"
                   "| what | wall time | peak memory |\n|---|---|---|\n" + "\n".join(rows) + "\n")


main()
