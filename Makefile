# Needs Python 3.11 or newer, and make. Everything else goes into .venv, from locked and hashed lists.

SHELL = /bin/sh
BIN = .venv/bin
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
NEWEST_PYTHON = for python in python3.13 python3.12 python3.11 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; done

# Compiled tests are kept for the next run, whatever the machine prefers.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL = help
.PHONY: help run setup check style test golden pictures triage wording bench soak

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## /  make \1	/p' Makefile

run: .venv/run.stamp ## The browser room with a sample plan, at http://127.0.0.1:8080
	@PYTHONOPTIMIZE=2 CELLULE_DEMO=1 $(BIN)/cellule serve # without docstrings it takes 5 MB less

setup: .venv/test.stamp ## Everything needed to work on the code

check: style ## Style, types and the direction of imports
	@$(BIN)/mypy --no-error-summary

style: .venv/test.stamp
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/lint-imports --no-logo

# Types are checked beside the tests, of which some wait for a browser or a process; what they say comes last.
test: style ## The checks and all tests
	@$(BIN)/mypy --no-error-summary >.venv/types.txt 2>&1 & types=$$!; \
	$(BIN)/python -m pytest -q -n 3 --dist worksteal; tests=$$?; \
	wait $$types || { echo "Types:" >&2; cat .venv/types.txt >&2; exit 1; }; exit $$tests

golden: .venv/test.stamp ## Write the expected cards, docs/permissions.md and docs/parity.md anew; read the difference before committing it
	@CELLULE_TEST_GOLDEN=write $(BIN)/python -m pytest -q tests/golden

pictures: .venv/test.stamp ## Every card and form as the browser room draws it, to be looked at (in var/pictures)
	@$(BIN)/python -m tests.rig.pictures var/pictures

triage: .venv/triage.stamp ## Learn the triage model from triage/corpus anew (some minutes)
	@$(BIN)/python -m triage.train

wording: .venv/triage.stamp ## Learn anew from wording/corpus how the gate's rules sound (a minute)
	@$(BIN)/python -m wording.train

bench: .venv/test.stamp ## The numbers: how fast, how many
	@$(BIN)/python -m benchmarks

soak: .venv/test.stamp ## The long sweeps: killed at every boundary, many more examples
	@CELLULE_TEST_SOAK=1 $(BIN)/python -m pytest -q -n 2 -m 'soak or hypothesis' -o faulthandler_timeout=0

.venv/bin/python:
	@$(NEWEST_PYTHON); \
	if [ -z "$$python" ]; then echo "Cellule needs Python 3.11 or newer: install it and run make again." >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python cannot make a virtual environment: install its venv module (Debian: apt install python3-venv) and run make again." >&2; exit 1; fi; \
	"$$python" -m venv .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up (about 20 s)…"
	@$(PIP) install --upgrade pip
	@$(PIP) install --require-hashes --requirement requirements.lock
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation --editable . # setuptools warns each time
	@touch $@

.venv/test.stamp: requirements-dev.lock .venv/run.stamp
	@echo "Setting up the tests (about 20 s)…"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/triage.stamp: requirements-triage.lock .venv/test.stamp
	@$(PIP) install --require-hashes --requirement requirements-triage.lock
	@touch $@
