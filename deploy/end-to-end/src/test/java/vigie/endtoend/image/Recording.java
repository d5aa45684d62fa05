// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Array;
import java.lang.reflect.Member;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service looks up by name: called by its classes, which {@link RecordingAgent} has changed.
 * Each use is one line, written at once, since services are killed: kind, name, caller, and the
 * classes in whose static blocks it happened.
 */
public final class Recording {

  static final String SEPARATOR = "\t";

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();
  private static OutputStream file;

  private Recording() {}

  static void into(Path path) throws IOException {
    file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A class, member, proxy or service that was found. */
  public static void found(Object result) {
    if (result instanceof Class<?> type) {
      write(Kind.TYPE, name(type));
    } else if (result instanceof Member member && result instanceof AccessibleObject) {
      write(Kind.MEMBER, name(member.getDeclaringClass()));
    } else if (result != null && result.getClass().isArray()) {
      if (Array.getLength(result) > 0) {
        found(Array.get(result, 0));
      }
    }
  }

  public static void proxy(Object proxy) {
    write(
        Kind.PROXY,
        Arrays.stream(proxy.getClass().getInterfaces())
            .map(Class::getName)
            .collect(Collectors.joining(",")));
  }

  public static void service(Class<?> service) {
    write(Kind.SERVICE, service.getName());
  }

  public static void resource(Object owner, String name) {
    String path = name;
    if (owner instanceof Class<?> type && !name.startsWith("/")) {
      path = type.getPackageName().replace('.', '/') + "/" + name;
    }
    write(Kind.RESOURCE, path.startsWith("/") ? path.substring(1) : path);
  }

  public static void systemProperty(String name) {
    write(Kind.PROPERTY, name);
  }

  public static void library(String path) {
    write(Kind.LIBRARY, path.substring(path.lastIndexOf('/') + 1));
  }

  private static String name(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    return element.getName();
  }

  private static void write(Kind kind, String name) {
    String caller =
        STACK.walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .filter(type -> !type.equals(Recording.class.getName()))
                    .findFirst()
                    .orElse(""));
    String blocks =
        STACK.walk(
            frames ->
                frames
                    .filter(frame -> frame.getMethodName().equals("<clinit>"))
                    .map(StackWalker.StackFrame::getClassName)
                    .collect(Collectors.joining(",")));
    String line =
        Stream.of(kind.name(), name, caller, blocks).collect(Collectors.joining(SEPARATOR));
    if (!KNOWN.add(line)) {
      return;
    }
    synchronized (KNOWN) {
      try {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What is looked up. */
  enum Kind {
    TYPE,
    MEMBER,
    PROXY,
    SERVICE,
    RESOURCE,
    PROPERTY,
    LIBRARY
  }
}
