#!/usr/bin/env bash
# The built Functions app on the real host, with Azurite: what happens when hosts die, orchestrations are missing and versions differ.
# ./test --functions calls it after the build, and runs the scenarios against the same host. Needs func (Azure Functions Core Tools 4), curl and node.
# Prints a line for each case; ends with the line "N passed, N failed".
#
# usage: tests/functions-host.sh CONFIGURATION [COMMAND...]   COMMAND is run while the host is up, with LOANRELIEF_BASE_ADDRESS set, and counts as a case
set -uo pipefail
cd "$(dirname "$0")/.."

configuration="$1"
shift
work="$PWD/.local/functions"
app="$work/app"
host="" storage=""
passed=0 failed=0
patience=180 # seconds: a message that a killed host had taken comes back after one minute, a lease after less

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }

end() {
    trap '' INT TERM HUP
    kill_host
    kill_storage
}
trap end EXIT
trap 'exit 130' INT TERM HUP

say() { # name, ok or not
    if [ "$2" = 0 ]; then passed=$((passed + 1)); echo "  ok      $1"; else failed=$((failed + 1)); echo "  FAILED  $1"; fi
}

# kill -9 of host and worker: both are in one process group.
kill_host() {
    [ -n "$host" ] || return 0
    { kill -KILL -- -"$host"; wait "$host"; } 2>/dev/null
    host=""
}

kill_storage() {
    [ -n "$storage" ] || return 0
    { kill -KILL -- -"$storage"; wait "$storage"; } 2>/dev/null
    storage=""
}

start_storage() { # empty
    rm -rf "$work/data"
    set -m
    node "$azurite" --location "$work/data" --blobPort "$blobs" --queuePort "$queues" --tablePort "$tables" \
        --silent --skipApiVersionCheck --disableTelemetry </dev/null >"$work/azurite.log" 2>&1 &
    storage=$!
    set +m
}

ask() { curl -sS -m 30 -H content-type:application/json "$@" 2>/dev/null; }

until_true() { # seconds, command...
    local since=$SECONDS
    local limit="$1"
    shift
    until "$@"; do
        [ $((SECONDS - since)) -lt "$limit" ] || return 1
        sleep 1
    done
}

is_ready() { [ "$(ask -o /dev/null -w '%{http_code}' "$address/api/health/ready")" = 200 ]; }

# Nothing is overdue: whatever was to be done for any case has been done.
is_settled() { ask "$address/api/operations/clock" | grep -q '"overdue":0}'; }

is_late() { ! is_settled; }

start_host() { # settings...
    set -m
    (cd "$app" && exec env AzureWebJobsStorage="$connection" FUNCTIONS_WORKER_RUNTIME=dotnet-isolated AzureWebJobsDisableHomepage=true \
        Schedules__MaturityScan='0 0 22 * * *' Schedules__DueDateReminders='0 0 1 * * *' Schedules__HistoryPurge='0 30 18 * * *' Schedules__Census='0 4-59/5 * * * *' Schedules__Watchdog='*/5 * * * * *' \
        Clock__Start="$now" Clock__Speed=0 \
        AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval=00:00:01 \
        AzureFunctionsJobHost__extensions__durableTask__storageProvider__controlQueueVisibilityTimeout=00:01:00 \
        AzureFunctionsJobHost__extensions__durableTask__storageProvider__workItemQueueVisibilityTimeout=00:00:30 \
        "$@" func start --port "$port" --no-build) </dev/null >>"$work/host.log" 2>&1 &
    host=$!
    set +m
    until_true "$patience" is_ready || { echo "The host was not ready within $patience s: $work/host.log" >&2; exit 1; }
}

move_to() {
    now="$1"
    ask -X POST "$address/api/operations/clock" -d "{\"to\": \"$now\"}" >/dev/null
}

open_case() { # loan number
    ask -X PUT "$address/api/institutions/wencheng-rcb/loans/$1" -d '{
        "borrower": {"reference": "KH-0001", "name": "文成样例制造有限公司", "kind": "smallOrMicroFirm", "industry": "制造", "district": "文成"},
        "product": "workingCapital", "principal": 2000000.00, "outstanding": 2000000.00, "rate": 0.0435,
        "repaymentMethod": "interestThenPrincipal", "drawnOn": "2024-04-30", "maturity": "2025-04-30"}' >/dev/null
    ask -X POST "$address/api/institutions/wencheng-rcb/cases" -d "{\"loanNumber\": \"$1\", \"by\": \"mgr-lin\"}" | grep -q '"stage":"contact"'
}

