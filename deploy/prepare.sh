# Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
# Read by the commands of this folder: goes to the root of the working copy and finds the JDK. The caller sets `me`, its
# name in messages.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
. deploy/running.sh

# Java reads arguments and paths in the encoding of the locale, which cron leaves at ASCII. Names may have accents.
export LC_ALL=C.UTF-8

fail() {
  echo "$me: $*" >&2
  exit 1
}

# The newest complete JDK: JAVA_HOME, the one on PATH, those of the system.
newest_jdk() {
  local home version
  for home in "${JAVA_HOME:-}" "$(readlink -f "$(command -v javac)" 2>/dev/null | sed 's,/bin/javac$,,')" \
    /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -x "$home/bin/javac" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
    if [ "${version:-0}" -ge 17 ]; then echo "$version $home"; fi
  done | sort -rn | head -1 | cut -d' ' -f2-
}

# For all that builds. A build replaces the jars of a stack that runs from this folder.
require_maven() {
  local version
  ! running || fail "Vigie runs from this folder as process $pid, and a build would replace its jars; run deploy/down first"
  command -v mvn >/dev/null || fail "Maven 3.8 or newer is needed to build; install it (Debian: apt install maven)"
  version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
  [ "$(printf '3.8\n%s\n' "$version" | sort -V | head -1)" = 3.8 ] || fail "Maven $version is too old; 3.8 or newer is needed"
}

# changed_since FILE FOLDERS: a source, pom or packaged configuration that is newer; target folders
# and data do not count.
changed_since() {
  local file=$1
  shift
  find "$@" \( -name target -o -name .git -o -name .vigie -o -name node_modules -o -name test \) -prune -o \
    \( -path '*/src/*' -o -name pom.xml -o -path '*config/postgresql/*' \) -newer "$file" -print -quit
}

# build [-am] MODULES: Maven packages these, with -am also all that they need, without tests and gates. All that Maven prints is in
# .vigie/build.log. Here come a line for each module, one each 30 s, and if it fails what Maven says of it.
build() {
  local also=()
  if [ "$1" = -am ]; then also=(-am) && shift; fi
  local log=.vigie/build.log began=$SECONDS said=$SECONDS module=$1 code='' tenths=0 unit line
  local start='^\[INFO\] Building (.*) [^ ]+ +\[([0-9]+)/([0-9]+)\]$' fetched='\(([0-9]+)(\.([0-9]))?[0-9]* ([kMG]?)B at '
  require_maven
  echo "building; the first time Maven downloads its libraries, which takes minutes"
  # The reader of the pipe must not wait for ever: while Maven downloads one large file it prints nothing.
  while :; do
    line=
    if IFS= read -r -t 5 line; then
      if [[ $line =~ $start ]]; then
        module="module ${BASH_REMATCH[2]} of ${BASH_REMATCH[3]}: ${BASH_REMATCH[1]}"
        echo "  $module"
        said=$SECONDS
      elif [[ $line =~ $fetched ]]; then
        case ${BASH_REMATCH[4]} in k) unit=1000 ;; M) unit=1000000 ;; G) unit=1000000000 ;; *) unit=1 ;; esac
        tenths=$((tenths + (BASH_REMATCH[1] * 10 + ${BASH_REMATCH[3]:-0}) * unit))
      elif [[ $line == "mvn ended with "* ]]; then
        code=${line##* }
      fi
    elif [ $? -le 128 ]; then
      break
    fi
    if ((SECONDS - said >= 30)); then
      echo "  $module, after $((SECONDS - began)) s$(megabytes $tenths)"
      said=$SECONDS
    fi
  done < <({
    # Maven's last line is not ended: it resets the colours of the terminal, even where none is.
    mvn -B -Dstyle.color=never -Pcommands package -Dmaven.test.skip=true -pl "$(IFS=,; echo "$*")" "${also[@]}" 2>&1 &&
      printf '\nmvn ended with 0\n' || printf '\nmvn ended with %s\n' $?
  } | tee $log)
  if [ "$code" != 0 ]; then
    { sed -n '/^\[ERROR\]/,$p' $log | grep . || tail -40 $log; } | sed 's/\x1b\[[0-9;]*m//g; /^mvn ended/d' >&2
    fail "the build failed; all that Maven said is in $PWD/$log"
  fi
  echo "built in $((SECONDS - began)) s$(megabytes $tenths)"
}

# megabytes N: what N tenths of a byte are, for the end of a line; nothing when nothing was downloaded.
megabytes() {
  [ "$1" = 0 ] || echo ", $(($1 / 10000000)) MB downloaded"
}

# program MODULE FOLDERS: sets `classpath` to that of the module's program, which is built when a source in one of
# them is newer and Vigie does not run: deploy/up has built it then. The standard output is left to the program.
program() {
  local jar=$1/target/$(basename "$1")-0.1.0-SNAPSHOT.jar
  if [ ! -e "$jar" ] || { ! running && [ -n "$(changed_since "$jar" "$@" pom.xml)" ]; }; then
    build -am "$1" >&2
  fi
  classpath=$jar:$(cat "$1/target/classpath")
}

