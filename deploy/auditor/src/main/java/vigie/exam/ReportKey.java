// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vigie.command.AtomicFile;

/**
 * Signs reports, so that {@code openssl dgst -sha256 -verify} knows one that was changed.
 *
 * @param pem the private key and the public one
 */
record ReportKey(String pem) {

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  /** One file holds both halves: a kill leaves both or none. Only its owner can read it. */
  static ReportKey readOrMake(Path file) throws IOException, GeneralSecurityException {
    if (!Files.exists(file)) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      AtomicFile.createIfAbsent(
          file,
          block(PRIVATE, pair.getPrivate().getEncoded())
              + block(PUBLIC, pair.getPublic().getEncoded()),
          "rw-------");
    }
    return new ReportKey(Files.readString(file));
  }

  /** In the form that OpenSSL reads. */
  String publicHalf() {
    return block(PUBLIC, decode(PUBLIC));
  }

  /** The ECDSA signature of the SHA-256 of the text in UTF-8. */
  byte[] sign(String text) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(decode(PRIVATE))));
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.sign();
  }

  private byte[] decode(String name) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN %1$s-----(.*?)-----END %1$s-----".formatted(name), Pattern.DOTALL)
            .matcher(pem);
    if (!block.find()) {
      throw new IllegalStateException("the file of the report key has no " + name);
    }
    return Base64.getMimeDecoder().decode(block.group(1));
  }

  private static String block(String name, byte[] key) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(name, text);
  }
}
