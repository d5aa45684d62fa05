// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

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
          .importPackages("vigie.ingest");

  @Test
  void aPackageUsesOnlyThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("vigie.ingest..")
        .ensureAllClassesAreContainedInArchitecture()
        .layer("ingest")
        .definedBy("vigie.ingest")
        .layer("model")
        .definedBy("vigie.ingest.model")
        .layer("memory")
        .definedBy("vigie.ingest.memory")
        .layer("quota")
        .definedBy("vigie.ingest.quota")
        .layer("event")
        .definedBy("vigie.ingest.event")
        .layer("body")
        .definedBy("vigie.ingest.body")
        .layer("admission")
        .definedBy("vigie.ingest.admission")
        .layer("kafka")
        .definedBy("vigie.ingest.kafka")
        .whereLayer("model")
        .mayNotAccessAnyLayer()
        .whereLayer("memory")
        .mayOnlyAccessLayers("model")
        .whereLayer("quota")
        .mayOnlyAccessLayers("memory", "model")
        .whereLayer("event")
        .mayOnlyAccessLayers("model")
        .whereLayer("body")
        .mayOnlyAccessLayers("event", "quota", "memory", "model")
        .whereLayer("admission")
        .mayOnlyAccessLayers("body", "quota", "memory", "model")
        .whereLayer("kafka")
        .mayOnlyAccessLayers("event", "model")
        .whereLayer("ingest")
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
