// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark.kills;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import vigie.benchmark.Dice;
import vigie.benchmark.Systems;

/** Runs on one cluster, which stays up while results flow: each a fault, its repair and a proof. */
final class Trial implements AutoCloseable {

  private final Cluster cluster;
  private final Flow flow;
  private final Proof proof;

  /**
   * @param systems without any results yet; they stay up when this trial is closed
   */
  Trial(Path folder, Systems systems) {
    this(folder, systems, 3);
  }

  Trial(Path folder, Systems systems, int writing) {
    cluster = new Cluster(folder, systems, writing);
    flow = new Flow(cluster.kafka());
    proof = new Proof(cluster);
  }

  Cluster cluster() {
    return cluster;
  }

  /** Everything in it follows from the fault and the seed, except what chance adds. */
  Result run(Fault fault, long seed) throws IOException, InterruptedException {
    long began = System.nanoTime();
    fault.play(cluster, new Dice(seed));
    cluster.awaitWhole();
    Receipts receipts = flow.receipts();
    List<String> problems = proof.problems(receipts);
    return new Result(
        fault, seed, receipts.numbers().cardinality(), problems, System.nanoTime() - began);
  }

  /** Returns once all that is acknowledged by now is archived. */
  void awaitArchived() throws IOException, InterruptedException {
    if (!proof.isArchivedInTime(flow.receipts().ends())) {
      throw new IllegalStateException("What Kafka acknowledged is not archived in time");
    }
  }

  /** What is wrong when the last result is archived and all is quiet. */
  List<String> end() throws IOException, InterruptedException, ExecutionException {
    flow.end();
    return proof.problems(flow.receipts());
  }

  @Override
  public void close() throws IOException {
    flow.close();
    proof.close();
    cluster.close();
  }
}
