// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/** The quotas of {@code config/kafka/quotas.yaml}. */
record Quotas(Map<ClientQuotaEntity, Map<String, Double>> byClient) {

  private static final String CLIENT = "client";
  private static final String EVERY_OTHER = "default";

  static Quotas read() {
    Path file = WorkingCopy.config("kafka/quotas.yaml");
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, List<Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return new Quotas(
          document.get("quotas").stream().collect(Collectors.toMap(Quotas::client, Quotas::rates)));
    } catch (IOException | RuntimeException e) {
      throw new StackException("The quotas cannot be read from " + file + ": " + e.getMessage(), e);
    }
  }

  /** Leaves alone what an operator has set for a client. */
  void setMissing(Admin admin) {
    try {
      var present = admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get();
      admin
          .alterClientQuotas(
              byClient.entrySet().stream()
                  .filter(quota -> !present.containsKey(quota.getKey()))
                  .map(quota -> new ClientQuotaAlteration(quota.getKey(), operations(quota)))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new StackException("kafka does not set the quotas: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("kafka was setting quotas when the start was given up", e);
    }
  }

  private static List<ClientQuotaAlteration.Op> operations(
      Map.Entry<ClientQuotaEntity, Map<String, Double>> quota) {
    return quota.getValue().entrySet().stream()
        .map(rate -> new ClientQuotaAlteration.Op(rate.getKey(), rate.getValue()))
        .toList();
  }

  /** Kafka's name for every other client is null. */
  private static ClientQuotaEntity client(Map<String, Object> entry) {
    String name = (String) entry.get(CLIENT);
    return new ClientQuotaEntity(
        Collections.singletonMap(
            ClientQuotaEntity.CLIENT_ID, name.equals(EVERY_OTHER) ? null : name));
  }

  private static Map<String, Double> rates(Map<String, Object> entry) {
    return entry.entrySet().stream()
        .filter(rate -> !rate.getKey().equals(CLIENT))
        .collect(
            Collectors.toMap(Map.Entry::getKey, rate -> ((Number) rate.getValue()).doubleValue()));
  }
}
