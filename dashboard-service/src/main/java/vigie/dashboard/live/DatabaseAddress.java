// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/** Remembers how the pool connects, so that the listening connection connects the same way. */
@Singleton
class DatabaseAddress implements PgPoolCreator {

  private volatile List<PgConnectOptions> options = List.of();

  @Override
  public Pool create(Input input) {
    options = input.pgConnectOptionsList();
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(List.<SqlConnectOptions>copyOf(options))
        .using(input.vertx())
        .build();
  }

  /** With a name of its own among the metrics. */
  PgConnectOptions options() {
    return new PgConnectOptions(options.get(0)).setMetricsName("listening");
  }
}
