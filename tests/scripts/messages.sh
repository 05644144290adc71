#!/bin/sh
# Every error, warning and notice of the program stands in a test; tests/support/messages.py.
cd "$(dirname "$0")/../.." || exit 70
for tool in python3 xgettext; do
    if ! command -v $tool > /dev/null; then
        echo "SKIP messages: $tool"
        exit 0
    fi
done
if said=$(python3 tests/support/messages.py); then
    echo "ok messages $said"
else
    echo "FAIL messages: see below; show them in a test, best in a case of tests/cli"
    echo "$said"
fi
