// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import vigie.alert.kafka.Topics;

/** The topics of the log: alerts, and reports of claims. */
public enum LogTopic {
  ALERTS(Topics.ALERTS),
  REPORTS(Topics.DEPLOYMENTS);

  private final String topic;

  LogTopic(String topic) {
    this.topic = topic;
  }

  public String topic() {
    return topic;
  }
}
