#!/bin/sh
# Starts a live hunt with no state: the first time. restore.sh goes on from a savepoint.
set -eu

if [ $# -lt 2 ] || [ "${1#-}" != "$1" ]; then
  echo "usage: start.sh NAME WATCH-OPTION..." >&2
  echo "  for example: start.sh emea --bootstrap-servers kafka:9092 --topic windows" >&2
  exit 2
fi
. "$(dirname -- "$0")/common.sh"

name=$1
shift
none_running "$name"
submit "$name" -- "$@"
