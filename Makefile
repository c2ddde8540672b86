# What a developer says; see README.md. Every target sets up what it needs.

PYTHON3 ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SOURCES := agent_toolbar tests bench
CATALOGUES := $(patsubst %.ts,%.qm,$(wildcard resources/translations/*.ts))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup check test practice lab screenshots bench pin clean run-packages test-packages static

help:
	@echo "make practice     try the toolbar: customers call, no telephone system needed"
	@echo "make check        style, types, layers and the fast tests, in seconds"
	@echo "make test         every test, also against Asterisk where it can be had"
	@echo "make lab          a shell with a PBX and a virtual headset"
	@echo "make screenshots  redraw docs/screenshots"
	@echo "make bench        measure speed and size, as JSON"
	@echo "make pin          write constraints.txt anew from the newest versions that are allowed"

run-packages:
	@installers/linux/system-packages.sh run

test-packages:
	@installers/linux/system-packages.sh test

$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON3) -m venv $(VENV)
	@echo "installing Python packages into $(VENV)"
	@PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input \
		--editable '.[dev]'
	@touch $@

resources/translations/%.qm: resources/translations/%.ts $(INSTALLED)
	@$(BIN)/python -m agent_toolbar.i18n.compile --only-compile

setup: run-packages $(INSTALLED) $(CATALOGUES)

static: $(INSTALLED)
	@$(BIN)/ruff check --quiet $(SOURCES)
	@$(BIN)/ruff format --check --quiet $(SOURCES)
	@$(BIN)/mypy
	@found=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$found"; exit 1; }

check: setup static
	@$(BIN)/pytest -q tests/unit tests/contract

# Rules and windows need the processors, the lab mostly waits: each lot is shared out in its own way.
test: test-packages setup static
	@$(BIN)/pytest -q -p no:cacheprovider -n 2 tests/unit tests/contract tests/ui
	@$(BIN)/python -m tests.steady tests/integration tests/lab

practice: setup
	@$(BIN)/agent-toolbar practice

lab: test-packages setup
	@$(BIN)/python -m tests.lab

screenshots: setup
	@$(BIN)/python -m tests.ui.screenshots docs/screenshots

bench: test-packages setup
	@$(BIN)/python -m bench

pin: run-packages
	@rm -rf .venv-pin && $(PYTHON3) -m venv .venv-pin
	@.venv-pin/bin/python -m pip install --quiet --disable-pip-version-check '.[dev]' hatchling editables
	@.venv-pin/bin/python -m pip freeze --exclude agent-toolbar > constraints.txt
	@rm -rf .venv-pin

clean:
	rm -rf $(VENV) .venv-pin .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis $(CATALOGUES)
	find $(SOURCES) -name __pycache__ -prune -exec rm -rf {} +
