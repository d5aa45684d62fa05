// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vigie.stack.ports.Ports;
import vigie.stack.workspace.StackException;
import vigie.stack.workspace.WorkingCopy;

/** Fills in the <code>${NAME}</code> of a file of {@code config/}. */
public final class ConfigTemplate {

  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
  private static final String PROPERTIES = ".properties";
  private static final int ASCII = 128;

  private final Ports ports;
  private final Map<String, String> variables;

  public ConfigTemplate(Ports ports, Map<String, String> more) {
    this.ports = ports;
    variables = new HashMap<>(ports.variables());
    variables.putAll(more);
  }

  /** Writes the filled-in file and answers where it is. */
  public Path render(String config, Path target) {
    return render(List.of(config), target);
  }

  /** As {@link #render}, one file after the other: what a later one says again counts. */
  public Path render(List<String> configs, Path target) {
    try {
      Files.createDirectories(target.getParent());
      return Files.writeString(
          target, configs.stream().map(this::fill).collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The filled-in file. */
  public String fill(String config) {
    try {
      return ports.withHosts(
          NAME.matcher(Files.readString(WorkingCopy.config(config)))
              .replaceAll(
                  match -> {
                    String value = value(match.group(1), config);
                    return Matcher.quoteReplacement(
                        config.endsWith(PROPERTIES) ? escaped(value) : value);
                  }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kafka and Log4j read such a file as ISO 8859-1, so that a folder may have any name. */
  private static String escaped(String value) {
    return value
        .chars()
        .mapToObj(c -> c < ASCII && c != '\\' ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining());
  }

  private String value(String name, String config) {
    String value = variables.get(name);
    if (value == null) {
      throw new StackException(
          "config/%s uses ${%s}, which nothing defines".formatted(config, name));
    }
    return value;
  }
}
