#!/bin/sh
# Creates the topics that a live hunt writes; those that exist already stay as they are.
set -eu

usage() {
  cat >&2 <<'USAGE'
usage: create-topics.sh HOST:PORT[,…] [CLIENT-PROPERTIES]

CLIENT-PROPERTIES configures Kafka's client: TLS, SASL, …
Environment, with defaults:
  KAFKA_HOME       where Kafka is; without it, kafka-topics.sh is taken from the PATH
  PARTITIONS=12    of each topic; of the alerts topic too, and not to be changed later
  REPLICATION=3    copies of each partition
  ALERTS=stagehound-alerts  DETECTIONS=stagehound-detections  DEAD_LETTERS=stagehound-dead-letters
  TELEMETRY_TOPIC  also create this topic to read from; not set: it is there already
USAGE
  exit 2
}

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ "${1#-}" != "$1" ]; then
  usage
fi
servers=$1
client=${2:-}
if [ -n "$client" ] && [ ! -r "$client" ]; then
  echo "create-topics.sh: cannot read $client" >&2
  exit 2
fi

partitions=${PARTITIONS:-12}
replication=${REPLICATION:-3}
in_sync=1
if [ "$replication" -ge 3 ]; then
  in_sync=2
fi
hour=3600000
day=86400000

# create TOPIC CONFIG=VALUE...
create() {
  topic=$1
  shift
  for config in "$@"; do
    shift
    set -- "$@" --config "$config"
  done
  if [ -n "$client" ]; then
    set -- "$@" --command-config "$client"
  fi
  "${KAFKA_HOME:+$KAFKA_HOME/bin/}kafka-topics.sh" --bootstrap-server "$servers" \
    --create --if-not-exists --topic "$topic" \
    --partitions "$partitions" --replication-factor "$replication" \
    --config "min.insync.replicas=$in_sync" "$@"
}

# Keyed by alert_id: the last revision of each alert stays for ever, every revision for a day, so that a
# reader that was away for less misses none. Segments are short, or a quiet topic would not be compacted.
create "${ALERTS:-stagehound-alerts}" cleanup.policy=compact "min.compaction.lag.ms=$day" \
  "segment.ms=$((6 * hour))"

# Keyed by host.
create "${DETECTIONS:-stagehound-detections}" cleanup.policy=delete "retention.ms=$((30 * day))"

create "${DEAD_LETTERS:-stagehound-dead-letters}" cleanup.policy=delete "retention.ms=$((7 * day))"

if [ -n "${TELEMETRY_TOPIC:-}" ]; then
  create "$TELEMETRY_TOPIC" cleanup.policy=delete "retention.ms=$((7 * day))"
fi
