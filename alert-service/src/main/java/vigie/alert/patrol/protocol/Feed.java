// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.patrol.protocol;

import vigie.alert.kafka.Topics;

/** What units are told of, each from a topic of its own. */
public enum Feed {
  ALERTS(Topics.ALERTS),
  REPORTS(Topics.DEPLOYMENTS);

  private final String topic;

  Feed(String topic) {
    this.topic = topic;
  }

  public String topic() {
    return topic;
  }
}
