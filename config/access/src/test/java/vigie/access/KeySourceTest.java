// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.access.HttpsIssuer.Answer;

class KeySourceTest {

  private static HttpsIssuer issuer;

  @BeforeAll
  static void startIssuer(@TempDir Path folder) throws Exception {
    issuer = HttpsIssuer.startAs(HttpsIssuer.Identity.makeIn(folder));
    issuer.publish("first");
  }

  @AfterEach
  void answerAgain() {
    issuer.answerAgain();
  }

  @AfterAll
  static void stopIssuer() {
    issuer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/jwks.json",
        "HTTP://localhost/jwks.json",
        "classpath:jwks.json",
        "jwks.json",
        "/jwks.json",
        "https:jwks.json",
        "ftp://localhost/jwks.json"
      })
  void keysAreReadFromNowhereElse(String location) {
    URI address = URI.create(location);
    assertThrows(IllegalArgumentException.class, () -> new KeySource(address, Optional.empty()));
  }

  @Test
  void onlyAKeySetOfTheIssuersHostIsRead() throws Exception {
    KeySource stranger = new KeySource(issuer.location(), Optional.empty());
    assertThrows(IOException.class, stranger::read, "its certificate is not known");
    KeySource source = new KeySource(issuer.location(), Optional.of(issuer.certificate()));
    for (Answer answer :
        List.of(
            new Answer(500, issuer.json()),
            new Answer(200, "{\"keys\":[]}"),
            new Answer(200, "<html>"),
            new Answer(200, issuer.json().replace("\"sig\"", "\"enc\"")),
            new Answer(200, issuer.json() + " ".repeat(2 << 20)),
            new Answer(302, "", Map.of("Location", "/moved.json")))) {
      issuer.answerWith(answer);
      assertThrows(IOException.class, source::read, () -> answer.status() + answer.body().strip());
    }
    issuer.answerAgain();
    assertEquals(Set.of("first"), source.read().keySet());
  }

  @Test
  void anIssuerThatDoesNotAnswerIsAway() {
    KeySource source = new KeySource(issuer.location(), Optional.of(issuer.certificate()));
    issuer.hesitate();
    assertTimeoutPreemptively(
        KeySource.TIMEOUT.multipliedBy(3), () -> assertThrows(IOException.class, source::read));
  }
}
