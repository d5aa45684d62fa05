// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.problem;

import jakarta.ws.rs.core.Response.StatusType;

/** A request that is answered with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StatusType status;
  private final String code;

  public ProblemException(StatusType status, String code, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  public StatusType status() {
    return status;
  }

  public String code() {
    return code;
  }

  Problem problem() {
    return new Problem(status.getReasonPhrase(), status.getStatusCode(), code, getMessage());
  }
}
