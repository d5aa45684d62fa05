// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import vigie.dashboard.DashboardConfig;

/**
 * Keeps one connection of its own on which PostgreSQL tells of publications, and opens the next one
 * when it is lost. A frozen server closes nothing, so the connection is asked for a sign of life at
 * intervals, and given up when none comes.
 */
@ApplicationScoped
class PublicationListener {

  private static final Logger LOG = Logger.getLogger(PublicationListener.class);

  private final Vertx vertx;
  private final Pool pool;
  private final DatabaseAddress address;
  private final Publications publications;
  private final DashboardConfig config;
  private volatile Cancellable listening = () -> {};

  PublicationListener(
      Vertx vertx,
      Pool pool,
      DatabaseAddress address,
      Publications publications,
      DashboardConfig config) {
    this.vertx = vertx;
    this.pool = pool;
    this.address = address;
    this.publications = publications;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    LOG.debugf("Listening beside the pool of %d connections", pool.size());
    listening =
        Uni.createFrom()
            .deferred(this::session)
            .onFailure()
            .invoke(failure -> LOG.warnf("Not listening to PostgreSQL: %s", failure.getMessage()))
            .onFailure()
            .recoverWithNull()
            .onItem()
            .delayIt()
            .by(config.listenReconnectDelay())
            .repeat()
            .indefinitely()
            .subscribe()
            .with(ended -> {});
  }

  void stop(@Observes ShutdownEvent event) {
    listening.cancel();
  }

  /** One connection from its opening to its end; never ends well, since it should never end. */
  private Uni<Void> session() {
    return PgConnection.connect(vertx, address.options())
        .ifNoItem()
        .after(config.queryTimeout())
        .fail()
        .flatMap(
            connection ->
                listen(connection)
                    .onTermination()
                    .invoke(publications::lost)
                    .onTermination()
                    .call(() -> close(connection)));
  }

  private Uni<Void> listen(PgConnection connection) {
    connection.notificationHandler(
        notification -> publications.published(notification.getPayload()));
    Uni<Void> closed =
        Uni.createFrom()
            .emitter(
                end ->
                    connection.closeHandler(
                        () -> end.fail(new IllegalStateException("The connection was closed"))));
    Uni<Void> silent =
        Multi.createFrom()
            .ticks()
            .every(config.listenCheckInterval())
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(tick -> answer(connection, "select 1"))
            .onItem()
            .ignore()
            .toUni();
    return answer(connection, "listen vigie_publication")
        .invoke(publications::opened)
        .flatMap(opened -> Uni.combine().any().of(closed, silent));
  }

  private Uni<Void> answer(PgConnection connection, String sql) {
    return connection
        .query(sql)
        .execute()
        .ifNoItem()
        .after(config.listenCheckInterval())
        .fail()
        .replaceWithVoid();
  }

  /** A server that is gone acknowledges no goodbye: it is not waited for. */
  private Uni<Void> close(PgConnection connection) {
    return connection
        .close()
        .ifNoItem()
        .after(config.listenReconnectDelay())
        .fail()
        .onFailure()
        .recoverWithNull();
  }
}
