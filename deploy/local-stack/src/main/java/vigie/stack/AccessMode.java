// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.util.HashMap;
import java.util.Map;
import vigie.issuer.Issuer;

/** Whether the services ask for tokens. */
public enum AccessMode {
  /** They do, and take those of the development issuer. */
  TOKENS,
  /** Every client may do everything. */
  OPEN;

  /** What a service is given. */
  Map<String, String> environment(Issuer issuer) {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    if (this == OPEN) {
      environment.put("VIGIE_ACCESS", "open");
    }
    return environment;
  }
}
