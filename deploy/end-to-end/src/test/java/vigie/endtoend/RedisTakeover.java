// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;
import vigie.stack.VigieStack;
import vigie.stack.redis.RedisNode;

/**
 * What alert-service's user can do in Redis: each command that the server has is tried, by itself
 * and by a script, on a key of a stranger and on the audit of thresholds.
 */
record RedisTakeover(VigieStack vigie) {

  private static final String OTHER = "takeover";
  private static final String AUDIT = "vigie:threshold-changes";
  private static final List<String> OWN =
      List.of(
          "vigie:threshold:*",
          "vigie:threshold-before:*",
          "vigie:thresholds",
          "vigie:claim:*",
          "vigie:cursor:*",
          "vigie:reports-due",
          "vigie:threshold-changes-sent");

  private static final String SCRIPT = "return redis.call(unpack(ARGV))";

  private static final Pattern REFUSED =
      Pattern.compile(
          "NOPERM.*|.*(can't (run this command|access at least one)|not allowed from script"
              + "|command not allowed\\.).*");

  /**
   * @param counts where the number of keys stands, which the key follows
   * @param word before the keys, which are the last arguments then
   */
  private record Syntax(
      List<String> name,
      int arguments,
      boolean keyed,
      List<Integer> counts,
      Optional<String> word) {

    /** Of an entry of COMMAND INFO. */
    static Syntax of(List<?> info) {
      List<String> name = List.of(text(info.get(0)).split("\\|"));
      int arguments = Math.abs(((Long) info.get(1)).intValue()) - name.size();
      List<Integer> counts = new ArrayList<>();
      Optional<String> word = Optional.empty();
      List<?> specifications = (List<?>) info.get(8);
      for (Object specification : specifications) {
        List<?> fields = (List<?>) specification;
        List<?> begin = (List<?>) fields.get(fields.size() - 3);
        List<?> find = (List<?>) fields.get(fields.size() - 1);
        List<?> where = (List<?>) begin.get(3);
        if (text(begin.get(1)).equals("keyword")) {
          word = Optional.of(text(where.get(1)));
        } else if (text(find.get(1)).equals("keynum")) {
          counts.add(((Long) where.get(1)).intValue());
        }
      }
      return new Syntax(name, arguments, !specifications.isEmpty(), counts, word);
    }

    List<String> on(String key) {
      List<String> all = new ArrayList<>(name);
      all.addAll(Collections.nCopies(arguments, key));
      for (int count : counts) {
        all.addAll(Collections.nCopies(Math.max(0, count + 2 - all.size()), key));
        all.set(count, "1");
      }
      word.filter(unused -> arguments > 2).ifPresent(last -> all.set(all.size() - 3, last));
      return all;
    }

    @Override
    public String toString() {
      return String.join(" ", name).toUpperCase(Locale.ROOT);
    }
  }

  Set<String> possible() {
    Set<String> possible = new TreeSet<>();
    try (Connection alert = new Connection(node())) {
      for (Syntax command : commands()) {
        for (String key : command.keyed() ? List.of(OTHER, AUDIT) : List.of(OTHER)) {
          List<String> words = command.on(key);
          List<String> script = new ArrayList<>(List.of("EVAL", SCRIPT, "0"));
          script.addAll(words);
          if (alert.isAllowed(words) || alert.isAllowed(script)) {
            possible.add("Redis " + command + (command.keyed() ? " " + key : ""));
          }
        }
      }
      if (alert.isAllowed(List.of("XADD", AUDIT, "NOMKSTREAM", "MAXLEN", "0", "0-0", "a", "b"))) {
        possible.add("Redis XADD MAXLEN " + AUDIT);
      }
    }
    try (Jedis operator = node().connect()) {
      for (String own : OWN) {
        Object answer =
            operator.sendCommand(
                Command.ACL, "DRYRUN", "alert-service", "DEL", own.replace("*", OTHER));
        if (text(answer).equals("OK")) {
          possible.add("Redis DEL " + own);
        }
      }
    }
    return possible;
  }

  private RedisNode node() {
    return vigie.redis().nodes().get(0);
  }

  private List<Syntax> commands() {
    try (Jedis operator = node().connect()) {
      return ((List<?>) operator.sendCommand(Command.COMMAND))
          .stream().flatMap(info -> leaves((List<?>) info)).map(Syntax::of).toList();
    }
  }

  private static Stream<List<?>> leaves(List<?> info) {
    List<?> subcommands = (List<?>) info.get(9);
    return subcommands.isEmpty()
        ? Stream.of(info)
        : subcommands.stream().map(subcommand -> (List<?>) subcommand);
  }

  /** As alert-service; anew after each command that was allowed, which may have changed it. */
  private static final class Connection implements AutoCloseable {

    private final RedisNode node;
    private Jedis redis;

    Connection(RedisNode node) {
      this.node = node;
      this.redis = open();
    }

    boolean isAllowed(List<String> words) {
      try {
        redis.sendCommand(
            () -> SafeEncoder.encode(words.get(0)),
            words.subList(1, words.size()).toArray(String[]::new));
      } catch (JedisDataException e) {
        if (REFUSED.matcher(e.getMessage()).matches()) {
          return false;
        }
      }
      redis.close();
      redis = open();
      return true;
    }

    private Jedis open() {
      String[] user = URI.create(node.url()).getUserInfo().split(":", 2);
      Jedis alert = node.connectAsStranger();
      alert.auth(user[0], user[1]);
      return alert;
    }

    @Override
    public void close() {
      redis.close();
    }
  }

  private static String text(Object answer) {
    return answer instanceof byte[] bytes ? SafeEncoder.encode(bytes) : String.valueOf(answer);
  }
}
