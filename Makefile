# Spring. `make run` starts it; `make help` lists the rest.
PYTHON ?= python3
MAKEFLAGS += --no-print-directory
export PORT

.PHONY: help run test check bench styles lock clean
help: ## list what make can do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## set up what is missing and start Spring on PORT (8000)
	@$(PYTHON) scripts/run.py

test: ## check, then every test on SQLite, PostgreSQL, Redis and in a browser
	@$(PYTHON) scripts/test.py

check: ## style, types, import rules, templates, migrations, lock files, settings
	@$(PYTHON) scripts/check.py

bench: ## how long the busiest pages take, as ratios to an empty page
	@$(PYTHON) scripts/bench.py

styles: ## compile the Sass to var/styles/
	@$(PYTHON) scripts/styles.py

lock: ## renew the lock files after a change to requirements*.in or package.json
	@$(PYTHON) scripts/lock.py

clean: ## remove everything that the commands above made, data included
	rm -rf var .venv node_modules
