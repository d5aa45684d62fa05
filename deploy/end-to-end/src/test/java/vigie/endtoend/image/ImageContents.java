// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.objectweb.asm.ClassReader;

/**
 * What the native image of a service is told to contain: by our metadata, by those of libraries,
 * and by Quarkus, which writes its own with {@code -Dquarkus.native.sources-only}.
 */
final class ImageContents {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "META-INF/native-image/";
  private static final Pattern OPTION = Pattern.compile("--initialize-at-run-time=(\\S+)");
  private static final Pattern PROPERTY = Pattern.compile("-J-D([^=\\s]+)=");
  private static final Pattern FEATURES = Pattern.compile("--features=(\\S+)");

  private static final String HEAD =
      "  %-58s%8s%6s%9s%11s%10s%n"
          .formatted("", "types", "JNI", "proxies", "resources", "run time");

  private final List<Path> jars;
  private final Set<String> types = new TreeSet<>();
  private final Set<String> jniTypes = new TreeSet<>();
  private final Map<String, Set<String>> jniMembers = new HashMap<>();
  private final Set<String> proxies = new TreeSet<>();
  private final List<Pattern> resources = new ArrayList<>();
  private final Set<String> atRunTime = new TreeSet<>();
  private final Set<String> properties = new TreeSet<>();
  private final List<String> rows = new ArrayList<>();

  /** What Quarkus gives to the builder, for which it has to run first. */
  static ImageContents ofSources(Path service) throws IOException {
    Path sources = service.resolve("target/native-sources");
    assertTrue(
        Files.exists(sources),
        sources
            + " is missing: run mvn package -Dnative -Dquarkus.native.sources-only -DskipTests"
            + " as deploy/test --all does");
    String arguments = Files.readString(sources.resolve("native-image.args"));
    Set<String> features = new HashSet<>();
    Matcher named = FEATURES.matcher(arguments);
    while (named.find()) {
      features.addAll(List.of(named.group(1).split(",", -1)));
    }
    ImageContents contents = new ImageContents(jars(sources, sources.resolve("lib")), features);
    contents.options(arguments);
    return contents;
  }

  /** What stands in the jars of a service, ours and others, without what Quarkus would add. */
  static ImageContents ofJars(Path service) throws IOException {
    Path application = service.resolve("target/quarkus-app");
    return new ImageContents(
        jars(application.resolve("app"), application.resolve("lib/main")), Set.of());
  }

  private ImageContents(List<Path> jars, Set<String> features) throws IOException {
    this.jars = jars;
    for (Path jar : jars) {
      int[] before = sizes();
      read(jar, features);
      int[] after = sizes();
      if (!Arrays.equals(before, after)) {
        Object[] added =
            IntStream.range(0, after.length).mapToObj(i -> after[i] - before[i]).toArray();
        rows.add("  %-58s".formatted(jar.getFileName()) + "%8d%6d%9d%11d%10d".formatted(added));
      }
    }
  }

