// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend.image;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an image does without, each with its reason. */
final class Exemptions {

  /** By a part of the name of the jar. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "lz4-java", "its Java implementations are registered instead",
          "brotli4j", "no encoder or decoder of Brotli is configured",
          "netty-transport-native", "the jar is part of the JVM's form only",
          "rocksdbjni", "Quarkus registers what opens it; alert-service stores in memory");

  /**
   * For whose look-ups Quarkus' extensions answer: Quarkus, what it is made of, the classes that it
   * makes of ours, and RocksDB.
   */
  private static final Pattern CALLERS =
      Pattern.compile(
          "(io\\.(quarkus|smallrye|vertx|netty)|org\\.(jboss|wildfly|rocksdb))\\..*"
              + "|.*_(Synthetic_)?Bean|.*_Observer_.*");

  /**
   * lz4 by JNI; a type of which Jackson asks for annotations, and which has none; of Hadoop, what
   * it goes without: MapReduce, and tokens of Kerberos.
   */
  private static final Pattern NAMES =
      Pattern.compile(
          "net\\.jpountz\\..*JNI.*|vigie\\.dashboard\\.http\\.CsvTable"
              + "|org\\.apache\\.hadoop\\.mapred\\..*|(mapred|yarn)-default\\.xml"
              + "|org\\.apache\\.hadoop\\.security\\.(SecurityInfo|token\\.TokenRenewer)");

  private Exemptions() {}

  static Optional<String> of(NativeLibrary library) {
    String jar = library.jar().getFileName().toString();
    return LIBRARIES.entrySet().stream()
        .filter(entry -> jar.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Whether Quarkus registers a class that a key of its own names. */
  static boolean isQuarkus(String type) {
    return type.startsWith("org.apache.kafka.common.serialization.");
  }

  static boolean isUnneeded(String caller, String name) {
    return CALLERS.matcher(caller).matches() || NAMES.matcher(name).matches();
  }
}
