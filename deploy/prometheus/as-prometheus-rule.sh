#!/bin/sh
# Prints alerts.yaml as a PrometheusRule, for the Prometheus Operator:
#   as-prometheus-rule.sh | kubectl apply -f -
set -eu

if [ $# -ne 0 ]; then
  echo "usage: as-prometheus-rule.sh | kubectl apply -f -" >&2
  exit 2
fi
cat <<'HEAD'
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: stagehound
  labels:
    app.kubernetes.io/name: stagehound
spec:
HEAD
sed 's/^./  &/' "$(dirname -- "$0")/alerts.yaml"
