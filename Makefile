# Python 3.11 or later and make are all that is needed. `make help` lists what there is to do.

VENV := .venv
BIN := $(VENV)/bin
# Say `make demo PYTHON=/path/to/python3` to choose one; otherwise the newest that works is taken.
PYTHON ?=
PYTHONS = $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3 python)
# The packaging tool of Python 3.11 (pip 23) must do: extras, no dependency groups.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The same versions today and next year; `make newest` and `make lowest` try the ends of what pyproject.toml allows.
INSTALL = $(PIP) --constraint constraints.txt --editable
# IATI's own schema, rules, lists and test files, which nothing of its old code and requirements is needed for.
IATI = $(PIP) --no-deps pyIATI==0.4.1

BENCHMARKS = $(filter-out $(addprefix benchmarks/,data.py plain.py timing.py),$(sort $(wildcard benchmarks/*.py)))

# What some tests need from npm: real parsers and a driver for the browser. Without npm those tests are skipped.
NODE_TOOLS := tests/node/node_modules/.installed

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help python demo test coverage newest lowest constraints check check-format check-lint check-types check-types-user check-layers \
  check-changelog check-docs format docs changelog bench install hooks clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do printf '  make %-17s %s\n' "$$name" "$$what"; done

demo: $(VENV)/.installed-pdf ## draw the example to out/ as SVG, PNG and PDF
	@$(BIN)/toc demo out/

test: $(VENV)/.installed-test $(NODE_TOOLS) ## run every test; ARGS="-k cycle" is passed on
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

coverage: $(VENV)/.installed-dev $(NODE_TOOLS) ## run every test and show the lines and branches that none of them reaches
	@$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term $(ARGS)

newest: $(VENV)/.installed-dev ## run the tests with the newest versions that pyproject.toml allows, today's
	@$(BIN)/nox --session newest $(if $(ARGS),-- $(ARGS))

lowest: $(VENV)/.installed-dev ## run the tests with the oldest versions that pyproject.toml promises to work with
	@$(BIN)/nox --session lowest $(if $(ARGS),-- $(ARGS))

constraints: $(BIN)/python ## pin the newest versions that pyproject.toml allows, in constraints.txt
	@$(PIP) uv
	@$(BIN)/python scripts/make_constraints.py

check: $(VENV)/.installed-dev ## format, lint, types, layers, change notes and documentation, all of them
	@$(MAKE) --no-print-directory --keep-going check-format check-lint check-types check-types-user check-layers check-changelog check-docs
	@echo "All checks passed."

check-format: $(VENV)/.installed-dev ## ... is the code formatted?
	@echo "== format (ruff format)"
	@$(BIN)/ruff format --check .

check-lint: $(VENV)/.installed-dev ## ... does it keep the rules?
	@echo "== lint (ruff check)"
	@$(BIN)/ruff check --output-format concise .

check-types: $(VENV)/.installed-dev ## ... do the types fit?
	@echo "== types (mypy, strict)"
	@$(BIN)/mypy

check-types-user: $(VENV)/.installed-dev ## ... do they fit as the library's users see them?
	@echo "== types, the user's view (mypy and basedpyright, both strict)"
	@cd tests/typing && $(abspath $(BIN))/mypy --python-executable $(abspath $(BIN))/python .
	@$(BIN)/basedpyright --project tests/typing --pythonpath $(BIN)/python

check-layers: $(VENV)/.installed-dev ## ... do imports point down?
	@echo "== layers (import-linter)"
	@$(BIN)/lint-imports --no-logo

check-changelog: $(VENV)/.installed-dev ## ... is every note of a change of a known kind?
	@echo "== notes of changes (towncrier)"
	@$(BIN)/towncrier build --draft >/dev/null

check-docs: $(VENV)/.installed-dev ## ... does the documentation build without a warning?
	@echo "== documentation (sphinx, warnings are errors)"
	@$(BIN)/python -m sphinx -q -W --keep-going -E -b html docs docs/_build/html

format: $(VENV)/.installed-dev ## format the code and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: check-docs ## build the documentation
	@echo "docs/_build/html/index.html"

changelog: $(VENV)/.installed-dev ## show what the notes in changelog.d/ say together; nothing is written
	@$(BIN)/towncrier build --draft

bench: $(VENV)/.installed-test ## run every benchmark; ARGS=--quick for a first look
	@for script in $(BENCHMARKS); do echo "== $$script"; $(BIN)/python "$$script" $(ARGS) || exit 1; done

install: $(VENV)/.installed-dev ## everything for working on the project, in .venv

hooks: $(VENV)/.installed-dev ## let git run the quick checks before each commit
	@$(BIN)/prek install

clean: ## remove what was built, .venv too
	rm -rf $(VENV) tests/node/node_modules out docs/_build build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .nox .coverage*

# Which Python is used. Candidates are run, not only found: a shim of a version manager may exist and fail,
# and a system's python3 may come without venv and pip.
WORKS = import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
define CHOOSE
chosen=; for candidate in $(PYTHONS); do \
  if "$$candidate" -c '$(WORKS)' >/dev/null 2>&1; then chosen=$$candidate; break; fi; \
done; \
if [ -z "$$chosen" ]; then \
  echo "No Python that works here: 3.11 or later is needed, with venv and pip (tried:" $(PYTHONS)")." >&2; \
  echo "Install it from https://www.python.org/downloads/ (on Debian and Ubuntu: apt install python3-venv)," >&2; \
  echo "or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
  exit 1; \
fi
endef

python: ## show which Python would be used
	@$(CHOOSE); echo "$$chosen: $$("$$chosen" --version)"

$(BIN)/python:
	@$(CHOOSE); echo "Making $(VENV) with $$("$$chosen" --version) ..."; "$$chosen" -m venv --clear $(VENV)

$(VENV)/.installed-pdf: pyproject.toml constraints.txt $(BIN)/python
	@echo "Installing the library ..."
	@$(INSTALL) ".[pdf]"
	@touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt $(BIN)/python
	@echo "Installing the library and what the tests need (about a minute) ..."
	@$(INSTALL) ".[all,test,bench]"
	@$(IATI)
	@touch $(VENV)/.installed-pdf $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt $(BIN)/python
	@echo "Installing the library and what tests, checks and documentation need (about a minute) ..."
	@$(INSTALL) ".[all,test,bench,docs,dev]"
	@$(IATI)
	@touch $(VENV)/.installed-pdf $(VENV)/.installed-test $@

$(NODE_TOOLS): tests/node/package-lock.json
	@if command -v npm >/dev/null 2>&1; then \
	  echo "Installing what some tests need from npm ..."; \
	  { npm ci --silent --prefix tests/node && touch $@; } || echo "npm could not install it: the tests that need it will say so." >&2; \
	else \
	  echo "There is no npm here: the tests that need it will say so." >&2; \
	fi
