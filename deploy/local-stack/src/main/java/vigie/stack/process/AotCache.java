// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import vigie.stack.workspace.Fingerprint;
import vigie.stack.workspace.WorkingCopy;

/**
 * The classes that a program loads as it starts, archived by its JVM: an AOT cache since Java 25, a
 * CDS archive before. The JVM maps it when the class path, its files and the flags that shape
 * objects are those of the recording; the name of the archive says them.
 *
 * <p>A JVM writes its archive when it ends in order. {@link ChildProcess} then calls {@link #keep}.
 * What is killed leaves none, and another run records it.
 */
public final class AotCache {

  /** With the value {@value #RECORD}, programs without an archive record one. */
  public static final String PROPERTY = "vigie.archives";

  public static final String RECORD = "record";

  private static final int AOT_CACHE_SINCE = 25;
  private static final String SUFFIX = ".new";

  /** Those that this JVM's children record: one child each. Used by several threads. */
  private static final Set<Path> RECORDED = ConcurrentHashMap.newKeySet();

  private final Path file;

  /** The JVM archives nothing when the class path has a folder, as in a build up to its tests. */
  private final boolean jarsOnly;

  private AotCache(String program, String version, boolean jarsOnly) {
    this.jarsOnly = jarsOnly;
    this.file = folder().resolve(program + "-" + version + (isAot() ? ".aot" : ".jsa"));
  }

  /**
   * @param flags of the JVM, without those that differ from start to start
   */
  static AotCache of(String main, String classPath, List<String> flags) {
    String name = main.substring(main.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Fingerprint program =
        Fingerprint.of(
                System.getProperty("java.home"),
                System.getProperty("java.vm.version"),
                System.getProperty("java.vm.vendor"),
                main,
                classPath)
            .and(flags);
    Fingerprint files = Fingerprint.of().andClassPath(classPath);
    boolean jarsOnly =
        Stream.of(classPath.split(File.pathSeparator, -1))
            .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
    return new AotCache(name + "-" + program, files.toString(), jarsOnly);
  }

  public static Path folder() {
    return WorkingCopy.state().resolve("aot");
  }

  /** What the JVM is told: to use the archive, or to record it. */
  List<String> options() {
    if (Files.exists(file)) {
      return List.of((isAot() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
    }
    if (RECORD.equals(System.getProperty(PROPERTY)) && jarsOnly && RECORDED.add(file)) {
      createFolder();
      return List.of(recording() + file + "." + ProcessHandle.current().pid() + SUFFIX);
    }
    return List.of();
  }

  /** Whether a process of this command records an archive. */
  public static boolean isRecordedBy(List<String> command) {
    return recordedBy(command).isPresent();
  }

  /** Moves what a process has recorded, which has ended, to where others find it. */
  static void keep(List<String> command) {
    recordedBy(command).filter(Files::exists).ifPresent(AotCache::moveIntoPlace);
  }

  private static Optional<Path> recordedBy(List<String> command) {
    return command.stream()
        .filter(argument -> argument.startsWith(recording()))
        .map(argument -> Path.of(argument.substring(recording().length())))
        .findFirst();
  }

  private static void moveIntoPlace(Path recorded) {
    String name = recorded.getFileName().toString();
    String pid = "." + ProcessHandle.current().pid() + SUFFIX;
    Path target = recorded.resolveSibling(name.substring(0, name.length() - pid.length()));
    try {
      Files.move(recorded, target, StandardCopyOption.ATOMIC_MOVE);
      deleteOthers(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Archives of the same program from before its files were built again. */
  private static void deleteOthers(Path kept) throws IOException {
    String name = kept.getFileName().toString();
    String program = name.substring(0, name.lastIndexOf('-'));
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> same = Files.newDirectoryStream(kept.getParent(), program + "-*")) {
      same.forEach(others::add);
    }
    for (Path other : others) {
      if (!other.equals(kept)) {
        Files.deleteIfExists(other);
      }
    }
  }

  private void createFolder() {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String recording() {
    return isAot() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
  }

  private static boolean isAot() {
    return Runtime.version().feature() >= AOT_CACHE_SINCE;
  }
}
