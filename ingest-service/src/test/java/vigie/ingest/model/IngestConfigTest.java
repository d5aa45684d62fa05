// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngestConfigTest {

  @Test
  void defaultsAreAsDocumented() {
    IngestConfig config = config(Map.of());
    assertEquals(8L << 20, config.maxBodySize().asLongValue());
    assertEquals(10_000, config.maxRecords());
    assertEquals(64L << 20, config.inFlightSize().asLongValue());
    assertEquals(Duration.ofSeconds(30), config.bodyTimeout());
    assertEquals(8L << 10, config.workerSize().asLongValue());
    assertEquals(Duration.ofSeconds(1), config.retryAfter());
    assertEquals(16_384, config.maxConnections());
    assertEquals(Duration.ofSeconds(10), config.headTimeout());
    assertEquals(4L << 20, config.clientRate().asLongValue());
    assertEquals(32L << 20, config.clientBurst().asLongValue());
    assertEquals(20_000, config.clientRecords());
    assertEquals(100_000, config.clientRecordsBurst());
    assertEquals(1L << 20, config.studentRate().asLongValue());
    assertEquals(16L << 20, config.studentBurst().asLongValue());
    assertEquals(20, config.studentRecords());
    assertEquals(5_000, config.studentRecordsBurst());
    assertEquals(32L << 20, config.clientInFlightSize().asLongValue());
    assertEquals(100, config.refusedTokens());
    assertEquals(1_000, config.refusedTokensBurst());
    assertEquals(50_000, config.maxClients());
    assertEquals(Optional.empty(), config.clientHeader());
    assertEquals(50_000, config.rememberedTokens());
    assertEquals(Duration.ofSeconds(2), config.kafkaProbeInterval());
    assertEquals(Duration.ofSeconds(1), config.drainDelay());
    assertEquals(Duration.ofSeconds(12), config.drainTimeout());
  }

  @Test
  void everyKeyIsRead() {
    IngestConfig config =
        config(
            Map.ofEntries(
                entry("vigie.ingest.max-body-size", "1K"),
                entry("vigie.ingest.max-records", "2"),
                entry("vigie.ingest.in-flight-size", "3K"),
                entry("vigie.ingest.body-timeout", "PT4S"),
                entry("vigie.ingest.worker-size", "5K"),
                entry("vigie.ingest.retry-after", "PT6S"),
                entry("vigie.ingest.max-connections", "7"),
                entry("vigie.ingest.head-timeout", "PT8S"),
                entry("vigie.ingest.client-rate", "9K"),
                entry("vigie.ingest.client-burst", "10K"),
                entry("vigie.ingest.client-records", "17"),
                entry("vigie.ingest.client-records-burst", "18"),
                entry("vigie.ingest.student-rate", "19K"),
                entry("vigie.ingest.student-burst", "20K"),
                entry("vigie.ingest.student-records", "21"),
                entry("vigie.ingest.student-records-burst", "22"),
                entry("vigie.ingest.client-in-flight-size", "23K"),
                entry("vigie.ingest.refused-tokens", "24"),
                entry("vigie.ingest.refused-tokens-burst", "25"),
                entry("vigie.ingest.max-clients", "11"),
                entry("vigie.ingest.client-header", "X-Device-Id"),
                entry("vigie.ingest.remembered-tokens", "15"),
                entry("vigie.ingest.kafka-probe-interval", "PT12S"),
                entry("vigie.ingest.drain-delay", "PT13S"),
                entry("vigie.ingest.drain-timeout", "PT14S")));
    assertEquals(1_024, config.maxBodySize().asLongValue());
    assertEquals(2, config.maxRecords());
    assertEquals(3 * 1_024, config.inFlightSize().asLongValue());
    assertEquals(Duration.ofSeconds(4), config.bodyTimeout());
    assertEquals(5 * 1_024, config.workerSize().asLongValue());
    assertEquals(Duration.ofSeconds(6), config.retryAfter());
    assertEquals(7, config.maxConnections());
    assertEquals(Duration.ofSeconds(8), config.headTimeout());
    assertEquals(9 * 1_024, config.clientRate().asLongValue());
    assertEquals(10 * 1_024, config.clientBurst().asLongValue());
    assertEquals(17, config.clientRecords());
    assertEquals(18, config.clientRecordsBurst());
    assertEquals(19 * 1_024, config.studentRate().asLongValue());
    assertEquals(20 * 1_024, config.studentBurst().asLongValue());
    assertEquals(21, config.studentRecords());
    assertEquals(22, config.studentRecordsBurst());
    assertEquals(23 * 1_024, config.clientInFlightSize().asLongValue());
    assertEquals(24, config.refusedTokens());
    assertEquals(25, config.refusedTokensBurst());
    assertEquals(11, config.maxClients());
    assertEquals(Optional.of("X-Device-Id"), config.clientHeader());
    assertEquals(15, config.rememberedTokens());
    assertEquals(Duration.ofSeconds(12), config.kafkaProbeInterval());
    assertEquals(Duration.ofSeconds(13), config.drainDelay());
    assertEquals(Duration.ofSeconds(14), config.drainTimeout());
  }

  private static IngestConfig config(Map<String, String> settings) {
    return Configs.of(settings);
  }
}
