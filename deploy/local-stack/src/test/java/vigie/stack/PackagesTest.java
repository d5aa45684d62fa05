// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

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
          .importPackages("vigie.stack");

  @Test
  void aPackageUsesOnlyThoseBelowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("vigie.stack..")
        .ensureAllClassesAreContainedInArchitecture()
        .layer("stack")
        .definedBy("vigie.stack")
        .layer("workspace")
        .definedBy("vigie.stack.workspace")
        .layer("ports")
        .definedBy("vigie.stack.ports")
        .layer("network")
        .definedBy("vigie.stack.network")
        .layer("security")
        .definedBy("vigie.stack.security")
        .layer("process")
        .definedBy("vigie.stack.process")
        .layer("kafka")
        .definedBy("vigie.stack.kafka")
        .layer("redis")
        .definedBy("vigie.stack.redis")
        .layer("hdfs")
        .definedBy("vigie.stack.hdfs")
        .layer("postgres")
        .definedBy("vigie.stack.postgres")
        .layer("spark")
        .definedBy("vigie.stack.spark")
        .layer("cli")
        .definedBy("vigie.stack.cli")
        .whereLayer("workspace")
        .mayNotAccessAnyLayer()
        .whereLayer("ports")
        .mayOnlyAccessLayers("workspace")
        .whereLayer("network")
        .mayOnlyAccessLayers("workspace")
        .whereLayer("security")
        .mayOnlyAccessLayers("workspace")
        .whereLayer("process")
        .mayOnlyAccessLayers("ports", "workspace")
        .whereLayer("kafka")
        .mayOnlyAccessLayers("process", "ports", "workspace", "security", "network")
        .whereLayer("redis")
        .mayOnlyAccessLayers("process", "ports", "workspace", "security", "network")
        .whereLayer("hdfs")
        .mayOnlyAccessLayers("process", "ports", "workspace")
        .whereLayer("postgres")
        .mayOnlyAccessLayers("process", "ports", "workspace", "security")
        .whereLayer("spark")
        .mayOnlyAccessLayers("process", "ports", "workspace")
        .whereLayer("cli")
        .mayOnlyAccessLayers(
            "stack", "security", "kafka", "redis", "hdfs", "process", "ports", "workspace")
        .whereLayer("stack")
        .mayOnlyBeAccessedByLayers("cli")
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
