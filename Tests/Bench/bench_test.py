"""Tests of the arithmetic of bench.py: no program is timed.

usage: bench_test.py
"""
import gzip, json, os, sys, tempfile, unittest
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import bench_answers, bench_case, bench_perf
from bench_page import Goal, Page
from bench_timing import Cost, Failed, apart, in_turn, once


def command(body):
    return [sys.executable, "-c", body]


def len_of_much():
    return len(b"1" * (200 << 20))


class Goals(unittest.TestCase):
    def test_a_limit_is_met_by_itself_but_not_where_it_says_under(self):
        self.assertTrue(Goal("a", 3.3, "at most", 3.3, "×").is_met)
        self.assertFalse(Goal("a", 3.31, "at most", 3.3, "×").is_met)
        self.assertTrue(Goal("a", 25, "at least", 25, "×").is_met)
        self.assertFalse(Goal("a", 24.9, "at least", 25, "×").is_met)
        self.assertFalse(Goal("a", 600, "under", 600, "MiB").is_met)
        self.assertTrue(Goal("a", 599.9, "under", 600, "MiB").is_met)

    def test_a_line_says_whether_it_is_met(self):
        self.assertEqual(Goal("memory", 1500.4, "under", 1024, "MiB").line(),
                         "| memory | under 1,024 MiB | 1,500 MiB | **missed** |")
        self.assertEqual(Goal("time", 2.1, "at most", 3, "×", ", slow_set").line(),
                         "| time | at most 3 × | 2.10 ×, slow_set | met |")
        self.assertEqual(Goal("time", None, "at least", 2, "×", ": no BEFORE").line(),
                         "| time | at least 2 × | not measured: no BEFORE | |")


class Pages(unittest.TestCase):
    def page(self):
        page = Page()
        page.part("Part")
        page.cost("row", Cost(1.5, 2.25, 100.4))
        page.beside("twice as fast", Cost(4, 6, 1000), Cost(2, 3, 250))
        page.beside("slower", Cost(1, 1, 100), Cost(1, 1.1, 100))
        page.beside("unknown to it", "retort tree: status 64; no such option", Cost(1, 1, 100))
        page.goal("a", 1, "at most", 2, "×")
        page.goal("b", 3, "at most", 2, "×")
        page.goal("c", None, "at most", 2, "×", ": no BEFORE")
        return page

    def test_ratios_are_now_by_before(self):
        self.assertIn("| twice as fast | 4.00 s | 2.00 s | 0.50 × | 6.00 s | 3.00 s | 0.50 × | 1000 MiB | 250 MiB | 0.25 × |",
                      self.page().comparison())

    def test_the_row_that_lost_most_leaves_out_what_failed(self):
        ratio, what = self.page().slowest()
        self.assertAlmostEqual(ratio, 1.1)
        self.assertEqual(what, "slower")
        self.assertIsNone(self.page().pair("unknown to it"))
        self.assertIsNone(Page().slowest())

    def test_every_table_has_as_many_cells_in_each_row(self):
        text = self.page().text("Head.", "the earlier one")
        self.assertIn("Of 3 goals 1 are missed and 1 not measured in this run.", text)
        self.assertIn("| row | 1.50 s | 2.25 s | 100 MiB |", text)
        for table in (block for block in text.strip().split("\n\n") if block.startswith("|")):
            self.assertEqual(len({line.count("|") for line in table.split("\n")}), 1, table)

    def test_no_comparison_without_an_earlier_program(self):
        page = Page()
        page.part("Part")
        page.cost("row", Cost(1, 1, 1))
        self.assertNotIn("Beside", page.text("Head.", None))


class Timing(unittest.TestCase):
    def test_least_times_and_highest_peak(self):
        self.assertEqual(Cost.of([Cost(1, 5, 10), Cost(2, 4, 30), Cost(3, 6, 20)]), Cost(1, 4, 30))

    def test_peak_memory_is_the_commands(self):
        small, large = once(command("pass")), once(command("x = b'1' * (200 << 20)"))
        self.assertLess(small.peak, 100)
        self.assertTrue(200 < large.peak < 250, large.peak)

    def test_what_is_read_apart_does_not_count(self):
        self.assertEqual(apart(len_of_much), 200 << 20)
        self.assertLess(once(command("pass")).peak, 100)

    def test_an_earlier_program_may_fail_and_this_one_may_not(self):
        fails = command("import sys; print('no | such option', file=sys.stderr); sys.exit(64)")
        ours, theirs = in_turn(command("pass"), fails, 2)
        self.assertGreater(ours.wall, 0)
        self.assertIn("status 64; no / such option", theirs)
        self.assertRaises(Failed, in_turn, fails, command("pass"), 1)


class Samples(unittest.TestCase):
    REPORT = ("# Samples: 9  of event 'cpu-clock'\n#\n 60  |libopenblasp-r0.3.21.so|[.] 0x0000000000374874\n"
              " 20  |libopenblasp-r0.3.21.so|[.] 0x0000000000374999\n 30  |retort |[.] $s5quant\n 10  |[kernel.kallsyms]|[k] fault\n")

    def test_comments_are_no_samples(self):
        self.assertEqual(sum(bench_perf.read(self.REPORT).values()), 120)

    def test_shares_are_of_what_is_more(self):
        shorter = {("retort", "$s5quant"): 10, ("retort", "$s4read"): 10}
        found = dict(bench_perf.shares(bench_perf.read(self.REPORT), shorter))
        self.assertAlmostEqual(found["OpenBLAS: the products (dgemm)"], 0.8)
        self.assertAlmostEqual(found["$s5quant (retort)"], 0.2)
        self.assertAlmostEqual(found["$s4read (retort)"], -0.1)
        self.assertAlmostEqual(sum(found.values()), 1)
        self.assertEqual(bench_perf.shares(shorter, shorter), [])


class Answers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.responses = f"{self.folder.name}/responses"
        os.makedirs(self.responses)
        for model, texts in (("a", ["é", "b"]), ("b", ["c", "\ud800"]), ("c", ["d", ""])):
            with gzip.open(f"{self.responses}/{model}.jsonl.gz", "wt", encoding="utf-8") as file:
                file.writelines(json.dumps({"prompt_id": f"p{i}", "sample": 0, "text": t}) + "\n" for i, t in enumerate(texts))

    def test_so_many_models_as_are_asked_for_and_the_first_under_their_own_names(self):
        out = f"{self.folder.name}/again"
        bench_answers.again(self.responses, out, 7)
        self.assertEqual(sorted(os.listdir(out)), [f"{n}.jsonl.gz" for n in
                                                   ("a", "b", "c", "copy1-a", "copy1-b", "copy1-c", "copy2-a")])
        self.assertEqual(bench_answers.bytes_of_text(out), 3 + 2 + 1 + 3 + 2 + 1 + 3)

    def test_a_case_has_the_prompts_that_all_answered(self):
        prompts = f"{self.folder.name}/prompts.jsonl"
        with open(prompts, "w") as file:
            file.writelines(json.dumps({"prompt_id": f"p{i}", "prompt": f"what is {i}"}) + "\n" for i in range(2))
        original = bench_case.MODELS
        bench_case.MODELS = 3
        self.addCleanup(setattr, bench_case, "MODELS", original)
        models, common, answers = bench_case.chosen(self.responses, prompts, "b", "a")
        self.assertEqual((models, common), (["b", "a", "c"], ["what is 0"]))
        self.assertEqual(answers["a"], {"what is 0": "é"})


if __name__ == "__main__":
    unittest.main()
