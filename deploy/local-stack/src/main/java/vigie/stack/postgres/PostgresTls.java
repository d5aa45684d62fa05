// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import vigie.stack.security.Certificates;

/**
 * How PostgreSQL is entered on an encrypted connection, and on no other.
 *
 * @param hosts where it reads who may enter, and how
 */
record PostgresTls(Certificates certificates, Path hosts) {

  /** Encrypted only, and each role to its own database. */
  private static final String HOSTS =
      """
      hostssl vigie analytics,dashboard 127.0.0.1/32 scram-sha-256
      hostssl catalog catalog 127.0.0.1/32 scram-sha-256
      """;

  Map<String, String> settings() {
    String own = certificates.of(Certificates.POSTGRESQL).toString();
    return Map.of(
        "ssl",
        "on",
        "ssl_cert_file",
        own,
        "ssl_key_file",
        own,
        "ssl_min_protocol_version",
        "TLSv1.3",
        "hba_file",
        hosts.toString());
  }

  void writeHosts() {
    try {
      Files.createDirectories(hosts.getParent());
      Files.writeString(hosts, HOSTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client goes on with the server only when the authority and the address are right. */
  String jdbcParameters() {
    return "?sslmode=verify-full&sslrootcert="
        + certificates.authority(Certificates.SecuredSystem.POSTGRESQL);
  }

  /** The same for the reactive client of Quarkus. */
  Map<String, String> reactiveEnvironment() {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "verify-full",
        "QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS",
        "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true",
        "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS",
            certificates.authority(Certificates.SecuredSystem.POSTGRESQL).toString());
  }
}
