// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.model;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The limits of the service; beyond each of them a request is refused, never the process lost. */
@ConfigMapping(prefix = "vigie.ingest")
public interface IngestConfig {

  /** The largest body, bytes, as sent and after decompression. Default 8 MiB. */
  @WithDefault("8M")
  MemorySize maxBodySize();

  /** The most records in one request. Default 10,000. */
  @WithDefault("10000")
  int maxRecords();

  /** The bytes that all requests in progress may hold together. Default 64 MiB. */
  @WithDefault("64M")
  MemorySize inFlightSize();

  /** An older name of {@code vigie.connections.max}. Default 16,384. */
  @WithDefault("16384")
  int maxConnections();

  /** An older name of {@code vigie.connections.head-timeout}. Default 10 s. */
  @WithDefault("10s")
  Duration headTimeout();

  /** How long a body may take to arrive. Default 30 s. */
  @WithDefault("30s")
  Duration bodyTimeout();

  /**
   * Larger bodies, and all that are compressed, are read on a worker thread: no event loop is held
   * up. Default 8 KiB.
   */
  @WithDefault("8K")
  MemorySize workerSize();

  /** What a 503 asks a client to wait, whole seconds. Default 1 s. */
  @WithDefault("1s")
  Duration retryAfter();

  /**
   * The bytes that one client may send in a second on average, as sent or decompressed, whichever
   * are more; 0 means any. Default 4 MiB.
   */
  @WithDefault("4M")
  MemorySize clientRate();

  /** The bytes that a client may send at once after a pause. Default 32 MiB. */
  @WithDefault("32M")
  MemorySize clientBurst();

  /** The records that one client may send in a second on average; 0 means any. Default 20,000. */
  @WithDefault("20000")
  long clientRecords();

  /** The records that a client may send at once after a pause. Default 100,000. */
  @WithDefault("100000")
  long clientRecordsBurst();

  /** The same as clientRate of one student, by its token, for each kind. Default 1 MiB. */
  @WithDefault("1M")
  MemorySize studentRate();

  /** The same as clientBurst of one student. Default 16 MiB. */
  @WithDefault("16M")
  MemorySize studentBurst();

  /** The records of a kind that one student may send in a second on average. Default 20. */
  @WithDefault("20")
  long studentRecords();

  /** The records of a kind that a student may send at once after a pause. Default 5,000. */
  @WithDefault("5000")
  long studentRecordsBurst();

  /** The bytes that requests in progress of one client, or student, may hold. Default 32 MiB. */
  @WithDefault("32M")
  MemorySize clientInFlightSize();

  /** The tokens of one client that may be refused in a second on average. Default 100. */
  @WithDefault("100")
  long refusedTokens();

  /** The tokens of one client that may be refused at once after a pause. Default 1,000. */
  @WithDefault("1000")
  long refusedTokensBurst();

  /**
   * The clients, and the students, that are remembered; beyond, those longest unseen start anew.
   * Default 50,000.
   */
  @WithDefault("50000")
  int maxClients();

  /** The header that names the client. Default none: the remote address, except this machine's. */
  Optional<String> clientHeader();

  /**
   * Verified tokens that are remembered, of 1 KiB each in the heap; beyond, some are verified
   * again. Default 50,000.
   */
  @WithDefault("50000")
  int rememberedTokens();

  /** While this file exists, the exam is closed and no event is taken. Default none. */
  Optional<String> examClosedFile();

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
