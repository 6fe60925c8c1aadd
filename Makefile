# Two commands matter: `make run` and `make test`. Both rest on `make install`.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
CATALOGUES := $(wildcard lms/translations/sr/*.po)
COMPILED := lms/translations/sr/LC_MESSAGES/messages.mo

.PHONY: run install test test-postgresql check bench screens

run: install
	@$(BIN)/flask --app wsgi demo load --if-empty --port $(PORT)
	@$(BIN)/gunicorn --config python:lms.server wsgi:app --bind 127.0.0.1:$(PORT) --worker-class gthread --threads 128 --no-control-socket --log-level warning

install: .venv/.installed $(COMPILED)

.venv/.installed: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/.installed-tests: .venv/.installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(COMPILED): $(CATALOGUES) .venv/.installed
	$(BIN)/flask --app wsgi translations compile

test: install .venv/.installed-tests
	sh tests/install-tools.sh
	$(BIN)/pytest -n 2 --dist loadgroup --ignore=tests/browser
	$(BIN)/pytest -n 2 --dist loadfile tests/browser

# TEST_DATABASE_URL=postgresql+psycopg://user@host/any: a user who may create databases; each run makes its own and drops them.
test-postgresql: install .venv/.installed-tests
	@test -n "$$TEST_DATABASE_URL" || { echo "Set TEST_DATABASE_URL (see the Makefile)."; exit 2; }
	$(BIN)/pytest --ignore=tests/browser

check: install .venv/.installed-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy lms config.py wsgi.py
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint
	$(BIN)/flask --app wsgi translations check
	$(BIN)/flask --app wsgi courses check courses/*/
	$(BIN)/flask --app wsgi courses format --check courses/*/

bench: install .venv/.installed-tests
	$(BIN)/python -m tests.bench

screens: install .venv/.installed-tests
	sh tests/install-tools.sh
	$(BIN)/python -m tests.browser.screens docs/screens
