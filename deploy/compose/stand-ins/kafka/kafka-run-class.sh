#!/bin/bash
# Stands in for bin/kafka-run-class.sh of Kafka's distribution: the same variables, the same need of a writable LOG_DIR.
set -eu
: "${LOG_DIR:=/opt/kafka/logs}"
[ -d "$LOG_DIR" ] || mkdir -p "$LOG_DIR"
[ "${1-}" != -loggc ] || { echo "[0.0s] using GC" >"$LOG_DIR/kafkaServer-gc.log" && shift; }
exec java ${KAFKA_HEAP_OPTS:--Xmx256M} ${KAFKA_JVM_PERFORMANCE_OPTS:--XX:+UseSerialGC} ${KAFKA_LOG4J_OPTS-} ${KAFKA_OPTS-} \
  -cp '/opt/kafka/libs/*' "$@"
