# Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
# Read by each command of benchmark/ and fault-tests/, which sets `me`, its name, `module`, its folder, and `main`, its class.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/prepare.sh"
require_maven
mvn -B -ntp -q package -Dmaven.test.skip=true -pl '!deploy/end-to-end' >&2 || fail "the build failed; its messages are above"
exec "$JAVA_HOME/bin/java" -Xmx512m \
  -cp "deploy/$module/target/$module-0.1.0-SNAPSHOT.jar:$(cat "deploy/$module/target/classpath")" "$main" "$@"
