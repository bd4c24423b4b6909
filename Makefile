# Two commands set everything up on a machine with Python >= 3.11 and gcc:
#   make demo    makes a platform of data/sample, prints ranked matches with reasons, and serves it
#   make test    lint, types, import contract and every test
# Both work in .venv, may be run again, and install anew only when setup.cfg has changed.
# PYTHON names another interpreter: make PYTHON=python3.12 test
# WORKERS is how many processes run the tests, one a core unless given: make WORKERS=4 test
# SERVE=0 ends the demo after the matches. MATCHER_LISTEN=127.0.0.1:8001 serves it elsewhere.

PYTHON ?= python3
WORKERS ?= auto
SERVE ?= 1
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off

# OpenMP reads these when numpy or faiss is imported; without them its threads spin while idle.
export OMP_NUM_THREADS := 1
export OMP_WAIT_POLICY := PASSIVE

DEMO := demo-home
MATCHER := $(BIN)/matcher --home $(DEMO)
NEEDS := N817 N101 N304

.PHONY: help demo test lint bench examples screenshots clean secrets

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile
	@echo "  make lint    the checks of make test that run no code"
	@echo "  make bench   the scripts in benchmarks/, one JSON line per figure"
	@echo "  make examples records the examples of /docs anew"
	@echo "  make screenshots takes the pictures in docs/images anew"
	@echo "  make secrets makes .env with random secrets for compose.yaml, where there is none"
	@echo "  make clean   removes .venv, builds and caches"

demo: .venv/demo.stamp
	@echo "==> Checking this machine"
	@$(BIN)/matcher doctor
	@echo "==> A platform in $(DEMO): the sample is imported, a model is trained and published"
	@$(MATCHER) init
	@for noun in organisations outcomes needs managers; do \
		$(MATCHER) import $$noun data/sample/$$noun.jsonl || exit 1; done
	@$(MATCHER) train
	@echo "==> For three needs: the outcomes that fit best, and who could carry the first one"
	@for need in $(NEEDS); do $(MATCHER) suggest --need $$need -k 3 --lang en || exit 1; done
	@$(MATCHER) suggest --need $(firstword $(NEEDS)) --to managers -k 3 --lang en
	@echo "==> A search in Chinese over listings in both languages"
	@$(MATCHER) search "叶片除冰" -k 3
ifeq ($(SERVE),0)
	@echo "==> Done. Go on by hand, for example: $(MATCHER) search \"battery recycling\""
else
	@echo "==> The service and the worker, until Ctrl-C"
	@$(BIN)/python -m matcher.cli.demo --home $(DEMO)
endif

test: lint
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null || echo "==> There is no \
		Chromium here: THE TESTS OF THE PAGES ARE LEFT OUT (with CI=true they fail). On Debian and \
		Ubuntu: apt install chromium fonts-noto-cjk" >&2
	@echo "==> Running the tests"
	@$(BIN)/python -m pytest -n $(WORKERS) --timeout 300

lint: .venv/test.stamp
	@echo "==> Checking style (ruff), types (mypy) and imports (import-linter)"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv/test.stamp
	@echo "==> Measuring, small (benchmarks/README.md tells how to measure large)" >&2
	@$(BIN)/python benchmarks/index_bench.py --rows 10000
	@$(BIN)/python benchmarks/text_bench.py
	@$(BIN)/python benchmarks/match_bench.py
	@$(BIN)/python benchmarks/platform_bench.py data/sample/outcomes.jsonl data/sample/needs.jsonl
	@$(BIN)/python benchmarks/plan_bench.py
	@$(BIN)/python benchmarks/training_bench.py

# compose.yaml reads it. An older one stays: the database knows its password.
secrets:
	@test -e .env || (umask 077 && printf 'POSTGRES_PASSWORD=%s\nMATCHER_SECRET_KEY=%s\n' \
		"$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" \
		"$$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" > .env)
	@echo "==> .env holds the secrets of compose.yaml, for you alone"

examples: .venv/test.stamp
	@$(BIN)/python -m tests.web.record_examples

# A platform of the sample with two models, and the pages as they are, in both languages.
screenshots: .venv/test.stamp
	@rm -rf shots-home
	@$(MAKE) --no-print-directory demo SERVE=0 DEMO=shots-home
	@$(BIN)/matcher --home shots-home train --no-publish
	@$(BIN)/python -m tests.browser.screenshots shots-home
	@rm -rf shots-home

clean:
	rm -rf .venv build dist *.egg-info $(DEMO)
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/demo.stamp: setup.cfg pyproject.toml | .venv/bin/pip
	@echo "==> Installing matcher and what it needs (a few minutes the first time)"
	@$(PIP) -e .
	@touch $@

.venv/test.stamp: setup.cfg pyproject.toml | .venv/bin/pip
	@echo "==> Installing matcher, what it needs and the test tools (a few minutes the first time)"
	@$(PIP) -e '.[test,onnx,remote,bench]'
	@touch .venv/demo.stamp $@

.venv/bin/pip:
	@$(call need,command -v $(PYTHON),$(PYTHON) was not found. Install Python 3.11 or newer.)
	@$(call need,$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3$(comma) 11))',$(PYTHON) \
		is older than 3.11. Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS))
	@$(call need,$(PYTHON) -c 'import ensurepip$(comma) venv',$(PYTHON) cannot make virtual \
		environments. On Debian and Ubuntu: apt install python3-venv)
	@$(call need,command -v gcc,gcc was not found; LightFM is compiled on installation. \
		On Debian and Ubuntu: apt install gcc)
	@$(call need,$(PYTHON) -c "$(HAS_HEADERS)",The headers of $(PYTHON) were not found; LightFM is \
		compiled with them. On Debian and Ubuntu: apt install python3-dev)
	@echo "==> Creating .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear .venv

# $(call need,command,message): stops with the message unless the command succeeds.
need = $(1) >/dev/null 2>&1 || { echo "$(strip $(2))" >&2; exit 1; }
comma := ,
HAS_HEADERS := import os$(comma) sys$(comma) sysconfig; \
	sys.exit(not os.path.exists(sysconfig.get_path('include') + '/Python.h'))
