#!/bin/sh
# Every table of every command, as CSV and as JSON: parsed back they hold the same, cell by cell.
cd "$(dirname "$0")/../.." || exit 70

command -v python3 > /dev/null || { echo "SKIP json: python3"; exit 0; }
exec python3 -W ignore tests/support/json_tables.py
