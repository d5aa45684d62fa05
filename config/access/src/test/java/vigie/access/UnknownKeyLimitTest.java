// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnknownKeyLimitTest {

  private static final int THREADS = 20;
  private static final int WAITING_FOR_THE_ISSUER = 4;

  private final CountDownLatch reached = new CountDownLatch(WAITING_FOR_THE_ISSUER);
  private final CountDownLatch answers = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final UnknownKeyLimit limit = new UnknownKeyLimit(new SilentIssuer());

  @AfterEach
  void close() {
    answers.countDown();
    threads.shutdownNow();
  }

  @Test
  void anIssuerThatDoesNotAnswerHoldsFewThreadsAndNoTokenOfAKnownKey() throws Exception {
    verify("known");
    List<Future<?>> verified = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String key = "unknown-" + i;
      verified.add(
          threads.submit(
              () -> {
                verify(key);
                return null;
              }));
    }
    assertTrue(reached.await(20, TimeUnit.SECONDS));
    verify("known");

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    List<Future<?>> refused = List.of();
    while (refused.size() < THREADS - WAITING_FOR_THE_ISSUER && System.nanoTime() < deadline) {
      refused = verified.stream().filter(Future::isDone).<Future<?>>map(one -> one).toList();
    }
    assertEquals(THREADS - WAITING_FOR_THE_ISSUER, refused.size());
    for (Future<?> one : refused) {
      assertTrue(
          assertThrows(ExecutionException.class, one::get).getCause() instanceof ParseException);
    }
    verify("known");
  }

  private void verify(String key) throws ParseException {
    String header = "{\"alg\":\"ES256\",\"kid\":\"%s\"}".formatted(key);
    limit.parse(
        Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8)) + ".e30.AA",
        null);
  }

  /** Accepts tokens of the key that is known, and waits for the keys that are not. */
  private final class SilentIssuer extends JWTCallerPrincipalFactory {

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings)
        throws ParseException {
      String header =
          new String(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), UTF_8);
      if (!header.contains("\"known\"")) {
        reached.countDown();
        try {
          answers.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw new ParseException("no such key");
      }
      return null;
    }
  }
}
