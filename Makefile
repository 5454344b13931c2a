# Every target works from a clean clone: what is missing is installed by `make setup`, which says first what it will do.

SWIFT = swift
CHECKED = --explicit-target-dependency-import-check error
PROGRAM = .build/release/benchpresso
DOCUMENTER = BENCHPRESSO_WITHOUT_TORCH=1 $(SWIFT) run --quiet $(CHECKED) SettingsDocumenter

.PHONY: help setup build quickstart test example test-slurm lint documentation fuzz fuzz-long portability corpus codecs clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing (packages, libtorch); LIBTORCH=DIR uses an existing libtorch.
	@scripts/setup

build: setup ## Build the program .build/release/benchpresso.
	$(SWIFT) build -c release $(CHECKED)

quickstart: build ## Test the shipped models and JPEG on the shipped photographs; the curves go to runs/quickstart.
	$(PROGRAM) quickstart --output runs/quickstart

test: setup ## Run all tests; TensorBoard, MLflow and real codecs take part where they can be installed.
	@scripts/setup-test-tools
	eval "$$(scripts/setup-test-tools --print)" && $(SWIFT) test --disable-xctest $(CHECKED)

# In the build folder of the library, which is there already.
EXAMPLE = --package-path Examples/CustomComponent --scratch-path .build

example: setup ## Build and test Examples/CustomComponent, a program with components of its own.
	$(SWIFT) build $(EXAMPLE) --product CTorchDoor
	$(SWIFT) test $(EXAMPLE) --disable-xctest

test-slurm: setup ## Run a study in a real Slurm of one node, as root and where Debian's slurm-wlm is installed.
	BENCHPRESSO_SLURM_TESTS=1 $(SWIFT) test --disable-xctest $(CHECKED) --filter SlurmTests

lint: ## Check the format, that every public declaration is documented, and that 'documentation' has been made.
	$(SWIFT) format lint --strict -r --configuration .swift-format Sources Tests Benchmarks Examples Package.swift
	@$(DOCUMENTER) --check

documentation: ## Write the comments of all settings into the sources that show them to the user.
	@$(DOCUMENTER)

fuzz: setup ## Feed damaged streams to the coder under the address sanitizer, damaged files to models, and damaged configurations to their reader.
	$(SWIFT) run --sanitize=address --scratch-path .build-asan EntropyCodingFuzz 100000
	$(SWIFT) run -c release $(CHECKED) ConfigurationFuzz 10000
	$(SWIFT) build -c release $(CHECKED) --product CTorchDoor
	$(SWIFT) run -c release $(CHECKED) BitstreamFuzz 5000

fuzz-long: build ## Feed 100,000 damaged files of each kind of model to its decoder.
	.build/release/BitstreamFuzz 100000

portability: build ## Tell which bitstreams other instruction sets and numbers of threads can read.
	.build/release/PortabilityCheck --program $(PROGRAM)
	.build/release/PortabilityCheck --program $(PROGRAM) --large

corpus: ## Build the training corpus in data/corpus (Debian and Ubuntu).
	scripts/training-corpus

codecs: ## Install the programs of classical codecs that 'benchpresso codec' runs; nothing else needs them.
	@scripts/setup-codecs

clean: ## Remove what was built; libtorch, the corpus and runs stay.
	rm -rf .build .build-asan
