// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vigie.stack.VigieStack;

/**
 * What a component that was taken over can do with its own credentials to what other components
 * need. {@code takeover.yaml} lists it, with the reason for each act.
 */
record Takeover(VigieStack vigie) {

  private static final Path LIST = Path.of("src/test/resources/takeover.yaml");

  /** An act a line, after its component. */
  String possible() throws Exception {
    Set<String> possible = new TreeSet<>();
    add(possible, new KafkaTakeover(vigie).possible());
    add(possible, Map.of("alert-service", new RedisTakeover(vigie).possible()));
    add(possible, new PostgresTakeover(vigie).possible());
    add(possible, new HdfsTakeover(vigie).possible());
    return String.join("\n", possible);
  }

  private static void add(Set<String> all, Map<String, Set<String>> ofComponents) {
    ofComponents.forEach(
        (component, acts) -> acts.forEach(act -> assertTrue(all.add(component + ": " + act), act)));
  }

  static String listed() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (JsonNode line : new YAMLMapper().readTree(LIST.toFile()).get("takeover")) {
      String component = line.get("component").asText();
      assertFalse(line.get("because").asText().isBlank(), component);
      for (JsonNode act : line.get("can")) {
        assertTrue(listed.add(component + ": " + act.asText()), act.asText());
      }
    }
    return String.join("\n", listed);
  }
}
