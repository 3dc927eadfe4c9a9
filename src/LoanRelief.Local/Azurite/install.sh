#!/usr/bin/env bash
# Installs Azurite, the storage emulator, below .local/ unless it is there, and prints the path of its table service.
# Safe to run by several at once: each installs beside the target and renames, and whoever comes second gives way.
set -euo pipefail

version=3.35.0 # the last version that runs on every Node.js that is still in use; newer ones want Node.js 22
root="$(cd "$(dirname "$0")/../../.." && pwd)"
target="$root/.local/azurite-$version"
main="$target/node_modules/azurite/dist/src/table/main.js"

if [ ! -f "$main" ]; then
    partial="$target.partial.$$"
    trap 'rm -rf "$partial"' EXIT
    mkdir -p "$partial"
    # No install scripts: the table service needs none.
    npm install --prefix "$partial" "azurite@$version" \
        --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    # Not mv: it would move into a target that has appeared meanwhile.
    node -e 'require("fs").renameSync(process.argv[1], process.argv[2])' "$partial" "$target" 2>/dev/null || [ -f "$main" ]
fi
echo "$main"
