// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

import java.nio.file.Path;
import vigie.stack.security.SecretFile;

/** Who enters PostgreSQL, with a password that was made for this data folder. */
public record PostgresRole(String name, String password) {

  static PostgresRole of(String name, Path password) {
    return new PostgresRole(name, SecretFile.readOrMake(password));
  }

  String create() {
    return "CREATE ROLE %s LOGIN PASSWORD '%s'%n".formatted(name, password);
  }

  @Override
  public String toString() {
    return name;
  }
}
