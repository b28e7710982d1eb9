# make demo · make test · make check · make bench; PORT=8001 make demo for another port

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench lock messages

demo: $(VENV)/.demo
	@exec $(BIN)/python manage.py demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	KENES_MODE=offline $(BIN)/mypy .
	$(BIN)/lint-imports
	KENES_MODE=offline $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/python -m pytest -q tests/test_translations.py tests/test_deploy.py

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.tally
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.notifications
	$(BIN)/python -m benchmarks.notifications --faults
	$(BIN)/python -m benchmarks.comments
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.hall
	$(BIN)/python -m benchmarks.hearing
	$(BIN)/python -m benchmarks.strategy
	$(BIN)/python -m benchmarks.sortition
	$(BIN)/python -m benchmarks.register
	$(BIN)/python -m benchmarks.scale

# The lock names versions and hashes, and no place to fetch them from.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

# Collect new texts into locale/; needs gettext.
messages: $(VENV)/.dev
	KENES_MODE=offline $(BIN)/python manage.py makemessages -l kk -l ru --no-wrap --no-obsolete -i 'locale/*' -i '.venv/*' -i 'var/*' -i 'tests/*' -i 'frontend/*' -i 'benchmarks/*'
	KENES_MODE=offline $(BIN)/python manage.py compilemessages -v 0 -i .venv -i var -i frontend

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=python3.11 make demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The module venv is missing. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.demo: $(VENV)/bin/pip requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/bin/pip requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.demo
