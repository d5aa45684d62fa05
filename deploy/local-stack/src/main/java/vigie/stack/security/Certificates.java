// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import vigie.stack.workspace.StackException;

/**
 * Who is who among the systems of one data folder: {@code ca.pem} is the authority that all trust,
 * {@code <name>.pem} a private key, readable by its owner only, and its certificate. Where there is
 * no authority, this class makes one, and a certificate for each name. It then discards the
 * authority's key, so that no process can issue another certificate. An operator who has other
 * certificates puts all of them there before.
 */
public final class Certificates {

  public static final String KAFKA = "kafka";
  public static final String OPERATOR = "operator";
  public static final String REDIS = "redis";
  public static final String POSTGRESQL = "postgresql";

  /** The names that get a certificate. */
  private static final List<String> NAMES = List.of(KAFKA, OPERATOR, REDIS, POSTGRESQL);

  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 128;
  private static final Duration LIFE = Duration.ofDays(3650);

  /** A clock that is a little behind must not find them too young. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  public static Certificates in(Path folder) {
    Certificates certificates = new Certificates(folder);
    if (!Files.exists(certificates.authority())) {
      certificates.make();
    }
    for (String name : NAMES) {
      if (!Files.exists(certificates.of(name))) {
        throw new StackException(
            "%s is missing: put it beside %s, or delete that to have all of them made"
                .formatted(certificates.of(name), certificates.authority()));
      }
    }
    return certificates;
  }

  /** The certificate that all others are held against. */
  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /** A factory of sockets that connect only to servers with a certificate of the authority. */
  public SSLSocketFactory sockets() {
    try (InputStream in = Files.newInputStream(authority())) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new StackException(authority() + " is no certificate: " + e.getMessage(), e);
    }
  }

  /** A private key and its certificate. */
  public Path of(String name) {
    return folder.resolve(name + ".pem");
  }

  /** The authority is written last: a start that was cut off before begins again. */
  private void make() {
    try {
      KeyPair ca = newKey();
      X500Name authority = new X500Name("CN=Vigie of this data folder");
      X509CertificateHolder root =
          sign(authority, ca, authority, ca, new BasicConstraints(true), List.of());
      for (String name : NAMES) {
        KeyPair key = newKey();
        X509CertificateHolder certificate =
            sign(
                authority,
                ca,
                new X500Name("CN=" + name),
                key,
                new BasicConstraints(false),
                List.of(
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.dNSName, "localhost")));
        SecretFile.write(
            of(name),
            pem("PRIVATE KEY", key.getPrivate().getEncoded())
                + pem("CERTIFICATE", certificate.getEncoded()));
      }
      SecretFile.write(authority(), pem("CERTIFICATE", root.getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new StackException("no certificates can be made: " + e.getMessage(), e);
    }
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  private static X509CertificateHolder sign(
      X500Name authority,
      KeyPair by,
      X500Name subject,
      KeyPair key,
      BasicConstraints constraints,
      List<GeneralName> names)
      throws IOException, OperatorCreationException {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            authority,
            new BigInteger(SERIAL_BITS, new SecureRandom()),
            Date.from(now.minus(SKEW)),
            Date.from(now.plus(LIFE)),
            subject,
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, constraints);
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
    }
    return builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by.getPrivate()));
  }

  private static String pem(String type, byte[] content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return text.toString();
  }
}
