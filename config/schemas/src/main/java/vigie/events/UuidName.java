// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Builds the name of a UUID of version 5 (RFC 9562, 5.5) part by part. Each part has its length
 * before it, four bytes, the highest first, so that no two lists of parts make one name. One name
 * after another is built in the same memory; each thread has its own.
 */
public final class UuidName {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int NAMESPACE = 2 * Long.BYTES;
  private static final long VERSION = 0xF000;
  private static final long VERSION_5 = 0x5000;
  private static final long VARIANT = 0b11L << 62;
  private static final long VARIANT_RFC = 0b10L << 62;

  /** The sum of it and the negative zero is the positive one; other numbers stay as they are. */
  private static final double POSITIVE_ZERO = 0.0;

  private final MessageDigest sha1 = sha1();
  private byte[] bytes = new byte[256];
  private int end = NAMESPACE;

  public UuidName(UUID namespace) {
    LONG.set(bytes, 0, namespace.getMostSignificantBits());
    LONG.set(bytes, Long.BYTES, namespace.getLeastSignificantBits());
  }

  /** Begins a name with {@code tag}, one byte without a length. */
  UuidName begin(byte tag) {
    end = NAMESPACE;
    bytes[end++] = tag;
    return this;
  }

  public UuidName part(byte[] part) {
    length(part.length);
    System.arraycopy(part, 0, bytes, end, part.length);
    end += part.length;
    return this;
  }

  public UuidName part(UUID part) {
    length(2 * Long.BYTES);
    LONG.set(bytes, end, part.getMostSignificantBits());
    LONG.set(bytes, end + Long.BYTES, part.getLeastSignificantBits());
    end += 2 * Long.BYTES;
    return this;
  }

  public UuidName part(long part) {
    length(Long.BYTES);
    LONG.set(bytes, end, part);
    end += Long.BYTES;
    return this;
  }

  /** The bits of IEEE 754; there is one zero. */
  public UuidName part(double part) {
    return part(Double.doubleToLongBits(part + POSITIVE_ZERO));
  }

  public UUID toUuid() {
    sha1.update(bytes, 0, end);
    byte[] hash = sha1.digest();
    return new UUID(
        ((long) LONG.get(hash, 0) & ~VERSION) | VERSION_5,
        ((long) LONG.get(hash, Long.BYTES) & ~VARIANT) | VARIANT_RFC);
  }

  private void length(int length) {
    if (end + Integer.BYTES + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * (end + Integer.BYTES + length));
    }
    INT.set(bytes, end, length);
    end += Integer.BYTES;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-1", impossible);
    }
  }
}
