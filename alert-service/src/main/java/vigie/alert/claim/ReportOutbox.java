// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.claim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import vigie.alert.kafka.AlertRecord;
import vigie.alert.kafka.RecordPublisher;
import vigie.alert.kafka.Topics;
import vigie.alert.quorum.Quorum;
import vigie.alert.quorum.QuorumRedisClient;
import vigie.events.Alert;
import vigie.events.DeploymentReport;
import vigie.events.EventCodec;
import vigie.service.kafka.LoopOwner;
import vigie.service.kafka.SupervisedLoop;

/**
 * Brings the reports of claims to Kafka. Redis keeps that a report is due until Kafka has it. Who
 * wrote a claim sends its report at once; what is still due after a while, since its instance died
 * or Kafka was away, is sent by any instance. So a report may be sent twice, with the same id, and
 * never not at all. What is read back is confirmed by all replicas: the report of a claim that a
 * failover could still undo must not be seen.
 */
@Startup
@Singleton
class ReportOutbox implements LoopOwner {

  /** The stream of what is due; an entry has the fields of a claim. */
  static final String KEY = "vigie:reports-due";

  private static final Logger LOG = Logger.getLogger(ReportOutbox.class);
  private static final EventCodec<DeploymentReport> CODEC = EventCodec.of(DeploymentReport.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int MOST = 500;

  private final QuorumRedisClient redis;
  private final RecordPublisher publisher;

  /** What does not fit in is found in Redis later. */
  private final BlockingQueue<Due> fresh = new ArrayBlockingQueue<>(MOST);

  private final OverdueReports overdue = new OverdueReports();

  /** What was last said of entries that cannot be read. */
  private List<String> said = List.of();

  private final SupervisedLoop loop = new SupervisedLoop("claim-reports", this::session);

  /**
   * A report that Redis knows to be due by {@code id}.
   *
   * @param again the alert, when it has to be raised again since the claim was given back: the
   *     units that only escalation reaches have never heard of it, and it is due no more
   */
  record Due(String id, Claim claim, Optional<Alert> again) {

    Stream<ProducerRecord<byte[], byte[]>> records() {
      byte[] report = CODEC.encode(claim.report());
      return Stream.concat(
          Stream.of(
              new ProducerRecord<>(Topics.DEPLOYMENTS, claim.studentId().getBytes(UTF_8), report)),
          again.map(AlertRecord::of).stream());
    }
  }

  ReportOutbox(QuorumRedisClient redis, RecordPublisher publisher) {
    this.redis = redis;
    this.publisher = publisher;
    loop.start();
  }

  /** Sends a report whose claim is confirmed, soon, on another thread. */
  void send(Due due) {
    if (!fresh.offer(due)) {
      LOG.debugf("The report of %s is sent later", due.claim().alertId());
    }
  }

  @Override
  public List<SupervisedLoop> loops() {
    return List.of(loop);
  }

  @PreDestroy
  void close() {
    loop.close();
  }

  private void session(SupervisedLoop loop) throws ExecutionException, InterruptedException {
    long nextLook = System.nanoTime();
    while (loop.goesOn()) {
      List<Due> due = new ArrayList<>();
      Due first = fresh.poll(250, TimeUnit.MILLISECONDS);
      if (first != null) {
        due.add(first);
        fresh.drainTo(due);
        deliver(due);
      }
      if (System.nanoTime() - nextLook >= 0) {
        deliverLeftBehind();
        nextLook = System.nanoTime() + LOOK.toNanos();
      }
      loop.ready();
    }
  }

  private void deliver(List<Due> due) throws ExecutionException, InterruptedException {
    if (due.isEmpty()) {
      return;
    }
    publisher.deliver(due.stream().flatMap(Due::records).toList());
    Request delivered = Request.cmd(Command.XDEL).arg(KEY);
    due.forEach(report -> delivered.arg(report.id()));
    await(redis.tell(delivered));
  }

  /**
   * Sends what was due at the last look already. An entry that cannot be read stays where it is,
   * for a person to look at; it does not keep those behind it waiting.
   */
  private void deliverLeftBehind() throws ExecutionException, InterruptedException {
    Map<String, Due> due = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    Optional<String> start = Optional.of("-");
    while (start.isPresent()) {
      Request read =
          Request.cmd(Command.XRANGE).arg(KEY).arg(start.get()).arg("+").arg("COUNT").arg(MOST);
      PendingReports found = PendingReports.of(await(redis.ask(read, Quorum.ALL)));
      found.due().forEach(one -> due.put(one.id(), one));
      unreadable.addAll(found.unreadable());
      start = found.last().map(last -> "(" + last);
    }
    deliver(overdue.of(due.keySet()).stream().map(due::get).toList());
    if (!unreadable.equals(said)) {
      LOG.errorf("Entries of %s that cannot be read: %s", KEY, unreadable);
      said = unreadable;
    }
  }

  private static Response await(Future<Response> answer)
      throws ExecutionException, InterruptedException {
    return answer.toCompletionStage().toCompletableFuture().get();
  }
}
