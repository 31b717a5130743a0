# shellcheck shell=sh
# For the scripts beside it, which read it in. Environment, with defaults:
#   FLINK_HOME      where Flink is; without it, flink is taken from the PATH
#   STAGEHOUND_JAR  the jar, by default the one that is built in this checkout

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
jar=${STAGEHOUND_JAR:-$here/../../job/target/stagehound.jar}

fail() {
  echo "$(basename -- "$0"): $1" >&2
  exit 1
}

flink() {
  command "${FLINK_HOME:+$FLINK_HOME/bin/}flink" "$@"
}

# The id of the running job of this hunt; nothing when there is none.
job_id() {
  # A listing that fails must not look like an empty one.
  listed=$(flink list --running) || fail "cannot ask the cluster what runs"
  printf '%s\n' "$listed" |
    awk -F ' : ' -v job="stagehound watch $1 (" 'index($3, job) == 1 { print $2 }'
}

# The id of the one running job of this hunt.
running_job_id() {
  id=$(job_id "$1")
  case $id in
    '') fail "no hunt $1 is running" ;;
    *[!0-9a-f]*) fail "several hunts $1 are running: $id" ;;
  esac
  printf '%s\n' "$id"
}

none_running() {
  id=$(job_id "$1")
  if [ -n "$id" ]; then
    fail "the hunt $1 is running already, as job $id"
  fi
}

# submit NAME FLINK-OPTION... -- WATCH-OPTION...
submit() {
  name=$1
  shift
  if [ ! -r "$jar" ]; then
    fail "cannot read $jar: build it, or set STAGEHOUND_JAR"
  fi
  # Puts the options of watch behind the jar.
  passed=false
  for argument in "$@"; do
    shift
    if [ "$argument" = -- ] && [ "$passed" = false ]; then
      passed=true
      set -- "$@" "$jar" watch --name "$name"
    else
      set -- "$@" "$argument"
    fi
  done
  flink run --detached "$@"
}
