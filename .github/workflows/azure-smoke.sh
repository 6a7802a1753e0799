#!/usr/bin/env bash
# A backlog is swept, and an item of it triaged, by the Functions host at the given address. The host and this script share one storage.
set -euo pipefail
host=$1
key=${2:-}
backlog=smoke

call() { curl --silent --show-error --max-time 30 --header "x-functions-key: $key" --request "$1" "$host/$2" --data ''; }
code() { curl --silent --output /dev/null --write-out '%{http_code}' --max-time 30 --header "x-functions-key: $key" --request "$1" "$host/$2" --data "${3:-}"; }
fail() { echo "failed: $*" >&2; exit 1; }

# wait_for SECONDS PATH WORD: until the answer of the path has the word in it.
wait_for() {
  for ((second = 0; second < $1; second++)); do
    if answer=$(call GET "$2" 2>/dev/null) && [[ $answer == *"$3"* ]]; then return; fi
    sleep 1
  done
  fail "$2 never had $3 in it; last: ${answer:-nothing}"
}

wait_for 120 api/health '"status":"ok"'

items=$(mktemp --suffix .jsonl)
trap 'rm -f "$items"' EXIT
for n in {1..40}; do
  echo "{\"id\":\"$n\",\"project\":\"smoke\",\"title\":\"Window $n stays blank after start\",\"body\":\"Open it twice.\",\"created_at\":\"2026-01-02T03:04:05Z\",\"state\":\"open\"}"
done > "$items"
dotnet run --project src/ServerlessBacklog.LocalHost --configuration Release --no-build -- import "$items" --backlog "$backlog"

[[ $(code GET api/status/nowhere) == 404 ]] || fail "a backlog that is not there is not answered by 404"
[[ $(call POST "api/sweep?backlog=$backlog") == *'"started":true'* ]] || fail "the sweep did not start"
wait_for 120 "api/status/$backlog" '"status":"Completed"'

item=file:smoke%231
[[ $(call POST "api/triage?backlog=$backlog&item=$item") == *'"answer":"Started"'* ]] || fail "the triage did not start"
answer="api/answer?backlog=$backlog&item=$item&decision=none"
for ((second = 0; second < 60; second++)); do
  answered=$(curl --silent --max-time 30 --header "x-functions-key: $key" --data '{"approved":true,"by":"smoke"}' "$host/$answer")
  [[ $answered == *"any more"* ]] && break
  sleep 1
done
[[ $answered == *"any more"* ]] || fail "the triage did not end: $answered"
[[ $(code POST "$answer" '{"approved":true,"by":"smoke"}') == 409 ]] || fail "an answer after the end is not answered by 409"
echo "The Functions host swept a backlog and triaged an item."
