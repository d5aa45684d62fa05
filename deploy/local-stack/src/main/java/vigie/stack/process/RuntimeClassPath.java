// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import vigie.stack.workspace.StackException;

/** The class path of a system that runs on Java, never mixed with ours. */
public final class RuntimeClassPath {

  public static final String KAFKA = read("kafka");
  public static final String KAFKA_ZOOKEEPER = read("kafka-zookeeper");
  public static final String HDFS = read("hdfs");

  private RuntimeClassPath() {}

  private static String read(String system) {
    String resource = "runtimes/" + system + "/classpath";
    try (InputStream in = RuntimeClassPath.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new StackException(
            "local-stack was built without its runtimes: build deploy/local-stack/runtimes first");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
