// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What an image of each service needs and its jars can tell without running: native libraries,
 * static blocks, and classes that settings name. {@link NativeImageIT} records the rest.
 */
class ImageMetadataTest {

  /** Methods whose effect or answer the builder would keep, instead of the machine that serves. */
  private static final Map<String, Set<String>> EFFECTS =
      Map.of(
          "java/lang/System",
          Set.of(
              "setProperty",
              "getProperty",
              "getenv",
              "load",
              "loadLibrary",
              "nanoTime",
              "currentTimeMillis"),
          "java/lang/Runtime",
          Set.of("load", "loadLibrary", "addShutdownHook", "maxMemory", "availableProcessors"),
          "java/lang/Thread",
          Set.of("<init>", "start"),
          "java/util/Random",
          Set.of("<init>"),
          "java/security/SecureRandom",
          Set.of("<init>"),
          "java/util/UUID",
          Set.of("randomUUID"),
          "java/time/Instant",
          Set.of("now"),
          "java/net/InetAddress",
          Set.of("getLocalHost", "getByName"),
          "java/lang/ProcessHandle",
          Set.of("current"));

  @ParameterizedTest
  @EnumSource
  void theNativeLibrariesAreDeclared(Service service) throws IOException {
    ImageContents image = ImageContents.ofJars(service.folder());
    Set<String> missing = new TreeSet<>();
    int libraries = 0;
    for (Path jar : image.jars()) {
      for (NativeLibrary library : NativeLibrary.of(jar)) {
        if (Exemptions.of(library).isEmpty()) {
          libraries++;
          missing.addAll(library.undeclaredIn(image));
        }
      }
    }
    assertFalse(libraries == 0, "no library is looked at");
    assertEquals(Set.of(), missing);
  }

  @ParameterizedTest
  @EnumSource
  void noStaticBlockOfOursActsOnTheMachineOfTheBuilder(Service service) throws IOException {
    ImageContents image = ImageContents.ofJars(service.folder());
    Set<String> found = new TreeSet<>();
    for (Path jar : image.jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : Collections.list(file.entries())) {
          if (entry.getName().startsWith("vigie/") && entry.getName().endsWith(".class")) {
            try (InputStream in = file.getInputStream(entry)) {
              found.addAll(effects(new ClassReader(in), image));
            }
          }
        }
      }
    }
    assertEquals(Set.of(), found);
  }

  /** Quarkus reads its own keys when it builds, and registers what it knows. */
  @ParameterizedTest
  @EnumSource
  void aClassThatASettingNamesIsRegistered(Service service) throws IOException {
    ImageContents image = ImageContents.ofJars(service.folder());
    Set<String> classes = new HashSet<>();
    List<Properties> settings = new ArrayList<>();
    for (Path jar : image.jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : Collections.list(file.entries())) {
          String name = entry.getName();
          if (name.endsWith(".class")) {
            classes.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
          } else if (name.equals("application.properties")) {
            Properties read = new Properties();
            try (InputStream in = file.getInputStream(entry)) {
              read.load(in);
            }
            settings.add(read);
          }
        }
      }
    }
    assertFalse(settings.isEmpty());
    Set<String> missing = new TreeSet<>();
    for (Properties read : settings) {
      for (String key : read.stringPropertyNames()) {
        String value = key.startsWith("quarkus.") ? "" : read.getProperty(key).strip();
        if (classes.contains(value) && !image.hasType(value) && !Exemptions.isQuarkus(value)) {
          missing.add(key + "=" + value);
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static Set<String> effects(ClassReader type, ImageContents image) {
    Set<String> found = new TreeSet<>();
    String name = type.getClassName().replace('/', '.');
    if (image.isInitializedAtRunTime(name)) {
      return found;
    }
    type.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(int a, String method, String t, String s, String[] e) {
            return method.equals("<clinit>") ? new Block(name, image, found) : null;
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  private static final class Block extends MethodVisitor {

    private final String type;
    private final ImageContents image;
    private final Set<String> found;
    private final List<String> constants = new ArrayList<>();

    Block(String type, ImageContents image, Set<String> found) {
      super(Opcodes.ASM9);
      this.type = type;
      this.image = image;
      this.found = found;
    }

    @Override
    public void visitLdcInsn(Object value) {
      constants.add(value.toString());
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String t, boolean itf) {
      boolean declared =
          name.equals("setProperty") && constants.stream().anyMatch(image::hasProperty);
      if (EFFECTS.getOrDefault(owner, Set.of()).contains(name) && !declared) {
        found.add(type + " calls " + owner.replace('/', '.') + "." + name);
      }
    }
  }
}
