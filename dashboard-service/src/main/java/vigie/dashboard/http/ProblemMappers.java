// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import vigie.access.KeysUnavailableException;

/** Turns every failure of a request into problem+json. */
class ProblemMappers {

  private static final String RETRY_SECONDS = "5";
  private static final Problem UNAUTHENTICATED =
      new Problem("Unauthorized", 401, "unauthenticated", "A valid bearer token is needed");
  private static final Problem FORBIDDEN =
      new Problem("Forbidden", 403, "forbidden", "The token's roles do not allow this");

  @ServerExceptionMapper
  RestResponse<Problem> known(ProblemException failure) {
    Problem problem = failure.problem();
    ResponseBuilder<Problem> answer = answer(problem);
    return problem.status() == 503
        ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build()
        : answer.build();
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(WebApplicationException failure) {
    Response.StatusType status = failure.getResponse().getStatusInfo();
    String title = status.getReasonPhrase();
    String code = title.toLowerCase(Locale.ROOT).replace(' ', '-');
    return answer(new Problem(title, status.getStatusCode(), code, failure.getMessage())).build();
  }

  /** Missing, expired or forged: the caller is not told which. */
  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  RestResponse<Problem> unauthenticated(SecurityException failure) {
    return answer(UNAUTHENTICATED).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
  }

  /** The token may well be valid: the caller keeps it, and asks again. */
  @ServerExceptionMapper
  RestResponse<Problem> unavailable(KeysUnavailableException failure) {
    return answer(
            new Problem(
                "Temporarily unavailable",
                503,
                KeysUnavailableException.CODE,
                failure.getMessage()))
        .header(HttpHeaders.RETRY_AFTER, KeysUnavailableException.RETRY_SECONDS)
        .build();
  }

  @ServerExceptionMapper
  RestResponse<Problem> forbidden(ForbiddenException failure) {
    return answer(FORBIDDEN).build();
  }

  private static ResponseBuilder<Problem> answer(Problem problem) {
    return ResponseBuilder.<Problem>create(problem.status())
        .entity(problem)
        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
  }
}
