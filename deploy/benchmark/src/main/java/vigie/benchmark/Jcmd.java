// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Questions to another JVM, by the JDK's own command. */
final class Jcmd {

  private Jcmd() {}

  /** What process {@code pid} says. */
  static String ask(long pid, String... question) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(question));
    Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(jcmd.getInputStream().readAllBytes(), UTF_8);
  }
}
