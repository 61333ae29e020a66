"""What users of `retort` would run instead, each beside the one channel that answers the same question of the same files.

The peer computes, for the same answers, only the tf-idf vectors and their Gram matrix for each prompt, as scikit-learn's users write
it. Each peer is set beside the one channel that answers the same question of the same files, normalisation by the cohort included
(`retort channels --channel`), and beside all channels together. datasketch estimates what share of shingles two answers have in
common; the channel beside it counts it, for shingles of 1 to 3 words, weighed by rarity. Model Equality Testing is timed in its
published form, the kernel computed anew for each permutation, with NumPy: its package needs torch.
"""
import os, sys
import bench_answers
from bench_timing import apart, timed

SUSPECT = "claude2-alpaca-13b"
# Least ratios to the one channel that answers the same question, and to a permutation of Model Equality Testing.
LEAST, LEAST_OF_MET = 25, 100

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


def against(page, programs, title, script, files, channels):
    """one peer beside the channels that answer its question, and beside all"""
    what = f"{len(os.listdir(files))} models × {5 if files.endswith('few') else 80} prompts"
    command = ["channels", files, "--suspect", SUSPECT]
    named = " and ".join(f"`{channel}`" for channel in channels)
    whole = programs.row(page, f"`retort channels`, all channels of text, {what}", command)
    ours = programs.row(page, f"{named} alone, {what}", command + [word for c in channels for word in ("--channel", c)])
    theirs = timed([sys.executable, "-c", script, files])
    page.cost(f"{title}, {what}", theirs)
    page.row(f"ratio to the one, and to all channels | {theirs.wall / ours.wall:.1f} ×, {theirs.wall / whole.wall:.1f} × | |")
    page.goal(f"wall time of {title} beside {named}", theirs.wall / ours.wall, "at least", LEAST, "×")


def peers(page, programs, corpus, folder):
    responses = f"{corpus}/alpaca_eval/responses"
    names = sorted(n[:-9] for n in os.listdir(responses))
    few = [n for n in names if n != SUSPECT][::10] + [SUSPECT]
    apart(bench_answers.subset, responses, f"{folder}/subset", 10)
    apart(bench_answers.only, responses, f"{folder}/few", few, 161)
    for title, script, files, channels in (
            ("scikit-learn, tf-idf Gram", PEER, f"{folder}/subset", ["content_overlap"]),
            ("datasketch, MinHash of 3-word shingles", MINHASH, f"{folder}/subset", ["rare_overlap"]),
            ("profiles of over-used words as in slop-forensics", PROFILE, f"{folder}/subset", ["delta_burrows", "delta_cosine"]),
            ("rouge-score, ROUGE-2 and ROUGE-L", ROUGE, f"{folder}/few", ["verbatim_total", "verbatim_longest"])):
        against(page, programs, title, script, files, channels)
    sampled = f"{corpus}/misguided_attention/responses"
    pair = apart(bench_answers.longest, sampled, 2)
    apart(bench_answers.only, sampled, f"{folder}/pair", pair, 1)
    ours = programs.row(page, "`retort same`, 1,999 permutations, two models of 52 prompts",
                        ["same", f"{folder}/pair", "--suspect", pair[0], "--candidate", pair[1], "--permutations", "1999"])
    start = timed([sys.executable, "-c", MET, f"{folder}/pair", "0"])
    theirs = timed([sys.executable, "-c", MET, f"{folder}/pair", "40"])
    page.cost("Model Equality Testing, 40 permutations, the same", theirs)
    ratio = (theirs.wall - start.wall) / 40 / (ours.wall / 1999)
    page.row(f"ratio for one permutation, start left out of MET's time alone | {ratio:.0f} × | |")
    page.goal("wall time of a permutation of Model Equality Testing beside `retort same`", ratio, "at least", LEAST_OF_MET, "×")