  private static List<Path> jars(Path... folders) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path folder : folders) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
        files.forEach(jars::add);
      }
    }
    return jars;
  }

  List<Path> jars() {
    return jars;
  }

  boolean hasType(String name) {
    return types.contains(name);
  }

  boolean hasJniType(String name) {
    return jniTypes.contains(name);
  }

  boolean hasJniMember(String type, String member) {
    Set<String> members = jniMembers.getOrDefault(type, Set.of());
    return members.contains("*") || members.contains(member);
  }

  boolean hasProxy(String interfaces) {
    return proxies.contains(interfaces);
  }

  boolean hasResource(String path) {
    return resources.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  boolean hasProperty(String name) {
    return properties.contains(name);
  }

  /** All other classes are initialized by the builder. */
  boolean isInitializedAtRunTime(String type) {
    return atRunTime.stream().anyMatch(name -> type.equals(name) || type.startsWith(name + "."));
  }

  /** What each jar adds; Quarkus' own is in the first, that of the service. */
  String table() {
    return rows.stream().collect(Collectors.joining("%n".formatted(), HEAD, "%n".formatted()));
  }

  private int[] sizes() {
    return new int[] {
      types.size(), jniTypes.size(), proxies.size(), resources.size(), atRunTime.size()
    };
  }

  private void read(Path jar, Set<String> features) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Enumeration<JarEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        try (InputStream in = file.getInputStream(entry)) {
          if (name.startsWith(METADATA) && name.endsWith(".json")) {
            metadata(name.substring(name.lastIndexOf('/') + 1), JSON.readTree(in));
          } else if (name.startsWith(METADATA) && name.endsWith("native-image.properties")) {
            Properties options = new Properties();
            options.load(in);
            options(options.getProperty("Args", ""));
          } else if (name.endsWith("Feature.class")
              && features.contains(name.replace(".class", "").replace('/', '.'))) {
            feature(name, new ClassReader(in));
          }
        }
      }
    }
  }

  private void options(String options) {
    Matcher initialized = OPTION.matcher(options);
    while (initialized.find()) {
      atRunTime.addAll(List.of(initialized.group(1).split(",", -1)));
    }
    Matcher set = PROPERTY.matcher(options);
    while (set.find()) {
      properties.add(set.group(1));
    }
  }

  /**
   * Quarkus' own feature names the classes to initialize at run time, beside the one whose static
   * block starts the application in the builder; other features name what they register.
   */
  private void feature(String name, ClassReader feature) {
    Set<String> names = name.equals("io/quarkus/runner/Feature.class") ? atRunTime : types;
    char[] buffer = new char[feature.getMaxStringLength()];
    for (int i = 1; i < feature.getItemCount(); i++) {
      int offset = feature.getItem(i);
      // A constant of type String, which begins with a byte of this value.
      if (offset > 0 && feature.readByte(offset - 1) == 8) {
        names.add(feature.readUTF8(offset, buffer));
      }
    }
    names.remove("io.quarkus.runner.ApplicationImpl");
  }

  private void metadata(String file, JsonNode json) {
    switch (file) {
      case "reflect-config.json" -> json.forEach(entry -> type(entry, false));
      case "jni-config.json" -> json.forEach(entry -> type(entry, true));
      case "proxy-config.json" -> json.forEach(entry -> proxy(entry.get("interfaces")));
      case "resource-config.json" ->
          json.path("resources")
              .path("includes")
              .forEach(entry -> resources.add(Pattern.compile(entry.get("pattern").asText())));
      case "reachability-metadata.json" -> {
        json.path("reflection")
            .forEach(entry -> type(entry, entry.path("jniAccessible").asBoolean()));
        json.path("resources").forEach(entry -> resources.add(glob(entry.path("glob").asText())));
      }
      default -> {}
    }
  }

  private void type(JsonNode entry, boolean jni) {
    JsonNode named = entry.has("type") ? entry.get("type") : entry.get("name");
    if (named.has("proxy")) {
      proxy(named.get("proxy"));
      return;
    }
    String type = named.asText();
    types.add(type);
    if (jni) {
      jniTypes.add(type);
      Set<String> members = jniMembers.computeIfAbsent(type, key -> new HashSet<>());
      entry.path("fields").forEach(field -> members.add(field.get("name").asText()));
      entry.path("methods").forEach(method -> members.add(method.get("name").asText()));
      if (entry.path("allDeclaredFields").asBoolean()) {
        members.add("*");
      }
    }
  }

  private void proxy(JsonNode interfaces) {
    List<String> names = new ArrayList<>();
    interfaces.forEach(name -> names.add(name.asText()));
    proxies.add(String.join(",", names));
  }

  /** {@code *} stands for a part of one name, {@code **} for any folders. */
  private static Pattern glob(String glob) {
    return Pattern.compile(
        Pattern.compile("\\*\\*|\\*|[^*]+")
            .matcher(glob)
            .results()
            .map(
                part ->
                    switch (part.group()) {
                      case "**" -> ".*";
                      case "*" -> "[^/]*";
                      default -> Pattern.quote(part.group());
                    })
            .collect(Collectors.joining()));
  }
}
