// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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
}
