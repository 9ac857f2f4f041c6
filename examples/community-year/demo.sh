#!/usr/bin/env bash
# One year of a community station, from the first sale to an audit that needs only the export.
#   demo.sh BUILD_DIR     BUILD_DIR holds suanpan and examples/community-year/community-year
set -euo pipefail

build=${1:?usage: demo.sh BUILD_DIR}
suanpan=$build/suanpan
generator=$build/examples/community-year/community-year
demo=$build/demo
rm -rf "$demo"
mkdir -p "$demo"
export SUANPAN_DATA=$demo/ledger

say() { printf '\n== %s\n' "$*"; }
show() { printf '$ %s\n' "$*"; }

say "1. A year of sales: 12 stalls, one fund, about 150,000 commands"
show "community-year > year.jsonl"
"$generator" --output "$demo/year.jsonl"
printf '%s commands, %s\n' "$(wc -l <"$demo/year.jsonl")" "$(du -h "$demo/year.jsonl" | cut -f1)"

say "2. Append them: each sale with its donation in one durable entry"
show "suanpan init --origin station.example; suanpan append year.jsonl"
vkey=$("$suanpan" init --origin station.example)
printf 'verifier key, for the auditor: %s\n' "$vkey"
"$suanpan" append "$demo/year.jsonl" --output "$demo/answers.jsonl"

say "3. Sign the head"
show "suanpan checkpoint"
"$suanpan" checkpoint

say "4. The fund, rebuilt by replay (December's share arrives in January 2026)"
show "suanpan report fund"
"$suanpan" report fund

say "5. One stall owner's statement: 10 % of profit, to the fen"
show "suanpan report vendor --agreement ag-2025-05"
"$suanpan" report vendor --agreement ag-2025-05

say "6. Replay from the first entry: the same state that the writer sealed"
show "suanpan replay verify"
"$suanpan" replay verify

say "7. Export, and an audit that reads nothing else"
show "suanpan audit export out; suanpan audit verify out --vkey KEY"
"$suanpan" audit export "$demo/out"
"$suanpan" audit verify "$demo/out" --vkey "$vkey"

say "8. The same export with one bit flipped"
cp -r "$demo/out" "$demo/forged"
bundle=$(find "$demo/forged/tile/entries" -type f | sort | sed -n 3p)
byte=$(od -An -tu1 -j 4000 -N1 "$bundle" | tr -d ' ')
# shellcheck disable=SC2059
printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$bundle" bs=1 seek=4000 conv=notrunc status=none
printf 'flipped bit 0 of byte 4000 in %s\n' "${bundle#"$demo"/forged/}"
show "suanpan audit verify forged --vkey KEY"
status=0
"$suanpan" audit verify "$demo/forged" --vkey "$vkey" || status=$?
if [ "$status" -ne 1 ]; then
  echo "demo: the forged export should have been refused with exit code 1, not $status" >&2
  exit 1
fi
printf 'refused, exit code 1: one changed bit is found\n'
printf '\nall of it: %s s\n' "$SECONDS"

cat <<END

What to try next
  export SUANPAN_DATA="$SUANPAN_DATA"; PATH="\$PWD/$build:\$PATH"
  suanpan log show 1000                        one entry: a sale and its donation
  suanpan report trial-balance                 every account
  suanpan report vendor --date 2025-06-30      the statements as of the end of June
  suanpan append "$demo/year.jsonl" | tail -1  append the year again: every command is a duplicate
  suanpan --help                               everything else
END
