"""Measures how usual the marks of Probes/spellings.json are, and writes the shares into it.

usage: spellings.py CORPUS [CATALOGUE]      CORPUS holds a folder a set, each with responses/*.jsonl.gz

Each model of each set counts alike: `answers` is the mean over models of the share of their answers that hold the mark, `models`
the share of models with it in a tenth of their answers or more. Texts are read, counted and not kept.
"""
import gzip, json, os, re, sys

SETS = {
    "en": ("aligner", "alpaca_eval", "arena_hard_en", "flask_en", "llmzoo_vicuna80", "misguided_attention", "qlora_vicuna80"),
    "ja": ("shaberi_ja",), "ko": ("arena_hard_ko", "logickor_ko"), "ru": ("mtbench_ru", "ru_arena"), "zh": ("llmeval2_zh",),
}


def texts(file):
    with gzip.open(file, "rt", encoding="utf-8", errors="replace") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def holds(pair):
    """The mark as `Spelling` finds it: anywhere, or where a line begins, after white space."""
    marks = "|".join(re.escape(mark) for mark, _ in pair["replace"])
    return re.compile(rf"(?m)^[ \t]*(?:{marks})" if pair.get("where") == "line" else marks)


def main(corpus, catalogue):
    with open(catalogue, encoding="utf-8") as file:
        pairs = json.load(file)
    for language in sorted({pair["language"] for pair in pairs}):
        found = []
        for name in SETS[language]:
            folder = os.path.join(corpus, name, "responses")
            for file in sorted(os.listdir(folder)):
                answers = texts(os.path.join(folder, file))
                if answers:
                    found.append(answers)
        for pair in pairs:
            if pair["language"] != language:
                continue
            pattern = holds(pair)
            shares = [sum(1 for text in answers if pattern.search(text)) / len(answers) for answers in found]
            pair["cohort"] = {"models": len(shares), "answers": round(sum(shares) / len(shares), 4),
                              "habit": round(sum(share >= 0.1 for share in shares) / len(shares), 4)}
            print(f"{pair['id']:24} {language} {pair['cohort']}", flush=True)
    with open(catalogue, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "Probes/spellings.json")
