// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A data folder as a system's own program prepared it once, copied since: a copy takes
 * milliseconds, the program a second or more. Copies are not synced to disk, so a power cut within
 * seconds of the first start may damage them.
 */
public final class DataTemplate {

  private final Path template;

  /**
   * @param name with the {@link Fingerprint} of what the preparation depends on
   */
  public DataTemplate(StackFolder folder, String name) {
    this.template = folder.templates().resolve(name);
  }

  /** Copies the template, if there is one. */
  public boolean copiedTo(Path target) {
    if (!Files.exists(template)) {
      return false;
    }
    copy(template, target);
    return true;
  }

  /** Stores what was prepared; a folder that another process has stored meanwhile stays. */
  public void store(Path prepared) {
    Path beside = template.resolveSibling(template.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createDirectories(template.getParent());
      copy(prepared, beside);
      try {
        Files.move(beside, template, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        OneTimeSetup.delete(beside);
        if (!Files.exists(template)) {
          throw e;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (!Files.isDirectory(target)) {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets a line of a copied file of properties, which has it. */
  public static void set(Path properties, String name, String value) {
    Pattern line = Pattern.compile("^" + Pattern.quote(name) + "=.*$", Pattern.MULTILINE);
    try {
      Matcher found = line.matcher(Files.readString(properties));
      if (!found.find()) {
        throw new StackException("%s does not have %s".formatted(properties, name));
      }
      String changed = found.replaceFirst(Matcher.quoteReplacement(name + "=" + value));
      Files.writeString(properties, changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
