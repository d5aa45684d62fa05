// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import vigie.service.MachineFault;

/**
 * The issuer's keys, which one thread reads again and again. A token of a key that is known never
 * waits, whatever other tokens ask for and whether the issuer answers. A token of another key waits
 * for a reading that begins after it came: only such a reading proves that there is no such key.
 * There is one of these a second at most, and a bounded number of tokens waits for it. Keys stand
 * while the issuer is away, and count no more once it answers without them; {@link Revocation} is
 * fired for each of these. Safe for use by several threads.
 */
@Singleton
public class KeySet {

  /** Between two readings, however many tokens wait. */
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private static final Duration PAUSE_OF_OUTAGE = Duration.ofSeconds(2);

  /** How long a token waits for its key. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How many tokens wait at a time: each is a request in memory. */
  static final int MOST_WAITING = 1_000;

  private static final Logger LOG = Logger.getLogger(KeySet.class);
  private static final CompletionStage<Void> KNOWN = CompletableFuture.completedStage(null);

  private static final String LOCATION = "mp.jwt.verify.publickey.location";

  private final Access access;
  private final AccessConfig config;
  private final Optional<String> location;
  private final Event<Revocation> news;
  private final Thread thread = new Thread(this::run, "issuer-keys");

  /** Guarded by this, as is {@link #waiting}. */
  private boolean stopping;

  private List<CompletableFuture<Void>> waiting = new ArrayList<>();

  private volatile Reading newest = new Reading(Map.of(), System.nanoTime());

  /** Why the newest reading failed; empty when it did not. */
  private volatile Optional<String> failure = Optional.empty();

  /** When the newest reading ended, by {@link System#nanoTime}. Only of {@link #thread}. */
  private long endedAt;

  private KeySource source;

  /**
   * @param at by {@link System#nanoTime}
   */
  private record Reading(Map<String, SigningKey> keys, long at) {}

  KeySet(
      Access access,
      AccessConfig config,
      @ConfigProperty(name = LOCATION) Optional<String> location,
      Event<Revocation> news) {
    this.access = access;
    this.config = config;
    this.location = location;
    this.news = news;
    thread.setDaemon(true);
  }

  /** Without keys, the service could accept no client, so it does not start. */
  void start(@Observes StartupEvent start) {
    if (access.isOpen()) {
      return;
    }
    String uri =
        location.orElseThrow(
            () ->
                new IllegalStateException(
                    LOCATION
                        + " has to say where the issuer's keys are; or vigie.access=open lets"
                        + " every client in"));
    source = new KeySource(URI.create(uri), config.keysCertificates());
    thread.start();
  }

  void stop(@Observes ShutdownEvent stop) {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    thread.interrupt();
  }

  /** Why the keys could not be read the last time. */
  Optional<String> failure() {
    return failure;
  }

  /** How many there are. */
  int size() {
    return newest.keys().size();
  }

  /** For how long the issuer has not confirmed the keys. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - newest.at());
  }

  /** Whether tokens of these keys count: they were read, and not too long ago. */
  boolean counts() {
    return !newest.keys().isEmpty() && age().compareTo(config.keysKept()) <= 0;
  }

  /** The key of this name; empty when the issuer has none. */
  Optional<SigningKey> key(String kid) {
    return counts() ? Optional.ofNullable(newest.keys().get(kid)) : Optional.empty();
  }

  /** Whether what this key signed counts, also while the issuer is away. */
  boolean holds(SigningKey.Id key) {
    SigningKey known = newest.keys().get(key.kid());
    return known != null && known.id().equals(key);
  }

  /**
   * Ends once it is known whether the issuer has the key of {@code token}, on any thread; for a key
   * that is known, at once. Fails with {@link KeysUnavailableException} when that cannot be known.
   */
  public CompletionStage<Void> await(String token) {
    Optional<String> kid = access.isOpen() ? Optional.empty() : kid(token);
    if (kid.isEmpty() || key(kid.get()).isPresent()) {
      return KNOWN;
    }
    CompletableFuture<Void> arrival = new CompletableFuture<>();
    synchronized (this) {
      if (waiting.size() >= MOST_WAITING || failure.isPresent()) {
        return CompletableFuture.failedFuture(new KeysUnavailableException());
      }
      waiting.add(arrival);
      notifyAll();
    }
    return unavailableAfter(PATIENCE, arrival);
  }

  /** Fails with the exception itself: a stage made of stages would wrap it. */
  private static CompletionStage<Void> unavailableAfter(
      Duration patience, CompletableFuture<Void> arrival) {
    CompletableFuture<Void> known = new CompletableFuture<>();
    var unused =
        arrival
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    known.complete(null);
                  } else {
                    known.completeExceptionally(new KeysUnavailableException());
                  }
                });
    return known;
  }

  /** Empty for a token that names no key: the framework refuses it. */
  private static Optional<String> kid(String token) {
    try {
      return Optional.ofNullable(
          JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue());
    } catch (JoseException e) {
      return Optional.empty();
    }
  }

  private void run() {
    try {
      do {
        readOnce();
      } while (awaitsNext());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void readOnce() throws InterruptedException {
    List<CompletableFuture<Void>> arrived = taken();
    try {
      renew(source.read());
      arrived.forEach(one -> one.complete(null));
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      failed(e);
    } finally {
      arrived.forEach(one -> one.completeExceptionally(new KeysUnavailableException()));
      endedAt = System.nanoTime();
    }
  }

  private synchronized List<CompletableFuture<Void>> taken() {
    List<CompletableFuture<Void>> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private void renew(Map<String, SigningKey> keys) {
    Map<String, SigningKey> before = newest.keys();
    newest = new Reading(keys, System.nanoTime());
    if (failure.isPresent()) {
      LOG.infof("The issuer's keys are read: %d", keys.size());
      failure = Optional.empty();
    }
    for (SigningKey key : before.values()) {
      if (!holds(key.id())) {
        LOG.infof("The issuer has withdrawn a key");
        news.fire(new Revocation(Revocation.Kind.KEY, key.id().kid()));
      }
    }
  }

  /** Once for each reason. An error of a library or of an observer ends one reading only. */
  private void failed(Throwable reason) {
    Optional<String> text = Optional.of(reason.toString());
    if (!text.equals(failure)) {
      LOG.warnf(
          reason instanceof IOException ? null : reason,
          "The issuer's keys cannot be read, the known ones stand: %s",
          reason.getMessage());
    }
    failure = text;
    if (MachineFault.is(reason)) {
      MachineFault.endProcess(reason);
    }
  }

  /** Waits until a reading is due, or a token asks for one; false when there will be none. */
  private synchronized boolean awaitsNext() throws InterruptedException {
    while (!stopping) {
      long left = pause().toNanos() - (System.nanoTime() - endedAt);
      if (left <= 0) {
        return true;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return false;
  }

  private Duration pause() {
    if (failure.isPresent()) {
      return PAUSE_OF_OUTAGE;
    }
    return waiting.isEmpty() ? config.keysInterval() : SHORTEST_PAUSE;
  }
}
