"""Which prompts tell most of a link, for each call: kinds of prompts against draws of any prompts of the same set.

usage: prompts.py RETORT CORPUS --sets SET=CALLS ... [--compare FILE ...] [--draws N]

CORPUS is a folder with lineage.csv, pairs.csv and, for each SET, prompts.jsonl and responses/MODEL.jsonl.gz. Contributions of
each prompt come from `retort shard --rows`. Of each group of prompts CALLS are drawn, N times; each draw is scored as a case
of the method would be (channels adjusted for length, normalised from both sides over the far half of a cohort without
relatives, mean of asinh), but for the lead over rivals. Two figures, families of equal weight: the area under the curve of a
family's documented pairs against all pairs without a link of the set, and the distance of the means in standard deviations of
the unlinked pairs. Differences are to draws from all prompts, family by family; intervals of 95 % from 4,000 draws of
families. Families are halved in the order of their names, every second one: `first` and `second`. --compare draws from the
first set what has the kinds and lengths of the English probes of each FILE.
"""
import argparse, collections, csv, gzip, json, os, re, subprocess
import numpy as np
from scipy.stats import rankdata

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = json.load(open(os.path.join(HERE, "prompt-kinds.json"), encoding="utf-8"))
for language in KINDS.values():
    for rule in language["rules"]:
        rule["regex"] = re.compile(rule["pattern"], re.I)
LANGUAGES = {"alpaca_eval": "en", "arena_hard_en": "en", "shaberi_ja": "ja", "ru_arena": "ru"}
OPEN = ("explanation", "open question", "creative", "list", "other")
UNKNOWN = {"undisclosed", "unknown", "various", ""}
CHANNELS = 4
TITLE = """# Which prompts tell most of a link

Made by `make prompts` (`Tests/Bench/prompts.py`, which says how; kinds by the rules of `Tests/Bench/prompt-kinds.json`).
*Area*: of a family's documented pairs against the pairs without a link, mean over families. *Distance*: of their means, in
standard deviations of the pairs without a link. In brackets 95 % intervals by families: with two to four families no more than
the range of these few. The halves are of families, so the second can confirm what was chosen on the first.
Set 1 has the kinds and lengths of the English probes of `Probes/open.jsonl` as it was before, set 2 of those that are there now."""


def kind(prompt, language):
    """The first rule that fits. A long prompt, or a material under an instruction, is a given text whatever it asks."""
    text, of = prompt.strip(), KINDS[language]
    material = len(text) > 2 * of["material_above"] or "\n" in text and len(text) > of["material_above"]
    for rule in of["rules"]:
        given = rule["kind"] == "given text"
        if given and material or rule["regex"].search(text[: 300 if given else 600]):
            return rule["kind"]
    return "other"


def band(prompt, language):
    of = KINDS[language]
    return "short" if len(prompt) < of["short_below"] else "long" if len(prompt) > of["long_above"] else "medium"


