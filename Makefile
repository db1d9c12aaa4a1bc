# One word runs everything. `make demo` shows the product; `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
TESTS ?=

.PHONY: demo test bench install lint types browser docs screenshots clean

demo: install
ifeq ($(SERVE),0)
	$(BIN)/rfc-analyzer demo --no-serve
else
	$(BIN)/rfc-analyzer demo
endif

install: $(VENV)/installed

$(VENV)/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.txt
	@touch $@

test: $(VENV)/installed-dev browser lint types
	$(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

bench: install
	$(BIN)/python benchmarks/bench.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

browser:
	@sh scripts/install_chromium.sh

docs: install
	$(BIN)/python scripts/make_cli_docs.py

screenshots: $(VENV)/installed-dev browser
	$(BIN)/python scripts/make_screenshots.py

clean:
	rm -rf $(VENV) demo build *.egg-info .pytest_cache .mypy_cache .ruff_cache
