// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;

/**
 * Makes the admin clients of the local stack. Where Kafka authenticates its users, they connect to
 * the listener between the brokers, with a certificate.
 */
record KafkaAdminClients(Ports ports, Optional<KafkaUsers> users) {

  Admin at(List<Port> brokers) {
    String servers =
        brokers.stream()
            .map(broker -> ports.address(users.isPresent() ? broker.peer() : broker))
            .collect(Collectors.joining(","));
    return admin(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
  }

  Admin atController(Port controller) {
    return admin(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, ports.address(controller));
  }

  private Admin admin(String bootstrap, String servers) {
    Map<String, Object> settings = new HashMap<>();
    users.ifPresent(known -> settings.putAll(known.operator()));
    settings.put(bootstrap, servers);
    return Admin.create(settings);
  }
}
