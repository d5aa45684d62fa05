// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import java.nio.file.Path;
import java.util.Locale;
import vigie.stack.workspace.WorkingCopy;

/** The services that Quarkus packages. */
enum Service {
  INGEST,
  ALERT,
  ARCHIVE,
  DASHBOARD;

  String part() {
    return name().toLowerCase(Locale.ROOT) + "-service";
  }

  Path folder() {
    return WorkingCopy.root().resolve(part());
  }
}
