// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import java.io.IOException;

/**
 * Walks over the frames of a zstd body (RFC 8878) without decompressing: each has to be whole, and
 * they may not be too many. The library takes what follows a frame for nothing in some cases.
 */
final class ZstdFrames {

  /** A frame costs more than its bytes. Compressors write one, or one for each large block. */
  static final int MOST_FRAMES = 1_000;

  private static final long FRAME = 0xFD2FB528L;
  private static final long SKIPPABLE = 0x184D2A50L;
  private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
  private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

  private static final int BLOCK_HEADER = 3;
  private static final int BLOCK_OF_ONE_BYTE = 1;
  private static final int BLOCK_RESERVED = 3;

  private final byte[] body;
  private int at;
  private int frames;

  private ZstdFrames(byte[] body) {
    this.body = body;
  }

  static void check(byte[] body) throws IOException {
    new ZstdFrames(body).walk();
  }

  private void walk() throws IOException {
    do {
      if (++frames > MOST_FRAMES) {
        throw new IOException("more than " + MOST_FRAMES + " frames");
      }
      long magic = number(4);
      if (magic == FRAME) {
        frame();
      } else if ((magic & ~0xFL) == SKIPPABLE) {
        skip(number(4));
      } else {
        throw new IOException("frame " + frames + " does not begin like one");
      }
    } while (at < body.length);
  }

  private void frame() throws IOException {
    int descriptor = (int) number(1);
    boolean singleSegment = (descriptor & 0x20) != 0;
    boolean checksum = (descriptor & 0x04) != 0;
    int sizeFlag = descriptor >> 6;
    skip(singleSegment ? 0 : 1);
    skip(DICTIONARY_ID_BYTES[descriptor & 0x03]);
    skip(sizeFlag == 0 && singleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag]);
    boolean last;
    do {
      int block = (int) number(BLOCK_HEADER);
      last = (block & 1) != 0;
      int type = (block >> 1) & 0x03;
      if (type == BLOCK_RESERVED) {
        throw new IOException("frame " + frames + " is damaged");
      }
      skip(type == BLOCK_OF_ONE_BYTE ? 1 : block >> 3);
    } while (!last);
    skip(checksum ? 4 : 0);
  }

  /** Of so many bytes, the lowest first. */
  private long number(int bytes) throws IOException {
    int from = at;
    skip(bytes);
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = (number << 8) | (body[from + i] & 0xff);
    }
    return number;
  }

  private void skip(long bytes) throws IOException {
    if (body.length - at < bytes) {
      throw new IOException("frame " + frames + " is cut off");
    }
    at += (int) bytes;
  }
}
