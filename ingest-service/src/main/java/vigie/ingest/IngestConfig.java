// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The limits of the service; beyond each of them a request is refused, never the process lost. */
@ConfigMapping(prefix = "vigie.ingest")
interface IngestConfig {

  /** The largest body, bytes, as sent and after decompression. Default 8 MiB. */
  @WithDefault("8M")
  MemorySize maxBodySize();

  /** The most records in one request. Default 10,000. */
  @WithDefault("10000")
  int maxRecords();

  /** The bytes that all requests in progress may hold together. Default 64 MiB. */
  @WithDefault("64M")
  MemorySize inFlightSize();

  /** The most connections; those beyond are closed at once. Default 16,384. */
  @WithDefault("16384")
  int maxConnections();

  /** How long a request's line and headers may take to arrive. Default 10 s. */
  @WithDefault("10s")
  Duration headTimeout();

  /** How long a body may take to arrive. Default 30 s. */
  @WithDefault("30s")
  Duration bodyTimeout();

  /**
   * Larger bodies are read on a worker thread, so that small ones need not wait. Default 64 KiB.
   */
  @WithDefault("64K")
  MemorySize workerSize();

  /** What a 503 asks a client to wait, whole seconds. Default 1 s. */
  @WithDefault("1s")
  Duration retryAfter();

  /** The bytes that one client may send in a second on average; 0 means any. Default 4 MiB. */
  @WithDefault("4M")
  MemorySize clientRate();

  /** The bytes that a client may send at once after a pause. Default 32 MiB. */
  @WithDefault("32M")
  MemorySize clientBurst();

  /** The clients that are remembered; beyond, those longest unseen start anew. Default 50,000. */
  @WithDefault("50000")
  int maxClients();

  /** The header that names the client. Default none: the remote address, except this machine's. */
  Optional<String> clientHeader();

  /** Verified tokens that are remembered; beyond, some are verified again. Default 50,000. */
  @WithDefault("50000")
  int rememberedTokens();

  /** How often Kafka is asked for the state of the topics. Default 2 s. */
  @WithDefault("2s")
  Duration kafkaProbeInterval();

  /** How long after SIGTERM requests still get an answer, at least. Default 1 s. */
  @WithDefault("1s")
  Duration drainDelay();

  /** How long after SIGTERM requests in progress may take. Default 12 s. */
  @WithDefault("12s")
  Duration drainTimeout();
}
