# `make run` and `make test` set up all that they need, in .venv, and use it afterwards.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Of each minor release the newest of pyenv, or else the one of that name; `make test-all PYTHONS=python3.12` asks for one.
PYTHONS ?= $(foreach minor,11 12 13 14,$(lastword $(shell command -v python3.$(minor)) $(sort $(wildcard $(HOME)/.pyenv/versions/3.$(minor).*/bin/python))))

PYTEST := $(BIN)/python -m pytest -q -n auto --dist worksteal
SOURCES := src tests tools benchmarks conftest.py
# Of a campaign: how many cases each property test tries, and where they stand; for how many seconds each other campaign runs,
# with which seed. Its figures are kept in build/campaigns, and the next run goes on from there.
CASES := 100000
TESTS := tests/properties tests/proving tests/corpora tests/test_repairs_exact.py tests/test_growth.py
SECONDS := 3600
SEED := 0
CAMPAIGNS := evaluators refinement proofs inputs kills writes threads

# Tests start the command hundreds of times: what Python compiled is kept for the next one.
unexport PYTHONDONTWRITEBYTECODE

# Every release is pinned, with the hashes of all its files; nothing else is installed, and no build fetches anything.
INSTALL := bin/python -m pip --quiet --disable-pip-version-check install --no-build-isolation
HASHED := $(INSTALL) --require-hashes --requirement
SUPPLY := build/supply
RELEASE := build/release
LOWEST := build/lowest
COMPILE = $(SUPPLY)/bin/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

.PHONY: run test test-all test-lowest lint check campaign campaigns properties format docs schemas lock bill audit release clean

run: $(READY)
	$(BIN)/consistent check proposals/join-2025-120.toml --fail-on never

test: $(READY)
	$(PYTEST)

# All tests on each Python that can be had, of pyenv or by its name; the next goes on where one has failed. durable-rules takes part
# before 3.13, and is done without from then on.
test-all:
	@failed=; for python in $(PYTHONS); do \
		echo "== $$python"; \
		$(MAKE) --no-print-directory test PYTHON=$$python VENV=build/$$($$python -c 'import platform; print("python" + platform.python_version())') \
			|| failed="$$failed $$python"; \
	done; test -z "$$failed" || { echo "failed on$$failed"; exit 1; }

# All tests with the oldest releases that pyproject.toml allows of what the library itself needs.
EXTRAS := standard completion dask lsp parquet prove web xlsx
TOOLS := axe-playwright-python distributed jsonschema openpyxl playwright psutil pytest pytest-xdist pyyaml reportlab taplo
OLDEST = $(SUPPLY)/bin/uv --quiet pip compile --python-version 3.11 --no-emit-index-url --no-emit-find-links
test-lowest: $(SUPPLY)/.ready
	mkdir -p $(LOWEST)
	$(OLDEST) pyproject.toml $(EXTRAS:%=--extra %) --resolution lowest-direct --output-file $(LOWEST)/library.txt
	printf '%s\n' $(TOOLS) | $(OLDEST) - --constraint $(LOWEST)/library.txt --output-file $(LOWEST)/tools.txt
	$(PYTHON) -m venv --clear $(LOWEST)/venv
	$(LOWEST)/venv/$(HASHED) requirements/build.txt
	$(LOWEST)/venv/$(INSTALL) --requirement $(LOWEST)/library.txt --requirement $(LOWEST)/tools.txt
	$(LOWEST)/venv/$(INSTALL) --no-deps --editable .
	$(LOWEST)/venv/bin/python -m pytest -q -n auto --dist worksteal $(ONLY)

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

# The documentation as a site that works offline, with a page for each rule: build/docs, and an archive of it that goes into the wheel.
docs: $(READY)
	$(BIN)/python tools/build_site.py

# What editors need to know of the TOML files here: build/schemas and .taplo.toml.
schemas: $(READY)
	rm -rf build/schemas
	$(BIN)/python tools/write_editor_schemas.py

# What is installed, pinned anew: as before where that still fits, or `make lock UPGRADE=--upgrade`.
lock: $(SUPPLY)/.ready
	$(COMPILE) --group build --output-file requirements/build.txt
	$(COMPILE) --group supply --output-file requirements/supply.txt
	$(COMPILE) pyproject.toml --extra dev --constraint requirements/build.txt --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --extra standard --constraint requirements/dev.txt --output-file requirements/run.txt

# The bill of materials, in CycloneDX: what a user has who installs as the lock says.
bill: $(SUPPLY)/.ready
	$(SUPPLY)/bin/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible --output-file build/bill.cdx.json

# All of a release but to publish it: built, installed as a user does and tried from elsewhere, with its bill of materials.
release: $(READY) docs bill
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	$(PYTHON) -m venv --clear $(RELEASE)
	$(RELEASE)/$(HASHED) requirements/build.txt
	$(RELEASE)/$(HASHED) requirements/run.txt
	$(RELEASE)/$(INSTALL) --no-deps dist/*.whl
	cd $(RELEASE) && bin/consistent --version && bin/consistent docs --no-open && bin/consistent packs && bin/consistent check --fail-on never $(CURDIR)/proposals/join-2025-120.toml
	@echo "dist/ is ready: tag it v$$($(BIN)/consistent --version | cut -d' ' -f2), and run the workflow Release on the tag"

# Whether a release that is pinned has a known vulnerability; the source of advisories has to be reached.
audit: $(SUPPLY)/.ready
	$(SUPPLY)/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements/dev.txt

# In an environment of their own: what these tools need is nothing that the project runs with.
$(SUPPLY)/.ready: requirements/build.txt requirements/supply.txt
	$(PYTHON) -m venv --clear $(SUPPLY)
	$(SUPPLY)/$(HASHED) requirements/build.txt
	$(SUPPLY)/$(HASHED) requirements/supply.txt
	@touch $@

# The stamp is set last, so that a set-up that was cut short is done again.
$(READY): pyproject.toml requirements/build.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/$(HASHED) requirements/build.txt
	$(VENV)/$(HASHED) requirements/dev.txt
	$(VENV)/$(INSTALL) --no-deps --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache dist build .taplo.toml
