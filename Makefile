# Needs GNU make and python3 (3.11 or newer); everything else goes into .venv by itself.
# Without make: python -m venv .venv && .venv/bin/pip install -e ".[dev]", then the commands below.

PYTHON ?= python3
BIN := .venv/bin
# Installed again when pyproject.toml says something else, not when a checkout touched it.
KEY := $(shell cksum < pyproject.toml | tr -c '0-9\n' '-')
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUN_STAMP := .venv/.run-$(KEY)
DEV_STAMP := .venv/.dev-$(KEY)
# Real documents to try the generator on, and the conformance suite; neither is part of the repository.
CLIENTSMITH_CORPUS ?= ../shared

# Compiling the generator's own modules costs a cold run more than all that it does.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help generate check test golden lint bench conformance corpus clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "clientsmith needs Python 3.11 or newer; make PYTHON=... chooses one")'
	$(PYTHON) -m venv .venv

$(RUN_STAMP): | $(BIN)/python
	$(INSTALL) -e .
	@rm -f .venv/.run-* && touch $@

$(DEV_STAMP): | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@rm -f .venv/.run-* .venv/.dev-* && touch $@ $(RUN_STAMP)

generate: $(RUN_STAMP) ## generate the clients of all providers into generated/
	$(BIN)/clientsmith generate

check: $(RUN_STAMP) ## fail when generated/ is not what specs/ gives
	$(BIN)/clientsmith check

lint: $(DEV_STAMP) ## formatting rules and types, strictly
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright

test: lint ## everything that must hold: lint, types, tests
	$(BIN)/python -m pytest

golden: $(DEV_STAMP) ## the goldens only; UPDATE=1 accepts what is generated now
	$(BIN)/python -m pytest tests/test_golden.py $(if $(UPDATE),--update-goldens)

bench: $(DEV_STAMP) ## measure; nothing fails here
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

conformance: $(DEV_STAMP) ## the Spector scenarios, where the suite is at hand (CLIENTSMITH_CORPUS)
	@if [ -d "$(CLIENTSMITH_CORPUS)/conformance" ]; then \
	  $(BIN)/python tests/conformance/run.py "$(CLIENTSMITH_CORPUS)/conformance"; \
	else echo "skipped: no $(CLIENTSMITH_CORPUS)/conformance; set CLIENTSMITH_CORPUS to the folder that holds it"; fi

corpus: $(DEV_STAMP) ## real documents, where they are at hand (CLIENTSMITH_CORPUS)
	@if [ -d "$(CLIENTSMITH_CORPUS)/corpus" ]; then \
	  CLIENTSMITH_CORPUS="$(CLIENTSMITH_CORPUS)/corpus" $(BIN)/python -m pytest tests/test_corpus.py tests/test_drift_mutations.py; \
	else echo "skipped: no $(CLIENTSMITH_CORPUS)/corpus; set CLIENTSMITH_CORPUS to the folder that holds it"; fi

clean: ## remove .venv and caches
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
