"""Folders of answers that the bench makes of the corpus. Called by `bench_timing.apart`: what these read must not stay in the bench."""
import gzip, json, os


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


def longest(responses, count):
    """the models with the most answers"""
    names = sorted(os.listdir(responses), key=lambda n: (-len(gzip.open(f"{responses}/{n}").readlines()), n))
    return [n[:-9] for n in names[:count]]


def again(responses, out, models):
    """so many models: those of a folder, then the same under other names, and so on"""
    os.makedirs(out)
    names = sorted(os.listdir(responses))
    for number in range(models):
        turn, place = divmod(number, len(names))
        name = names[place] if turn == 0 else f"copy{turn}-{names[place]}"
        os.symlink(os.path.realpath(f"{responses}/{names[place]}"), f"{out}/{name}")


def bytes_of_text(responses):
    """what all answers of a folder come to, in UTF-8"""
    total = 0
    for name in os.listdir(responses):
        opening = gzip.open if name.endswith(".gz") else open
        with opening(f"{responses}/{name}", "rt", encoding="utf-8") as lines:
            # Half a pair of surrogates has no UTF-8; it is replaced by one byte.
            total += sum(len(json.loads(line)["text"].encode("utf-8", "replace")) for line in lines if line.strip())
    return total
