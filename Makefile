# fieldkit: every command a developer needs. `make` alone lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
READY := .venv/ready
OUT := out
DIST := dist
CHECKED := fieldkit packaging tests
JOBS ?= logical

.PHONY: help run test check strings freeze bench mutants wheel clean hooks \
        format libraries-run libraries-test libraries-freeze catalogues

help: ## List these commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: libraries-run catalogues ## Open the program on the sample engagement (without a screen: do the main job into out/)
	@bash packaging/run.sh $(PY) $(OUT)

test: libraries-test catalogues ## Run every test (needs no screen)
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest --numprocesses $(JOBS) --dist loadfile $(ARGS)

check: $(READY) catalogues ## Format, lint, types, floors, sizes, content and strings; no tests but the house rules
	@$(PY) -m ruff format --check $(CHECKED)
	@$(PY) -m ruff check $(CHECKED)
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m fieldkit content check resources/content
	@$(PY) packaging/catalogues.py check
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/test_architecture.py
	@$(PY) packaging/sizes.py

format: $(READY) ## Write the code as the formatter wants it
	@$(PY) -m ruff check --fix $(CHECKED)
	@$(PY) -m ruff format $(CHECKED)

strings: $(READY) ## Collect every visible text anew into the catalogues
	@$(PY) packaging/catalogues.py update
	@$(PY) packaging/catalogues.py compile

freeze: libraries-freeze catalogues ## Build the program that needs no Python into dist/fieldkit, and test it
	@$(PY) -m PyInstaller --noconfirm --log-level WARN --distpath $(DIST) --workpath build/freeze packaging/fieldkit.spec
	@$(PY) packaging/self_test.py $(DIST)/fieldkit

wheel: $(READY) ## Build the Python wheel into dist/
	@$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(DIST) .

bench: libraries-run catalogues ## Measure speed and memory, each beside its floor
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/bench.py $(ARGS)

mutants: $(READY) ## Break the laws of exchange on purpose and see that the tests notice
	@$(PY) tests/laws/mutants.py $(ARGS)

hooks: ## Check before every push (installs a git hook in this checkout)
	@printf '#!/bin/sh\nexec make check\n' >"$$(git rev-parse --git-path hooks)/pre-push"
	@chmod +x "$$(git rev-parse --git-path hooks)/pre-push"
	@echo "make check now runs before every push."

clean: ## Remove what was built (keeps .venv and your data)
	@rm -rf build $(DIST) $(OUT) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find fieldkit packaging tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@find translations -name '*.mo' -delete 2>/dev/null || true

# What the commands stand on. The folder .venv/ready is younger than the requirements or is made anew.

$(READY): packaging/requirements/dev.txt pyproject.toml packaging/setup.sh
	@bash packaging/setup.sh

libraries-run libraries-test libraries-freeze: libraries-%: $(READY)
	@$(PY) packaging/linux/libraries.py $*

catalogues: $(READY)
	@$(PY) packaging/catalogues.py compile
