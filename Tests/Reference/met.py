"""Decisions of Model Equality Testing (Gao, Liang and Guestrin, 2024) on a fixed input, for CheckAgainstPeersTests.

usage: met.py OUT.json      needs: pip install model-equality-testing==0.0.2 torch transformers matplotlib

The inputs are drawn here, with a seed; what is stored beside them is what the peer's own `run_two_sample_test` says: the
MMD with the Hamming kernel, 1,000 permutations, level 0.05.
"""
import json, random, sys
import numpy as np, torch
from model_equality_testing.algorithm import run_two_sample_test
from model_equality_testing.distribution import CompletionSample
from model_equality_testing.utils import tokenize_unicode

WORDS = ["amber", "basil", "cedar", "delta", "ember", "fable", "grove", "haven"]


def draw(rng, prompts, samples, weights):
    return [[rng.choices(WORDS, weights[p])[0] for _ in range(samples)] for p in range(prompts)]


def sample(answers):
    prompts = np.repeat(np.arange(len(answers)), [len(a) for a in answers])
    return CompletionSample(prompts, tokenize_unicode([a for answer in answers for a in answer]), m=len(answers))


cases = []
for name, shift, seed in [("null 1", 0, 1), ("null 2", 0, 2), ("null 3", 0, 3), ("alternative 1", .8, 4), ("alternative 2", .9, 5),
                          ("alternative 3", 1, 6)]:
    rng = random.Random(seed)
    before = [[rng.gammavariate(.5, 1) for _ in WORDS] for _ in range(8)]
    other = [[rng.gammavariate(.5, 1) for _ in WORDS] for _ in range(8)]
    after = [[(1 - shift) * a / sum(x) + shift * b / sum(y) for a, b in zip(x, y)] for x, y in zip(before, other)]
    first, second = draw(rng, 8, 8, before), draw(rng, 8, 12, after)
    torch.manual_seed(seed)
    p, statistic = run_two_sample_test(sample(first), sample(second), pvalue_type="permutation_pvalue",
                                       stat_type="mmd_hamming", b=1000)
    cases.append({"name": name, "first": first, "second": second, "p": round(float(p), 6), "rejects": bool(p <= .05)})
json.dump({"peer": "model-equality-testing 0.0.2", "level": .05, "cases": cases}, open(sys.argv[1], "w"), indent=None,
          separators=(",", ":"))
for case in cases:
    print(case["name"], case["p"], case["rejects"])
