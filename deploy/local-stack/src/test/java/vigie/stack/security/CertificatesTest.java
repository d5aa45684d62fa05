// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.security.Certificates.SecuredSystem;
import vigie.stack.workspace.StackException;

class CertificatesTest {

  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final Map<String, List<String>> PURPOSES =
      Map.of(
          Certificates.KAFKA,
          List.of(SERVER, CLIENT),
          Certificates.OPERATOR,
          List.of(CLIENT),
          Certificates.REDIS,
          List.of(SERVER),
          Certificates.POSTGRESQL,
          List.of(SERVER));

  private final Instant now = Instant.now();

  @TempDir private Path folder;

  @Test
  void aCertificateHasAPurposeAndAYear() throws Exception {
    Certificates certificates = Certificates.in(folder);
    for (Map.Entry<String, List<String>> one : PURPOSES.entrySet()) {
      X509Certificate certificate = read(certificates.of(one.getKey()));
      assertEquals(one.getValue(), certificate.getExtendedKeyUsage(), one.getKey());
      assertEquals(-1, certificate.getBasicConstraints());
      assertTrue(certificate.getKeyUsage()[0], "digitalSignature");
      assertTrue(
          certificate.getNotAfter().toInstant().isBefore(now.plus(Duration.ofDays(366))),
          one.getKey());
    }
  }

  /** A Redis that was taken over is no PostgreSQL to any client. */
  @Test
  void theAuthorityOfASystemVouchesForNoOther() throws Exception {
    Certificates certificates = Certificates.in(folder);
    X509Certificate redis = read(certificates.of(Certificates.REDIS));
    X509Certificate own = read(certificates.authority(SecuredSystem.REDIS));
    assertDoesNotThrow(() -> redis.verify(own.getPublicKey()));
    for (SecuredSystem other : List.of(SecuredSystem.KAFKA, SecuredSystem.POSTGRESQL)) {
      X509Certificate foreign = read(certificates.authority(other));
      Exception refused = assertThrows(Exception.class, () -> redis.verify(foreign.getPublicKey()));
      assertTrue(
          refused instanceof SignatureException || refused instanceof InvalidKeyException,
          refused::toString);
    }
  }

  @Test
  void whatEndsSoonIsMadeAnewAndNothingElse() throws Exception {
    Certificates.in(folder, now.minus(Duration.ofDays(200)));
    byte[] before = content(Certificates.KAFKA);
    Certificates.in(folder, now);
    assertArrayEquals(before, content(Certificates.KAFKA));

    Certificates.in(folder, now.plus(Duration.ofDays(120)));

    X509Certificate renewed = read(folder.resolve("kafka.pem"));
    assertTrue(renewed.getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(480))));
    renewed.verify(read(folder.resolve("kafka-ca.pem")).getPublicKey());
  }

  @Test
  void renewMakesAllAnew() throws Exception {
    Certificates.in(folder);
    for (String name : PURPOSES.keySet()) {
      byte[] before = content(name);
      Certificates.discardIn(folder);
      Certificates.in(folder);
      assertFalse(Arrays.equals(before, content(name)), name);
    }
  }

  /** An operator's own authority is known by another name than this class gives. */
  @Test
  void whatAnOperatorHasPutThereIsNeverReplaced(@TempDir Path other) throws Exception {
    Path stranger = stranger(other);
    for (SecuredSystem system : SecuredSystem.values()) {
      Files.copy(stranger, folder.resolve(system.name().toLowerCase(ROOT) + "-ca.pem"));
    }
    assertThrows(StackException.class, () -> Certificates.in(folder), "kafka.pem is missing");
    for (String name : PURPOSES.keySet()) {
      Files.writeString(folder.resolve(name + ".pem"), "an operator's");
    }

    Certificates.in(folder, now.plus(Duration.ofDays(10_000)));
    Certificates.discardIn(folder);
    Certificates.in(folder);

    assertEquals("an operator's", Files.readString(folder.resolve("kafka.pem")));
  }

  @Test
  void anAuthorityForAllSystemsIsCopiedByItsOperator(@TempDir Path other) throws Exception {
    Files.copy(stranger(other), folder.resolve("ca.pem"));
    StackException refused = assertThrows(StackException.class, () -> Certificates.in(folder));
    assertTrue(refused.getMessage().contains("kafka-ca.pem"), refused::getMessage);
  }

  /** A certificate that ended long ago, of another name. */
  private static Path stranger(Path folder) throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("EC").generateKeyPair();
    X500Name name = new X500Name("CN=Académie de Paris");
    Date then = Date.from(Instant.EPOCH);
    byte[] certificate =
        new JcaX509v3CertificateBuilder(name, BigInteger.ONE, then, then, name, key.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
            .getEncoded();
    return Files.writeString(
        folder.resolve("stranger.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate)
            + "\n-----END CERTIFICATE-----\n");
  }

  private byte[] content(String name) throws Exception {
    return Files.readAllBytes(folder.resolve(name + ".pem"));
  }

  private static X509Certificate read(Path file) throws Exception {
    String pem = Files.readString(file);
    try (InputStream in =
        new ByteArrayInputStream(
            pem.substring(pem.indexOf("-----BEGIN CERTIFICATE")).getBytes(US_ASCII))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
