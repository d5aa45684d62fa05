# Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
# Read by the commands of this folder: goes to the root of the working copy, finds the JDK and Maven, and installs
# what is missing where that is permitted. The caller sets `me`, its name in messages.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

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

require_maven() {
  local version
  command -v mvn >/dev/null || fail "Maven 3.8 or newer is needed to build; install it (Debian: apt install maven)"
  version=$(mvn -v | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
  [ "$(printf '3.8\n%s\n' "$version" | sort -V | head -1)" = 3.8 ] || fail "Maven $version is too old; 3.8 or newer is needed"
}

# changed_since FILE FOLDERS: a source, pom or packaged configuration that is newer; target folders
# and data do not count.
changed_since() {
  local file=$1
  shift
  find "$@" \( -name target -o -name .git -o -name .vigie -o -name node_modules -o -name test \) -prune -o \
    \( -path '*/src/*' -o -name pom.xml -o -path './config/postgresql/*' \) -newer "$file" -print -quit
}

# program MODULE FOLDERS: sets `classpath` to that of the module's program, which is built when a source in one of
# them is newer. The standard output is left to the program.
program() {
  local jar=$1/target/$(basename "$1")-0.1.0-SNAPSHOT.jar
  if [ ! -e "$jar" ] || [ -n "$(changed_since "$jar" "$@")" ]; then
    require_maven
    mvn -B -ntp -q package -Dmaven.test.skip=true -pl "$1" -am >&2 || fail "the build failed; its messages are above"
  fi
  classpath=$jar:$(cat "$1/target/classpath")
}

# Where the systems are that deploy/up has started last in this working copy: sets the ports, `data`, `keys` (made by
# --secure only) and `hdfs`.
last_stack() {
  data=$PWD/.vigie/data
  keys=$data/keys
  if [ -e "$data/ports.env" ]; then . "$data/ports.env"; else . config/ports.env; fi
  hdfs=hdfs://127.0.0.1:$NAMENODE_PORT
  if [ "$(cat "$data/hdfs-form" 2>/dev/null)" = steady ]; then
    hdfs=hdfs://vigie
    export HADOOP_CONF_DIR=${HADOOP_CONF_DIR:-$PWD/.vigie/conf/hdfs-steady/1}
  fi
}

# install PROGRAM PACKAGE: true when the program is there in the end. Debian starts what it
# installs, on a port that we need: its policy file prevents that.
install_program() {
  local policy=/usr/sbin/policy-rc.d
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  echo "installing $2"
  if [ -e $policy ]; then policy=; else install -m 755 <(printf '#!/bin/sh\nexit 101\n') $policy; fi
  { apt-get install -qq -y --no-install-recommends "$2" ||
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "$2"; }; } \
    >.vigie/apt.log 2>&1 </dev/null || echo "$2 cannot be installed; .vigie/apt.log says why"
  [ -z "$policy" ] || rm -f $policy
  command -v "$1" >/dev/null
}

export DEBIAN_FRONTEND=noninteractive
mkdir -p .vigie 2>/dev/null && [ -w .vigie ] || fail "$PWD/.vigie cannot be written; use a clone of your own"
JAVA_HOME=$(newest_jdk)
[ -n "$JAVA_HOME" ] || fail "no JDK 17 or newer found; install one (Debian: apt install openjdk-17-jdk-headless) or set JAVA_HOME"
export JAVA_HOME
install_program redis-server redis-server || echo "there is no redis-server; the one in a Maven artifact serves instead"
