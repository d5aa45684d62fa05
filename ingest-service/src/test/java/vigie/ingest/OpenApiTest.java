// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import vigie.ingest.event.RecordError;
import vigie.ingest.model.RequestError;

/** The document says all that the service can answer, and nothing else. */
class OpenApiTest {

  static final List<String> PATHS = List.of("/v1/results", "/v1/activity");

  private final Map<String, Object> document = read();

  @Test
  void everyStatusIsDocumentedAtEveryPath() {
    Set<String> given =
        Stream.concat(
                Stream.of(202), Arrays.stream(RequestError.values()).map(RequestError::status))
            .map(String::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String path : PATHS) {
      assertEquals(
          given, new TreeSet<>(map(document, "paths", path, "post", "responses").keySet()));
    }
  }

  @Test
  void everyCodeIsDocumentedAtItsStatus() {
    for (RequestError error : RequestError.values()) {
      String status = Integer.toString(error.status());
      for (String path : PATHS) {
        String reference =
            (String) map(document, "paths", path, "post", "responses", status).get("$ref");
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        String text = (String) map(document, "components", "responses", name).get("description");
        assertTrue(text.contains("`" + error.code() + "`"), error.code() + " at " + status);
      }
    }
  }

  @Test
  void theListsOfCodesAreComplete() {
    assertEquals(
        Arrays.stream(RequestError.values()).map(RequestError::code).collect(Collectors.toSet()),
        codes("Problem"));
    assertEquals(
        Arrays.stream(RecordError.values()).map(RecordError::code).collect(Collectors.toSet()),
        codes("Rejected"));
  }

  private Set<?> codes(String schema) {
    Map<String, Object> code = map(document, "components", "schemas", schema, "properties", "code");
    return Set.copyOf((List<?>) code.get("enum"));
  }

  /** The example of a path's JSON body. */
  static Map<String, Object> example(String path) {
    return map(
        read(), "paths", path, "post", "requestBody", "content", "application/json", "example");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> from, String... path) {
    Map<String, Object> at = from;
    for (String step : path) {
      at = (Map<String, Object>) at.get(step);
    }
    return at;
  }

  private static Map<String, Object> read() {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
