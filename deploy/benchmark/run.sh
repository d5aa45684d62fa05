# Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
# Read by each command of this folder, which sets `me`, its name, and `main`, its class.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../prepare.sh"
require_maven
mvn -B -ntp -q package -Dmaven.test.skip=true -pl '!deploy/end-to-end' >&2 || fail "the build failed; its messages are above"
exec "$JAVA_HOME/bin/java" -Xmx512m \
  -cp "deploy/benchmark/target/benchmark-0.1.0-SNAPSHOT.jar:$(cat deploy/benchmark/target/classpath)" "$main" "$@"
