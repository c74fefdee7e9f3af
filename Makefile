# make setup   a .venv with the santun command; does nothing when it is up to date
# make demo    everybody's phones on a page at http://127.0.0.1:8080, until Ctrl-C; nothing is really sent
# make demo-headless   a fortnight of the whole procedure, told in the terminal
# make test    every test this machine can run; what it skips, it names
# make check   what CI runs: lint, types, contracts, test
#
# Needs Python 3.11 or newer with pip, and nothing else. Another interpreter: make setup PYTHON=python3.13

PYTHON ?= python3
UV := .tools/bin/uv
READY := .venv/.ready
ARGS ?=

# The certificates and the package index the machine's pip is set up with are good for uv too.
export UV_SYSTEM_CERTS := 1
export UV_HTTP_TIMEOUT ?= 180
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo demo-headless test lint types contracts check migration screenshots bench lock format clean
.DEFAULT_GOAL := setup

setup: $(READY)
	@:

.tools/.ready: requirements-tools.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null || echo missing); \
	  echo "Santun needs Python 3.11 or newer, and $(PYTHON) is $$found. Try: make setup PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { \
	  echo "Santun needs pip, and $(PYTHON) has none. On Debian or Ubuntu: apt-get install python3-pip" >&2; exit 1; }
	@rm -rf .tools
	@$(PYTHON) -m pip install -qq --target .tools --no-deps --require-hashes -r requirements-tools.lock
	@touch $@

$(READY): .tools/.ready requirements.lock pyproject.toml
	@test -x .venv/bin/python || $(UV) venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
	@index="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(PYTHON) -m pip config get global.index-url 2>/dev/null || :)}}"; \
	  if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
	  $(UV) pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock && \
	  $(UV) pip install --quiet --python .venv/bin/python --no-deps --editable .
	@touch $@

# Where nobody can look at a page (CI, or no terminal) the fortnight is told instead, and ends by itself.
demo: setup
	@if [ -z "$$CI" ] && [ -t 0 ]; then exec .venv/bin/santun demo $(ARGS); else exec $(MAKE) --no-print-directory demo-headless; fi

demo-headless: setup
	.venv/bin/santun demo --headless --days 14 --seed 1 $(ARGS)

test: setup
	.venv/bin/python -m pytest -n auto --dist worksteal -rs $(ARGS)

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

types: setup
	.venv/bin/mypy

contracts: setup
	.venv/bin/lint-imports

check: lint types contracts test

# A revision of the schema from what storage/tables is now: make migration TITLE="what changes". Before the first release:
# make migration TITLE="initial schema" ARGS=--anew
migration: setup
	.venv/bin/python -m storage.migrations "$(TITLE)" $(ARGS)

# The pictures of the page in docs/pictures, taken of the demo with the machine's Chromium; of one that runs: make screenshots URL=...
screenshots: setup
	.venv/bin/python -m tests.browser.screenshots $(URL)

bench: setup
	.venv/bin/python -m benchmarks $(ARGS)

# Renews the locks within the bounds of pyproject.toml. They hold versions and hashes, never the address of an index.
lock: .tools/.ready
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra dev pyproject.toml --output-file requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  requirements-tools.in --output-file requirements-tools.lock
	@! grep -n '://' requirements.lock requirements-tools.lock

clean:
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
