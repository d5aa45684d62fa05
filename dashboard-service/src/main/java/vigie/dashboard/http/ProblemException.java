// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

/** A request that cannot be answered, and why. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** The request itself is wrong; sending it again will not help. */
  public static ProblemException badRequest(String code, String detail) {
    return new ProblemException(new Problem("Bad request", 400, code, detail));
  }

  /** There is no such thing. */
  public static ProblemException notFound(String code, String detail) {
    return new ProblemException(new Problem("Not found", 404, code, detail));
  }

  /** A part that is needed does not answer now; sending the request again later may help. */
  public static ProblemException unavailable(String code, String detail) {
    return new ProblemException(new Problem("Temporarily unavailable", 503, code, detail));
  }

  Problem problem() {
    return problem;
  }
}
