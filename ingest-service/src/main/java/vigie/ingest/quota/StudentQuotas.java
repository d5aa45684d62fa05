// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.LongSupplier;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.SenderIdentity;

/**
 * The quotas of the students that tokens name, for one kind of event: what waits of one kind does
 * not hold up the other.
 */
public final class StudentQuotas {

  private final LoadingCache<String, SenderQuota> quotas;

  public StudentQuotas(IngestConfig config, LongSupplier nanoTime) {
    SenderLimits limits = SenderLimits.ofStudents(config, nanoTime);
    quotas = Caffeine.newBuilder().maximumSize(config.maxClients()).build(new QuotaLoader(limits));
  }

  /** With open access, the student is unknown and the quota unlimited. */
  public SenderQuota quota(SenderIdentity sender) {
    return sender
        .student()
        .map(name -> quotas.get(SenderLimits.key(name)))
        .orElse(SenderQuota.UNLIMITED);
  }

  /** With a name: Caffeine looks at its methods, and no native image knows those of a lambda. */
  private record QuotaLoader(SenderLimits limits) implements CacheLoader<String, SenderQuota> {
    @Override
    public SenderQuota load(String student) {
      return limits.quota();
    }
  }
}
