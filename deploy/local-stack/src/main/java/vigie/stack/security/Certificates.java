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
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import vigie.stack.workspace.StackException;

/**
 * Who is who among the systems of one data folder. {@code <system>-ca.pem} is the authority that
 * the clients of one system trust, so that no other system can take its place. {@code <name>.pem}
 * holds a private key, readable by its owner only, and its certificate, for one purpose.
 *
 * <p>Where a system has no authority, this class makes one, and its certificates, for a year; and
 * again {@link #RENEWAL} before they end. It discards the authority's key, so that no process can
 * issue another certificate. An operator who has other certificates puts them there before.
 */
public final class Certificates {

  /** A system with an authority of its own. */
  public enum SecuredSystem {
    KAFKA,
    REDIS,
    POSTGRESQL
  }

  public static final String KAFKA = "kafka";
  public static final String OPERATOR = "operator";
  public static final String REDIS = "redis";
  public static final String POSTGRESQL = "postgresql";

  /** What each certificate of a system is for. Brokers are clients of each other. */
  private static final Map<SecuredSystem, Map<String, List<KeyPurposeId>>> PURPOSES =
      Map.of(
          SecuredSystem.KAFKA,
          Map.of(
              KAFKA,
              List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
              OPERATOR,
              List.of(KeyPurposeId.id_kp_clientAuth)),
          SecuredSystem.REDIS,
          Map.of(REDIS, List.of(KeyPurposeId.id_kp_serverAuth)),
          SecuredSystem.POSTGRESQL,
          Map.of(POSTGRESQL, List.of(KeyPurposeId.id_kp_serverAuth)));

  /** How long before their end certificates of this class are made anew. */
  static final Duration RENEWAL = Duration.ofDays(60);

  private static final Duration LIFE = Duration.ofDays(365);

  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 128;

  /** The subject of the authorities that this class makes, and no other. */
  private static final X500Name OWN = new X500Name("CN=Vigie of this data folder");

  /** A clock that is a little behind must not find them too young. */
  private static final Duration SKEW = Duration.ofHours(1);

  private static final GeneralNames ADDRESSES =
      new GeneralNames(
          new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.dNSName, "localhost")
          });

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  public static Certificates in(Path folder) {
    return in(folder, Instant.now());
  }

  static Certificates in(Path folder, Instant now) {
    Certificates certificates = new Certificates(folder);
    certificates.refuseFormerAuthority();
    for (SecuredSystem system : SecuredSystem.values()) {
      if (certificates.isDue(system, now)) {
        certificates.make(system, now);
      }
      for (String name : PURPOSES.get(system).keySet()) {
        if (!Files.exists(certificates.of(name))) {
          throw new StackException(
              "%s is missing: put it beside %s, or delete that to have both made"
                  .formatted(certificates.of(name), certificates.authority(system)));
        }
      }
    }
    return certificates;
  }

  /** Has the next {@link #in} make all certificates anew that this class has made. */
  public static void discardIn(Path folder) {
    Certificates certificates = new Certificates(folder);
    for (SecuredSystem system : SecuredSystem.values()) {
      Path authority = certificates.authority(system);
      if (Files.exists(authority) && isOwn(read(authority))) {
        delete(authority);
      }
    }
  }

  /** The certificate that those of {@code system} are held against. */
  public Path authority(SecuredSystem system) {
    return folder.resolve(system.name().toLowerCase(Locale.ROOT) + "-ca.pem");
  }

  /** A factory of sockets that connect only to servers with a certificate of {@code system}. */
  public SSLSocketFactory sockets(SecuredSystem system) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", read(authority(system)));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new StackException(authority(system) + " is no certificate: " + e.getMessage(), e);
    }
  }

  /** A private key and its certificate. */
  public Path of(String name) {
    return folder.resolve(name + ".pem");
  }

  /** Until version 0.1.0 one authority stood for all systems. An operator's own is not replaced. */
  private void refuseFormerAuthority() {
    Path former = folder.resolve("ca.pem");
    if (Files.exists(former)
        && !isOwn(read(former))
        && !Files.exists(authority(SecuredSystem.KAFKA))) {
      throw new StackException(
          "%s is the authority of all systems: copy it to kafka-ca.pem, redis-ca.pem and postgresql-ca.pem"
              .formatted(former));
    }
  }

  private boolean isDue(SecuredSystem system, Instant now) {
    Path authority = authority(system);
    if (!Files.exists(authority)) {
      return true;
    }
    X509Certificate made = read(authority);
    return isOwn(made) && made.getNotAfter().toInstant().minus(RENEWAL).isBefore(now);
  }

  private static boolean isOwn(X509Certificate authority) {
    return OWN.equals(X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()));
  }

  private static X509Certificate read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new StackException(file + " is no certificate: " + e.getMessage(), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The authority is written last: a start that was cut off before begins again. */
  private void make(SecuredSystem system, Instant now) {
    try {
      KeyPair ca = newKey();
      X509CertificateHolder root =
          builder(OWN, ca, now)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
              .build(signer(ca));
      for (Map.Entry<String, List<KeyPurposeId>> one : PURPOSES.get(system).entrySet()) {
        KeyPair key = newKey();
        X509CertificateHolder certificate =
            builder(new X500Name("CN=" + one.getKey()), key, now)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(one.getValue().toArray(KeyPurposeId[]::new)))
                .addExtension(Extension.subjectAlternativeName, false, ADDRESSES)
                .build(signer(ca));
        SecretFile.write(
            of(one.getKey()),
            pem("PRIVATE KEY", key.getPrivate().getEncoded())
                + pem("CERTIFICATE", certificate.getEncoded()));
      }
      SecretFile.write(authority(system), pem("CERTIFICATE", root.getEncoded()));
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

  /** Issued by {@link #OWN}. */
  private static JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair key, Instant now) {
    return new JcaX509v3CertificateBuilder(
        OWN,
        new BigInteger(SERIAL_BITS, new SecureRandom()),
        Date.from(now.minus(SKEW)),
        Date.from(now.plus(LIFE)),
        subject,
        key.getPublic());
  }

  private static ContentSigner signer(KeyPair ca) throws OperatorCreationException {
    return new JcaContentSignerBuilder(SIGNATURE).build(ca.getPrivate());
  }

  private static String pem(String type, byte[] content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    }
    return text.toString();
  }
}
