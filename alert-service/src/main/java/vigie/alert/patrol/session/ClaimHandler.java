// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import vigie.alert.claim.Claim;
import vigie.alert.claim.ClaimStore;
import vigie.alert.patrol.log.AlertLog;
import vigie.alert.patrol.protocol.AlertView;
import vigie.alert.patrol.protocol.ClientFrame;
import vigie.alert.patrol.protocol.ErrorView;
import vigie.alert.patrol.protocol.FrameCodec;
import vigie.alert.patrol.protocol.SubscribeRequest;

/**
 * Answers what units say about claims, with a frame in any case. An alert is claimed by the cursor
 * that it came with, by which any instance finds it at any time while Kafka holds it.
 */
@Singleton
class ClaimHandler {

  private static final Logger LOG = Logger.getLogger(ClaimHandler.class);

  private final AlertLog log;
  private final ClaimStore claims;
  private final FrameCodec frames;

  ClaimHandler(AlertLog log, ClaimStore claims, FrameCodec frames) {
    this.log = log;
    this.claims = claims;
    this.frames = frames;
  }

  Uni<String> claim(ClientFrame.Claim said, SubscribeRequest request) {
    return log.find(
            said.cursor(),
            entry -> entry.alertId().equals(said.alertId()) && request.matches(entry))
        .flatMap(
            found ->
                found.isPresent()
                    ? claim(frames.alert(found.get()), request.unit())
                    : unknown(said.alertId()))
        .onFailure()
        .recoverWithItem(failure -> unavailable(said.alertId(), failure));
  }

  Uni<String> resolve(ClientFrame.Resolve said, SubscribeRequest request) {
    return uni(claims.resolve(said.alertId(), request.unit(), said.outcome(), now()))
        .map(claim -> resolved(said, request.unit(), claim))
        .onFailure()
        .recoverWithItem(failure -> unavailable(said.alertId(), failure));
  }

  /** The alert is one that the unit could claim then, wherever its area is by now. */
  Uni<String> release(ClientFrame.Release said, SubscribeRequest request) {
    return log.find(said.cursor(), entry -> entry.alertId().equals(said.alertId()))
        .flatMap(
            found ->
                found.isPresent()
                    ? release(said, frames.alert(found.get()), request.unit())
                    : unknown(said.alertId()))
        .onFailure()
        .recoverWithItem(failure -> unavailable(said.alertId(), failure));
  }

  private Uni<String> release(ClientFrame.Release said, AlertView alert, String unit) {
    return uni(claims.release(unit, said.claimNumber(), alert.escalated(now())))
        .map(claim -> released(said, unit, claim));
  }

  private String released(ClientFrame.Release said, String unit, Optional<Claim> claim) {
    if (claim.isEmpty()) {
      return unheld(said.alertId());
    }
    if (claim.get().isOf(unit) && claim.get().number() == said.claimNumber()) {
      return claim.get().isReleased()
          ? frames.claim(claim.get())
          : error("already-resolved", "It came to an end before", said.alertId(), unit);
    }
    return claim.get().isReleased() ? unheld(said.alertId()) : taken("not-yours", claim.get());
  }

  private Uni<String> claim(AlertView alert, String unit) {
    return uni(claims.claim(alert.claimedBy(unit, now())))
        .map(claim -> claim.isOf(unit) ? frames.claim(claim) : taken("already-claimed", claim));
  }

  private Uni<String> unknown(UUID alertId) {
    return Uni.createFrom()
        .item(error("unknown-alert", "No such alert comes with that cursor", alertId, null));
  }

  private String resolved(ClientFrame.Resolve said, String unit, Optional<Claim> claim) {
    if (claim.isEmpty() || claim.get().isReleased()) {
      return unheld(said.alertId());
    }
    if (!claim.get().isOf(unit)) {
      return taken("not-yours", claim.get());
    }
    return claim.get().cameTo(said.outcome())
        ? frames.claim(claim.get())
        : error("already-resolved", "With another outcome", said.alertId(), unit);
  }

  private String unheld(UUID alertId) {
    return error("not-yours", "No unit holds it", alertId, null);
  }

  private String taken(String code, Claim claim) {
    return error(code, "Another claim stands", claim.alertId(), claim.unitId());
  }

  /** Whether anything happened is not known. */
  private String unavailable(UUID alertId, Throwable failure) {
    LOG.debugf("Nothing is known of a claim on %s: %s", alertId, failure);
    return error("unavailable", "Say it again: it may have happened or not", alertId, null);
  }

  private String error(String code, String detail, UUID alertId, String unitId) {
    return frames.error(new ErrorView(code, detail, alertId, unitId));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  private static <T> Uni<T> uni(Future<T> future) {
    return Uni.createFrom().completionStage(future.toCompletionStage());
  }
}
