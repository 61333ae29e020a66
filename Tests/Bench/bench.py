"""Times `retort` on a corpus of real answers, beside what its users would run instead, and beside an earlier program.

usage: bench.py RETORT CORPUS OUT.md [--before RETORT] [--only NAME[,NAME]]

CORPUS/alpaca_eval/responses holds one transcript a model (156 models, 805 prompts). Whole commands are timed, reading of the files
included; peak memory is that of the largest process. With --before each command is run by both programs in turn. With --only some
parts are measured, and the page has no others: compare, channels, tree, report, models, sets, bootstrap, peers.
"""
import argparse, json, os, shutil, subprocess, sys, tempfile
import bench_answers, bench_case, bench_perf
from bench_page import Page
from bench_peers import SUSPECT, peers
from bench_timing import Failed, Programs, apart, machine, peers_library, program_name, timed

TEACHER = "claude-2"
NO_EARLIER = ": no BEFORE"

DGEMM = r'''
import time
import numpy as np
a, b = np.random.rand(2000, 805), np.random.rand(805, int(__import__("sys").argv[1]))
best = 1e9
for _ in range(4):
    start = time.perf_counter(); a @ b; best = min(best, time.perf_counter() - start)
print(best)
'''


class Bench:
    def __init__(self, programs, corpus, folder):
        self.programs, self.corpus, self.folder = programs, corpus, folder
        self.responses = f"{corpus}/alpaca_eval/responses"
        self.lineage = ["--lineage", f"{corpus}/lineage.csv", "--corpus", "alpaca_eval"]
        self.page = Page()

    def question(self, responses, more):
        return ["compare", "--suspect", f"{responses}/{SUSPECT}.jsonl.gz", "--candidate", f"{responses}/{TEACHER}.jsonl.gz",
                "--cohort", responses, "-o", f"{self.folder}/report"] + more

    def channels_command(self):
        return ["channels", self.responses, "--suspect", SUSPECT] + self.lineage

    def against_earlier(self, what, row, sense, limit, ratio):
        """a goal that compares both programs in a row"""
        pair = self.page.pair(row)
        why = NO_EARLIER if self.programs.before is None else ": it fails"
        self.page.goal(what, ratio(*pair) if pair else None, sense, limit, "×", "" if pair else why)

    def compare(self):
        self.page.part("One question", "156 models × 805 prompts, 1,000 replicates, with a table of lineage.")
        whole = "`retort compare` by the default method"
        cost = self.programs.row(self.page, whole, self.question(self.responses, self.lineage))
        for method in ("2", "1"):
            self.programs.row(self.page, f"`retort compare --method {method}`",
                              self.question(self.responses, self.lineage + ["--method", method]), runs=2)
        self.against_earlier("processor time of `compare`, 156 × 805, each by its default method: before / now", whole, "at least", 2,
                             lambda before, now: before.work / now.work)
        self.page.goal("peak memory of `compare`, 156 × 805", cost.peak, "under", 400, "MiB")

    def table(self, program):
        found = subprocess.run([program] + self.channels_command() + ["--json"], capture_output=True, text=True, check=True)
        return json.loads(found.stdout)["models"]

    def channels(self):
        self.page.part("All channels", "156 models × 805 prompts, with a table of lineage.")
        command = self.channels_command()
        table = self.table(self.programs.now)
        # The suspect's pairs, and of every other model those with the far half of its cohort.
        count, pairs = len(table[0]["channels"]), len(table) + sum(max((m["cohort"] + 1) // 2, 5) for m in table)
        earlier = ""
        if self.programs.before:
            earlier = f" ({len(self.table(self.programs.before)[0]['channels'])} of the earlier program)"
        without = self.programs.row(self.page, f"`retort channels`, all {count} channels{earlier}", command, runs=2)
        cost = self.programs.row(self.page, f"the same with 2,000 replicates of all {len(table)} pairs",
                                 command + ["--replicates", "2000"], runs=2)
        dgemm = float(subprocess.run([sys.executable, "-c", DGEMM, str(pairs)], capture_output=True, text=True, check=True).stdout)
        self.page.row(f"NumPy's dgemm of one channel's replicates, of {pairs} pairs with the cohorts, by {peers_library()} | "
                      f"{dgemm:.2f} s | |")
        longer = cost.wall - without.wall
        self.page.row("share of that in a channel's bootstrap, normalisation and quantiles included | "
                      + (f"{100 * dgemm * count / longer:.0f} %" if longer > 0 else "too short to tell") + " | |")

    def tree(self):
        self.page.part("All pairs", "156 models × 805 prompts.")
        row = "`retort tree`, replicates as by default"
        cost = self.programs.row(self.page, row, ["tree", self.responses, *self.lineage, "-o", f"{self.folder}/tree"], runs=2)
        self.against_earlier("processor time of `tree`, 156 × 805: now / before (no slower, but for 5 % of noise)", row, "at most", 1.05,
                             lambda before, now: now.work / before.work)
        self.page.goal("peak memory of `tree`, 156 × 805", cost.peak, "under", 600, "MiB")

    def report(self):
        # The earlier program's case file: both can read it. Each has a copy, for to open may be to bring up to date.
        first = self.programs.before or self.programs.now
        case, what = bench_case.record(first, self.responses, f"{self.corpus}/alpaca_eval/prompts.jsonl", SUSPECT, TEACHER,
                                       f"{self.folder}/case")
        earlier = shutil.copy(case, f"{self.folder}/case/earlier.retort")
        out = ["-o", f"{self.folder}/report"]
        self.page.part("A case file", f"{what}, asked of a server that gives recorded answers.")
        self.programs.row(self.page, f"`retort report` of a case file, {what}", ["report", case] + out, before=["report", earlier] + out)

    def models(self):
        """This program alone: an earlier one takes gigabytes."""
        self.page.part(
            "More models", "`retort compare` × 805 prompts by the default method, no lineage; the 156 models come several times, under "
            "other names. One run each, two of 156. All models are compared, but where it is said that some are drawn.")
        every = ["--most-in-cohort", "100000"]
        drawn = ", of which the default draws 200"
        costs = {}
        # All of 1,000 take over 10 GiB and a quarter of an hour.
        for models, runs, titles in ((156, 2, [""]), (468, 1, ["", drawn]), (1000, 1, [drawn])):
            folder = f"{self.folder}/models-{models}"
            bench_answers.again(self.responses, folder, models)
            for title in titles:
                what = f"{models:,} models{title}"
                print(f"bench: {what}", file=sys.stderr, flush=True)
                costs[models, title] = timed([self.programs.now] + self.question(folder, [] if title else every), runs)
                self.page.cost(what, costs[models, title])
        for what, ratio, most in (("processor time", lambda cost: cost.work, 3.3), ("peak memory", lambda cost: cost.peak, 3)):
            self.page.goal(f"{what}, 156 → 468 models, all compared", ratio(costs[468, ""]) / ratio(costs[156, ""]), "at most", most, "×")
        self.page.goal("peak memory, 468 models × 805, all compared", costs[468, ""].peak, "under", 1024, "MiB")
        self.page.goal("peak memory, 1,000 models × 805, 200 drawn by default", costs[1000, drawn].peak, "under", 2048, "MiB")

    def sets(self):
        """This program alone: an earlier one does not come back from answers that loop."""
        self.page.part(
            "Every set of answers", "All channels of text for one suspect, start included; MB are those of the answers' text in UTF-8. "
            "The last column is processor time for a MB, beside that of `alpaca_eval`.",
            "| set | models | MB | wall time | processor time | peak memory | s a MB | |\n|---|---|---|---|---|---|---|---|")
        names = sorted(n for n in os.listdir(self.corpus) if os.path.isdir(f"{self.corpus}/{n}/responses"))
        names.sort(key=lambda name: name != "alpaca_eval")
        base, worst = None, (0, "")
        for name in names:
            print(f"bench: {name}", file=sys.stderr, flush=True)
            folder = f"{self.corpus}/{name}/responses"
            models = sorted(os.listdir(folder))
            size = apart(bench_answers.bytes_of_text, folder) / 1e6
            suspect = models[0].removesuffix(".gz").removesuffix(".jsonl")
            try:
                cost = timed([self.programs.now, "channels", folder, "--suspect", suspect], runs=2)
            except Failed as error:
                self.page.row(f"{name} | {len(models)} | {size:.1f} | {error} | | | |")
                worst = (float("inf"), name)
                continue
            base = base or cost.work / size
            ratio = cost.work / size / base
            worst = max(worst, (ratio, name))
            self.page.row(f"{name} | {len(models)} | {size:.1f} | {cost.wall:.2f} s | {cost.work:.2f} s | {cost.peak:.0f} MiB "
                          f"| {cost.work / size:.3f} | {ratio:.2f} ×")
        self.page.goal("processor time of all channels of text a byte, every set beside `alpaca_eval`", worst[0], "at most", 3, "×",
                       f", {worst[1]}")

    def bootstrap(self):
        self.page.part("Where the time of a bootstrap goes",
                       "Samples of the processors' time in `retort channels --replicates 2000`, 156 × 805, less those of the same without "
                       "replicates.", "| where | share |\n|---|---|")
        print("bench: perf", file=sys.stderr, flush=True)
        bench_perf.bootstrap(self.page, [self.programs.now] + self.channels_command(), ["--replicates", "2000"], self.folder)

    def peers(self):
        self.page.part("Beside its peers", f"Least times of three runs of `retort`, of one of a peer. What NumPy "
                       f"multiplies with: {peers_library()}.")
        peers(self.page, self.programs, self.corpus, self.folder)

    def rows_slower(self):
        found = self.page.slowest()
        if found:
            self.page.goal("processor time of the row that lost most: now / before", found[0], "at most", 1.05, "×", f", {found[1]}")


PARTS = [Bench.compare, Bench.channels, Bench.tree, Bench.report, Bench.models, Bench.sets, Bench.bootstrap, Bench.peers]


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("retort")
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--before")
    parser.add_argument("--only", type=lambda names: names.split(","))
    given = parser.parse_args()
    unknown = set(given.only or []) - {part.__name__ for part in PARTS}
    if unknown:
        sys.exit(f"bench: no part is called {', '.join(sorted(unknown))}")
    if not os.path.isdir(f"{given.corpus}/alpaca_eval/responses"):
        sys.exit(f"bench: {given.corpus}/alpaca_eval/responses is not here; give the corpus with `make bench CORPUS=…`")
    return given


def main():
    given = arguments()
    load = os.getloadavg()[0]
    earlier = f"the earlier {program_name(given.before)}" if given.before else None
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Programs(given.retort, given.before), given.corpus, folder)
        for part in PARTS:
            if given.only is None or part.__name__ in given.only:
                try:
                    part(bench)
                except (Failed, subprocess.CalledProcessError) as error:
                    # What was measured so far is shown; the page that is there stays.
                    print(bench.page.text("A part failed.", earlier))
                    sys.exit(f"bench: {part.__name__}: {error} {getattr(error, 'stderr', None) or ''}")
        bench.rows_slower()
    head = (f"Made by `make bench` with {program_name(given.retort)}{' and `BEFORE`, ' + earlier if earlier else ''}, in one run. Whole "
            "commands, files read included: least times of two or three runs, the highest peak of any. Processor time is that of all cores "
            f"together.\n\nMachine: {machine()}\nLoad when it began: {load:.1f}; where it is not near 0, wall times are those of a busy "
            "machine.")
    text = bench.page.text(head, earlier)
    print(text)
    with open(given.out, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
