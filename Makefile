# Everything a newcomer needs: `make chat` and `make test` set up what they use. Only Python 3 and make are assumed.
# Each command takes PYTHON_VERSION=3.11 (or another of PYTHON_VERSIONS) and then works in a .venv-3.11 beside .venv.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PYTHON_VERSIONS := 3.13 3.12 3.11
PYTHON_VERSION :=
WANTED := $(or $(PYTHON_VERSION),$(PYTHON_VERSIONS))
VENV := .venv$(PYTHON_VERSION:%=-%)
BIN := $(VENV)/bin
UV := .uv/bin/uv
READY := $(VENV)/.ready
JUDGED := pquad_validation natural_questions
OPTIONS := --absent
ENGINE := auto
ENGINES := auto
SIZES := 1000 10000 100000 1000000
INPUTS := 8000
TANTIVY_RUN := .evaluated-tantivy.json
# Each worker begins with a half of the tests in their order, so that what a module shares is made by one of them.
WORKERS := -n 2 --dist worksteal
SENTENCES := 100000

.PHONY: help setup runtime chat test tests test-slow test-cluster postgresql opensearch lint types bench bench-living bench-scale bench-cluster bench-faults bench-replicas bench-telegram fuzz evaluate evaluate-cluster train ablation lock golden clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## create .venv with the commands `bot` and `retrieval`, and the tools of development

$(UV):
	@$(PYTHON) -m venv .uv || { echo "make: $(PYTHON) cannot create a virtual environment; install its venv module (on Debian: python3-venv)" >&2; rm -rf .uv; exit 1; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9" || { rm -rf .uv; exit 1; }

# The newest Python that is here or that uv can bring. pyenv keeps those it has out of sight until they are asked for.
$(BIN)/python: | $(UV)
	@for version in $(WANTED); do \
		said=$$(PYENV_VERSION="$$(pyenv latest "$$version" 2>/dev/null)" UV_HTTP_RETRIES=0 \
			$(UV) venv --quiet --clear --python "$$version" $(VENV) 2>&1) && exit 0; \
	done; \
	echo "make: no Python of $(WANTED) can be used here; install one (on Debian: python3). The last attempt:" >&2; \
	echo "$$said" >&2; exit 1

# The stamp is newer than the lock and the project file once both are installed, so a second call resolves nothing.
# Bytecode is compiled here: where PYTHONDONTWRITEBYTECODE is set, a command would compile numpy each time it starts.
$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot retrieval
	@touch $@

# The lock's versions and hashes hold as constraints here, also for what builds the project.
runtime: | $(BIN)/python ## create .venv with what `bot` and `retrieval` run on, without the tools of development
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python \
		--constraints requirements.lock --build-constraints requirements.lock --editable ".[disk,pdf]"

chat: $(READY) ## ask the articles in corpus/ in the console
	@$(BIN)/bot chat

test: lint ## run every check: style, types, import rules, tests
	@$(MAKE) --no-print-directory -j 2 types tests

# Bytecode anew, as above: what has changed since the set-up would be compiled by each of hundreds of processes.
tests: $(READY)
	@$(BIN)/python -m compileall -q bot retrieval
	@$(BIN)/pytest $(WORKERS)

test-slow: $(READY) ## run the tests that take minutes as well
	@$(BIN)/pytest $(WORKERS) -m "(slow or not slow) and not cluster"

postgresql: $(READY) ## see that there is a server of PostgreSQL for the tests; root installs it on Debian
	@$(BIN)/python -m tests.bot.postgresql || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "make: no server of PostgreSQL here; install one (on Debian: postgresql)" >&2; exit 1; }; \
		mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends postgresql >/dev/null; }

# Maven brings OpenSearch's libraries once, into the user's cache; they are compared with checksums.
opensearch: $(READY) ## see that there are Java, Maven and the libraries of OpenSearch for the tests; root installs the first two on Debian
	@{ command -v javac && command -v mvn; } >/dev/null || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "make: no Java 17 or later with Maven here; install them (on Debian: default-jdk-headless maven)" >&2; exit 1; }; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends default-jdk-headless maven >/dev/null; }
	@$(BIN)/python -m tests.retrieval.cluster.server

