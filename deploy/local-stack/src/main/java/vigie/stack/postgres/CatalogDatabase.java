// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The database that points to the metadata of the archive's tables, and the role that owns it.
 *
 * @param passwordFile what only its owner can read
 */
public record CatalogDatabase(String url, PostgresRole owner, Path passwordFile) {

  static final String NAME = "catalog";

  public String user() {
    return owner.name();
  }

  public String password() {
    return owner.password();
  }

  /** What a part is given that enters it: {@code <prefix>_URL} and so on. */
  public Map<String, String> environment(String prefix) {
    return Map.of(prefix + "_URL", url, prefix + "_USER", user(), prefix + "_PASSWORD", password());
  }

  /** What a command is given that enters it. */
  public List<String> arguments() {
    return List.of(
        "--catalog",
        url,
        "--catalog-user",
        user(),
        "--catalog-password-file",
        passwordFile.toString());
  }
}
