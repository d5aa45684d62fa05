// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.problem;

import com.fasterxml.jackson.core.JacksonException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import vigie.access.KeysUnavailableException;
import vigie.alert.quorum.QuorumNotReachedException;
import vigie.alert.quorum.UnavailableException;

/** Every error as {@code application/problem+json}. */
class ProblemMappers {

  private static final int RETRY_SECONDS = 1;

  @ServerExceptionMapper
  Response of(ProblemException e) {
    Response.ResponseBuilder answer = answer(e);
    return e.status() == Status.SERVICE_UNAVAILABLE
        ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build()
        : answer.build();
  }

  /** What the framework refuses by itself: unknown paths, wrong methods or types, broken JSON. */
  @ServerExceptionMapper
  Response of(WebApplicationException e) {
    StatusType status = e.getResponse().getStatusInfo();
    if (e.getCause() instanceof JacksonException broken) {
      return of(new ProblemException(status, "malformed-json", broken.getOriginalMessage()));
    }
    String code =
        String.valueOf(status.getReasonPhrase()).toLowerCase(Locale.ROOT).replace(' ', '-');
    return Response.fromResponse(e.getResponse())
        .type(Problem.MEDIA_TYPE)
        .entity(new ProblemException(status, code, e.getMessage()).problem())
        .build();
  }

  /** A write that was not confirmed may have happened or not; a read simply has no answer. */
  @ServerExceptionMapper
  Response of(QuorumNotReachedException e, ContainerRequestContext request) {
    String code = request.getMethod().equals(HttpMethod.GET) ? "unconfirmed" : "indeterminate";
    return later(code, e);
  }

  /**
   * No token; what follows is one that is not valid. The client is not told which of its faults.
   */
  @ServerExceptionMapper
  Response of(UnauthorizedException e) {
    return unauthenticated();
  }

  @ServerExceptionMapper
  Response of(AuthenticationFailedException e) {
    return unauthenticated();
  }

  /** The token may well be valid: the client keeps it, and asks again. */
  @ServerExceptionMapper
  Response of(KeysUnavailableException e) {
    return later(KeysUnavailableException.CODE, e, KeysUnavailableException.RETRY_SECONDS);
  }

  @ServerExceptionMapper
  Response of(ForbiddenException e) {
    return answer(
            new ProblemException(Status.FORBIDDEN, "forbidden", "The token does not permit this"))
        .build();
  }

  @ServerExceptionMapper
  Response of(UnavailableException e) {
    return later("unavailable", e);
  }

  private static Response unauthenticated() {
    return answer(
            new ProblemException(
                Status.UNAUTHORIZED,
                "unauthenticated",
                "Send a token that is valid: Authorization: Bearer"))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  private static Response later(String code, Exception e) {
    return later(code, e, RETRY_SECONDS);
  }

  private static Response later(String code, Exception e, int retrySeconds) {
    return answer(new ProblemException(Status.SERVICE_UNAVAILABLE, code, e.getMessage()))
        .header(HttpHeaders.RETRY_AFTER, retrySeconds)
        .build();
  }

  private static Response.ResponseBuilder answer(ProblemException e) {
    return Response.status(e.status()).type(Problem.MEDIA_TYPE).entity(e.problem());
  }
}
