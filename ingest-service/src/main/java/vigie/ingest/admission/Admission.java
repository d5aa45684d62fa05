// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import vigie.ingest.body.CloudEventAttributes;
import vigie.ingest.body.RequestBody;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.Refusal;
import vigie.ingest.model.RefusedException;

/**
 * Whether a request is taken at all, decided from its head, before it costs its sender anything.
 */
@Singleton
public final class Admission {

  private final Drain drain;
  private final long maxBodySize;

  Admission(Drain drain, IngestConfig config) {
    this.drain = drain;
    this.maxBodySize = config.maxBodySize().asLongValue();
  }

  public void admit(HttpServerRequest request) throws RefusedException {
    if (drain.hasBegun()) {
      throw new RefusedException(Refusal.DRAINING, "Another instance takes the request");
    }
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (declared != null && Long.parseLong(declared) > maxBodySize) {
      throw RequestBody.tooLarge(maxBodySize);
    }
    CloudEventAttributes.check(request.headers());
  }
}
