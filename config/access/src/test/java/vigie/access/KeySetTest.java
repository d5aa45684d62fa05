// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.access.AccessFixture.Settings;
import vigie.access.HttpsIssuer.Answer;

/** On a real HTTPS server. */
class KeySetTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path folder;

  private static HttpsIssuer.Identity identity;

  private final BlockingQueue<Object> withdrawn = new LinkedBlockingQueue<>();
  private final List<KeySet> started = new ArrayList<>();
  private HttpsIssuer issuer;

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = HttpsIssuer.Identity.makeIn(folder);
  }

  @BeforeEach
  void startIssuer() throws Exception {
    issuer = HttpsIssuer.startAs(identity);
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
    CompletableFuture<Void> unknown = keys.await(issuer.token("second")).toCompletableFuture();
    assertTrue(unknown.isDone(), "an outage that is known is not waited for");
    assertUnavailable(unknown);
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

  /** The reading that is in flight when a token comes may have been answered before its key. */
  @Test
  void aKeyIsUnknownOnlyByAReadingThatBeganAfterItsToken() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    Runnable inFlight = issuer.hesitate();
    int before = issuer.requests();
    await().atMost(SOON).until(() -> issuer.requests() > before);
    CompletableFuture<Void> arrival = keys.await(issuer.token("none")).toCompletableFuture();
    issuer.hesitate();
    inFlight.run();
    await().atMost(SOON).until(() -> issuer.requests() > before + 1);
    assertFalse(arrival.isDone());
    issuer.answerAgain();
    arrival.get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertEquals(Optional.empty(), keys.key("none"));
  }

  @Test
  void goodTokensDoNotWaitForAnIssuerThatHesitates() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    issuer.hesitate();
    String unknown = issuer.token("junk");
    List<CompletableFuture<Void>> junk = new ArrayList<>();
    for (int i = 0; i < 2 * KeySet.MOST_WAITING + 50; i++) {
      junk.add(keys.await(unknown).toCompletableFuture());
      if (i % 50 == 0) {
        assertCountsAtOnce(keys, "first");
      }
    }
    // As many as wait for the reading in flight, and for the next one.
    assertTrue(junk.stream().filter(CompletableFuture::isDone).count() >= 50);
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

  /** See KeySourceTest for what else is none. */
  @Test
  void whatIsNoKeySetChangesNothing() throws Exception {
    KeySet keys = start(new Settings());
    assertKnown(keys, "first");
    issuer.answerWith(new Answer(200, "{\"keys\":[]}"));
    await().atMost(SOON).until(() -> keys.failure().isPresent());
    assertCountsAtOnce(keys, "first");
    issuer.answerAgain();
    await().atMost(SOON).until(() -> keys.failure().isEmpty());
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
