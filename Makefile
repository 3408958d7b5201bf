# The one entrance. Everything is made in .venv from the lock file; nothing else on the machine is touched,
# except that `make test` installs the tools it judges with (see scripts/install-tools).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVIDENCE ?=
OUT ?= demo/court-package
HOME_DIR ?= var/practice

.PHONY: help run demo setup test check bench format vectors clean
.DEFAULT_GOAL := help

help:            ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

setup: $(VENV)/.synced

$(VENV)/.synced: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@scripts/uv-from-lock $(BIN)
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

run: setup       ## start three practice nodes and print their addresses
	@$(BIN)/comity run --practice $(HOME_DIR)

demo: setup      ## EVIDENCE=path [OUT=folder]: the whole way, from a question to a verified court package
	@$(BIN)/comity demo $(if $(EVIDENCE),--evidence "$(EVIDENCE)") --out "$(OUT)"

test: setup      ## install the tools that judge, then run all tests
	@scripts/install-tools
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(T)

check: setup     ## lint, format, types, import contracts, law, catalogues
	@scripts/check $(BIN)

bench: setup     ## the budgets, each against a peer in the same run
	@scripts/install-tools
	@$(BIN)/python -m benchmarks

vectors: setup   ## make the conformance vectors of our own formats again
	@for format in acts exchange ledger; do PYTHONPATH=. $(BIN)/python vectors/$$format/generate.py; done

format: setup    ## format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean:           ## remove what make made (never var/: your practice nodes live there)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build demo
