// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.evaluation;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits how far judging has come, without waiting for it: results that arrive meanwhile would
 * wait too. To know that it worked would change nothing. All that is committed was handed to Kafka
 * before, and where a commit fails, or the process ends before it arrives, results are judged again
 * from the last one on: more often than if it were awaited, but with the same ids. For use by the
 * judging thread only, on which the consumer calls back.
 */
final class OffsetCommitter implements OffsetCommitCallback {

  private static final Logger LOG = Logger.getLogger(OffsetCommitter.class);

  private boolean failed;

  /** Commits what {@code consumer} has polled; the caller has judged all of it. */
  void commitAsync(Consumer<?, ?> consumer) {
    failed = false;
    consumer.commitAsync(this);
  }

  /** The same if the last one failed: it may be long until the next result comes. */
  void retryIfFailed(Consumer<?, ?> consumer) {
    if (failed) {
      commitAsync(consumer);
    }
  }

  @Override
  public void onComplete(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
    if (failure != null) {
      failed = true;
      LOG.warnf("Judged, but not committed, so it may be judged again: %s", failure.getMessage());
    }
  }
}
