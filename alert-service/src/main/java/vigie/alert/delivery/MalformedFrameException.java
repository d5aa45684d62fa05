// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.delivery;

/** Something a unit sent that cannot be used; {@code code} is stable and for programs. */
final class MalformedFrameException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  MalformedFrameException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  String code() {
    return code;
  }
}
