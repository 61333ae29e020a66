/// Two examples of each command, as its help shows them: lines that can be typed.
package enum HelpExamples {
  /// Behind the last sentence of a command's discussion.
  ///
  /// - Parameter command: by its words, such as `baseline show`.
  package static func of(_ command: String) -> String {
    "\n\nExamples:\n" + (lines[command] ?? []).map { "  \($0)" }.joined(separator: "\n")
  }

  private static let lines: [String: [String]] = [
    "baseline approve": [
      #"retort baseline approve baseline.json --by me --reason "first baseline""#,
      "retort baseline approve b.json --pending today.check/b.json --by me --reason T-1",
    ],
    "baseline create": [
      "retort baseline create check.yaml -o baseline.json",
      "retort baseline create --from mon.jsonl --from tue.jsonl --from wed.jsonl -o b.json",
    ],
    "baseline diff": [
      "retort baseline diff baseline.json", "retort baseline diff old.json new.json",
    ],
    "baseline history": [
      "retort baseline history baseline.json", "retort baseline history baseline.json --json",
    ],
    "baseline show": [
      "retort baseline show baseline.json", "retort baseline show baseline.json --json",
    ],
    "calibrate": [
      "retort calibrate --corpus corpus --pairs pairs.csv -o calibration.json",
      "retort calibrate --demo -o demo-calibration.json",
    ],
    "channels": [
      "retort channels case.retort", "retort channels answers --suspect student --lineage lineage.csv",
    ],
    "check": [
      "retort check baseline.json", "retort check baseline.json --against today.jsonl -o today.check",
      "retort check prod-eu.json prod-us.json -o today.check",
      "retort check --between eu.yaml us.yaml -o between.check",
    ],
    "compare": [
      "retort compare --suspect a.jsonl --candidate b.jsonl --cohort answers",
      #"retort compare --suspect a.jsonl --candidate b.jsonl --candidate c.jsonl \"#,
      "--cohort answers --lineage lineage.csv --require-ratio -o a.report",
    ],
    "config show": [
      "retort config show case.yaml", "retort config show case.yaml --origin",
    ],
    "demo": [
      "retort demo", "retort demo --shuffle -o Reports/shuffled",
    ],
    "doctor": [
      "retort doctor case.yaml", "retort doctor --url http://127.0.0.1:11434/v1 --model llama3.2",
    ],
    "embed": [
      "retort embed answers --url http://127.0.0.1:8080/v1 --model e5 -o v.jsonl",
      "retort embed case.retort --url http://127.0.0.1:8080/v1 --model e5 -o v.jsonl",
    ],
    "explain": [
      "retort explain case.retort", "retort explain answers --suspect student --candidate teacher --top 5",
    ],
    "export": [
      "retort export case.retort -o answers", "retort export case.retort --key my.key -o case.evidence",
    ],
    "history": [
      "retort history baseline.json", "retort history baseline.json --svg drift.svg",
    ],
    "import": [
      "retort import promptfoo results.json -o answers", "retort import csv chats.csv -o answers --model my-model",
    ],
    "key new": [
      "retort key new lab.example.org -o lab.key", "retort key new lab.example.org -o lab.key --json",
    ],
    "key show": [
      "retort key show lab.key", "retort key show lab.key --json",
    ],
    "likelihood": [
      "retort likelihood case.yaml",
      "retort likelihood case.yaml --answers 60 --suspect-only",
    ],
    "merge": [
      "retort merge 1.part 2.part -o all.measured",
      "retort merge parts/*.part -o all.measured",
    ],
    "probes border": [
      "retort probes border --from open.jsonl --endpoint check.yaml -o border.jsonl",
      "retort probes border --from a.jsonl --endpoint check.yaml --count 8 -o b.jsonl",
    ],
    "probes check": [
      "retort probes check", "retort probes check my-probes.jsonl Probes",
    ],
    "probes expand": [
      "retort probes expand template.json --seed 7 --count 20 -o private.jsonl",
      "retort probes expand a.json b.json --seed 7 --count 5 -o private.jsonl",
    ],
    "probes list": [
      "retort probes list", "retort probes list my-probes.jsonl",
    ],
    "report": [
      "retort report case.retort", "retort report case.retort --no-excerpts -o public",
    ],
    "review": [
      "retort review today.check", "retort review today.check --top 5",
    ],
    "run": [
      "retort run case.yaml --dry-run", "retort run case.yaml --require-ratio",
    ],
    "same": [
      "retort same case.retort", "retort same answers --suspect model-a --candidate model-b",
    ],
    "serve": [
      "retort serve case.retort", "retort serve case.retort --port 8080",
    ],
    "serve-demo": [
      "retort serve-demo", "retort serve-demo --seed 7",
    ],
    "shard": [
      "retort shard --rows < answers.jsonl > 1.part",
      "retort shard < answers.jsonl > sums.part",
      "retort shard --tiles 4 --tile 2 < answers.jsonl > 1-2.part",
    ],
    "simulate": [
      "retort simulate -o simulation", "retort simulate --years 100 --trials 50 -o simulation",
    ],
    "study": [
      "retort study study.yaml --corpus corpus -o study", "retort study study.yaml --corpus corpus -o study --json",
    ],
    "tree": [
      "retort tree case.retort -o tree", "retort tree answers --lineage lineage.csv --replicates 200 -o tree",
    ],
    "validate": [
      "retort validate --corpus corpus --pairs pairs.csv -o validation",
      "retort validate --corpus corpus --pairs pairs.csv --calibration shipped -o v",
    ],
    "verify": [
      "retort verify case.evidence", "retort verify case.tar --key lab.pub --authority tsa.pem",
    ],
  ]
}
