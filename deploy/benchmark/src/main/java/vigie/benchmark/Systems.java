// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.nio.file.Path;
import vigie.stack.HdfsCluster;
import vigie.stack.HdfsForm;
import vigie.stack.KafkaNode;

/** A Kafka and an HDFS of their own. */
public record Systems(KafkaNode kafka, HdfsCluster hdfs) implements AutoCloseable {

  public static Systems startIn(Path folder, HdfsForm form) {
    KafkaNode kafka = KafkaNode.startIn(folder.resolve("kafka"));
    return new Systems(kafka, HdfsCluster.startIn(folder.resolve("hdfs"), form));
  }

  /** Where archive-service keeps its tables. */
  public String warehouse() {
    return hdfs.url() + "/vigie/warehouse";
  }

  /** Kills them: they hold nothing that is needed again. */
  @Override
  public void close() {
    hdfs.kill();
    kafka.kill();
  }
}