# Where the systems are that deploy/up has started last in this working copy: sets the ports, `data`, `keys` (made by
# --secure only), `hdfs`, and the addresses of all brokers, for clients (`kafka`) and for the operator (`kafka_peers`).
last_stack() {
  data=$PWD/.vigie/data
  keys=$data/keys
  if [ -e "$data/ports.env" ]; then . "$data/ports.env"; else . config/ports.env; fi
  kafka=127.0.0.1:$KAFKA_PORT
  kafka_peers=127.0.0.1:$KAFKA_PEER_PORT
  case $(cat "$data/kafka-form" 2>/dev/null) in
    *steady)
      local n port peer
      for n in 2 3 4 5; do
        port=KAFKA_${n}_PORT peer=KAFKA_${n}_PEER_PORT
        kafka=$kafka,127.0.0.1:${!port}
        kafka_peers=$kafka_peers,127.0.0.1:${!peer}
      done ;;
  esac
  hdfs=hdfs://127.0.0.1:$NAMENODE_PORT
  if [ "$(cat "$data/hdfs-form" 2>/dev/null)" = steady ]; then
    hdfs=hdfs://vigie
    export HADOOP_CONF_DIR=${HADOOP_CONF_DIR:-$PWD/.vigie/conf/hdfs-steady/1}
  fi
}

# Where the archive of that stack is, unless the environment says so: its tables, and the catalog that points to them.
# Without data of a stack there is no password, and the program says so.
the_archive() {
  local password=$data/postgresql-password-of-catalog tls=
  if [ -e "$keys/postgresql-password-of-catalog" ]; then
    password=$keys/postgresql-password-of-catalog
    tls="?sslmode=verify-full&sslrootcert=$keys/postgresql-ca.pem"
  fi
  export VIGIE_ARCHIVE_WAREHOUSE=${VIGIE_ARCHIVE_WAREHOUSE:-$hdfs/vigie/warehouse}
  export VIGIE_ARCHIVE_CATALOG_URL=${VIGIE_ARCHIVE_CATALOG_URL:-jdbc:postgresql://127.0.0.1:$POSTGRESQL_PORT/catalog$tls}
  export VIGIE_ARCHIVE_CATALOG_USER=${VIGIE_ARCHIVE_CATALOG_USER:-catalog}
  if [ -z "${VIGIE_ARCHIVE_CATALOG_PASSWORD-}" ] && [ -e "$password" ]; then
    export VIGIE_ARCHIVE_CATALOG_PASSWORD=$(cat "$password")
  fi
}

# Where the figures of that stack are, unless the environment says so.
the_figures() {
  local user=vigie password=$data/postgresql-password tls=
  if [ -e "$keys/postgresql-password-of-analytics" ]; then
    tls="?sslmode=verify-full&sslrootcert=$keys/postgresql-ca.pem"
    user=analytics
    password=$keys/postgresql-password-of-analytics
  fi
  if [ -z "${VIGIE_ANALYTICS_DB_PASSWORD-}" ] && [ -e "$password" ]; then
    export VIGIE_ANALYTICS_DB_PASSWORD=$(cat "$password")
  fi
  export VIGIE_ANALYTICS_DB_USER=${VIGIE_ANALYTICS_DB_USER:-$user}
  export VIGIE_ANALYTICS_JDBC_URL=${VIGIE_ANALYTICS_JDBC_URL:-jdbc:postgresql://127.0.0.1:$POSTGRESQL_PORT/vigie$tls}
}

# install_program PROGRAM PACKAGE: true when the program is there in the end. Debian starts what it installs, on a port
# that we need: its policy file prevents that. The file goes away also when this command is ended, or no package of this
# machine could start its service any more; one of our commands at a time makes it.
install_program() (
  policy=/usr/sbin/policy-rc.d
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  echo "installing $2"
  exec 7>/run/vigie-install.lock
  flock 7 2>/dev/null || true
  if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    install -m 755 <(printf '#!/bin/sh\nexit 101\n') $policy
  fi
  export DEBIAN_FRONTEND=noninteractive
  { apt-get install -qq -y --no-install-recommends "$2" ||
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "$2"; }; } \
    >.vigie/apt.log 2>&1 </dev/null || echo "$2 cannot be installed; .vigie/apt.log says why"
  command -v "$1" >/dev/null
)

# install_redis: for what starts Redis.
install_redis() {
  install_program redis-server redis-server ||
    echo "there is no redis-server; the one in a Maven artifact serves instead"
}

mkdir -p .vigie 2>/dev/null && [ -w .vigie ] || fail "$PWD/.vigie cannot be written; use a clone of your own"
# Events name students: other users of this machine read no data, log or key.
chmod 700 .vigie 2>/dev/null || true
JAVA_HOME=$(newest_jdk)
[ -n "$JAVA_HOME" ] || fail "no JDK 17 or newer found; install one (Debian: apt install openjdk-17-jdk-headless) or set JAVA_HOME"
export JAVA_HOME
# What our programs and Maven's libraries do to memory and native code; a new JDK warns of it, an older one does not
# know all of these options.
quiet=(-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
export MAVEN_OPTS="${quiet[*]} ${MAVEN_OPTS:-}"
