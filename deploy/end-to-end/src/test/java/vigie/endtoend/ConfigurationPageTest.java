// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code deploy/docs/configuration.md} lists each setting with its default. */
class ConfigurationPageTest {

  private static final Path PAGE = Facts.ROOT.resolve("deploy/docs/configuration.md");
  private static final Pattern MARKED =
      Pattern.compile("(?s)(<!-- generated from (\\S+) -->\\n).*?(<!-- end -->)");

  private static final Pattern READ =
      Pattern.compile("settings\\s*\\.(?:text|number|percentage|duration)\\(\\s*\"(\\w+)\"");

  private static final Pattern VARIABLE = Pattern.compile("`VIGIE_ANALYTICS_(\\w+)[`=]");

  @Test
  void theSettingsOfTheServicesAreThoseOfTheirInterfaces() throws IOException {
    Map<String, String> settings = ConfigMappings.byPrefix();
    String page = Files.readString(PAGE);
    Set<String> shown = new TreeSet<>();
    String current =
        MARKED
            .matcher(page)
            .replaceAll(
                part -> {
                  shown.add(part.group(2));
                  String lines = settings.getOrDefault(part.group(2), "");
                  return Matcher.quoteReplacement(part.group(1) + lines + part.group(3));
                });
    if (System.getProperty("vigie.docs", "").equals("write")) {
      Files.writeString(PAGE, current);
    }
    assertEquals(settings.keySet(), shown);
    assertEquals(current, Files.readString(PAGE), "run this test with -Dvigie.docs=write");
  }

  @Test
  void theVariablesOfTheAnalyticsAreThoseThatItReads() throws IOException {
    Set<String> read = new TreeSet<>();
    for (Path source : Documents.sources("AnalyticsConfig.java", "MaintenanceConfig.java")) {
      READ.matcher(Files.readString(source)).results().forEach(name -> read.add(name.group(1)));
    }
    Set<String> shown = new TreeSet<>();
    String page = Files.readString(PAGE);
    String list = page.substring(page.indexOf("## analytics-job"));
    VARIABLE.matcher(list).results().forEach(name -> shown.add(name.group(1)));
    assertEquals(read, shown);
    assertTrue(read.size() > 10, read.toString());
  }
}
