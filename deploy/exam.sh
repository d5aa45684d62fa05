# Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
# Read by close-exam and open-exam, which set `me`, the name of the command, and `main`, its class.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/prepare.sh" >&2
program deploy/auditor config/warehouse deploy/command-line
last_stack
if [ -e "$keys/kafka-auditor.properties" ]; then
  export VIGIE_AUDIT_KAFKA_SETTINGS=${VIGIE_AUDIT_KAFKA_SETTINGS:-$keys/kafka-auditor.properties}
fi
export KAFKA_BOOTSTRAP_SERVERS=${KAFKA_BOOTSTRAP_SERVERS:-$kafka}
the_archive
the_figures
export VIGIE_INGEST_EXAM_CLOSED_FILE=${VIGIE_INGEST_EXAM_CLOSED_FILE:-$data/exam-closed}
export VIGIE_EXAM_INGEST_SERVICES=${VIGIE_EXAM_INGEST_SERVICES:-http://127.0.0.1:$INGEST_MANAGEMENT_PORT/q/health/ready}
export VIGIE_EXAM_REPORTS=${VIGIE_EXAM_REPORTS:-$PWD/.vigie/exams}
export VIGIE_EXAM_KEY=${VIGIE_EXAM_KEY:-$keys/exam-report-key.pem}
umask 077
exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC "${quiet[@]}" -cp "$classpath" "vigie.exam.$main" "$@"
