// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vigie.harness.Seed;
import vigie.ingest.Bodies;
import vigie.ingest.memory.MemoryBudget;
import vigie.ingest.memory.MemoryReservation;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;
import vigie.ingest.quota.RequestMeter;

/** A body is whole, or it is refused; and no form of it costs more than its bytes. */
class ContentCodingTest {

  private static final long MAX_SIZE = 1 << 20;
  private static final byte[] TEXT = "{\"a\":[1,2,3]}\n".repeat(500).getBytes(UTF_8);

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void membersAndFramesFollowEachOther(ContentCoding coding) throws Exception {
    byte[] one = encode(coding, TEXT);
    assertArrayEquals(TEXT, decode(coding, one));
    byte[] other = encode(coding, new byte[0]);
    assertArrayEquals(
        Bodies.repeat(TEXT, 2), decode(coding, Bodies.join(other, one, other, one, other)));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void aBodyThatIsCutAnywhereIsRefused(ContentCoding coding) {
    byte[] one = encode(coding, "[]".getBytes(UTF_8));
    byte[] two = Bodies.join(one, one);
    for (int length = 0; length < two.length; length++) {
      if (length != one.length) {
        assertMalformed(coding, Arrays.copyOf(two, length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void whatFollowsTheLastMemberIsRefused(ContentCoding coding) {
    byte[] one = encode(coding, TEXT);
    assertMalformed(coding, Bodies.join(one, new byte[] {0}));
    assertMalformed(coding, Bodies.join(one, "and more that is none".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void noNumberOfMembersIsMoreThanALoop(ContentCoding coding) throws Exception {
    byte[] empty = encode(coding, new byte[0]);
    assertEquals(0, decode(coding, Bodies.repeat(empty, 1_000)).length);
    assertMalformed(coding, Bodies.repeat(empty, 1_001));
    assertMalformed(coding, Bodies.repeat(empty, 100_000));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void aBombIsRefusedBeforeItIsDecoded(ContentCoding coding) {
    byte[] bomb = encode(coding, new byte[64 << 20]);
    RequestException refused = assertThrows(RequestException.class, () -> decode(coding, bomb));
    assertEquals(RequestError.BODY_TOO_LARGE, refused.error());
  }

  /** With all that a header may have: extra, name, comment, and the checksum of the header. */
  @Test
  void aMemberMayHaveAName() throws Exception {
    byte[] plain = Bodies.gzip(TEXT);
    byte[] named =
        "\u001f\u008b\u0008\u001c\0\0\0\0\0\u0003\u0002\0xxname\0comment\0".getBytes(ISO_8859_1);
    byte[] body = Bodies.join(named, Arrays.copyOfRange(plain, 10, plain.length));
    assertArrayEquals(TEXT, decode(ContentCoding.GZIP, body));
    // Of a file without content, as RFC 1952 has it, with FHCRC.
    byte[] checked =
        HexFormat.of().parseHex("1f8b0802000000000003a777" + "0300" + "0000000000000000");
    assertEquals(0, decode(ContentCoding.GZIP, checked).length);
    checked[10]++;
    assertMalformed(ContentCoding.GZIP, checked);
  }

  /** Whatever is damaged, it is a body or a refusal. */
  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void damageIsRefusedOrWithoutEffect(ContentCoding coding) {
    Random random = new Random(Seed.of(ContentCodingTest.class));
    byte[] whole = Bodies.repeat(encode(coding, TEXT), 3);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = Arrays.copyOf(whole, whole.length - (i % 3 == 0 ? random.nextInt(20) : 0));
      for (int damages = random.nextInt(4); damages >= 0; damages--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      try {
        decode(coding, body);
      } catch (RequestException e) {
        refused++;
      }
    }
    assertTrue(refused > 10_000, "refused " + refused);
  }

  /** The JVM says so by one error the first time, and by another from then on. */
  @Test
  void aCodingWhoseLibraryCannotBeLoadedIsNotSupported() throws Exception {
    Class<?> coding = new WithoutZstd().loadClass(ContentCoding.class.getName());
    Method decode =
        coding.getDeclaredMethod(
            "decode", byte[].class, long.class, MemoryReservation.class, RequestMeter.class);
    decode.setAccessible(true);
    Object zstd = coding.getMethod("valueOf", String.class).invoke(null, "ZSTD");
    MemoryReservation reservation = new MemoryReservation(new MemoryBudget(Long.MAX_VALUE));
    byte[] body = encode(ContentCoding.ZSTD, TEXT);
    for (int i = 0; i < 2; i++) {
      InvocationTargetException thrown =
          assertThrows(
              InvocationTargetException.class,
              () -> decode.invoke(zstd, body, MAX_SIZE, reservation, new RequestMeter()));
      RequestException refused = assertInstanceOf(RequestException.class, thrown.getCause());
      assertEquals(RequestError.CONTENT_CODING_UNSUPPORTED, refused.error());
    }
  }

  private static void assertMalformed(ContentCoding coding, byte[] body) {
    RequestException refused =
        assertThrows(
            RequestException.class,
            () -> decode(coding, body),
            () -> HexFormat.of().formatHex(Arrays.copyOf(body, Math.min(200, body.length))));
    assertEquals(RequestError.CONTENT_CODING_MALFORMED, refused.error());
  }

  private static byte[] decode(ContentCoding coding, byte[] body) throws RequestException {
    MemoryReservation reservation = new MemoryReservation(new MemoryBudget(Long.MAX_VALUE));
    return coding.decode(body, MAX_SIZE, reservation, new RequestMeter());
  }

  private static byte[] encode(ContentCoding coding, byte[] body) {
    return coding == ContentCoding.GZIP ? Bodies.gzip(body) : Zstd.compress(body);
  }

  /** Has the package under test once more, for which zstd's library does not exist. */
  private static final class WithoutZstd extends ClassLoader {

    private static final String ZSTD = "com.github.luben.zstd.";
    private static final String OURS = ContentCoding.class.getPackageName() + ".";

    WithoutZstd() {
      super(ContentCodingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(ZSTD + "util.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(ZSTD) && !name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
