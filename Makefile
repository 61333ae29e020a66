# One configuration builds everything: release. Tests then see the program that users run, at its speed, and one build
# serves `make demo`, `make test` and `make bench`.
SWIFT ?= swift
BUILD = $(SWIFT) build -c release
# Answers of real models with known lineage, for `bench` and `validate`: one folder, which `make corpus` joins from its parts.
CORPUS ?= .tools/corpus
PARTS ?= ../shared/corpus ../shared/corpus_more
JOIN ?= ../shared/eval/join.py
# Small models of known lineage, for `check-live`.
LAB ?= ../shared/lab
# Published losses of students and their bases, for `losses`.
LOSSES ?= ../shared/corpus_more/reference_losses/losses.jsonl.gz
BIN = $(shell $(SWIFT) build -c release --show-bin-path)

# A corpus of one's own is given as CORPUS=folder, and nothing is joined.
ifeq ($(CORPUS),.tools/corpus)
JOINED = corpus
endif

.PHONY: help corpus demo test build lint format bench simulate check-live check-server custody validate channels prompts lab calibrate losses spellings cases fuzz dist install wheel spark handbook clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

demo: build ## train, probe and compare small models on this machine; report in Reports/demo
	@$(BIN)/retort demo

build: ## install what is missing and build the program
	@.ci/system-packages
	$(BUILD) --product retort

install: ## install the program, its manual and completions below PREFIX=/usr/local
	@.ci/install $(or $(PREFIX),/usr/local)

wheel: ## pack the program and its libraries as a Python wheel, in OUT=.tools/wheel
	@.ci/wheel $(or $(OUT),.tools/wheel)

handbook: ## make the handbook a web site, in OUT=.tools/handbook
	@.ci/handbook $(or $(OUT),.tools/handbook)

test: ## install what is missing, build, run all tests
	@.ci/system-packages
	@(.ci/browser; .ci/python-tools) & $(BUILD) --build-tests; built=$$?; wait; exit $$built
	@.ci/test $(BIN)

lint: ## check the format of the code
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

format: ## format the code
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

corpus: ## join the parts of the reference corpus into one folder, by links
	@mkdir -p .tools
	@python3 $(JOIN) .tools/corpus $(PARTS)
	@for part in $(PARTS); do for beside in identity slop_profiles; do [ ! -d $$part/$$beside ] || ln -sfn "$$(realpath $$part/$$beside)" .tools/corpus/$$beside; done; done

bench: build $(JOINED) ## time the runner, and the analysis beside its peers and an earlier program, BEFORE=file; results in Reports/bench
	@.ci/python-tools
	@mkdir -p Reports/bench
	@.tools/venv/bin/python Tests/Bench/runner.py $(BIN)/retort Reports/bench/runner.md
	@.tools/venv/bin/python -B Tests/Bench/bench.py $(BIN)/retort $(CORPUS) Reports/bench/README.md \
	  $(if $(BEFORE),--before $(BEFORE))

fuzz: ## damage inputs of every parser for SECONDS=60 of processor time, from SEED=1; finds in Tests/Fuzz/Found
	$(BUILD) --product fuzz
	@$(BIN)/fuzz --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1)

simulate: build ## years of checks without a change, and changes of known size; figures in Reports/check
	@$(BIN)/retort simulate --years 400 --trials 200 --seed 20261129 -o Reports/check > /dev/null

custody: build ## attack evidence and runs, and time export and verification; results in Reports/custody
	@.ci/python-tools
	@.tools/venv/bin/python Tests/Bench/custody.py $(BIN)/retort Reports/verify.py Reports/custody/README.md

check-live: build ## checks of small real models of known lineage; LAB=folder; figures in Reports/check
	@.ci/python-tools
	@.tools/venv/bin/python Tests/Bench/check_live.py $(BIN)/retort $(LAB) Reports/check/live.md 10

check-server: build ## checks against a server that draws its answers, in trouble and behind caches; RUNS=20, SEED=1; figures in Reports/check
	@python3 Tests/Bench/check_server.py $(BIN)/retort Reports/check/server.md $(or $(RUNS),20) $(or $(SEED),1)

validate: build $(JOINED) ## score the labelled pairs of a corpus, families left out and by what ships; Reports/validation
	@$(BIN)/retort validate --corpus $(CORPUS) --pairs $(CORPUS)/pairs.csv -o Reports/validation
	@$(BIN)/retort validate --corpus $(CORPUS) --pairs $(CORPUS)/pairs.csv --calibration shipped -o Reports/validation/shipped

channels: build $(JOINED) ## judge every channel by itself on the labelled pairs, and whether it sees the decoder; Reports/channels
	@.ci/python-tools
	@$(BIN)/retort validate --channels --corpus $(CORPUS) --pairs $(CORPUS)/pairs.csv -o Reports/channels
	@.tools/venv/bin/python Tests/Bench/decoding.py Reports/channels/scores.csv $(CORPUS) >> Reports/channels/README.md

prompts: build $(JOINED) ## which kinds of prompts tell most of a link, and probes of BEFORE=file beside those of now; Reports/channels/prompts.md
	@.ci/python-tools
	@.tools/venv/bin/python Tests/Bench/prompts.py $(BIN)/retort $(CORPUS) --compare $(BEFORE) Probes/open.jsonl \
	  --sets alpaca_eval=20 arena_hard_en=12 shaberi_ja=20 ru_arena=20 > Reports/channels/prompts.md

lab: build ## gate and likelihoods of small models of known lineage; LAB=folder; figures in Reports/channels/lab.md
	@.ci/python-tools
	@.tools/venv/bin/python Tests/Bench/lab.py $(BIN)/retort $(LAB) Reports/channels/lab.md

calibrate: build $(JOINED) ## fit the calibrations that ship, on the labelled pairs of a corpus and on the demo's world
	@$(BIN)/retort calibrate --corpus $(CORPUS) --pairs $(CORPUS)/pairs.csv -o Sources/Likelihood/Resources/calibration.json
	@$(BIN)/retort calibrate --demo -o Sources/Likelihood/Resources/demo-calibration.json

losses: build ## fit and validate likelihoods against a base on published losses; LOSSES=file; figures in Reports/validation/losses
	@$(BIN)/retort calibrate --losses $(LOSSES) -o Sources/Validation/Resources/reference-calibration.json
	@$(BIN)/retort validate --losses $(LOSSES) -o Reports/validation/losses > /dev/null

spellings: $(JOINED) ## count how usual the marks of Probes/spellings.json are in the answers of a corpus, and write it there
	@python3 Tests/Bench/spellings.py $(CORPUS) Probes/spellings.json

cases: build $(JOINED) ## make the reports of Reports/deepseek, claude2-alpaca and aligner from the answers of the corpus
	@for name in deepseek claude2-alpaca aligner; do \
	  $(BIN)/retort study Reports/$$name/study.yaml --corpus $(CORPUS) -o Reports/$$name >/dev/null || exit 1; done

dist: ## build a folder and an archive that run without a Swift toolchain, in dist
	@.ci/dist

spark: dist ## measure a set of answers in one process and on Apache Spark, with an executor killed: one SHA-256; Reports/spark
	@.ci/spark
	@.tools/spark/bin/python Tests/Bench/spark.py "$$(ls -t dist/*.tar.gz | head -1)" $(or $(ANSWERS),$(CORPUS)/aligner/responses) .tools/spark Reports/spark/README.md

clean: ## remove what was built
	rm -rf .build .tools dist
