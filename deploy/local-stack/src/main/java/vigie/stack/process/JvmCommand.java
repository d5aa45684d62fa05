// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs: the Java of this process, a small heap, few threads. */
public final class JvmCommand {

  /** Else each JVM collects its whole heap two or three times while it loads its classes. */
  private static final String CLASSES = "-XX:MetaspaceSize=256m";

  /** An image knows it too. */
  static final String END_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

  private JvmCommand() {}

  /** A program whose JVM starts from its {@link AotCache}, or records one. */
  public static List<String> program(
      String heap,
      JitMode jit,
      List<String> options,
      String classPath,
      String main,
      List<String> arguments) {
    List<String> flags = options.stream().filter(option -> !option.startsWith("-D")).toList();
    List<String> all = new ArrayList<>(options);
    all.addAll(AotCache.of(main, classPath, flags).options());
    all.addAll(List.of("-cp", classPath, main));
    return command(heap, jit, all, arguments);
  }

  public static List<String> command(
      String heap, JitMode jit, List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Executables.java());
    command.add("-Xmx" + heap);
    command.add("-XX:+UseSerialGC");
    command.add(CLASSES);
    command.add(END_WITHOUT_MEMORY);
    command.addAll(jit.options());
    command.addAll(options);
    command.addAll(arguments);
    return command;
  }
}
