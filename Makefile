# Everything a newcomer or the CI needs. `make` alone lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

.PHONY: help setup setup-dev run shots run-real demo-reset system test robustness bench check format

help: ## list what can be done
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## install what is needed to run (nothing happens when all is in place)
	@$(PYTHON) scripts/setup.py

setup-dev: ## install what is needed to test and develop as well
	@$(PYTHON) scripts/setup.py --dev

run: setup ## the demonstration at http://127.0.0.1:8000 (PORT= changes it); Ctrl-C stops it
	@exec $(VENV_PYTHON) scripts/run.py

shots: setup-dev ## pictures of every page: desktop, phone, dark, with contact sheets, in shots/
	@$(VENV_PYTHON) scripts/shots.py

run-real: setup ## an empty, real installation of your own, kept apart from the demonstration
	@exec $(VENV_PYTHON) scripts/run.py --real

demo-reset: setup ## throw the demonstration away and make it anew
	@$(VENV_PYTHON) scripts/run.py --reset

system: ## install browser, PostgreSQL, Redis and gettext by apt (as root; Debian 12, Ubuntu 24.04)
	@bash scripts/system.sh

test: setup-dev ## the suite on PostgreSQL and Redis where they are at hand, and on SQLite with a browser
	@$(VENV_PYTHON) scripts/test.py

robustness: setup-dev ## races and kills in earnest, all of the suite on SQLite too, with figures (over an hour)
	@$(VENV_PYTHON) scripts/test.py --robustness

bench: setup-dev ## what engine and pages cost, as ratios; WORDS="--projects 51000" for the largest size
	@$(VENV_PYTHON) -m tests.bench $(WORDS)

check: setup-dev ## format, lint, imports, types, migrations and translations, in under a minute
	@$(VENV_PYTHON) scripts/check.py

format: setup-dev ## let ruff format the code and mend what it can
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix .
