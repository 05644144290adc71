#!/bin/bash
# The short form of `make bench-scenarios`.
cd "$(dirname "$0")/../.." || exit 70
tests/bench/many-scenarios.sh 12 500 3
