# On a fresh machine with python3 and make:  make demo  ·  make test
PYTHON ?= python3
JOBS ?= 2
SECONDS ?= 600

BIN := .venv/bin
READY := .venv/.ready
PACKAGES := $(BIN)/python -m pip install --quiet --constraint requirements.lock

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types floors pages docs messages judge-eval lock clean bench accuracy fuzz

help:    ## this list
	@sed -n 's/^\([a-z-]*\): .*## /  make \1\t/p' Makefile | expand -t 20

demo: $(READY)    ## audit the reports in examples/ and say where the memo is
	@mkdir -p out
	@$(BIN)/auditor audit examples/*.txt --llm replay -o out/memo.md || [ $$? -eq 1 ]
	@sed -n -e '/^## /p' -e '/^\*\*结论\*\*/,/^###/{/^[0-9]/p;}' out/memo.md
	@tail -n 1 out/memo.md
	@echo
	@echo '备忘录 the memo: out/memo.md'

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
	$(PACKAGES) --editable '.[dev,bench]'
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

fuzz: $(READY)    ## 10 minutes of atheris on scanner, tables and splitter; less: make fuzz SECONDS=60
	$(PACKAGES) --editable '.[dev,fuzz]'
	$(BIN)/python -m tests.fuzz.atheris_run $(SECONDS)

judge-eval: $(READY)    ## precision and recall of the model step; an endpoint: ARGS='--llm live --model NAME'
	@$(BIN)/python -m benchmarks.judge_eval.run $(ARGS)

lock:    ## requirements.lock anew: the newest versions that fit pyproject.toml
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet '.[dev,bench,fuzz,model-test]'
	echo '# Versions of everything the project installs, written by "make lock".' > requirements.lock
	.venv-lock/bin/python -m pip freeze --exclude auditor >> requirements.lock
	rm -rf .venv-lock

clean:    ## remove .venv, out/ and what builds and caches left
	rm -rf .venv .venv-lock out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("auditor needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(PACKAGES) --editable '.[dev,model-test]'
	@touch $@
