// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.admission;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import vigie.ingest.body.CloudEventAttributes;
import vigie.ingest.body.RequestBody;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * Whether a request is taken at all, decided from its head, before it costs its sender anything.
 */
@Singleton
public final class Admission {

  private final GracefulShutdown shutdown;
  private final ExamClosure exam;
  private final long maxBodySize;

  Admission(GracefulShutdown shutdown, ExamClosure exam, IngestConfig config) {
    this.shutdown = shutdown;
    this.exam = exam;
    this.maxBodySize = config.maxBodySize().asLongValue();
  }

  public void admit(HttpServerRequest request) throws RequestException {
    if (shutdown.hasBegun()) {
      throw new RequestException(RequestError.DRAINING, "Another instance takes the request");
    }
    exam.admit();
    String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (declared != null && Long.parseLong(declared) > maxBodySize) {
      throw RequestBody.tooLarge(maxBodySize);
    }
    CloudEventAttributes.check(request.headers());
  }
}
