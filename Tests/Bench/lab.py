"""Which of small language models of known lineage the gate calls the same, and what likelihoods in both directions say of them.

usage: lab.py RETORT LAB OUT.md [ANSWERS [PROMPTS [FOLDER]]]    LAB holds models/*.gguf and prompts.jsonl; needs xllamacpp

One case about the teacher: its copies, students and fine-tune are candidates, models of no link to it the cohort. Everything is
asked through llama.cpp's server; with FOLDER, which an earlier run left, nothing is asked again.
"""
import json, statistics, subprocess, sys, tempfile

SERVE = """
import sys, time, xllamacpp as x
p = x.CommonParams()
p.model.path = sys.argv[1]
p.hostnames = ["127.0.0.1"]; p.port = 0; p.n_parallel = 4; p.n_ctx = 4096; p.cpuparams.n_threads = 1
p.sampling.top_k = 0; p.sampling.min_p = 0.0; p.sampling.top_p = 1.0
s = x.Server(p)
print(s.listening_address, flush=True)
sys.stdin.read()
"""

COPIES = {"T1": "the same file", "T1-q8": "8-bit copy", "T1-q4": "4-bit copy"}
STUDENTS = {"S1k": "student, soft labels", "S1L": "student", "S1": "student, small, short training",
            "S3": "student, other base", "F1": "fine-tune"}
TWINS = {"I0": "same data, other seed", "I0s": "same data, other seed, small", "I1": "other half of the data",
         "C3": "I1 tuned on human answers", "T2": "other data, own tokeniser"}


