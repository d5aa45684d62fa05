// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.access.AccessFixture.Settings;
import vigie.access.HttpsIssuer.Answer;

/** On a real HTTPS server. */
class KeySetTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final BlockingQueue<Object> withdrawn = new LinkedBlockingQueue<>();
  private final List<KeySet> started = new ArrayList<>();
  private HttpsIssuer issuer;

  @BeforeEach
  void startIssuer() throws Exception {
    issuer = HttpsIssuer.startIn(folder);
    issuer.publish("first");
  }

  @AfterEach
  void stopAll() {
    started.forEach(keys -> keys.stop(new ShutdownEvent()));
    issuer.close();
  }

  @Test
  void keysStandWhileTheIssuerIsAwayAndWhatIsNotKnownThenIsNotInvalid() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    issuer.stop();
    await().atMost(SOON).until(() -> keys.failure().isPresent());
    assertCountsAtOnce(keys, "first");
    assertTrue(keys.counts());
    assertUnavailable(keys.await(issuer.token("second")).toCompletableFuture());
    issuer.publish("second");
    issuer.start();
    await().atMost(SOON).until(() -> keys.failure().isEmpty());
    assertKnown(keys, "second");
    assertEquals(List.of(), List.copyOf(withdrawn));
  }

  /** An instance that starts while the issuer is away knows nothing, and says so. */
  @Test
  void anIssuerThatWasNeverReadMakesNoTokenInvalid() throws Exception {
    issuer.stop();
    KeySet keys = start(new Settings());
    assertUnavailable(keys.await(issuer.token("first")).toCompletableFuture());
    assertFalse(keys.counts());
    issuer.start();
    await().atMost(SOON).until(keys::counts);
    assertKnown(keys, "first");
  }

  /** The interval is a day: only tokens have the keys read again. */
  @Test
  void aNewKeyCountsWithinSecondsWhateverJunkAsksAndTheIssuerIsNotFlooded() throws Exception {
    KeySet keys = start(new Settings().every(Duration.ofDays(1)));
    assertKnown(keys, "first");
    int before = issuer.requests();
    long start = System.nanoTime();
    for (int round = 0; round < 5; round++) {
      String kid = "round-" + round;
      for (int i = 0; i < 50; i++) {
        var unused = keys.await(issuer.token(UUID.randomUUID().toString()));
      }
      issuer.publish(kid);
      assertKnown(keys, kid);
      assertCountsAtOnce(keys, "first");
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    int asked = issuer.requests() - before;
    assertTrue(asked <= seconds + 2, asked + " requests in " + seconds + " s");
  }

  @Test
  void aKeyIsUnknownOnlyByAReadingThatBeganAfterItsToken() throws Exception {
    KeySet keys = start(new Settings().every(Duration.ofDays(1)));
    assertKnown(keys, "first");
    int before = issuer.requests();
    keys.await(issuer.token("none")).toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertTrue(issuer.requests() > before);
    assertEquals(Optional.empty(), keys.key("none"));
  }

  @Test
  void goodTokensDoNotWaitForAnIssuerThatHesitates() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    issuer.hesitate();
    List<CompletableFuture<Void>> junk = new ArrayList<>();
    for (int i = 0; i < KeySet.MOST_WAITING + 50; i++) {
      junk.add(keys.await(issuer.token("junk-" + i)).toCompletableFuture());
      if (i % 50 == 0) {
        assertCountsAtOnce(keys, "first");
      }
    }
    for (CompletableFuture<Void> one : junk) {
      assertUnavailable(one);
      assertCountsAtOnce(keys, "first");
    }
    issuer.publish("second");
    issuer.answerAgain();
    await().atMost(SOON).until(() -> keys.key("second").isPresent());
  }

  @Test
  void aKeyThatIsWithdrawnEndsWhatItSigned() throws Exception {
    issuer.publish("second");
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    SigningKey.Id first = keys.key("first").orElseThrow().id();
    Revocations revocations = new Revocations(keys, AccessFixture.events(withdrawn));
    assertFalse(revocations.revokes(new Pass(Optional.empty(), "s-1", 1, first)));
    issuer.withdraw("first");
    assertEquals(
        new Revocation(Revocation.Kind.KEY, "first"),
        withdrawn.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    assertTrue(revocations.revokes(new Pass(Optional.empty(), "s-1", 1, first)));
    assertEquals(Optional.empty(), keys.key("first"));
  }

  @Test
  void aNewKeyUnderAnOldNameEndsWhatTheOldOneSigned() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    SigningKey.Id before = keys.key("first").orElseThrow().id();
    issuer.publish("first");
    assertEquals(
        new Revocation(Revocation.Kind.KEY, "first"),
        withdrawn.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    assertFalse(keys.holds(before));
    assertTrue(keys.holds(keys.key("first").orElseThrow().id()));
  }

  @Test
  void keysThatTheIssuerHasNotConfirmedForLongCountNoMoreAndTheirTokensAreNotInvalid()
      throws Exception {
    KeySet keys = start(new Settings().kept(Duration.ofSeconds(2)));
    assertKnown(keys, "first");
    SigningKey.Id first = keys.key("first").orElseThrow().id();
    issuer.stop();
    await().atMost(SOON).until(() -> !keys.counts());
    assertUnavailable(keys.await(issuer.token("first")).toCompletableFuture());
    assertTrue(keys.holds(first), "what is open goes on");
  }

  @Test
  void whatIsNoKeySetChangesNothing() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    for (Answer answer :
        List.of(
            new Answer(500, "{\"keys\":[]}"),
            new Answer(200, "{\"keys\":[]}"),
            new Answer(200, "<html>"),
            new Answer(200, "{\"keys\":[" + " ".repeat(2 << 20) + "]}"),
            new Answer(302, "", Map.of("Location", issuer.location().toString())))) {
      issuer.answerWith(answer);
      await().atMost(SOON).until(() -> keys.failure().isPresent());
      assertCountsAtOnce(keys, "first");
      issuer.answerAgain();
      await().atMost(SOON).until(() -> keys.failure().isEmpty());
    }
    assertEquals(List.of(), List.copyOf(withdrawn));
  }

  @Test
  void aFileIsReadAgain() throws Exception {
    Path file = Files.createDirectory(folder.resolve("é x")).resolve("jwks.json");
    Files.writeString(file, issuer.json());
    KeySet keys = start(new Settings(), file.toUri());
    assertKnown(keys, "first");
    issuer.publish("second");
    Path draft = folder.resolve("draft");
    Files.writeString(draft, issuer.json());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    await().atMost(SOON).until(() -> keys.key("second").isPresent());
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
    assertThrows(IllegalArgumentException.class, () -> start(new Settings(), URI.create(location)));
  }

  /** A certificate that the service does not know is no issuer. */
  @Test
  void anotherHostsKeysAreNotRead() {
    KeySource source = new KeySource(issuer.location(), Optional.empty());
    assertThrows(IOException.class, source::read);
  }

  private void assertKnown(KeySet keys, String kid) {
    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(CompletionException.class)
        .until(
            () -> {
              keys.await(issuer.token(kid)).toCompletableFuture().join();
              return keys.key(kid).isPresent();
            });
  }

  private void assertCountsAtOnce(KeySet keys, String kid) throws Exception {
    assertTrue(keys.await(issuer.token(kid)).toCompletableFuture().isDone());
    assertTrue(keys.key(kid).isPresent());
  }

  /** Not wrapped: each service looks at its class. */
  private static void assertUnavailable(CompletableFuture<Void> arrival) throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    arrival
        .handle(
            (done, thrown) -> {
              failure.set(thrown);
              return null;
            })
        .get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertInstanceOf(KeysUnavailableException.class, failure.get());
  }

  private KeySet start(Settings settings) {
    return start(settings, issuer.location());
  }

  private KeySet start(Settings settings, URI location) {
    AccessConfig config = settings.trusting(issuer.certificate());
    KeySet keys =
        new KeySet(
            AccessFixture.access(config),
            config,
            Optional.of(location.toString()),
            AccessFixture.events(withdrawn));
    started.add(keys);
    keys.start(new StartupEvent());
    return keys;
  }
}
