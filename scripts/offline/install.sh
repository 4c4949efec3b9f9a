#!/bin/sh
# Installs auditor from the wheels beside this script, without a network. Needs Python 3.11 or newer.
set -eu
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
target="${1:-$HOME/auditor}"
"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --no-index --find-links wheels "auditor[office,pdf]"
printf '已装好：%s/bin/auditor\n' "$target"
