// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import vigie.stack.hdfs.HdfsCluster;
import vigie.stack.hdfs.HdfsForm;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaForm;
import vigie.stack.ports.Ports;
import vigie.stack.process.Part;
import vigie.stack.process.StartArchive;
import vigie.stack.workspace.FirstStart;
import vigie.stack.workspace.Folder;
import vigie.stack.workspace.Repository;

/**
 * Records the archives of the systems that tests start most: Kafka, a NameNode and a DataNode.
 * Starts nothing when they exist. Tests themselves record none, for they kill what they start.
 */
public final class ArchiveRecorder {

  private ArchiveRecorder() {}

  public static void main(String[] unused) {
    recordMissing();
  }

  /** Only one process at a time records; the others do without archives meanwhile. */
  static void recordMissing() {
    System.setProperty(StartArchive.PROPERTY, StartArchive.RECORD);
    Path lock = StartArchive.folder().resolve("lock");
    try {
      Files.createDirectories(lock.getParent());
      try (FileChannel file =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = file.tryLock()) {
        if (held != null) {
          record(Repository.state().resolve("recording"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.clearProperty(StartArchive.PROPERTY);
    }
  }

  private static void record(Path root) throws IOException {
    FirstStart.delete(root);
    Folder folder = new Folder(root);
    KafkaCluster kafka = new KafkaCluster(folder, Ports.ephemeral(), KafkaForm.KRAFT_MINIMAL);
    HdfsCluster hdfs = new HdfsCluster(folder, Ports.ephemeral(), HdfsForm.MINIMAL);
    try (kafka;
        hdfs) {
      if (records(kafka.parts())) {
        kafka.start();
        kafka.createTopics();
      }
      if (records(hdfs.parts())) {
        hdfs.start();
        hdfs.awaitReady();
      }
    }
    FirstStart.delete(root);
  }

  private static boolean records(List<Part> parts) {
    return parts.stream().anyMatch(part -> StartArchive.isRecordedBy(part.process().command()));
  }
}
