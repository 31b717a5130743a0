#!/bin/sh
# Stops a live hunt with a savepoint, and prints where that is.
set -eu

usage() {
  cat >&2 <<'USAGE'
usage: stop.sh [--drain] NAME

--drain ends event time too: every alert is closed and written. It is for a hunt that ends for good;
what is restored from such a savepoint knows nothing of what was open.
USAGE
  exit 2
}

drain=
if [ "${1:-}" = --drain ]; then
  drain=--drain
  shift
fi
if [ $# -ne 1 ] || [ "${1#-}" != "$1" ]; then
  usage
fi
. "$(dirname -- "$0")/common.sh"

id=$(running_job_id "$1")
# Goes to where execution.checkpointing.savepoint-dir says.
said=$(flink stop ${drain:+"$drain"} "$id") || fail "the hunt $1 was not stopped: $said"
printf '%s\n' "$said" >&2
savepoint=$(printf '%s\n' "$said" | sed -n 's/^Savepoint completed\. Path: //p')
if [ -z "$savepoint" ]; then
  fail "stopped, but Flink did not say where the savepoint is"
fi
printf '%s\n' "$savepoint"
