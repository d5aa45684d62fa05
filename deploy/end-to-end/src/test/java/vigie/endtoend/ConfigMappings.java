// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of our components, from the sources of their {@code @ConfigMapping} interfaces. */
final class ConfigMappings {

  private static final Pattern MAPPING =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");

  /** A nested type or a setting, with its comment and annotations. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "(?:/\\*\\*(?<comment>(?:(?!\\*/).)*)\\*/\\s*)?"
              + "(?<annotations>(?:@\\w+(?:\\([^)]*\\))?\\s*)*)"
              + "(?:public )?(?:(?<kind>interface|enum) (?<nested>\\w+) \\{"
              + "|(?<type>[\\w<>]+) (?<name>\\w+)\\(\\);)",
          Pattern.DOTALL);

  private static final Pattern DEFAULT =
      Pattern.compile("@WithDefault\\((?:\"([^\"]*)\"|(\\w+)\\.(\\w+))\\)");

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=\\.) (?=[A-Z{])");
  private static final Pattern DEFAULT_SENTENCE = Pattern.compile("Default .*");
  private static final String FOR_TESTS = "For tests only";

  private ConfigMappings() {}

  private record Setting(String comment, String annotations, String type, String name) {

    String key(String prefix) {
      return annotations.contains("@WithParentName") ? prefix : prefix + "." + kebab(name);
    }
  }

  /** Markdown, a paragraph for each setting, by the prefix of the interface. */
  static Map<String, String> byPrefix() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (Path source : Documents.sources(".java")) {
      String code = Files.readString(source);
      Matcher mapping = MAPPING.matcher(code);
      if (!source.startsWith(Facts.ROOT.resolve("deploy")) && mapping.find()) {
        String body = code.substring(code.indexOf('{', mapping.end()) + 1);
        StringBuilder page = new StringBuilder("\n");
        addTo(page, body, mapping.group(1));
        settings.put(mapping.group(1), page.toString());
      }
    }
    return settings;
  }

  /** Settings in the order of the source; those of a nested interface follow where it is used. */
  private static void addTo(StringBuilder page, String body, String prefix) throws IOException {
    Map<String, String> nested = new TreeMap<>();
    List<Setting> settings = new ArrayList<>();
    Matcher member = MEMBER.matcher(body);
    for (int at = 0; member.find(at); ) {
      at = member.end();
      if (member.group("kind") == null) {
        settings.add(
            new Setting(
                member.group("comment"),
                member.group("annotations"),
                member.group("type"),
                member.group("name")));
      } else {
        String inside = inside(body, at);
        at += inside.length();
        if (member.group("kind").equals("interface")) {
          nested.put(member.group("nested"), inside);
        }
      }
    }
    for (Setting setting : settings) {
      String inside = nested.get(setting.type());
      if (inside == null) {
        page.append(paragraph(setting, prefix));
      } else {
        addTo(page, inside, setting.key(prefix));
      }
    }
  }

  private static String inside(String body, int begin) {
    int depth = 1;
    int at = begin;
    for (; at < body.length() && depth > 0; at++) {
      depth += body.charAt(at) == '{' ? 1 : body.charAt(at) == '}' ? -1 : 0;
    }
    return body.substring(begin, at);
  }

  private static String paragraph(Setting setting, String prefix) throws IOException {
    String text = text(setting.comment());
    if (text.startsWith(FOR_TESTS)) {
      return "";
    }
    String preset = preset(setting.annotations());
    String key = setting.key(prefix);
    if (preset != null) {
      return "`%s=%s` %s".formatted(key, preset, text).strip() + "\n\n";
    }
    String need = setting.type().startsWith("Optional") ? "optional" : "required";
    return "`%s` (%s) %s".formatted(key, need, text).strip() + "\n\n";
  }

  private static String preset(String annotations) throws IOException {
    Matcher preset = DEFAULT.matcher(annotations);
    if (!preset.find()) {
      return null;
    }
    return preset.group(1) != null ? preset.group(1) : constant(preset.group(2), preset.group(3));
  }

  private static String constant(String type, String name) throws IOException {
    Pattern constant = Pattern.compile("\\b" + name + " = \"([^\"]*)\"");
    for (Path source : Documents.sources("/" + type + ".java")) {
      Matcher value = constant.matcher(Files.readString(source));
      if (value.find()) {
        return value.group(1);
      }
    }
    throw new IOException("no constant " + type + "." + name);
  }

  /** The first sentence, unless it is the default, which the annotation has. */
  private static String text(String comment) {
    if (comment == null) {
      return "";
    }
    String plain =
        comment
            .replaceAll("(?m)^\\s*\\*", " ")
            .replaceAll("\\s+", " ")
            .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
            .strip();
    String first = SENTENCE_END.splitAsStream(plain).findFirst().orElse("");
    return DEFAULT_SENTENCE.matcher(first).matches() ? "" : first;
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
