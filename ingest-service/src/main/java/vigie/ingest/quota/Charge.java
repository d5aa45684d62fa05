// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import vigie.ingest.model.RefusedException;

/**
 * What one request costs its client and its student, who pay while it arrives and is read, whether
 * or not it is ever whole. Until its token is accepted it is only counted. A request is worked on
 * by one thread after another, never by two at once, and each hand-over between them is safe
 * publication.
 */
public final class Charge {

  /** Bytes that a request costs at least, so that many small ones are not for free. */
  static final long LEAST_BYTES = 1024;

  /** Records paid together, since the accounts are shared. */
  private static final int LOT = 64;

  private Account client;
  private Account student;
  private long arrived;
  private long decoded;
  private long bytesPaid;
  private int records;
  private int recordsPaid;

  /** From here on both pay; or it is refused, and costs neither anything. */
  public void accept(Account client, Account student) throws RefusedException {
    client.admit();
    student.admit();
    this.client = client;
    this.student = student;
    payBytes();
  }

  /** So many bytes more of the body have come. */
  public void arrived(int bytes) throws RefusedException {
    arrived += bytes;
    payBytes();
  }

  /** So long is the body by now, after decoding. */
  public void decoded(long length) throws RefusedException {
    decoded = length;
    payBytes();
  }

  /** One more record was read. */
  public void record() throws RefusedException {
    if (++records - recordsPaid >= LOT) {
      payRecords();
    }
  }

  /** All records were read. */
  public void end() throws RefusedException {
    payRecords();
  }

  /** A compressed body costs what it is decoded, and not what was sent on top of it. */
  private void payBytes() throws RefusedException {
    long owed = Math.max(LEAST_BYTES, Math.max(arrived, decoded)) - bytesPaid;
    if (client != null && owed > 0) {
      bytesPaid += owed;
      client.payBytes(owed);
      student.payBytes(owed);
    }
  }

  private void payRecords() throws RefusedException {
    int owed = records - recordsPaid;
    if (client != null && owed > 0) {
      recordsPaid += owed;
      client.payRecords(owed);
      student.payRecords(owed);
    }
  }
}
