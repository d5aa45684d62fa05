// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

/** Something a unit sent that cannot be used; {@code code} is stable and for programs. */
public final class MalformedFrameException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  public MalformedFrameException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
