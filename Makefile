# Two commands need nothing but Python 3.11+ and make:
#   make demo   install Townclerk into .venv and read the sample report
#   make test   install the tools for development and run the tests
# Windows without make: see "Getting started" in the manual.

.DEFAULT_GOAL := help
SAMPLE := samples/wexcombe-q3-2022-23.pdf

ifeq ($(OS),Windows_NT)
    BIN := .venv/Scripts
    PYTHON ?= py -3
else
    BIN := .venv/bin
    PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
        $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help demo test check lint types layers packs docs factory hooks clean

help:
	@echo "make demo   read the sample report and show its observations"
	@echo "make test   run the tests"
	@echo "make check  style, types, layers and pattern packs"
	@echo "make docs   build the manual into site/"
	@echo "make factory N=100   made-up reports with gold, into factory-out/ (FORM=text|ocr|pdf|scan, PART=open|former|held, SEED=1)"
	@echo "make hooks  run the checks before each commit"

demo: .venv/.installed
	$(BIN)/townclerk extract $(SAMPLE) --format table

test: .venv/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile

check: lint types layers packs

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed-dev
	$(BIN)/mypy

layers: .venv/.installed-dev
	$(BIN)/lint-imports

packs: .venv/.installed-dev
	$(BIN)/townclerk patterns check

hooks: .venv/.installed-dev
	$(BIN)/pre-commit install

docs: .venv/.installed-docs
	$(BIN)/mkdocs build --strict

N ?= 100
FORM ?= text
PART ?= open
SEED ?= 1

factory: .venv/.installed-dev
	$(BIN)/python -m tests.factory --n $(N) --form $(FORM) --part $(PART) --seed $(SEED) --out factory-out

.venv/.created:
	@test -n "$(PYTHON)" || { echo "Townclerk needs Python 3.11 or newer on the PATH, or: make PYTHON=/path/to/python"; exit 6; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "$(PYTHON) is older than Python 3.11; try: make PYTHON=python3.11"; exit 6; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: pyproject.toml constraints.txt | .venv/.created
	$(INSTALL) -e .
	@touch $@

.venv/.installed-dev: pyproject.toml constraints.txt | .venv/.created
	$(INSTALL) -e ".[dev]"
	@touch $@ .venv/.installed

.venv/.installed-docs: pyproject.toml constraints.txt | .venv/.created
	$(INSTALL) -e ".[docs]"
	@touch $@

clean:
	rm -rf .venv site build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
