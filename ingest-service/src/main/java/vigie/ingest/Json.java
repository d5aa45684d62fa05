// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** How JSON is read: UTF-8 only, and within bounds that no honest laptop reaches. */
final class Json {

  /** Names are not interned: clients choose them, and the JVM would keep every one. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(64)
                  .maxStringLength(64 * 1024)
                  .maxNameLength(256)
                  .build())
          .build();

  private Json() {}

  /** What is wrong and where, without echoing the body. */
  static String fault(IOException e) {
    if (e instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
      return "%s (at byte %d)"
          .formatted(malformed.getOriginalMessage(), malformed.getLocation().getByteOffset());
    }
    return e.getMessage();
  }
}
