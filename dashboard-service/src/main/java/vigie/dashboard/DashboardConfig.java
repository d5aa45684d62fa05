// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Everything about the dashboard that can be set. */
@ConfigMapping(prefix = "vigie.dashboard")
public interface DashboardConfig {

  /** How long a query may take before its reader gets a 503. Default 5 s. */
  @WithDefault("5s")
  Duration queryTimeout();

  /** From which age on the page calls its figures stale. Default 3 min, three publications. */
  @WithDefault("3m")
  Duration staleAfter();

  /**
   * How far a consumer may be behind before the page is not live, and evaluation before success
   * rates are withheld. Default 40 s.
   */
  @WithDefault("40s")
  Duration lateAfter();

  /**
   * How often the listening connection proves that PostgreSQL still answers, and how long that may
   * take. Pages report within twice this time that it does not. Default 2 s.
   */
  @WithDefault("2s")
  Duration listenCheckInterval();

  /** How long to wait before a lost listening connection is opened again. Default 1 s. */
  @WithDefault("1s")
  Duration listenReconnectDelay();

  /**
   * How often an idle live stream carries a comment, so that a dead one is noticed. Default 15 s.
   */
  @WithDefault("15s")
  Duration heartbeatInterval();

  /** How many of the newest alerts a new viewer is shown, in alerts. Default 100. */
  @WithDefault("100")
  int alertBacklog();

  /**
   * How often Kafka and alert-service are asked whether alerts could come, for the pages to say
   * when they cannot. Default 1 s.
   */
  @WithDefault("1s")
  Duration feedCheckInterval();

  /** How long each of them may take to tell. Default 2 s. */
  @WithDefault("2s")
  Duration feedCheckTimeout();

  /** How many different answers are kept for one publication, in answers. Default 500. */
  @WithDefault("500")
  int answersKept();

  /** Their memory, bytes. Default 64M. */
  @WithDefault("64M")
  MemorySize answersMemory();

  /** How long what was measured of Kafka and the parts is shown. Default 1 s. */
  @WithDefault("1s")
  Duration lagInterval();

  /** How long Kafka, or another part, may take to tell. Default 2 s. */
  @WithDefault("2s")
  Duration lagTimeout();

  /** Where this service asks the other parts how they are. */
  Parts parts();

  /** Each as {@code host:port}. */
  interface Parts {

    /** Default {@code 127.0.0.1:9081}. */
    @WithDefault("127.0.0.1:9081")
    String ingestService();

    /** Default {@code 127.0.0.1:9082}. */
    @WithDefault("127.0.0.1:9082")
    String alertService();

    /** Default {@code 127.0.0.1:8083}. */
    @WithDefault("127.0.0.1:8083")
    String archiveService();

    /** Default {@code 127.0.0.1:8084}. */
    @WithDefault("127.0.0.1:8084")
    String analyticsJob();
  }

  /**
   * Where a browser reaches alert-service, as {@code host:port}; pages may connect to it and to
   * this service only. Default {@code 127.0.0.1:8082}.
   */
  @WithDefault("127.0.0.1:8082")
  String alertService();
}
