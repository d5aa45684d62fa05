// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.access;

/** Whether callers have to say who they are; {@code vigie.access}. */
public enum Access {
  /** Each request needs a token with a role that may do what it asks for. */
  TOKENS,
  /** Everybody may do everything; for benchmarks and trials. */
  OPEN
}
