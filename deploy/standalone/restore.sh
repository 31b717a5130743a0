#!/bin/sh
# Starts a live hunt from a savepoint or a retained checkpoint: after an upgrade, wider or narrower.
set -eu

if [ $# -lt 3 ] || [ "${1#-}" != "$1" ] || [ "${2#-}" != "$2" ]; then
  cat >&2 <<'USAGE'
usage: restore.sh SAVEPOINT NAME WATCH-OPTION...
  for example: restore.sh "$(stop.sh emea)" emea --bootstrap-servers kafka:9092 --topic windows

With ALLOW_NON_RESTORED_STATE=true, state that the new version has no operator for is given up: only
where a pattern was taken out.
USAGE
  exit 2
fi
. "$(dirname -- "$0")/common.sh"

savepoint=$1
name=$2
shift 2
none_running "$name"
if [ "${ALLOW_NON_RESTORED_STATE:-false}" = true ]; then
  submit "$name" --fromSavepoint "$savepoint" --allowNonRestoredState -- "$@"
else
  submit "$name" --fromSavepoint "$savepoint" -- "$@"
fi
