// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

/** An error as RFC 9457 describes it; {@code code} is stable, {@code detail} is for people. */
public record Problem(String type, String title, int status, String code, String detail) {

  /** The media type of this body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  Problem(String title, int status, String code, String detail) {
    this("about:blank", title, status, code, detail);
  }
}
