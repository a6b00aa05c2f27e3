# `make run` and `make test` set up all that they need, in .venv, and use it afterwards.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

PYTEST := $(BIN)/python -m pytest -q -n auto --dist worksteal
SOURCES := src tests tools benchmarks conftest.py
# Of a campaign: how many cases each property test tries, and where they stand; for how many seconds each other campaign runs,
# with which seed. Its figures are kept in build/campaigns, and the next run goes on from there.
CASES := 100000
TESTS := tests/properties tests/proving tests/corpora tests/test_repairs_exact.py
SECONDS := 3600
SEED := 0
CAMPAIGNS := evaluators refinement proofs inputs kills writes threads

# Tests start the command hundreds of times: what Python compiled is kept for the next one.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint check campaign campaigns properties format docs schemas clean

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

# What gives way, sought at length: `make campaign SECONDS=600 CASES=10000`.
campaign: campaigns properties

# All of them, also where one finds something; `make campaigns CAMPAIGNS=kills`.
campaigns: $(READY)
	@mkdir -p build/campaigns
	@found=0; for name in $(CAMPAIGNS); do \
	  $(BIN)/python -m tests.campaigns $$name --seconds $(SECONDS) --seed $(SEED) --resume build/campaigns/$$name-$(SEED).json || found=1; \
	done; exit $$found

# Property tests: `make properties CASES=1000000 TESTS=tests/properties`.
properties: $(READY)
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
