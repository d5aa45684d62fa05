// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.ws.rs.NotAllowedException;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {

  private final ProblemMappers mappers = new ProblemMappers();

  @Test
  void whatMayWorkLaterSaysWhenToTryAgain() {
    RestResponse<Problem> answer =
        mappers.known(ProblemException.unavailable("figures-unreachable", "PostgreSQL is silent"));
    assertEquals(503, answer.getStatus());
    assertEquals("5", answer.getHeaders().getFirst("Retry-After"));
    assertEquals("application/problem+json", answer.getHeaders().getFirst("Content-Type"));
    assertEquals(
        new Problem(
            "about:blank",
            "Temporarily unavailable",
            503,
            "figures-unreachable",
            "PostgreSQL is silent"),
        answer.getEntity());
  }

  @Test
  void whatWillNeverWorkDoesNot() {
    RestResponse<Problem> answer =
        mappers.known(ProblemException.badRequest("limit-out-of-range", "1 to 5000"));
    assertEquals(400, answer.getStatus());
    assertNull(answer.getHeaders().getFirst("Retry-After"));
  }

  @Test
  void theFrameworksRefusalsAreProblemsToo() {
    assertEquals(
        "method-not-allowed", mappers.refused(new NotAllowedException("GET")).getEntity().code());
  }
}
