#!/bin/bash
# The short form of `make bench-accuracy`: forecasts are as good as docs/methods.md says.
cd "$(dirname "$0")/../.." || exit 70
tests/bench/accuracy.sh short | sed -E -e '/^[$ ]/d' -e 's/^PASS (.*[^ ])  +[^ ]+  must .*$/ok accuracy \1/' \
    -e 's/^FAIL (.*[^ ])  +([^ ]+)  (must .*)$/FAIL accuracy \1: \2, \3/'
