// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A library of a jar for Linux. An agent sees no look-ups by JNI. So what the library may look up
 * is read from it: each of its texts that is a class of the jar, or a field of a class whose
 * methods it implements.
 */
record NativeLibrary(
    Path jar, String resource, Set<String> owners, Set<String> types, Set<String> fields) {

  private static final Pattern X64 =
      Pattern.compile(
          "(.*/)?(linux[-/_]?(64|x64|amd64|x86_64)|lib\\w+-linux64)\\b.*\\.so|.*_linux_x86_64\\.so",
          Pattern.CASE_INSENSITIVE);

  static List<NativeLibrary> of(Path jar) throws IOException {
    List<NativeLibrary> libraries = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (X64.matcher(entry.getName()).matches() && !entry.getName().contains("musl")) {
          byte[] bytes = file.getInputStream(entry).readAllBytes();
          libraries.add(read(jar, file, entry.getName(), texts(bytes)));
        }
      }
    }
    return libraries;
  }

  /** What the library needs and the image would not have. */
  Set<String> undeclaredIn(ImageContents image) {
    Set<String> missing = new TreeSet<>();
    if (!image.hasResource(resource)) {
      missing.add("resource " + resource);
    }
    for (String owner : owners) {
      if (!image.isInitializedAtRunTime(owner)) {
        missing.add("initialization at run time of " + owner);
      }
    }
    for (String type : types) {
      if (!image.hasJniType(type)) {
        missing.add("JNI type " + type);
      }
    }
    for (String field : fields) {
      String[] parts = field.split("#", -1);
      if (!image.hasJniMember(parts[0], parts[1])) {
        missing.add("JNI field " + field);
      }
    }
    return missing;
  }

  private static NativeLibrary read(Path jar, JarFile file, String resource, Set<String> texts)
      throws IOException {
    Set<String> owners = new TreeSet<>();
    Set<String> types = new TreeSet<>();
    Set<String> fields = new TreeSet<>();
    for (JarEntry entry : Collections.list(file.entries())) {
      String name = entry.getName();
      if (!name.endsWith(".class")) {
        continue;
      }
      String type = name.substring(0, name.length() - ".class".length());
      if (texts.contains(type)) {
        types.add(type.replace('/', '.'));
      }
      new ClassReader(file.getInputStream(entry))
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                private final Set<String> declared = new HashSet<>();

                @Override
                public FieldVisitor visitField(int a, String field, String t, String s, Object v) {
                  if ((a & Opcodes.ACC_STATIC) == 0 && texts.contains(field)) {
                    declared.add(type.replace('/', '.') + "#" + field);
                  }
                  return null;
                }

                @Override
                public MethodVisitor visitMethod(
                    int a, String method, String t, String s, String[] e) {
                  if ((a & Opcodes.ACC_NATIVE) != 0 && isImplemented(texts, type, method)) {
                    owners.add(type.replace('/', '.'));
                  }
                  return null;
                }

                @Override
                public void visitEnd() {
                  if (owners.contains(type.replace('/', '.'))) {
                    fields.addAll(declared);
                  }
                }
              },
              ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    }
    return new NativeLibrary(jar, resource, owners, types, fields);
  }

  private static boolean isImplemented(Set<String> texts, String type, String method) {
    String name = "Java_" + mangled(type).replace('/', '_') + "_" + mangled(method);
    return texts.stream().anyMatch(text -> text.equals(name) || text.startsWith(name + "__"));
  }

  private static String mangled(String name) {
    return name.replace("_", "_1").replace("$", "_00024");
  }

  /** All that could be a text: printable, and ended by a zero. */
  private static Set<String> texts(byte[] bytes) {
    Set<String> texts = new HashSet<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] < ' ' || bytes[i] > '~') {
        if (bytes[i] == 0 && i - start > 2) {
          texts.add(new String(bytes, start, i - start, StandardCharsets.US_ASCII));
        }
        start = i + 1;
      }
    }
    return texts;
  }
}
