# Two commands matter: `make demo` and `make test`. Both set up everything they need by themselves.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test chaos latency deciding check types style migrations freshness format css messages lock base dev tenants faults quality isolation mutants bench looks billing screens lighthouse pictures scripts tools

demo: base
	@$(BIN)/python -m posthub.demo --tied

# ARGS goes to pytest: make test ARGS="tests/core -x"
test: dev
	@$(BIN)/python tests/run.py $(ARGS)

# Proofs that take longer than a test may: each prints one JSON line last and fails where its bound is broken.
# STORAGE=postgres leaves Redis out.
JOBS ?= 5000
FAULTS ?= 500
SEED ?= 1
STORAGE ?= redis
chaos: dev
	@$(BIN)/python -m tests.proofs.chaos --jobs $(JOBS) --faults $(FAULTS) --seed $(SEED) --storage $(STORAGE)

latency: dev
	@$(BIN)/python -m tests.proofs.latency

# ARGS: --reads 100000 --organizations 20 --deletions 50.
isolation: dev
	@$(BIN)/python -m tests.proofs.isolation $(ARGS)

# Takes each guard away in turn: some test must notice.
mutants: dev
	@$(BIN)/python -m tests.proofs.mutants $(ARGS)

# Two hundred calls for each kind of provider fault; make test runs a few of each.
faults: dev
	@FAULT_CALLS=200 $(BIN)/python tests/run.py tests/ai/test_faults.py -s --log-level=CRITICAL

# The pipeline over twelve fictional companies; ARGS: --texts 4, --only optika, --detail.
quality: dev
	@$(BIN)/python tests/quality/run.py $(ARGS)

# The proofs of deciding at full length: a state machine of 1,000 runs, and 200 × 50 decisions at once.
deciding: dev
	@DECIDING_RUNS=1000 DECIDING_STEPS=50 DECIDING_ROUNDS=200 DECIDING_PEOPLE=50 \
		$(BIN)/python tests/run.py -s tests/approvals/test_machine.py tests/approvals/test_at_once.py

# Each screen of approvals in both themes at 360 and 1280 px: no axe violation, no small target, nothing too wide.
looks: dev
	@EVERY_LOOK=1 $(BIN)/python tests/run.py tests/journeys/test_month.py -k screen

# Many organizations in one database: what it costs to make, migrate and serve them. The last line is JSON.
N := 1000
tenants: dev
	@$(BIN)/python -m tests.proofs.tenants $(N)

# Stripe's messages in random orders and twenty at once, forged ones, and an hour without Stripe. The last line is JSON.
SEQUENCES := 10000
billing: dev
	@$(BIN)/python -m tests.proofs.billing --sequences $(SEQUENCES) --processes 2

# What the screens cost with WAITING things in the list: statements, CPU, bytes. The last line is JSON.
WAITING := 500
bench: dev
	@$(BIN)/python -m tests.proofs.screens $(WAITING)

# Every screen as everybody sees it, as a picture in test-artefacts/screens, and what is wrong with it. ARGS: --only
# inbox, --states filled, --roles supervisor, --languages cs. Node's tools judge the markup, where npm is installed.
screens: dev tools
	@$(BIN)/python -m tests.proofs.gallery $(ARGS)

# How Lighthouse judges five pages of the demo on a phone. ARGS: --runs 1 --only landing. CHROME_PATH names the browser.
lighthouse: dev
	@cd tests/tools/lighthouse && (test -d node_modules || npm ci --ignore-scripts --no-audit --no-fund --silent)
	@$(BIN)/python -m tests.proofs.lighthouse $(ARGS)

# The pictures of the landing page, taken anew from the demo in both languages.
pictures: dev
	@$(BIN)/python -m tests.proofs.gallery.pictures

# The modules of static/js: their types, their lint, their unit tests.
scripts: tools
	tests/tools/node_modules/.bin/tsc -p tests/tools/tsconfig.json
	tests/tools/node_modules/.bin/eslint -c tests/tools/eslint.config.js static/js/*.js
	node --test tests/scripts/

tools:
	@command -v npm >/dev/null && (cd tests/tools && test -d node_modules || npm ci --ignore-scripts --no-audit --no-fund --silent) || true

# Two at a time: the types take as long as the rest together. What each says stays in one piece.
check: dev
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types style migrations freshness
	@echo "All checks passed."

types:
	$(BIN)/mypy

style:
	$(BIN)/ruff check
	$(BIN)/ruff format --check

migrations:
	$(BIN)/python manage.py makemigrations --check --dry-run

freshness:
	@$(BIN)/python tests/freshness.py templates messages css

format: dev
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	-$(BIN)/djade --target-version 5.2 $$(find templates -name '*.html')

css:
	npm --prefix theme install --no-save --no-audit --no-fund
	npm --prefix theme run css
	npm --prefix theme run icons

messages: dev
	$(BIN)/python locale/messages.py

# Extras stay named: pip would look for the newest `coverage[toml]` where only `coverage` is locked.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras
lock: dev
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) requirements/dev.in -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt requirements/base.in -o requirements/base.txt
	$(COMPILE) -c requirements/dev.txt requirements/s3.in -o requirements/s3.txt

base dev:
	@$(PYTHON) requirements/install.py $@
