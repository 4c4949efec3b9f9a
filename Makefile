# On a fresh machine with python3 and make:  make demo  ·  make test
PYTHON ?= python3
JOBS ?= 2
SECONDS ?= 600

BIN := .venv/bin
READY := .venv/.ready
INSTALL := $(BIN)/python -m pip install --quiet
LOCKED := $(INSTALL) --require-hashes --requirement

.DEFAULT_GOAL := help
.PHONY: help demo season-demo test check lint format types floors pages docs messages judge-eval lock clean bench accuracy fuzz sbom hostile bundle

help:    ## this list
	@sed -n 's/^\([a-z-]*\): .*## /  make \1\t/p' Makefile | expand -t 20

demo: $(READY)    ## audit the reports in examples/ and say where the memo is
	@mkdir -p out
	@$(BIN)/auditor audit examples/*.txt --llm replay -o out/memo.md || [ $$? -eq 1 ]
	@sed -n -e '/^## /p' -e '/^\*\*结论\*\*/,/^###/{/^[0-9]/p;}' out/memo.md
	@tail -n 1 out/memo.md
	@echo
	@echo '备忘录 the memo: out/memo.md'

season-demo: $(READY)    ## a season of 60 invented reports, from the files to the conclusion on a sample
	@$(BIN)/python -m scripts.season_demo

test: $(READY)    ## the whole test suite
	$(BIN)/python -m pytest -n $(JOBS)

check: lint types floors pages    ## everything else that CI checks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

floors: $(READY)
	$(BIN)/lint-imports

pages: $(READY)
	$(BIN)/python -m scripts.pages --check

bench: $(READY)    ## speed, memory and growth, beside the statcheck port: docs/benchmarks.md
	$(LOCKED) benchmarks/requirements.lock
	$(LOCKED) benchmarks/statcheck.lock --no-deps
	$(BIN)/python benchmarks/speed.py -o docs/benchmarks.md

format: $(READY)    ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)    ## write the generated pages again: docs/rules.md, the memo in the READMEs
	$(BIN)/python -m scripts.pages

messages: $(READY)    ## pin what the rules say anew, and show the difference: tests/messages/
	$(BIN)/python -m scripts.messages --update

accuracy: $(READY)    ## what is found of planted slips, and what is not: docs/accuracy.md
	$(BIN)/python -m scripts.accuracy

fuzz: $(READY)    ## 10 minutes of atheris on the readers, inside the containers of every format; make fuzz SECONDS=60 ARGS='--seed 1'
	$(LOCKED) tests/fuzz/requirements.lock
	$(BIN)/python -m tests.fuzz.atheris_run $(SECONDS) $(ARGS)

judge-eval: $(READY)    ## precision and recall of the model step; an endpoint: ARGS='--llm live --model NAME'
	@$(BIN)/python -m benchmarks.judge_eval.run $(ARGS)

lock:    ## the lock files anew: the newest versions that fit pyproject.toml, with their hashes
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	$(call compiled,requirements.lock,--extra dev --extra model-test)
	$(call compiled,benchmarks/requirements.lock,--extra bench --constraint requirements.lock)
	$(call compiled,tests/fuzz/requirements.lock,--extra fuzz --constraint requirements.lock)
	$(call compiled,scripts/single/requirements.lock,--extra single --constraint requirements.lock)
	rm -rf .venv-lock

define compiled
	.venv-lock/bin/uv pip compile pyproject.toml $(2) --quiet --upgrade --universal --python-version 3.11.5 \
		--generate-hashes --no-header --no-annotate --output-file .venv-lock/made
	echo '# Versions and hashes of everything the project installs, written by "make lock".' > $(1)
	cat .venv-lock/made >> $(1)
endef

sbom: $(READY)    ## what the program is made of, as CycloneDX: out/sbom.json
	@mkdir -p out
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --output-file out/sbom.json

bundle: $(READY)    ## for office machines, in dist/: a zip of wheels, a program file without a Python; ARGS='--platform win_amd64'
	@$(BIN)/python -m scripts.bundle $(ARGS)

hostile: $(READY)    ## every hostile input once more: the table in docs/security.md
	$(BIN)/python -m tests.hostile.run

clean:    ## remove .venv, out/ and what builds and caches left
	rm -rf .venv .venv-lock out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("auditor needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(LOCKED) requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
