#!/bin/sh
# The workbook of a report: its parts, its numbers beside the CSV tables and the terminal, its charts,
# in both languages; then LibreOffice opens it, computes it anew and gives it back.
cd "$(dirname "$0")/../.." || exit 70

command -v python3 > /dev/null || { echo "SKIP workbook: python3"; exit 0; }
exec python3 -W ignore tests/support/workbook.py