def serve(models, lab):
    servers, urls = [], {}
    for model in models:
        server = subprocess.Popen([sys.executable, "-c", SERVE, f"{lab}/models/{model}.gguf"], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        servers.append(server)
        line = ""
        while not line.startswith("http://"): line = server.stdout.readline()
        urls[model] = line.strip()
    return servers, urls


def write_probes(lab, folder, count):
    with open(f"{folder}/probes.jsonl", "w") as file:
        for line in [json.loads(line) for line in open(f"{lab}/prompts.jsonl")][:count]:
            file.write(json.dumps({"id": line["id"], "prompt": line["prompt"]}) + "\n")


def write_case(folder, seed, suspect, candidates, cohort):
    entries = lambda lines: "".join(f"  - {line}\n" for line in lines)
    open(f"{folder}/case.yaml", "w").write(
        f"seed: {seed}\nsuspect: {suspect}\ncandidates:\n{entries(candidates)}cohort:\n{entries(cohort)}probes: [probes.jsonl]\n"
        "samples: 4\nsampling: {temperature: 0.8, top_p: 1, max_tokens: 48, logprobs: true}\n")


def asked_again(run, lab, seeds=(1, 2, 3), copies=6, count=100):
    """p of the gate for one file and its nearest relatives, each under several names and asked anew: how often T1 is told from them."""
    strangers = ["I0", "I0s", "I1", "T2"]
    near = {"T1": copies, **{model: copies // 2 for model in ("T1-q8", "T1-q4", "S1k", "F1")}}
    servers, urls = serve([*near, *strangers], lab)
    endpoint = lambda name, model: f'{{model: "{name}", endpoint: {{url: "{urls[model]}/v1", model: {model}}}}}'
    values = {model: [] for model in near}
    for seed in seeds:
        folder = tempfile.mkdtemp()
        write_probes(lab, folder, count)
        write_case(folder, seed, endpoint("T1", "T1"),
                   [endpoint(f"{model}.{copy}", model) for model, times in near.items() for copy in range(times)],
                   [endpoint(name, name) for name in strangers])
        run("run", f"{folder}/case.yaml", "--no-check", "-o", f"{folder}/report")
        result = json.load(open(f"{folder}/report/result.json"))
        for candidate in result["candidates"]:
            values[candidate["model"].rsplit(".", 1)[0]].append(candidate["same_model_test"]["p_value"])
    for server in servers: server.terminate()
    return values


def ask(run, lab, folder, answers, count):
    servers, urls = serve([*COPIES, *STUDENTS, *TWINS], lab)
    write_probes(lab, folder, count)
    # S3 and C3 are I1, tuned on.
    base = {"S3": ", base: I1", "C3": ", base: I1"}
    endpoint = lambda name, model: f'{{model: "{name}"{base.get(name, "")}, endpoint: {{url: "{urls[model]}/v1", model: {model}}}}}'
    # The teacher again, under a name of its own.
    names = {"again": "T1", **{name: name for name in [*COPIES, *STUDENTS] if name != "T1"}}
    write_case(folder, 20261125, endpoint("T1", "T1"), [endpoint(name, model) for name, model in names.items()],
               [endpoint(name, name) for name in TWINS])

    run("run", f"{folder}/case.yaml", "--no-check", "-o", f"{folder}/report")
    run("likelihood", f"{folder}/case.yaml", "--answers", str(answers), "--json")
    for server in servers: server.terminate()


def main():
    retort, lab, out = sys.argv[1:4]
    answers = int(sys.argv[4]) if len(sys.argv) > 4 else 40
    count = int(sys.argv[5]) if len(sys.argv) > 5 else 200
    folder = sys.argv[6] if len(sys.argv) > 6 else tempfile.mkdtemp()

    def run(*arguments):
        done = subprocess.run([retort, *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    if len(sys.argv) <= 6: ask(run, lab, folder, answers, count)
    again = asked_again(run, lab)
    result = json.load(open(f"{folder}/report/result.json"))
    likelihoods = json.loads(run("likelihood", f"{folder}/case.likelihood.retort", "--json"))
    what = {"again": COPIES["T1"], **COPIES, **STUDENTS, **TWINS}
    gate = []
    for candidate in result["candidates"]:
        name, same = candidate["model"], candidate["same_model_test"]
        tests = {t["test"]: t["p"] for t in same["tests"]}
        power = f"{same['power']['told_apart']} of {same['power']['of']}" if "power" in same else "–"
        standing = next(v["standing"] for v in result["verdicts"] if v["candidate"] == name).replace("_", " ")
        cell = lambda test: f"{tests[test]:.4f}" if test in tests else "–"
        gate.append(f"| {name} | {what[name]} | {'yes' if same['told_apart'] else '**no**'} | {cell('answers')} | {cell('lengths')} | "
                    f"{cell('logprobs')} | {same['p_value']:.4f} | {power} | {standing} |")
        print(gate[-1], flush=True)
    ways = []
    for entry in likelihoods["candidates"]:
        first, second = entry["directions"]
        cell = lambda d: f"{d['specific']:.3f} [{d['low']:.3f}, {d['high']:.3f}] | {d['rank']} of {d['of']}"
        ways.append(f"| {entry['candidate']} | {what[entry['candidate']]} | {cell(second)} | {cell(first)} | {entry['asymmetry']:.3f} "
                    f"[{entry['asymmetry_low']:.3f}, {entry['asymmetry_high']:.3f}] | {entry['direction']['verdict'].replace('_', ' ')} |")
        print(ways[-1], flush=True)
    place = likelihoods["candidates"][0]["directions"][1]
    strangers = [f"| {c['model']} | {what[c['model']]} | {c['specific']:.3f} |" for c in place["in_its_place"]]
    open(out, "w").write(
        "# What the gate and likelihoods say of models of known lineage\n\n"
        f"Made by `make lab`: small language models (0.6 to 0.8 million parameters, trained for the purpose) behind llama.cpp's server; "
        f"{count} prompts × 4 answers of at most 48 tokens at temperature 0.8, with log-probabilities. All are set beside one teacher, T1. "
        "One seed of each model: the tables describe, they do not validate.\n\n"
        "## Could it be the teacher itself? The gate of the report\n\n"
        "p of each test alone, and of all together (Fisher's combination under the same permutations), which tells apart at 5 %. Power, asked "
        "for where it does not: unrelated models that the same tests tell from it. Last, what the report says of the pair. One model in 20 is "
        "told from itself, by the level: a `yes` in the first row is such a false alarm.\n\n"
        "| model | what it is | told apart | texts | lengths | log-probabilities | all together | power | report |\n"
        "|---|---|---|---|---|---|---|---|---|\n" + "\n".join(gate) + "\n\n"
        "The same again in three cases of 100 prompts × 4 answers, seeds 1 to 3, each model under several names, so that it is asked anew. Of the "
        "very file, one in 20 is to be told apart by chance.\n\n| model | what it is | told apart | least p | median p |\n|---|---|---|---|---|\n"
        + "\n".join(f"| {model} | {what.get(model, what['again'])} | {sum(p <= 0.05 for p in values)} of {len(values)} | {min(values):.4f} | "
                    f"{statistics.median(values):.4f} |" for model, values in again.items()) + "\n\n"
        f"## Likelihoods in both directions: `retort likelihood`\n\n"
        f"Bits a byte that one finds the other's answers likelier than unrelated models do, above what it finds their answers likelier, "
        f"with 95 % intervals over {place['prompts']} prompts and rank among the unrelated models in its place.\n\n"
        "| model | what it is | T1's answers under it | rank | its answers under T1 | rank | difference | direction |\n"
        "|---|---|---|---|---|---|---|---|\n" + "\n".join(ways) + "\n\n"
        "T1's answers under each unrelated model in the place of a student:\n\n| model | what it is | above strangers |\n|---|---|---|\n"
        + "\n".join(strangers) + "\n")


if __name__ == "__main__": main()
