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
household=h-999ba096be36  # of the generated year: a child, points, and no place

say() { printf '\n== %s\n' "$*"; }
show() { printf '$ %s\n' "$*"; }

say "1. A year of a station: 12 stalls, one fund, 60 households, about 160,000 commands"
show "community-year > year.jsonl"
"$generator" --output "$demo/year.jsonl"
printf '%s commands, %s\n' "$(wc -l <"$demo/year.jsonl")" "$(du -h "$demo/year.jsonl" | cut -f1)"
sed '/"occurred_at":"2025-05-29/,$d' "$demo/year.jsonl" >"$demo/to-may.jsonl"
sed -n '/"occurred_at":"2025-05-29/,$p' "$demo/year.jsonl" >"$demo/from-may.jsonl"

say "2. Append them until 28 May: each sale with its donation, each service with its points"
show "suanpan init --origin station.example; suanpan append to-may.jsonl"
vkey=$("$suanpan" init --origin station.example)
printf 'verifier key, for the auditor: %s\n' "$vkey"
"$suanpan" append "$demo/to-may.jsonl" --output "$demo/answers.jsonl"

say "3. A household has points for a place at Children's Day, but all 12 places are taken"
show "suanpan report household --household $household"
"$suanpan" report household --household "$household"
show "suanpan append one-more-child.jsonl"
sed -e ':a' -e N -e '$!ba' -e 's/\n *//g' >"$demo/one-more-child.jsonl" <<END
{"book":"jx-001","key":"app/1","facts":[
  {"kind":"redemption.made","occurred_at":"2025-05-28T21:00:00+08:00","actor":"p-app",
   "scheme":"hh","holder":"$household","by":"p-8313237ceb9f",
   "lines":[{"reward":"june1","quantity":1,"beneficiary":"p-290e7c510940"}]}]}
END
refused=$("$suanpan" append "$demo/one-more-child.jsonl" 2>/dev/null) && status=0 || status=$?
printf '%s\n' "$refused"
case $status$refused in
  1*'"code":"no_place"'*)
    printf 'refused, exit code 1: places never oversell, and no point is taken\n'
    ;;
  *)
    echo "demo: a place beyond the last should have been refused with no_place" >&2
    exit 1
    ;;
esac

say "4. The rest of the year, and the head signed"
show "suanpan append from-may.jsonl; suanpan checkpoint"
"$suanpan" append "$demo/from-may.jsonl" --output "$demo/answers.jsonl"
"$suanpan" checkpoint

say "5. The fund, rebuilt by replay (December's share arrives in January 2026)"
show "suanpan report fund"
"$suanpan" report fund

say "6. One stall owner's statement: 10 % of profit, to the fen"
show "suanpan report vendor --agreement ag-2025-05"
"$suanpan" report vendor --agreement ag-2025-05

say "7. Points and orders over the year: what a household was granted is spent or has ended with
   the year, what was ordered has ended one way or another; and what a second look finds"
show "suanpan report points; suanpan report orders; suanpan audit check"
"$suanpan" report points
"$suanpan" report orders
"$suanpan" audit check

say "8. Replay from the first entry: the same state that the writer sealed"
show "suanpan replay verify"
"$suanpan" replay verify

say "9. Export, and an audit that reads nothing else"
show "suanpan audit export out; suanpan audit verify out --vkey KEY"
"$suanpan" audit export "$demo/out"
"$suanpan" audit verify "$demo/out" --vkey "$vkey"

say "10. The same export with one bit flipped"
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
  suanpan report hours                         who served how long, and what it earned
  suanpan report vendor --date 2025-06-30      the statements as of the end of June
  suanpan append "$demo/year.jsonl" | tail -1  append the year again: every command is a duplicate
  suanpan --help                               everything else
END
