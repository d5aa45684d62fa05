// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;

/** What a producer's failure means to a client. */
@Singleton
public final class KafkaTrouble {

  private final KafkaProbe probe;

  KafkaTrouble(KafkaProbe probe) {
    this.probe = probe;
  }

  public RefusedException explain(Throwable failure) {
    if (failure instanceof RecordTooLargeException) {
      return refused(Refusal.RECORD_TOO_LARGE, failure);
    }
    if (failure instanceof BufferExhaustedException) {
      return refused(Refusal.IN_FLIGHT_FULL, failure);
    }
    if (failure instanceof NotEnoughReplicasException
        || failure instanceof NotEnoughReplicasAfterAppendException) {
      return refused(Refusal.TOO_FEW_REPLICAS, failure);
    }
    if (failure instanceof UnknownTopicOrPartitionException
        || failure.getCause() instanceof UnknownTopicOrPartitionException) {
      return refused(Refusal.TOPIC_MISSING, failure);
    }
    if (failure instanceof TimeoutException) {
      return probe
          .trouble()
          .map(trouble -> new RefusedException(trouble.refusal(), trouble.detail(), failure))
          .orElseGet(() -> refused(Refusal.KAFKA_TIMEOUT, failure));
    }
    return refused(Refusal.KAFKA_UNAVAILABLE, failure);
  }

  private static RefusedException refused(Refusal refusal, Throwable failure) {
    return new RefusedException(refusal, failure.getMessage(), failure);
  }
}
