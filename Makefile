# Everything a person or a machine does here, by name; plain `make` lists it.

SPEC ?= spec/completion
BASE ?= main
URL ?=
API_KEY ?=
RECORDINGS ?=
SETTINGS ?=
CORPUS ?=
ROUNDTRIP ?=
PYTHON ?= $(shell command -v python3.11 || command -v python3)

BIN := .venv/bin
READY := .venv/.ready
TYPED := generator/specloom templates/runtime generated/completion/dify_completion tests/completion_server/completion_server

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help all setup fmt lint types test lint-spec rules diff generate check contract-test mutants serve replay golden corpus bench bench-server clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

all: setup lint-spec generate contract-test ## lint the document, generate the client, contract-test the embedded server

setup: $(READY) ## make the environment in .venv

$(READY): pyproject.toml tests/completion_server/pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]' -e 'tests/completion_server[postgresql]'
	@touch $@

fmt: $(READY) ## format the code and mend what ruff can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

lint: $(READY) ## lint the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## type-check the generator, the runtime, the generated client and the server
	$(BIN)/mypy $(TYPED)

test: $(READY) ## run every test
	$(BIN)/pytest --numprocesses auto

lint-spec: $(READY) ## lint the document in SPEC, its corrections applied
	$(BIN)/specloom lint '$(SPEC)' --slow

rules: $(READY) ## rewrite the list of rules in generator/lint-rules.md
	$(BIN)/python -m tests.lint.rules_page

diff: $(READY) ## say what changed in SPEC since the branch BASE, and whom it breaks
	@DIRECTORY='$(SPEC)' BASE='$(BASE)' SPECLOOM=$(BIN)/specloom bash .github/actions/diff-spec/diff.sh

generate: $(READY) ## generate the client of SPEC
	$(BIN)/specloom generate '$(SPEC)'

check: lint types lint-spec ## what CI runs: everything that can fail, changing no tracked file
	$(BIN)/specloom generate '$(SPEC)' --check
	$(MAKE) test

# The key goes by the environment, so that no list of processes shows it.
contract-test: export SPECLOOM_API_KEY := $(or $(API_KEY),$(SPECLOOM_API_KEY))
contract-test: $(READY) ## contract-test the server at URL with API_KEY; without URL, the embedded one
	@$(BIN)/specloom contract '$(SPEC)' $(if $(URL),--url '$(URL)')

mutants: $(READY) ## have the contract suite hunt 202 faulty servers; writes build/mutants.json
	$(BIN)/python -m tests.contract.mutants.run

serve: $(READY) ## serve the Completion App API on this machine; SETTINGS=FILE for apps of your own
	$(BIN)/completion-server $(if $(SETTINGS),'$(SETTINGS)') --log-format text

replay: $(READY) ## send the server what real ones were recorded to be sent; RECORDINGS=FILE for others
	@$(BIN)/python -m tests.replay.run $(if $(RECORDINGS),'$(RECORDINGS)')

golden: $(READY) ## rewrite the golden packages from their documents
	$(BIN)/python -m tests.golden.update

corpus: $(READY) ## generate a client of every document in CORPUS and prove it; ROUNDTRIP=3 calls each operation
	$(BIN)/python -m tests.corpus '$(CORPUS)' $(if $(ROUNDTRIP),--roundtrip '$(ROUNDTRIP)')

bench: $(READY) ## measure beside peers, in ratios; writes build/bench.json
	$(BIN)/python -m tests.bench.run

bench-server: $(READY) ## put load on the completion server; writes build/bench-server.json
	$(BIN)/python -m tests.load.run

clean: ## remove the environment and everything built
	rm -rf .venv .completion-server build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
