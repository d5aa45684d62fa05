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
import vigie.stack.hdfs.HdfsTopology;
import vigie.stack.kafka.KafkaCluster;
import vigie.stack.kafka.KafkaTopology;
import vigie.stack.ports.Ports;
import vigie.stack.process.AotCache;
import vigie.stack.process.ManagedProcess;
import vigie.stack.workspace.OneTimeSetup;
import vigie.stack.workspace.StackFolder;
import vigie.stack.workspace.WorkingCopy;

/**
 * Records the archives of the systems that tests start most: Kafka, a NameNode and a DataNode.
 * Starts nothing when they exist. Tests themselves record none, for they kill what they start.
 */
public final class AotCacheRecorder {

  private AotCacheRecorder() {}

  public static void main(String[] unused) {
    recordMissing();
  }

  /** Only one process at a time records; the others do without archives meanwhile. */
  static void recordMissing() {
    System.setProperty(AotCache.PROPERTY, AotCache.RECORD);
    Path lock = AotCache.folder().resolve("lock");
    try {
      Files.createDirectories(lock.getParent());
      try (FileChannel file =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = file.tryLock()) {
        if (held != null) {
          record(WorkingCopy.state().resolve("recording"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.clearProperty(AotCache.PROPERTY);
    }
  }

  private static void record(Path root) throws IOException {
    OneTimeSetup.delete(root);
    StackFolder folder = new StackFolder(root);
    KafkaCluster kafka = new KafkaCluster(folder, Ports.ephemeral(), KafkaTopology.KRAFT_MINIMAL);
    HdfsCluster hdfs = new HdfsCluster(folder, Ports.ephemeral(), HdfsTopology.MINIMAL);
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
    OneTimeSetup.delete(root);
  }

  private static boolean records(List<ManagedProcess> parts) {
    return parts.stream().anyMatch(part -> AotCache.isRecordedBy(part.process().command()));
  }
}
