// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vigie.command.AtomicFile;
import vigie.stack.ports.Port;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.StackFolder;

/** The form of Kafka that the data of a folder was written by: no other can read it. */
final class PersistedTopology {

  private PersistedTopology() {}

  /** Notes the form of new data; refuses data of another one. */
  static void require(StackFolder folder, KafkaTopology topology) {
    Path file = folder.data("kafka-form");
    try {
      KafkaTopology kept =
          Files.exists(file)
              ? KafkaTopology.parse(Files.readString(file).strip())
              : unnoted(folder, topology);
      if (kept != topology) {
        throw new StackException(
            "the data was written by Kafka in the form %s: start with --kafka %s again"
                .formatted(kept, kept));
      }
      AtomicFile.write(file, topology + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There was one form before forms were noted. */
  private static KafkaTopology unnoted(StackFolder folder, KafkaTopology topology) {
    return Files.exists(folder.data(Port.KAFKA.part())) ? KafkaTopology.KRAFT_MINIMAL : topology;
  }
}
