// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.OutputStream;

/** How JSON is read and written: UTF-8 only, and within bounds that no honest laptop reaches. */
public final class Json {

  /** Names are not interned: clients choose them, and the JVM would keep every one. */
  static final LineParser.Factory FACTORY =
      new LineParser.Factory(
          new JsonFactoryBuilder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .disable(JsonFactory.Feature.CHARSET_DETECTION)
              .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(32)
                      .maxNumberLength(64)
                      .maxStringLength(64 * 1024)
                      .maxNameLength(256)
                      .build()));

  private Json() {}

  /** A parser of a whole body, once it is known to be UTF-8: the parser's own look is lenient. */
  static JsonParser parser(byte[] body) throws IOException {
    int fault = Utf8.fault(body, 0, body.length);
    if (fault != Utf8.NOWHERE) {
      throw new IOException(notUtf8(fault));
    }
    return FACTORY.parser(body, 0, body.length);
  }

  /** Writes an answer. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  static String notUtf8(int at) {
    return "Not UTF-8 (at byte %d)".formatted(at);
  }

  /** What is wrong and where, without echoing the body. */
  static String fault(IOException e) {
    if (e instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
      return "%s (at byte %d)"
          .formatted(malformed.getOriginalMessage(), malformed.getLocation().getByteOffset());
    }
    return e.getMessage();
  }
}
