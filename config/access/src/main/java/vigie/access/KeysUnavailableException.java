// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

/**
 * The key of a token cannot be had now, so that the service cannot know whether the token is valid.
 * The same request may succeed later.
 */
public final class KeysUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** After how many seconds a client may ask again. */
  public static final int RETRY_SECONDS = 5;

  /** The code of a problem that says so. */
  public static final String CODE = "issuer-unavailable";

  KeysUnavailableException() {
    super("The issuer's keys cannot be read; send the request again later", null, false, false);
  }
}