report() { # loan number, fact, body
    ask -X POST "$address/api/cases/wencheng-rcb~$1~1/facts/$2" -d "$3" | grep -q '"version"'
}

durable_key() { node -e '
    // The host keeps the key of the runtime in storage; here it is read through the admin interface, which asks for none on this machine.
    require("http").get(process.argv[1], r => { let t = ""; r.on("data", d => t += d).on("end", () => console.log(JSON.parse(t).keys.find(k => k.name === "durabletask_extension").value)) })' \
    "$address/admin/host/systemkeys"; }

instance() { # method, loan number, what
    ask -X "$1" -o /dev/null "$address/runtime/webhooks/durabletask/instances/wencheng-rcb~$2~1${3:-}?code=$key"
}

is_terminated() { ask "$address/runtime/webhooks/durabletask/instances/wencheng-rcb~$1~1?code=$key" | grep -q '"runtimeStatus":"Terminated"'; }

is_running() { ask "$address/runtime/webhooks/durabletask/instances/wencheng-rcb~$1~1?code=$key" | grep -q '"runtimeStatus":"Running"'; }

is_gone() { ask -o /dev/null -w '%{http_code}' "$address/runtime/webhooks/durabletask/instances/wencheng-rcb~$1~1?code=$key" | grep -q 404; }

rm -rf "$work"
mkdir -p "$work/data"
cp -r "src/LoanRelief.Functions/bin/$configuration/net10.0" "$app" # so that a build beside it disturbs nothing
rm -f "$app/local.settings.json"
azurite="$(dirname "$(dirname "$(src/LoanRelief.Local/Azurite/install.sh)")")/azurite.js"
blobs="$(free_port)" queues="$(free_port)" tables="$(free_port)" port="$(free_port)"
account=devstoreaccount1 # of every Azurite, with its published key
connection="DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:$blobs/$account;QueueEndpoint=http://127.0.0.1:$queues/$account;TableEndpoint=http://127.0.0.1:$tables/$account;"
address="http://127.0.0.1:$port"
now=2025-03-03T09:00:00+08:00
if [ $# -gt 0 ]; then
    start_storage
    start_host
    LOANRELIEF_BASE_ADDRESS="$address" "$@"
    say "the scenarios, unchanged" $?
    kill_host
    kill_storage
fi

start_storage
start_host
key="$(durable_key)"
ask -X PUT "$address/api/institutions/wencheng-rcb" -d '{"name": "文成农商银行", "kind": "bank"}' >/dev/null

open_case JJ-1 && report JJ-1 contact '{"by": "mgr-lin", "channel": "visit", "reached": true, "evidence": "visit-1"}' && is_late
opened=$?
kill_host
start_host
[ $opened = 0 ] && until_true "$patience" is_settled
say "host and worker killed (-9) with effects in the outbox: after a start all of them go out" $?

instance POST JJ-1 /terminate
until_true 60 is_terminated JJ-1
move_to 2025-03-11T09:00:00+08:00
sleep 15
is_late
say "terminated by an operator: nobody drives the case, and the watchdog leaves it so" $?
instance DELETE JJ-1
until_true 60 is_gone JJ-1
until_true "$patience" is_settled && is_running JJ-1
say "an orchestration that is missing is started by the watchdog, and the case goes on" $?

kill_host
start_host AzureFunctionsJobHost__extensions__durableTask__defaultVersion=2
open_case JJ-2 && until_true "$patience" is_settled && until_true 30 is_running JJ-2
opened=$?
kill_host
start_host
report JJ-2 contact '{"by": "mgr-lin", "channel": "visit", "reached": true, "evidence": "visit-2"}'
sleep 15
[ $opened = 0 ] && is_late
say "an orchestration of a newer version waits for a host of that version" $?
kill_host
start_host AzureFunctionsJobHost__extensions__durableTask__defaultVersion=2
until_true "$patience" is_settled
say "and goes on there" $?

echo "$passed passed, $failed failed"
[ $failed = 0 ]
