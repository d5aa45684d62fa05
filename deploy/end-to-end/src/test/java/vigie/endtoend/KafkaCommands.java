// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the command lines and variables of Kafka's containers say. */
final class KafkaCommands {

  private static final Pattern OVERRIDE = Pattern.compile("--override ([a-z.]+)=");

  private static final Pattern APPENDED = Pattern.compile("(?m)^([a-z]+(?:\\.[a-z]+)*)=");

  private KafkaCommands() {}

  /** The settings of a broker that its command line puts over its file. */
  static Set<String> overridden(String commands) {
    return OVERRIDE
        .matcher(commands)
        .results()
        .map((MatchResult one) -> one.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The settings that a container adds to the end of its file. */
  static Set<String> appended(String commands) {
    return APPENDED
        .matcher(commands)
        .results()
        .map((MatchResult one) -> one.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The settings that the official image of ZooKeeper makes of its variables. */
  static Map<String, String> zooKeeper(Map<String, String> variables) {
    return variables.entrySet().stream()
        .filter(one -> one.getKey().startsWith("ZOO_"))
        .filter(one -> !one.getKey().matches("ZOO_(SERVERS|STANDALONE_ENABLED|MY_ID)"))
        .collect(
            Collectors.toMap(
                one -> plain(one.getKey().substring("ZOO_".length())), Map.Entry::getValue));
  }

  /** The settings of {@code zookeeper.properties} under names to compare those with. */
  static Map<String, String> comparable(Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(one -> !one.getKey().equals("clientPortAddress"))
        .collect(Collectors.toMap(one -> plain(one.getKey()), Map.Entry::getValue));
  }

  /** {@code ADMINSERVER_ENABLED} and {@code admin.enableServer} are the same. */
  private static String plain(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[._]", "");
    return plain.equals("adminserverenabled") ? "adminenableserver" : plain;
  }
}
