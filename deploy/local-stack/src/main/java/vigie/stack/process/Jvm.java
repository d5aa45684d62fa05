// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: the Java of this process, a small heap, few threads. */
public final class Jvm {

  private Jvm() {}

  /** A program whose JVM starts from its {@link StartArchive}, or records one. */
  public static List<String> program(
      String heap,
      Compiler compiler,
      List<String> options,
      String classPath,
      String main,
      List<String> arguments) {
    List<String> flags = options.stream().filter(option -> !option.startsWith("-D")).toList();
    List<String> all = new ArrayList<>(options);
    all.addAll(StartArchive.of(main, classPath, flags).options());
    all.addAll(List.of("-cp", classPath, main));
    return command(heap, compiler, all, arguments);
  }

  public static List<String> command(
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
