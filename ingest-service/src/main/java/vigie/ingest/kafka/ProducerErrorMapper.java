// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.kafka;

import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/** What a producer's failure means to a client. */
@Singleton
public final class ProducerErrorMapper {

  private final KafkaProbe probe;

  ProducerErrorMapper(KafkaProbe probe) {
    this.probe = probe;
  }

  public RequestException explain(Throwable failure) {
    if (failure instanceof RecordTooLargeException) {
      return refused(RequestError.RECORD_TOO_LARGE, failure);
    }
    if (failure instanceof BufferExhaustedException) {
      return refused(RequestError.IN_FLIGHT_FULL, failure);
    }
    if (failure instanceof NotEnoughReplicasException
        || failure instanceof NotEnoughReplicasAfterAppendException) {
      return refused(RequestError.TOO_FEW_REPLICAS, failure);
    }
    if (failure instanceof UnknownTopicOrPartitionException
        || failure.getCause() instanceof UnknownTopicOrPartitionException) {
      return refused(RequestError.TOPIC_MISSING, failure);
    }
    if (failure instanceof TimeoutException) {
      return probe
          .trouble()
          .map(trouble -> new RequestException(trouble.error(), trouble.detail(), failure))
          .orElseGet(() -> refused(RequestError.KAFKA_TIMEOUT, failure));
    }
    return refused(RequestError.KAFKA_UNAVAILABLE, failure);
  }

  private static RequestException refused(RequestError error, Throwable failure) {
    return new RequestException(error, failure.getMessage(), failure);
  }
}
