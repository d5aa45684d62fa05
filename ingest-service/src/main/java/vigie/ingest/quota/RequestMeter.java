// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.quota;

import vigie.ingest.model.RequestException;

/**
 * What one request costs its client and its student, who pay while it arrives and is read, whether
 * or not it is ever whole. Until its token is accepted it is only counted. A request is worked on
 * by one thread after another, never by two at once, and each hand-over between them is safe
 * publication.
 */
public final class RequestMeter {

  /** Bytes that a request costs at least, so that many small ones are not for free. */
  static final long LEAST_BYTES = 1024;

  /** Records paid together, since the quotas are shared. */
  private static final int LOT = 64;

  private SenderQuota client;
  private SenderQuota student;
  private long arrived;
  private long decoded;
  private long bytesPaid;
  private int records;
  private int recordsPaid;

  /** From here on both pay; or it is refused, and costs neither anything. */
  public void accept(SenderQuota client, SenderQuota student) throws RequestException {
    client.admit();
    student.admit();
    this.client = client;
    this.student = student;
    payBytes();
  }

  /** So many bytes more of the body have come. */
  public void arrived(int bytes) throws RequestException {
    arrived += bytes;
    payBytes();
  }

  /** So long is the body by now, after decoding. */
  public void decoded(long length) throws RequestException {
    decoded = length;
    payBytes();
  }

  /** One more record was read. */
  public void record() throws RequestException {
    if (++records - recordsPaid >= LOT) {
      payRecords();
    }
  }

  /** All records were read. */
  public void end() throws RequestException {
    payRecords();
  }

  /** A compressed body costs what it is decoded, and not what was sent on top of it. */
  private void payBytes() throws RequestException {
    long owed = Math.max(LEAST_BYTES, Math.max(arrived, decoded)) - bytesPaid;
    if (client != null && owed > 0) {
      bytesPaid += owed;
      client.payBytes(owed);
      student.payBytes(owed);
    }
  }

  private void payRecords() throws RequestException {
    int owed = records - recordsPaid;
    if (client != null && owed > 0) {
      recordsPaid += owed;
      client.payRecords(owed);
      student.payRecords(owed);
    }
  }
}
