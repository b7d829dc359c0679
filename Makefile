# Two commands do all the set-up on a machine with only Python, make and a package index: `make demo`, `make test`.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: setup demo test check format requirements quality clean

setup: $(STAMP)

$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: setup
	$(BIN)/secondsource report examples/reports -o out/demo.html -o out/demo.json -o out/demo.md
	@echo "The dossier is in out/demo.html (open it in a browser), out/demo.json and out/demo.md"

test: setup
	$(BIN)/python -m pytest

# What a developer runs before a commit.
check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -m "not slow"

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Pin every dependency with its hashes; the file names no address.
requirements:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --extra dev --extra pdf --extra archive --extra spark pyproject.toml -o requirements.txt

quality: setup
	$(BIN)/python bench/quality.py

bench-%: setup
	$(BIN)/python bench/bench_$(subst -,_,$*).py

clean:
	rm -rf .venv out build dist