class AnswerSet:
    def __init__(self, retort, corpus, name):
        self.name, self.language = name, LANGUAGES[name]
        prompts = {}
        for line in open(f"{corpus}/{name}/prompts.jsonl", encoding="utf-8"):
            row = json.loads(line)
            prompts[row["prompt_id"]] = row["prompt"]
        answers = self.read(f"{corpus}/{name}/responses")
        self.measure(retort, answers)
        texts = [prompts[p] for p in self.prompts]
        self.kind = np.array([kind(t, self.language) for t in texts])
        self.band = np.array([band(t, self.language) for t in texts])
        self.lineage = {r["model"]: r for r in csv.DictReader(open(f"{corpus}/lineage.csv", encoding="utf-8")) if r["corpus"] == name}
        self.pairs(corpus)
        self.habits(answers)

    @staticmethod
    def read(folder):
        answers = collections.defaultdict(list)
        for file in os.listdir(folder):
            for line in gzip.open(f"{folder}/{file}", "rt", encoding="utf-8", newline="\n"):
                row = json.loads(line)
                answers[row["prompt_id"]].append((file.removesuffix(".jsonl.gz"), row.get("sample", 0), row["text"]))
        return {p: sorted(a, key=lambda x: (x[0].encode(), x[1])) for p, a in sorted(answers.items(), key=lambda x: x[0].encode())}

    def measure(self, retort, answers):
        process = subprocess.Popen([retort, "shard", "--rows"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if os.fork() == 0:
            for prompt, rows in answers.items():
                for model, sample, text in rows:
                    line = {"model": model, "prompt_id": prompt, "sample": sample, "text": text}
                    process.stdin.write(json.dumps(line).encode() + b"\n")
            process.stdin.close()
            os._exit(0)
        process.stdin.close()
        header = json.loads(process.stdout.readline())
        self.models, self.prompts, values = header["models"], [], None
        count = len(self.models)
        scales = [2.0 ** c["bits"] for c in header["channels"][:CHANNELS]]
        for line in process.stdout:
            fields = line.rstrip(b"\n").split(b"\t")
            if fields[0] == b"p":
                self.prompts.append(json.loads(fields[1]))
            elif fields[0] == b"r":
                if values is None:
                    values = np.full((CHANNELS, len(self.prompts), count * (count - 1) // 2), np.nan, np.float32)
                present = np.array(fields[2].split(), int)
                i, j = np.triu_indices(len(present), 1)
                place = self.pair(present[i], present[j])
                for channel in range(CHANNELS):
                    values[channel, int(fields[1]), place] = np.array(fields[3 + channel].split(), np.int64) / scales[channel]
        if process.wait() != 0:
            raise SystemExit(f"retort shard failed on {self.name}")
        self.values = values

    def pair(self, a, b):
        a, b, n = np.minimum(a, b), np.maximum(a, b), len(self.models)
        return a * n - a * (a + 1) // 2 + b - a - 1

    def related(self, model, other):
        a, b = self.lineage.get(model), self.lineage.get(other)
        if model == other:
            return True
        if a is None or b is None:
            return False
        same = any(a[k] == b[k] and a[k].lower() not in UNKNOWN for k in ("developer", "family", "base_model"))
        return same or a["base_model"] == other or b["base_model"] == model

    def own_voice(self, model):
        row = self.lineage.get(model)
        if row is None:
            return True
        base = self.lineage.get(row["base_model"])
        return not row["trained_on_outputs_of"].strip() and (base is None or base["developer"] == row["developer"])

    def pairs(self, corpus):
        place = {m: i for i, m in enumerate(self.models)}
        self.plain = [m for m in self.models if self.own_voice(m)]
        own, sides, labels, families = [], ([], []), [], []
        for row in csv.DictReader(open(f"{corpus}/pairs.csv", encoding="utf-8")):
            both = (row["student"], row["teacher"])
            if row["label"] not in ("0", "1") or {row["student_corpus"], row["teacher_corpus"]} != {self.name} or not set(both) <= set(place):
                continue
            cohort = [place[m] for m in self.plain if not any(self.related(m, other) for other in both)]
            if len(cohort) < 8:
                continue
            own.append(self.pair(place[both[0]], place[both[1]]))
            for side, model in zip(sides, both):
                side.append([int(self.pair(place[model], c)) for c in cohort])
            labels.append(int(row["label"]))
            families.append(row["student_family"])
        width = max(map(len, sides[0]))
        self.own, self.labels, self.of_family = np.array(own), np.array(labels), np.array(families)
        self.sides = [np.array([s + [-1] * (width - len(s)) for s in side]) for side in sides]
        self.families = sorted(set(self.of_family[self.labels == 1]))
        half = {f: i % 2 for i, f in enumerate(self.families)}
        half |= {f: i % 2 for i, f in enumerate(sorted(set(families) - set(half)))}
        self.half = np.array([half[f] for f in families])

    def habits(self, answers):
        """Lengths of answers; and by prompt how evenly models with a voice of their own spread over openings, in 0...1."""
        place = {m: i for i, m in enumerate(self.models)}
        self.lengths = np.full((len(self.prompts), len(self.models)), np.nan)
        self.entropy = np.full(len(self.prompts), np.nan)
        for row, prompt in enumerate(self.prompts):
            openings = {}
            for model, _, text in answers[prompt]:
                if text.strip() and np.isnan(self.lengths[row, place[model]]):
                    self.lengths[row, place[model]] = len(text)
                    first = text.strip()[:4] if self.language == "ja" else " ".join(re.findall(r"\w+|[^\w\s]", text[:200])[:2])
                    openings[model] = first.lower()
            counts = np.array(list(collections.Counter(openings[m] for m in self.plain if m in openings).values()), float)
            if counts.sum() > 1:
                share = counts / counts.sum()
                self.entropy[row] = -(share * np.log2(share)).sum() / np.log2(counts.sum())
        columns = [place[m] for m in self.plain]
        self.usual_length = np.nanmedian(self.lengths[:, columns], axis=1)

    def scores(self, rows):
        """Of each labelled pair the mean of asinh of the channels' normalised scores."""
        with np.errstate(all="ignore"):
            means = np.nanmean(self.values[:, rows, :], axis=1)
            logs = np.log(np.nanmean(self.lengths[rows], axis=0))
            i, j = np.triu_indices(len(self.models), 1)
            distance = np.abs(logs[i] - logs[j])
            total = 0
            for score in means.astype(float):
                known = np.isfinite(score) & np.isfinite(distance)
                x = distance[known] - distance[known].mean()
                slope = (x * (score[known] - score[known].mean())).sum() / max((x * x).sum(), 1e-12)
                score = np.append(score - slope * (distance - distance[known].mean()), np.nan)
                total = total + np.arcsinh(self.normalised(score, 0.5 / len(rows)))
            return total / CHANNELS

    def normalised(self, score, floor):
        a, b = (score[side] for side in self.sides)
        known = np.isfinite(a) & np.isfinite(b)
        size = np.maximum((known.sum(1) + 1) // 2, 5)[:, None]
        total = 0
        for mine, other in ((a, b), (b, a)):
            rank = np.argsort(np.argsort(np.where(known, other, np.inf), axis=1, kind="stable"), axis=1)
            far = np.where(known & (rank < size), mine, np.nan)
            total = total + (score[self.own] - np.nanmean(far, 1)) / np.maximum(np.nanstd(far, 1, ddof=1), floor)
        return total / 2

    def by_family(self, scores, mask):
        ok = np.isfinite(scores) & mask
        zeros = scores[ok & (self.labels == 0)]
        found = []
        for family in self.families:
            ones = scores[ok & (self.labels == 1) & (self.of_family == family)]
            if len(ones) == 0 or len(zeros) < 5:
                found.append((np.nan, np.nan))
                continue
            ranks = rankdata(np.concatenate([ones, zeros]))[: len(ones)].sum()
            area = (ranks - len(ones) * (len(ones) + 1) / 2) / len(ones) / len(zeros)
            found.append((area, (ones.mean() - zeros.mean()) / zeros.std(ddof=1)))
        return np.array(found)

    def judge(self, draws):
        """Of all families and of either half: family by family the area and the distance, means over draws."""
        drawn = [self.scores(rows) for rows in draws]
        masks = (np.ones(len(self.labels), bool), self.half == 0, self.half == 1)
        return [np.mean([self.by_family(s, mask) for s in drawn], axis=0) for mask in masks]


def interval(values):
    values = values[np.isfinite(values)]
    generator = np.random.default_rng(3)
    return np.quantile(generator.choice(values, (4000, len(values))).mean(1), [0.025, 0.975])


def cells(found, base):
    """Area, its difference with an interval, on either half; the same of the distance."""
    row = []
    for figure, digits in ((0, 3), (1, 2)):
        change = [f[:, figure] - b[:, figure] for f, b in zip(found, base)]
        low, high = interval(change[0])
        low2, high2 = interval(change[2])
        row.append(f"{np.nanmean(found[0][:, figure]):.{digits}f}")
        row.append(f"{np.nanmean(change[0]):+.{digits}f} ({low:+.{digits}f} to {high:+.{digits}f})")
        row.append(f"{np.nanmean(change[1]):+.{digits}f}")
        row.append(f"{np.nanmean(change[2]):+.{digits}f} ({low2:+.{digits}f} to {high2:+.{digits}f})")
    return row


def groups(answers):
    found = collections.OrderedDict()
    openly = np.isin(answers.kind, OPEN)
    for name in sorted(set(answers.kind)):
        found[name] = answers.kind == name
    for name in ("short", "medium", "long"):
        found[f"{name} prompts"] = answers.band == name
    found["open kinds"] = openly
    found["how-to, for a purpose, recipe, role"] = np.isin(answers.kind, ("how-to", "text for a purpose", "recipe", "role play"))
    found["code and given text"] = np.isin(answers.kind, ("code", "given text"))
    found["open kinds, medium"] = openly & (answers.band == "medium")
    found["open kinds, short"] = openly & (answers.band == "short")
    found["how-to, short"] = (answers.kind == "how-to") & (answers.band == "short")
    found["how-to, medium"] = (answers.kind == "how-to") & (answers.band == "medium")
    for name, values in (("entropy of openings", answers.entropy), ("usual answer's length", answers.usual_length)):
        part = np.searchsorted(np.nanquantile(values, [0.25, 0.5, 0.75]), values)
        for quarter in range(4):
            found[f"{name}, quarter {quarter + 1}"] = np.isfinite(values) & (part == quarter)
    return {name: np.flatnonzero(mask) for name, mask in found.items()}


def like(answers, probes, calls, generator):
    """A draw with the kinds and lengths of English probes."""
    counts = collections.Counter((kind(p, "en"), band(p, "en")) for p in probes)
    rows = []
    for (name, length), count in sorted(counts.items()):
        wanted = count * calls / len(probes)
        wanted = int(wanted) + int(generator.random() < wanted % 1)
        there = np.flatnonzero((answers.kind == name) & (answers.band == length))
        rows += list(generator.choice(there, min(wanted, len(there)), replace=False))
    return np.array(rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("retort")
    parser.add_argument("corpus")
    parser.add_argument("--sets", nargs="+", required=True)
    parser.add_argument("--compare", nargs="*", default=[])
    parser.add_argument("--draws", type=int, default=60)
    options = parser.parse_args()
    head = "| prompts | in the set | calls | characters an answer | area | more than any | first half | second half | distance | more than any | first half | second half |"
    print(TITLE)
    for place, text in enumerate(options.sets):
        name, calls = text.split("=")
        calls, generator = int(calls), np.random.default_rng(20261129)
        answers = AnswerSet(options.retort, options.corpus, name)
        everything = np.arange(len(answers.prompts))
        halves = [", ".join(answers.families[h::2]) for h in (0, 1)]
        print(f"\n## {name}\n\n{(answers.labels == 1).sum()} documented pairs, {(answers.labels == 0).sum()} without a link. First half: {halves[0]}; second half: {halves[1] or 'none'}.\n", flush=True)

        def draw(rows, count):
            return [generator.choice(rows, count, replace=False) for _ in range(options.draws if count < len(rows) else 1)]

        base = answers.judge(draw(everything, calls))
        print(head + "\n|" + "---|" * 12)
        for group, rows in [("any", everything)] + list(groups(answers).items()):
            if len(rows) < max(0.7 * calls, 6):
                continue
            count = min(calls, len(rows))
            found = base if group == "any" else answers.judge(draw(rows, count))
            row = [group, str(len(rows)), str(count), f"{np.mean(answers.usual_length[rows]):.0f}"] + cells(found, base)
            print("| " + " | ".join(row) + " |", flush=True)
        if place > 0:
            continue
        print("\n| any prompts | area | first half | second half | distance |\n|---|---|---|---|---|")
        for count in (5, 10, 20, 40, 60, 90, 130, 200, 400):
            found = answers.judge(draw(everything, count))
            print(f"| {count} | " + " | ".join(f"{np.nanmean(f[:, 0]):.3f}" for f in found) + f" | {np.nanmean(found[0][:, 1]):.2f} |", flush=True)
        for count in (20, 60, 90, 130) if options.compare else ():
            print(f"\n| {count} calls with the kinds and lengths of | area | first half | second half | distance | more than the first | first half | second half |\n|---|---|---|---|---|---|---|---|")
            first = None
            for number, file in enumerate(options.compare):
                lines = [json.loads(l) for l in open(file, encoding="utf-8")]
                probes = [p["prompt"] for p in lines if p.get("language") == "en"]
                found = answers.judge([like(answers, probes, count, generator) for _ in range(options.draws)])
                first = first or found
                change = cells(found, first)[1:4]
                row = [f"set {number + 1}"] + [f"{np.nanmean(f[:, 0]):.3f}" for f in found] + [f"{np.nanmean(found[0][:, 1]):.2f}"] + change
                print("| " + " | ".join(row) + " |", flush=True)
        equal_characters(answers, calls, options.draws)


def equal_characters(answers, calls, draws):
    """Kinds again, each with as many calls as bring the characters of so many answers to any prompt."""
    generator = np.random.default_rng(7)
    budget = calls * np.mean(answers.usual_length)
    print(f"\n| {budget:.0f} characters of answers to | calls | area | first half | second half | distance |\n|---|---|---|---|---|---|")
    for name in sorted(set(answers.kind)):
        rows = np.flatnonzero(answers.kind == name)
        count = round(budget / np.mean(answers.usual_length[rows]))
        if count > len(rows):
            continue
        found = answers.judge([generator.choice(rows, count, replace=False) for _ in range(draws)])
        areas = " | ".join(f"{np.nanmean(f[:, 0]):.3f}" for f in found)
        print(f"| {name} | {count} | {areas} | {np.nanmean(found[0][:, 1]):.2f} |", flush=True)


main()
