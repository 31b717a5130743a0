#!/bin/sh
# Goes back to an earlier version: cancels the hunt, and starts STAGEHOUND_JAR from a savepoint that
# was made before the upgrade. What was read since is read again.
set -eu

if [ $# -lt 3 ] || [ "${1#-}" != "$1" ] || [ "${2#-}" != "$2" ]; then
  echo "usage: STAGEHOUND_JAR=EARLIER-JAR roll-back.sh SAVEPOINT NAME WATCH-OPTION..." >&2
  exit 2
fi
if [ -z "${STAGEHOUND_JAR:-}" ]; then
  echo "roll-back.sh: which version? Set STAGEHOUND_JAR to the earlier jar" >&2
  exit 2
fi
. "$(dirname -- "$0")/common.sh"

savepoint=$1
name=$2
shift 2
if [ ! -r "$jar" ]; then
  fail "cannot read $jar"
fi
id=$(job_id "$name")
if [ -n "$id" ]; then
  id=$(running_job_id "$name")
  flink cancel "$id"
  # Two hunts of one name would disturb each other.
  waited=0
  while id=$(job_id "$name") && [ -n "$id" ]; do
    if [ "$waited" -ge 60 ]; then
      fail "the hunt $name does not end"
    fi
    waited=$((waited + 1))
    sleep 1
  done
  none_running "$name"
fi
submit "$name" --fromSavepoint "$savepoint" -- "$@"
