// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: the Java of this process, a small heap, few threads. */
final class Jvm {

  private Jvm() {}

  static List<String> command(
      String heap, Compiler compiler, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Programs.java());
    command.add("-Xmx" + heap);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(compiler.options());
    command.addAll(options);
    command.addAll(arguments);
    return command;
  }
}
