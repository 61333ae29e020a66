"""The page that the bench writes: goals first, then every figure as it was measured."""
from dataclasses import dataclass
from bench_timing import MANY, SHORT, Cost


@dataclass(frozen=True)
class Goal:
    what: str
    # None where it was not measured.
    measured: float | None
    sense: str
    limit: float
    unit: str
    # Beside the figure, such as what of many it is.
    note: str = ""

    @property
    def is_met(self):
        return {"at least": self.measured >= self.limit, "at most": self.measured <= self.limit,
                "under": self.measured < self.limit}[self.sense]

    def line(self):
        def written(value):
            return f"{value:,.0f} {self.unit}" if self.unit == "MiB" else f"{value:,.2f} {self.unit}"
        if self.measured is None:
            return f"| {self.what} | {self.sense} {self.limit:,g} {self.unit} | not measured{self.note} | |"
        verdict = "met" if self.is_met else "**missed**"
        return f"| {self.what} | {self.sense} {self.limit:,g} {self.unit} | {written(self.measured)}{self.note} | {verdict} |"


class Page:
    TABLE = "| what | wall time | processor time | peak memory |\n|---|---|---|---|"

    def __init__(self):
        self.goals, self.pairs, self.parts = [], [], []

    def part(self, title, text="", table=TABLE):
        """what is measured from now on stands under this title"""
        self.parts.append((title, text, table, []))

    def row(self, cells):
        """Cells parted by bars; ratios stand in the column of the times that they are of."""
        self.parts[-1][3].append(f"| {cells} |")

    def cost(self, what, cost):
        self.row(f"{what} | {cost.wall:.2f} s | {cost.work:.2f} s | {cost.peak:.0f} MiB")

    def beside(self, what, before, now):
        """before: a cost, or why there is none"""
        self.pairs.append((what, before, now))

    def goal(self, what, measured, sense, limit, unit, note=""):
        self.goals.append(Goal(what, measured, sense, limit, unit, note))

    def pair(self, what):
        """-> costs before and now of a row, or None"""
        return next(((b, n) for w, b, n in self.pairs if w == what and isinstance(b, Cost)), None)

    def slowest(self):
        """-> how many times the earlier program's processor time the worst row takes, and that row, of rows of the same work"""
        rows = [(now.work / before.work, what) for what, before, now in self.pairs if isinstance(before, Cost)]
        return max(rows, default=None)

    def comparison(self):
        lines = ["| what | wall time before | now | | processor time before | now | | peak memory before | now | |",
                 "|---|---|---|---|---|---|---|---|---|---|"]
        for what, before, now in self.pairs:
            if not isinstance(before, Cost):
                lines.append(f"| {what} | {before} | {now.wall:.2f} s | | | {now.work:.2f} s | | | {now.peak:.0f} MiB | |")
                continue
            lines.append(
                f"| {what} | {before.wall:.2f} s | {now.wall:.2f} s | {now.wall / before.wall:.2f} × "
                f"| {before.work:.2f} s | {now.work:.2f} s | {now.work / before.work:.2f} × "
                f"| {before.peak:.0f} MiB | {now.peak:.0f} MiB | {now.peak / before.peak:.2f} × |")
        return "\n".join(lines)

    def text(self, head, earlier):
        """earlier: what the program is set beside; None if there is none"""
        pieces = ["# Benchmarks", head]
        if self.goals:
            missed = sum(g.measured is not None and not g.is_met for g in self.goals)
            unmeasured = sum(g.measured is None for g in self.goals)
            pieces.append(f"## Goals\n\nOf {len(self.goals)} goals {missed} are missed and {unmeasured} not measured in this run.\n\n"
                          "| goal | limit | measured | |\n|---|---|---|---|\n" + "\n".join(g.line() for g in self.goals))
        for title, text, table, rows in self.parts:
            pieces.append("\n\n".join(filter(None, [f"## {title}", text, "\n".join([table] + rows) if rows else ""])))
        if self.pairs:
            pieces.append(f"## Beside {earlier}\n\nBoth programs by turns, in this run, on the same files; least times and highest peak "
                          f"of as many runs of each, {MANY} where they take less than {SHORT} s. What is beside the two figures is now / "
                          "before.\n\n" + self.comparison())
        return "\n\n".join(pieces) + "\n"