# The tests start the servers' programs themselves, on loopback and in a temporary folder, and stop them at the end.
test-cluster: postgresql opensearch ## run the tests over PostgreSQL and a cluster of OpenSearch, which they start themselves
	@$(BIN)/pytest -n 2 -m cluster tests/bot
	@$(BIN)/pytest -m cluster tests/retrieval

lint: $(READY) ## ruff and the import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache

types: $(READY) ## mypy, strict
	@$(BIN)/mypy

bench: $(READY) ## measure speed, start-up and memory, and how they grow up to 100,000 sentences
	@$(BIN)/python -m benchmarks.speed
	@$(BIN)/python -m benchmarks.reading
	@$(BIN)/python -m benchmarks.scale $(ENGINES:%=--engine %) --again

bench-scale: $(READY) ## go on measuring up to 1,000,000 sentences; publish in docs/ (SIZES="…" ENGINES="…" AGAIN=--again)
	@$(BIN)/python -m benchmarks.scale $(SIZES) $(ENGINES:%=--engine %) $(AGAIN) --publish

bench-living: $(READY) ## measure a living index: additions, many changes at once, kills
	@$(BIN)/python -m benchmarks.living

bench-cluster: opensearch ## measure a cluster of OpenSearch on this machine beside tantivy (SENTENCES=100000)
	@$(BIN)/python -m benchmarks.cluster --sentences $(SENTENCES) --judged $(JUDGED:%=../shared/eval/%.json)

bench-faults: opensearch ## kill the nodes of a cluster and let them hang, while questions are asked and articles written
	@$(BIN)/python -m benchmarks.cluster_faults

bench-replicas: postgresql ## measure one, two and four replicas of the Telegram bot over PostgreSQL
	@$(BIN)/python -m benchmarks.replicas

bench-telegram: $(READY) ## measure the Telegram bot: kills, faults, load
	@$(BIN)/python -m benchmarks.telegram

fuzz: $(READY) ## read damaged files of every format (INPUTS=8000 of each)
	@$(BIN)/python -m tests.retrieval.corpus.fuzzing $(INPUTS)

evaluate: $(READY) ## measure retrieval and answers on the judged sets in ../shared (ENGINE=auto; more: OPTIONS="--perturb all")
	@$(BIN)/retrieval evaluate $(JUDGED:%=../shared/eval/%.json) ../shared/eval/dialogues.jsonl --engine $(ENGINE) $(OPTIONS)
	@$(BIN)/retrieval evaluate ../shared/users/questions.jsonl --corpus ../shared/users/corpus --today "$$(cat ../shared/users/now)" --engine $(ENGINE) $(OPTIONS)
	@$(BIN)/retrieval evaluate ../shared/cases/dev.jsonl --corpus ../shared/cases/articles --engine $(ENGINE) $(OPTIONS)

# Beside three nodes that are started for it, the evaluation of the cluster and what sets it apart from tantivy.
evaluate-cluster: opensearch ## the same over a cluster of OpenSearch on this machine, compared with tantivy
	@$(BIN)/retrieval evaluate $(JUDGED:%=../shared/eval/%.json) --engine tantivy --json $(TANTIVY_RUN)
	@$(BIN)/python -m tests.retrieval.cluster.beside $(BIN)/retrieval evaluate $(JUDGED:%=../shared/eval/%.json) --engine opensearch --compare $(TANTIVY_RUN)
	@$(BIN)/python -m tests.retrieval.cluster.beside $(MAKE) evaluate ENGINE=opensearch

train: $(READY) ## fit the shipped weights to the judged questions in ../shared/eval
	@$(BIN)/retrieval train $(JUDGED:%=../shared/eval/%.json) --out retrieval/ranking/weights.json
	@$(BIN)/python -m benchmarks.following

ablation: $(READY) ## measure what each part of the ranking contributes
	@nice $(BIN)/python -m benchmarks.ablation

golden: $(READY) ## after a version was raised: refresh the digests and the stored index that the tests compare with
	@$(BIN)/python -m tests.golden

lock: $(UV) ## resolve the requirements anew
	@$(UV) pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean: ## remove what setup made
	@rm -rf .venv .venv-* .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis
