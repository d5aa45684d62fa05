// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.function.LongSupplier;
import vigie.ingest.model.IngestConfig;
import vigie.ingest.model.Sender;

/**
 * The accounts of the students that tokens name, for one kind of event: what waits of one kind does
 * not hold up the other.
 */
public final class StudentAccounts {

  private final LoadingCache<String, Account> accounts;

  public StudentAccounts(IngestConfig config, LongSupplier nanoTime) {
    Limits limits = Limits.ofStudents(config, nanoTime);
    accounts =
        Caffeine.newBuilder().maximumSize(config.maxClients()).build(student -> limits.account());
  }

  /** Where all is open nobody is known. */
  public Account account(Sender sender) {
    return sender.student().map(name -> accounts.get(Limits.key(name))).orElse(Account.UNLIMITED);
  }
}
