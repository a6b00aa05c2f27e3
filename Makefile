# `make run` and `make test` set up all that they need, in .venv, and use it afterwards.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check format docs schemas clean

run: $(READY)
	$(BIN)/consistent check proposals/join-2025-120.toml --fail-on never

test: $(READY)
	$(BIN)/python -m pytest -q -n auto --dist loadfile

# Everything that a change must pass: format, lint, types, import contracts, tests.
check: $(READY)
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n auto --dist loadfile

format: $(READY)
	$(BIN)/ruff check --fix src tests tools benchmarks
	$(BIN)/ruff format src tests tools benchmarks

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
