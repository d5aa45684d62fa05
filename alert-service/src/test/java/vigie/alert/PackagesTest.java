// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert;

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
          .importPackages("vigie.alert");

  @Test
  void aPackageUsesOnlyThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("vigie.alert..")
        .ensureAllClassesAreContainedInArchitecture()
        .layer("settings")
        .definedBy("vigie.alert")
        .layer("access")
        .definedBy("vigie.alert.access")
        .layer("problem")
        .definedBy("vigie.alert.problem")
        .layer("quorum")
        .definedBy("vigie.alert.quorum")
        .layer("kafka")
        .definedBy("vigie.alert.kafka")
        .layer("threshold")
        .definedBy("vigie.alert.threshold")
        .layer("evaluation")
        .definedBy("vigie.alert.evaluation")
        .layer("claim")
        .definedBy("vigie.alert.claim")
        .layer("escalation")
        .definedBy("vigie.alert.escalation")
        .layer("hotspot")
        .definedBy("vigie.alert.hotspot")
        .layer("patrol.protocol")
        .definedBy("vigie.alert.patrol.protocol")
        .layer("patrol.log")
        .definedBy("vigie.alert.patrol.log")
        .layer("patrol.admission")
        .definedBy("vigie.alert.patrol.admission")
        .layer("patrol.session")
        .definedBy("vigie.alert.patrol.session")
        .whereLayer("settings")
        .mayNotAccessAnyLayer()
        .whereLayer("access")
        .mayNotAccessAnyLayer()
        .whereLayer("problem")
        .mayOnlyAccessLayers("quorum")
        .whereLayer("quorum")
        .mayOnlyAccessLayers("settings")
        .whereLayer("kafka")
        .mayOnlyAccessLayers("settings")
        .whereLayer("threshold")
        .mayOnlyAccessLayers("access", "problem", "quorum", "kafka", "settings")
        .whereLayer("evaluation")
        .mayOnlyAccessLayers("threshold", "kafka", "settings")
        .whereLayer("claim")
        .mayOnlyAccessLayers("quorum", "kafka")
        .whereLayer("escalation")
        .mayOnlyAccessLayers("claim", "kafka", "quorum", "settings")
        .whereLayer("hotspot")
        .mayOnlyAccessLayers("kafka", "settings")
        .whereLayer("patrol.protocol")
        .mayOnlyAccessLayers("claim", "kafka")
        .whereLayer("patrol.log")
        .mayOnlyAccessLayers("patrol.protocol", "claim", "kafka", "settings")
        .whereLayer("patrol.admission")
        .mayOnlyAccessLayers("patrol.protocol", "settings")
        .whereLayer("patrol.session")
        .mayOnlyAccessLayers(
            "patrol.admission", "patrol.log", "patrol.protocol", "claim", "quorum", "settings")
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
