// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Changes each class outside of the JDK, as it is loaded, so that its look-ups by name are told to
 * {@link Recording}. GraalVM's own agent does the same below the JVM, and is part of no other JDK.
 */
public final class RecordingAgent implements ClassFileTransformer {

  private static final String RECORDING = Recording.class.getName().replace('.', '/');
  private static final String OURS = RecordingAgent.class.getPackageName().replace('.', '/');
  private static final String OBJECT = "(Ljava/lang/Object;)V";
  private static final String STRING = "(Ljava/lang/String;)V";

  /** Methods of {@code Class} whose result is recorded. */
  private static final String LOOKUPS =
      "forName|get(Declared)?(Constructor|Method|Field)s?|getRecordComponents";

  private static final Set<String> LOADS =
      Set.of("java/lang/System.load", "java/lang/System.loadLibrary");

  public static void premain(String file, Instrumentation instrumentation) throws IOException {
    Recording.into(Path.of(file));
    instrumentation.addTransformer(new RecordingAgent());
  }

  /**
   * Makes the agent's jar.
   *
   * @return what names it to a JVM that is to write its recording to {@code file}
   */
  static String jar(Path jar, Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", RecordingAgent.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toString());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      for (Class<?> type :
          new Class<?>[] {
            RecordingAgent.class, Recording.class, Recording.Kind.class, Changed.class, Calls.class
          }) {
        String name = type.getName().replace('.', '/') + ".class";
        zip.putNextEntry(new JarEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(zip);
        }
      }
    }
    return jar + "=" + file;
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> before, ProtectionDomain domain, byte[] bytes) {
    if (loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || name == null
        || name.startsWith(OURS)
        || name.startsWith("org/objectweb/asm/")) {
      return null;
    }
    try {
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Changed(writer), 0);
      return writer.toByteArray();
    } catch (RuntimeException e) {
      System.err.println("not recorded: " + name + " " + e);
      return null;
    }
  }

  private static final class Changed extends ClassVisitor {

    Changed(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String s, String[] e) {
      return new Calls(super.visitMethod(access, name, type, s, e));
    }
  }

  /** The stack is as the call wants it, or has the result on top: a copy is recorded. */
  private static final class Calls extends MethodVisitor {

    /** The builder evaluates a look-up of a constant name itself. */
    private boolean constant;

    Calls(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitLdcInsn(Object value) {
      super.visitLdcInsn(value);
      constant = value instanceof String;
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      super.visitVarInsn(opcode, variable);
      constant = false;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String type, boolean itf) {
      boolean known = constant && type.startsWith("(Ljava/lang/String;)");
      constant = false;
      String method = owner + "." + name;
      if (method.equals("java/lang/System.setProperty")) {
        super.visitInsn(Opcodes.DUP2);
        super.visitInsn(Opcodes.POP);
        record("systemProperty", STRING);
      } else if (LOADS.contains(method)) {
        super.visitInsn(Opcodes.DUP);
        record("library", STRING);
      } else if (method.equals("java/util/ServiceLoader.load")) {
        service(type);
      } else if (opcode == Opcodes.INVOKEVIRTUAL && isResource(owner, name, type)) {
        super.visitInsn(Opcodes.DUP2);
        record("resource", "(Ljava/lang/Object;Ljava/lang/String;)V");
      }
      super.visitMethodInsn(opcode, owner, name, type, itf);
      if (!known && isLookup(opcode, owner, name)) {
        super.visitInsn(Opcodes.DUP);
        record("found", OBJECT);
      } else if (method.equals("java/lang/reflect/Proxy.newProxyInstance")) {
        super.visitInsn(Opcodes.DUP);
        record("proxy", OBJECT);
      }
    }

    private static boolean isResource(String owner, String name, String type) {
      return (owner.equals("java/lang/Class") || owner.endsWith("ClassLoader"))
          && type.startsWith("(Ljava/lang/String;)")
          && name.matches("getResource(s|AsStream)?|resources");
    }

    /** A class loader that asks its parent by {@code super} looks nothing up itself. */
    private static boolean isLookup(int opcode, String owner, String name) {
      return switch (owner) {
        case "java/lang/Class" -> name.matches(LOOKUPS);
        case "java/lang/invoke/MethodHandles$Lookup" -> name.equals("findClass");
        default ->
            opcode == Opcodes.INVOKEVIRTUAL
                && owner.endsWith("ClassLoader")
                && name.equals("loadClass");
      };
    }

    /** The service is the only argument, or below a class loader. */
    private void service(String type) {
      if (type.startsWith("(Ljava/lang/Class;Ljava/lang/ClassLoader;)")) {
        super.visitInsn(Opcodes.DUP2);
        super.visitInsn(Opcodes.POP);
        record("service", "(Ljava/lang/Class;)V");
      } else if (type.startsWith("(Ljava/lang/Class;)")) {
        super.visitInsn(Opcodes.DUP);
        record("service", "(Ljava/lang/Class;)V");
      }
    }

    private void record(String what, String type) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDING, what, type, false);
    }
  }
}
