// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Whether a request is taken at all, decided from its head. */
@Singleton
final class Admission {

  private final Drain drain;
  private final FairShare fairShare;

  Admission(Drain drain, FairShare fairShare) {
    this.drain = drain;
    this.fairShare = fairShare;
  }

  void admit(HttpServerRequest request) throws RefusedException {
    if (drain.hasBegun()) {
      throw new RefusedException(Refusal.DRAINING, "Another instance takes the request");
    }
    fairShare.admit(request);
    CloudEventAttributes.check(request.headers());
  }
}
