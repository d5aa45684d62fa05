// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.kafka;

/** The topics that alert-service reads and writes, as {@code config/topics.yaml} names them. */
public final class Topics {

  public static final String RESULTS = "vigie.results";
  public static final String ALERTS = "vigie.alerts";
  public static final String DEPLOYMENTS = "vigie.deployments";
  public static final String HOTSPOTS = "vigie.hotspots";
  public static final String THRESHOLD_CHANGES = "vigie.threshold-changes";

  private Topics() {}
}
