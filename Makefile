# `make run` and `make test` set up all that they need, in .venv, and use it afterwards.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

PYTEST := $(BIN)/python -m pytest -q -n auto --dist worksteal
SOURCES := src tests tools benchmarks conftest.py
# Of a campaign: how many cases each property test tries, and where they stand.
CASES := 100000
TESTS := tests/properties tests/proving tests/corpora tests/test_repairs_exact.py

# Tests start the command hundreds of times: what Python compiled is kept for the next one.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint check campaign format docs schemas clean

run: $(READY)
	$(BIN)/consistent check proposals/join-2025-120.toml --fail-on never

test: $(READY)
	$(PYTEST)

# Format, lint, types, import contracts.
lint: $(READY)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

# Everything that a change must pass.
check: lint test

# Property tests at length: `make campaign CASES=1000000 TESTS=tests/properties`.
campaign: $(READY)
	CONSISTENT_PROFILE=campaign CONSISTENT_CASES=$(CASES) $(PYTEST) -o time_limit=0 -o time_limit_of_run=0 -m "property or hypothesis" $(TESTS)

format: $(READY)
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

# Pages of rules and glossaries, made anew, so that none of a rule that is gone stays.
docs: $(READY)
	rm -rf build/docs
	$(BIN)/consistent pages -o build/docs

# What editors need to know of the TOML files here: build/schemas and .taplo.toml.
schemas: $(READY)
	rm -rf build/schemas
	$(BIN)/python tools/write_editor_schemas.py

# The stamp is set last, so that a set-up that was cut short is done again.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache dist build .taplo.toml
