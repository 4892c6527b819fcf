# Every job of this project by name. CI calls nothing else.
VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
WORKERS ?= 2
QUESTION ?= Wie übertrug Cesena die Bienenroute aus Ljubljana?

.DEFAULT_GOAL := help
.PHONY: help run test check bench docs fix chromium

help:  ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

$(VENV)/run.stamp: pyproject.toml requirements.lock
	@echo "Setting up the environment (a few minutes, once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint requirements.lock --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml requirements.lock
	@echo "Setting up the environment with test tools (a few minutes, once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint requirements.lock --editable '.[dev]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: pyproject.toml requirements.lock
	@echo "Setting up the systems to compare with (a few minutes, once) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint requirements.lock --editable '.[dev,bench]'
	@touch $@ $(VENV)/dev.stamp $(VENV)/run.stamp

run: $(VENV)/run.stamp  ## set up all, build the model, ingest corpus/, load demonstration data, answer one question, serve the app
	@$(BIN)/kb model build --if-needed
	@$(BIN)/kb ingest
	@$(BIN)/kb demo load --if-empty
	@echo; echo "? $(QUESTION)"; echo
	@$(BIN)/kb search "$(QUESTION)" --k 2
	@echo; exec $(BIN)/kb serve

test: $(VENV)/dev.stamp chromium  ## set up all with test tools, run every test (WORKERS=4: in four processes)
	@$(BIN)/kb model build --if-needed
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

chromium:
	@test -x "$${KB_CHROMIUM:-/usr/bin/chromium}" || ! command -v apt-get >/dev/null || \
	  { echo "Installing Chromium for the browser tests …"; \
	    SUDO=$$(test "$$(id -u)" = 0 || echo sudo); \
	    $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq chromium >/dev/null; }

check: $(VENV)/dev.stamp  ## format, lint, strict types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/bench.stamp  ## measure quality, speed and memory against other systems; STEPS="scale_million ablation" for these only, "all" for every one
	@$(BIN)/kb model build --if-needed
	@$(BIN)/kb ingest
	@$(BIN)/python benchmarks/run.py $(STEPS)

docs: $(VENV)/dev.stamp  ## regenerate the command reference
	@$(BIN)/python scripts/make_cli_reference.py

fix: $(VENV)/dev.stamp  ## format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
