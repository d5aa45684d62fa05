// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import vigie.faults.harness.ArchiveSystems;
import vigie.faults.harness.SeededRandom;

/**
 * Runs on one cluster, which stays up while results flow: each a fault, its repair and a verifier.
 */
final class FaultRunner implements AutoCloseable {

  private final Cluster cluster;
  private final ResultProducer flow;
  private final ArchiveVerifier verifier;

  /**
   * @param systems without any results yet; they stay up when this runner is closed
   */
  FaultRunner(Path folder, ArchiveSystems systems) {
    this(folder, systems, 3);
  }

  FaultRunner(Path folder, ArchiveSystems systems, int writing) {
    cluster = new Cluster(folder, systems, writing);
    flow = new ResultProducer(cluster.kafka());
    verifier = new ArchiveVerifier(cluster);
  }

  Cluster cluster() {
    return cluster;
  }

  /** Everything in it follows from the fault and the seed, except what chance adds. */
  Result run(Fault fault, long seed) throws IOException, InterruptedException {
    long began = System.nanoTime();
    fault.play(cluster, new SeededRandom(seed));
    cluster.awaitWhole();
    AcknowledgedResults acknowledged = flow.acknowledged();
    List<String> problems = verifier.problems(acknowledged);
    return new Result(
        fault, seed, acknowledged.numbers().cardinality(), problems, System.nanoTime() - began);
  }

  /** Returns once all that is acknowledged by now is archived. */
  void awaitArchived() throws IOException, InterruptedException {
    if (!verifier.isArchivedInTime(flow.acknowledged().ends())) {
      throw new IllegalStateException("What Kafka acknowledged is not archived in time");
    }
  }

  /** What is wrong when the last result is archived and all is quiet. */
  List<String> end() throws IOException, InterruptedException, ExecutionException {
    flow.end();
    return verifier.problems(flow.acknowledged());
  }

  @Override
  public void close() throws IOException {
    flow.close();
    verifier.close();
    cluster.close();
  }
}
