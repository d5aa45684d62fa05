# Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
# Read by commands that are in the root of the working copy.

# running: whether deploy/up runs from this working copy; sets `pid` to its process. The number in the file may belong
# to another process by now.
running() {
  pid=$(cat .vigie/up.pid 2>/dev/null) && [ -n "$pid" ] &&
    { tr '\0' ' ' <"/proc/$pid/cmdline" || ps -o args= -p "$pid"; } 2>/dev/null | grep -q vigie.stack.cli.StackCli
}
