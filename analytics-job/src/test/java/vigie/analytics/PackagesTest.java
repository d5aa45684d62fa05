// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which package may use which, and how large a package may be. */
class PackagesTest {

  private static final int MAX_CLASSES = 25;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("vigie.analytics");

  @Test
  void aPackageUsesOnlyThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("vigie.analytics..")
        .ensureAllClassesAreContainedInArchitecture()
        .layer("analytics")
        .definedBy("vigie.analytics")
        .layer("config")
        .definedBy("vigie.analytics.config")
        .layer("spark")
        .definedBy("vigie.analytics.spark")
        .layer("archive")
        .definedBy("vigie.analytics.archive")
        .layer("aggregate")
        .definedBy("vigie.analytics.aggregate")
        .layer("publish")
        .definedBy("vigie.analytics.publish")
        .layer("stream")
        .definedBy("vigie.analytics.stream")
        .layer("driver")
        .definedBy("vigie.analytics.driver")
        .layer("recompute")
        .definedBy("vigie.analytics.recompute")
        .layer("maintenance")
        .definedBy("vigie.analytics.maintenance")
        .layer("erasure")
        .definedBy("vigie.analytics.erasure")
        .whereLayer("config")
        .mayNotAccessAnyLayer()
        .whereLayer("spark")
        .mayOnlyAccessLayers("config")
        .whereLayer("archive")
        .mayOnlyAccessLayers("config", "spark")
        .whereLayer("aggregate")
        .mayOnlyAccessLayers("archive")
        .whereLayer("publish")
        .mayOnlyAccessLayers("config", "archive", "aggregate", "spark")
        .whereLayer("stream")
        .mayOnlyAccessLayers("config", "archive", "aggregate", "publish")
        .whereLayer("driver")
        .mayOnlyAccessLayers("config", "archive", "publish", "stream", "spark")
        .whereLayer("recompute")
        .mayOnlyAccessLayers("config", "archive", "aggregate", "publish", "spark")
        .whereLayer("maintenance")
        .mayOnlyAccessLayers("config", "archive", "spark", "stream", "publish", "driver")
        .whereLayer("erasure")
        .mayOnlyAccessLayers("config", "archive", "spark", "publish", "stream", "maintenance")
        .whereLayer("analytics")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void noPackageHasMoreThan25Classes() {
    Map<String, Long> sizes =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(groupingBy(JavaClass::getPackageName, TreeMap::new, counting()));
    sizes.values().removeIf(size -> size <= MAX_CLASSES);
    assertEquals(Map.of(), sizes);
  }
}
