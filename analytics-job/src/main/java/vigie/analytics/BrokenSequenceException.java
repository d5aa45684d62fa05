// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

/** The checkpoint and the published figures do not belong together. */
final class BrokenSequenceException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BrokenSequenceException(Publication publication, Object last) {
    super(
        "batch %d of query %s does not follow what is published: %s"
            .formatted(publication.batchId(), publication.queryId(), last));
  }
}
