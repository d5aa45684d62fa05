// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure of a request into problem+json. */
class ProblemMappers {

  private static final String RETRY_SECONDS = "5";

  @ServerExceptionMapper
  RestResponse<Problem> known(ProblemException failure) {
    Problem problem = failure.problem();
    var answer =
        RestResponse.ResponseBuilder.<Problem>create(problem.status())
            .entity(problem)
            .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return (problem.status() == 503
            ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
            : answer)
        .build();
  }

  @ServerExceptionMapper
  RestResponse<Problem> refused(WebApplicationException failure) {
    Response.StatusType status = failure.getResponse().getStatusInfo();
    String title = status.getReasonPhrase();
    String code = title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    return RestResponse.ResponseBuilder.<Problem>create(status.getStatusCode())
        .entity(new Problem(title, status.getStatusCode(), code, failure.getMessage()))
        .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .build();
  }
}
