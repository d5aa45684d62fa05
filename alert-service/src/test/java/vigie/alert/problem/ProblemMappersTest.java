// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMappersTest {

  /** Also those that the standard has no name for. */
  @ParameterizedTest
  @ValueSource(ints = {404, 406, 422, 499, 599})
  void everyStatusIsAProblem(int status) {
    Response answer =
        new ProblemMappers().of(new WebApplicationException(Response.status(status).build()));
    assertEquals(status, answer.getStatus());
    assertEquals(status, assertInstanceOf(Problem.class, answer.getEntity()).status());
  }
}
