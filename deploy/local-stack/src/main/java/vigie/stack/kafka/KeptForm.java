// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vigie.stack.ports.Port;
import vigie.stack.workspace.Folder;
import vigie.stack.workspace.PartFailure;

/** The form of Kafka that the data of a folder was written by: no other can read it. */
final class KeptForm {

  private KeptForm() {}

  /** Notes the form of new data; refuses data of another one. */
  static void require(Folder folder, KafkaForm form) {
    Path file = folder.data("kafka-form");
    try {
      KafkaForm kept =
          Files.exists(file)
              ? KafkaForm.parse(Files.readString(file).strip())
              : unnoted(folder, form);
      if (kept != form) {
        throw new PartFailure(
            "the data was written by Kafka in the form %s: start with --kafka %s again,"
                    .formatted(kept, kept)
                + " or deploy/down --clean");
      }
      Files.createDirectories(file.getParent());
      Files.writeString(file, form + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There was one form before forms were noted. */
  private static KafkaForm unnoted(Folder folder, KafkaForm form) {
    return Files.exists(folder.data(Port.KAFKA.part())) ? KafkaForm.KRAFT_MINIMAL : form;
  }
}
