// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import vigie.stack.process.ServiceForm;

/** What the services of a test looked up by name while they ran as JVMs. */
public record Recordings(Path folder) {

  private static final Path LAST = Path.of("target/recordings").toAbsolutePath();

  /** Of the stack that this JVM starts from now on. */
  public static void begin() throws IOException {
    Files.createDirectories(LAST);
    for (Service service : Service.values()) {
      Files.deleteIfExists(LAST.resolve(service.part()));
    }
    System.setProperty(
        ServiceForm.AGENT,
        RecordingAgent.jar(LAST.resolve("agent.jar"), LAST.resolve("{service}")));
  }

  public static Recordings last() {
    return new Recordings(LAST);
  }

  /** By service, what it looked up and its native image would not have. */
  public Map<String, Set<String>> undeclared() throws IOException {
    Map<String, Set<String>> undeclared = new TreeMap<>();
    for (Service service : Service.values()) {
      ImageContents image = ImageContents.ofSources(service.folder());
      undeclared.put(
          service.part(), undeclared(Files.readAllLines(folder.resolve(service.part())), image));
    }
    return undeclared;
  }

  /** What the image of each service is told to contain. */
  public static String table() throws IOException {
    StringBuilder table = new StringBuilder();
    for (Service service : Service.values()) {
      table.append(service.part()).append(System.lineSeparator());
      table.append(ImageContents.ofSources(service.folder()).table());
    }
    return table.toString();
  }

  private static Set<String> undeclared(List<String> lines, ImageContents image)
      throws IOException {
    Map<String, Path> entries = new HashMap<>();
    for (Path jar : image.jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (var entry : Collections.list(file.entries())) {
          entries.putIfAbsent(entry.getName(), jar);
        }
      }
    }
    Set<String> missing = new TreeSet<>();
    Set<Path> loading = new HashSet<>();
    for (String line : lines) {
      String[] parts = line.split(Recording.SEPARATOR, -1);
      Recording.Kind kind = Recording.Kind.valueOf(parts[0]);
      String name = parts[1];
      String caller = parts[2];
      boolean inBuilder =
          !parts[3].isEmpty()
              && !Arrays.stream(parts[3].split(",", -1)).allMatch(image::isInitializedAtRunTime);
      if (Exemptions.isUnneeded(caller, name)) {
        continue;
      }
      boolean declared =
          switch (kind) {
            case TYPE, MEMBER ->
                inBuilder
                    || !entries.containsKey(name.replace('.', '/') + ".class")
                    || image.hasType(name);
            case PROXY -> inBuilder || image.hasProxy(name);
            case SERVICE ->
                inBuilder
                    || !entries.containsKey("META-INF/services/" + name)
                    || image.hasResource("META-INF/services/" + name);
            case RESOURCE -> inBuilder || !entries.containsKey(name) || image.hasResource(name);
            case PROPERTY -> !inBuilder || image.hasProperty(name);
            case LIBRARY -> {
              Path jar = entries.get(caller.replace('.', '/') + ".class");
              if (jar != null) {
                loading.add(jar);
              }
              yield true;
            }
          };
      if (!declared) {
        missing.add(
            kind
                + " "
                + name
                + " by "
                + caller
                + (parts[3].isEmpty() ? "" : " in static block of " + parts[3]));
      }
    }
    for (Path jar : loading) {
      for (NativeLibrary library : NativeLibrary.of(jar)) {
        if (Exemptions.of(library).isEmpty()) {
          missing.addAll(library.undeclaredIn(image));
        }
      }
    }
    return missing;
  }
}
