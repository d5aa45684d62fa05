// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor time of another JVM goes, by layers of its code, as its own flight recorder
 * samples it (Java 25 on Linux; time in the kernel counts for the method that called it). The
 * compiler and the collector are not in it.
 */
public final class Profile {

  /** Where no layer is named: the JDK on its own. */
  private static final String NONE = "the JDK alone";

  private static final String NAME = "vigie";
  private static final String SAMPLE = "jdk.CPUTimeSample";

  private final Map<String, List<String>> layers;
  private final Map<String, Long> samples = new LinkedHashMap<>();

  /**
   * @param layers the name of each layer and how the names of its classes begin; a sample counts
   *     for the layer of its innermost frame that has one, and the first layer that fits
   */
  public Profile(Map<String, List<String>> layers) {
    this.layers = layers;
    layers.keySet().forEach(layer -> samples.put(layer, 0L));
    samples.put(NONE, 0L);
  }

  /** Starts a recording of process {@code pid}, which ends by itself after {@code length}. */
  public static void start(long pid, Path file, Duration length) throws IOException {
    String said =
        Jcmd.ask(
            pid,
            "JFR.start",
            "name=" + NAME,
            "settings=none",
            "+" + SAMPLE + "#enabled=true",
            "+" + SAMPLE + "#stackTrace=true",
            "+" + SAMPLE + "#throttle=5ms",
            "duration=" + length.toMillis() + "ms",
            "filename=" + file);
    if (!said.contains("Started recording")) {
      throw new IOException("No profile could be recorded: " + said);
    }
  }

  /** Ends a recording of process {@code pid} before its time; its file is complete then. */
  public static void stop(long pid) throws IOException {
    String said = Jcmd.ask(pid, "JFR.stop", "name=" + NAME);
    if (!said.contains("Stopped recording")) {
      throw new IOException("The profile could not be ended: " + said);
    }
  }

  /** Adds the samples of a recording that has ended. */
  public void read(Path file) throws IOException {
    read(file, thread -> true);
  }

  /** Adds its samples of the threads with such names. */
  public void read(Path file, Predicate<String> threads) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().equals(SAMPLE)
            && event.getStackTrace() != null
            && threads.test(name(event.getThread("eventThread")))) {
          samples.merge(layer(event.getStackTrace().getFrames()), 1L, Long::sum);
        }
      }
    }
  }

  private static String name(RecordedThread thread) {
    return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
  }

  /** How many samples each layer has. */
  public Map<String, Long> samples() {
    return samples;
  }

  /** Each layer's part of all samples, 0 to 1. */
  public Map<String, Double> shares() {
    long all = samples.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    samples.forEach((layer, count) -> shares.put(layer, (double) count / Math.max(1, all)));
    return shares;
  }

  private String layer(List<RecordedFrame> innermostFirst) {
    for (RecordedFrame frame : innermostFirst) {
      String type = frame.getMethod().getType().getName();
      for (Map.Entry<String, List<String>> layer : layers.entrySet()) {
        if (layer.getValue().stream().anyMatch(type::startsWith)) {
          return layer.getKey();
        }
      }
    }
    return NONE;
  }
}
