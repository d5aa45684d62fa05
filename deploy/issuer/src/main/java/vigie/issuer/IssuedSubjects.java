// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vigie.command.UnknownNameException;

/**
 * Who was given a token by {@code deploy/token}: {@code deploy/revoke} finds a mistyped name by it.
 */
record IssuedSubjects(Path keys) {

  void add(String subject) throws IOException {
    if (!contains(subject)) {
      Files.writeString(
          file(), line(subject) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /** Where deploy/token issued none at all, another issuer is used, and nothing is known. */
  void require(String subject) throws IOException {
    if (Files.exists(file()) && !contains(subject)) {
      throw new UnknownNameException(
          "deploy/token never issued a token to '%s': check the name, unless another issuer did"
              .formatted(subject));
    }
  }

  private boolean contains(String subject) throws IOException {
    return Files.exists(file()) && Files.readAllLines(file()).contains(line(subject));
  }

  /** A subject may hold a line break. */
  private static String line(String subject) {
    return URLEncoder.encode(subject, UTF_8);
  }

  private Path file() {
    return keys.resolve("issued-subjects");
  }
}
