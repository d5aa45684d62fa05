// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** All settings of alert-service that are not the framework's own. */
@ConfigMapping(prefix = "vigie.alert")
public interface AlertConfig {

  /** Redis replicas that a failover could promote. Count; default 2. */
  @WithDefault("2")
  int replicas();

  /** For tests only: a guarantee to be broken. Default none. */
  Optional<DeliberateFault> deliberateFault();

  /** For tests only: allows a deliberate fault. Default false. */
  @WithDefault("false")
  boolean underTest();

  /**
   * How long a partition may give or take no records though Kafka answers, before it is reported
   * and handed over. Duration; default 15 s.
   */
  @WithDefault("15s")
  Duration stallTimeout();

  Fence fence();

  Judging judging();

  Delivery delivery();

  Escalation escalation();

  Hotspots hotspots();

  /** How the answers of Redis are confirmed. */
  interface Fence {

    /** How long replicas may take to confirm. Duration; default 500 ms. */
    @WithDefault("500ms")
    Duration timeout();
  }

  /** How results are judged. */
  interface Judging {

    /** The largest number of results judged by one fenced read. Count; default 10,000. */
    @WithDefault("10000")
    int batch();

    /** The pause after the first refused read; it doubles with each further one. Default 100 ms. */
    @WithDefault("100ms")
    Duration pause();

    /** The longest pause between two tries. Duration; default 2 s. */
    @WithDefault("2s")
    Duration longestPause();
  }

  /** How alerts reach the patrols. */
  interface Delivery {

    /** Frames that a unit may have unacknowledged before sending stops. Count; default 256. */
    @WithDefault("256")
    int window();

    /**
     * How often units are pinged, and looked at. One that says nothing for two heartbeats, or
     * leaves its window full, is closed at the third. Duration; default 30 s.
     */
    @WithDefault("30s")
    Duration heartbeat();

    /** Connections of one unit to an instance; a further one ends the oldest. Count; default 3. */
    @WithDefault("3")
    int connectionsPerUnit();

    /** The newest alerts and reports kept in memory. Count per partition; default 4096. */
    @WithDefault("4096")
    int ring();

    /** The pieces of 256 offsets that are kept after a replay from Kafka. Count; default 64. */
    @WithDefault("64")
    int replayedPieces();

    /** How far back a new unit, or one that moved, is told of its area. Duration; default 1 h. */
    @WithDefault("1h")
    Duration lookBack();
  }

  /** What becomes of an alert that no unit claims. */
  interface Escalation {

    /** How long units may take to claim an alert. Duration; default 2 min. */
    @WithDefault("2m")
    Duration after();

    /** How far outside its area a unit is told of it then. Degrees; default 0.1, about 10 km. */
    @WithDefault("0.1")
    double margin();
  }

  /** When failures in one place make a hotspot. */
  interface Hotspots {

    /** The size of a place: resolution of its H3 cell, 0..15. Default 7, about 5 km². */
    @WithDefault("7")
    int resolution();

    /** The time in which failures count together. Duration; default 10 min. */
    @WithDefault("10m")
    Duration window();

    /** A new window begins each time this has passed. Duration; default 2 min. */
    @WithDefault("2m")
    Duration advance();

    /** How long after the end of a window late failures still count. Duration; default 5 min. */
    @WithDefault("5m")
    Duration grace();

    /**
     * Failures that an instance keeps, 32 bytes each; those beyond are not counted. Count; default
     * 1,000,000.
     */
    @WithDefault("1000000")
    long most();

    /** Distinct students with failures that make a hotspot. Count; default 5. */
    @WithDefault("5")
    int students();
  }
}
