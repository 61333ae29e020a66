"""Does a channel see the teacher, or how the answers were decoded? Prints a section in Markdown.

usage: decoding.py SCORES.csv CORPUS

SCORES.csv is what `retort validate --channels` writes. In the controlled series of CORPUS/shaberi_ja one base model was
trained on the same prompts answered by one of several teachers, and the files were decoded in two ways that
`gzip_ratio` of CORPUS/model_stats.csv hints at: repetitive text compresses better. The score of a pair of student and
teacher is fitted by least squares with one constant for each student and each teacher,

    score = student + teacher + a * taught + b * |gzip_ratio(student) - gzip_ratio(teacher)|

and the intervals are those of a jackknife over students. The method's own score, the mean of asinh of its channels, comes last.
"""
import csv, re, sys
import numpy as np

scores, corpus = sys.argv[1:]
SET = "shaberi_ja"
METHOD = ("openings_2", "skeletons", "closings", "style")
FUSED = "the method, these four fused: " + ", ".join(METHOD)
ratio = {r["model"]: float(r["gzip_ratio"]) for r in csv.DictReader(open(f"{corpus}/model_stats.csv")) if r["corpus"] == SET}
reader = csv.DictReader(open(scores))
channels = reader.fieldnames[5:]
rows = [r for r in reader if r["corpus"] == SET and re.match(r"ablation-(0[6-9]|1[0-5]|2[47])-", r["student"])]
for r in rows:
    r[FUSED] = np.mean([np.arcsinh(float(r[channel])) for channel in METHOD])
channels = [*channels, FUSED]
teachers = {r["teacher"] for r in rows if r["relation"] in ("controlled_negative", "distill_direct")}
rows = [r for r in rows if r["teacher"] in teachers]
students = sorted({r["student"] for r in rows})


def fit(rows, channel):
    own, its = sorted({r["student"] for r in rows}), sorted({r["teacher"] for r in rows})
    x = np.zeros((len(rows), len(own) + len(its) + 1))
    for i, r in enumerate(rows):
        x[i, own.index(r["student"])] = 1
        if its.index(r["teacher"]):
            x[i, len(own) + its.index(r["teacher"]) - 1] = 1
        x[i, -2] = r["label"] == "1"
        x[i, -1] = abs(ratio[r["student"]] - ratio[r["teacher"]]) / 0.05
    return np.linalg.lstsq(x, np.array([float(r[channel]) for r in rows]), rcond=None)[0][-2:]


def first(channel):
    """runs 06 to 15 in which the documented teacher has the highest score of all teachers scored with the student"""
    won = 0
    for s in (s for s in students if re.match(r"ablation-(0[6-9]|1[0-5])-", s)):
        best = max((r for r in rows if r["student"] == s), key=lambda r: float(r[channel]))
        won += best["label"] == "1"
    return won


print(f"""
## The teacher, or the decoder?

Of the Japanese answers some were sampled with a frequency penalty and some without, which was not recorded; how well a
file compresses hints at it. In the controlled series, {len(students)} students of one base model and one set of prompts with
{len(teachers)} teachers ({len(rows)} pairs), each channel's score is split into what having been taught adds and what a
difference of .05 in the ratio of compression adds, which is that between the two groups (least squares with a constant for
each student and each teacher; in brackets twice the jackknife's standard error over students). The last column: in how many of
the ten runs 06 to 15 the documented teacher has the highest score of those that are scored.

| channel | taught | unlike decoding | first of its teachers |
|---|---|---|---|""")
for channel in channels:
    whole = fit(rows, channel)
    parts = np.array([fit([r for r in rows if r["student"] != s], channel) for s in students])
    error = np.sqrt((len(students) - 1) / len(students) * ((parts - parts.mean(0)) ** 2).sum(0))
    print(f"| {channel} | {whole[0]:.2f} (± {2 * error[0]:.2f}) | {whole[1]:.2f} (± {2 * error[1]:.2f}) | {first(channel)} of 10 |")
