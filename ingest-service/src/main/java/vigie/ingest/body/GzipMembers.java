// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What a body of gzip members (RFC 1952) was before compression. The JDK's own stream calls itself
 * for each member, and ignores what follows a member when that is no member. This class goes from
 * member to member in a loop, and each has to be whole.
 */
final class GzipMembers extends InputStream {

  /** A member costs more than its bytes. Compressors write one, or one for each large block. */
  static final int MOST_MEMBERS = 1_000;

  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int DEFLATE = 8;

  private static final int FLAG_HEADER_CHECKSUM = 1 << 1;
  private static final int FLAG_EXTRA = 1 << 2;
  private static final int FLAG_NAME = 1 << 3;
  private static final int FLAG_COMMENT = 1 << 4;
  private static final int FLAGS_RESERVED = 0xE0;

  private final byte[] body;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private int at;
  private int members;
  private boolean inMember;

  GzipMembers(byte[] body) {
    this.body = body;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("Bytes are read in blocks");
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    while (true) {
      if (!inMember) {
        if (at == body.length && members > 0) {
          return -1;
        }
        begin();
      }
      int inflated = inflate(to, from, length);
      if (inflated > 0) {
        return inflated;
      }
      if (!inflater.finished()) {
        throw cutOff();
      }
      end();
    }
  }

  private int inflate(byte[] to, int from, int length) throws ZipException {
    try {
      int inflated = inflater.inflate(to, from, length);
      checksum.update(to, from, inflated);
      return inflated;
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  private void begin() throws ZipException {
    if (++members > MOST_MEMBERS) {
      throw new ZipException("more than " + MOST_MEMBERS + " members");
    }
    int start = at;
    need(FIXED_HEADER);
    int flags = body[at + 3];
    if (number(2) != 0x8b1f || body[at + 2] != DEFLATE || (flags & FLAGS_RESERVED) != 0) {
      throw new ZipException("member " + members + " does not begin like one");
    }
    at += FIXED_HEADER;
    if ((flags & FLAG_EXTRA) != 0) {
      need(2);
      int extra = (int) number(2);
      at += 2;
      need(extra);
      at += extra;
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CHECKSUM) != 0) {
      checksum.reset();
      checksum.update(body, start, at - start);
      need(2);
      if (number(2) != (checksum.getValue() & 0xffff)) {
        throw new ZipException("the header of member " + members + " is damaged");
      }
      at += 2;
    }
    checksum.reset();
    inflater.reset();
    inflater.setInput(body, at, body.length - at);
    inMember = true;
  }

  private void end() throws ZipException {
    at = body.length - inflater.getRemaining();
    need(TRAILER);
    long sum = number(4);
    at += 4;
    long length = number(4);
    at += 4;
    if (sum != checksum.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("member " + members + " is damaged");
    }
    inMember = false;
  }

  private void skipText() throws ZipException {
    do {
      need(1);
    } while (body[at++] != 0);
  }

  /** Of so many bytes, the lowest first. */
  private long number(int bytes) {
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = (number << 8) | (body[at + i] & 0xff);
    }
    return number;
  }

  private void need(int bytes) throws ZipException {
    if (body.length - at < bytes) {
      throw cutOff();
    }
  }

  private ZipException cutOff() {
    return new ZipException("member " + members + " is cut off");
  }

  @Override
  public void close() {
    inflater.end();
  }
}
