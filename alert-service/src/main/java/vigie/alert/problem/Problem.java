// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of an error answer, as RFC 9457 has it; {@code code} is stable and for programs. */
@RegisterForReflection
public record Problem(String title, int status, String code, String detail) {

  static final String MEDIA_TYPE = "application/problem+json";
}
