// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.session;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import vigie.alert.AlertConfig;
import vigie.alert.patrol.log.AlertLog;
import vigie.alert.patrol.protocol.Area;
import vigie.alert.patrol.protocol.MalformedFrameException;
import vigie.alert.patrol.protocol.Position;
import vigie.alert.patrol.protocol.SubscribeRequest;

/**
 * Finds where units go on that connect: after what they dealt with. A unit that has moved has not
 * seen what lies behind that in its new area, so it goes back some time and is told of that as
 * well. A new unit begins as far back, not with all that Kafka retains.
 */
@Singleton
class ResumePointResolver {

  private static final Logger LOG = Logger.getLogger(ResumePointResolver.class);

  /** Units that begin in the same part of the look-back ask Kafka together. */
  private static final int PARTS = 60;

  private final CursorStore cursors;
  private final AlertLog log;
  private final Duration lookBack;

  ResumePointResolver(CursorStore cursors, AlertLog log, AlertConfig config) {
    this.cursors = cursors;
    this.log = log;
    this.lookBack = config.delivery().lookBack();
  }

  /**
   * @throws MalformedFrameException when the cursor is not one of this service
   */
  Uni<ResumePoint> of(SubscribeRequest request) throws MalformedFrameException {
    if (request.cursor().isEmpty()) {
      return cursors
          .load(request.unit())
          .flatMap(
              stored ->
                  stored
                      .map(acknowledged -> after(acknowledged, request.area()))
                      .orElseGet(() -> anew(request)));
    }
    String cursor = request.cursor().get();
    return log.resume(
            switch (cursor) {
              case "earliest" -> Position.EARLIEST;
              case "latest" -> log.newest();
              default -> Position.parse(cursor);
            })
        .call(start -> storeUnlessKnown(request, start))
        .map(ResumePoint::at);
  }

  private Uni<ResumePoint> anew(SubscribeRequest request) {
    return past().invoke(start -> store(request, start)).map(ResumePoint::at);
  }

  /**
   * What the unit acknowledged before stays stored. Without Redis the unit begins all the same: the
   * first acknowledgement is stored as soon as Redis answers.
   */
  private Uni<?> storeUnlessKnown(SubscribeRequest request, Position start) {
    return cursors
        .load(request.unit())
        .invoke(
            stored -> {
              if (stored.isEmpty()) {
                store(request, start);
              }
            })
        .onFailure()
        .invoke(e -> LOG.debugf("The start of %s is not stored: %s", request.unit(), e))
        .onFailure()
        .recoverWithNull();
  }

  /**
   * The start is stored: a unit that goes away before it acknowledges anything, for longer than the
   * look-back, misses nothing that is raised meanwhile.
   */
  private void store(SubscribeRequest request, Position start) {
    cursors.save(request.unit(), new AcknowledgedPosition(start, request.area()));
  }

  private Uni<ResumePoint> after(AcknowledgedPosition acknowledged, Area area) {
    Uni<Position> there = log.resume(acknowledged.position());
    return acknowledged.area().covers(area)
        ? there.map(ResumePoint::at)
        : there.flatMap(position -> moved(new AcknowledgedPosition(position, acknowledged.area())));
  }

  private Uni<ResumePoint> moved(AcknowledgedPosition acknowledged) {
    return past()
        .map(
            past ->
                new ResumePoint(past.orBefore(acknowledged.position()), Optional.of(acknowledged)));
  }

  private Uni<Position> past() {
    long part = Math.max(1, lookBack.toMillis() / PARTS);
    long past = Instant.now().minus(lookBack).toEpochMilli();
    return log.at(Instant.ofEpochMilli(past - Math.floorMod(past, part)));
  }
}
