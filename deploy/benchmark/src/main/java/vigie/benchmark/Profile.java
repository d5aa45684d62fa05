// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor time of another JVM goes, by layers of its code, as its own flight recorder
 * samples it (Java 25 on Linux; time in the kernel counts for the method that called it). The
 * compiler and the collector are not in it.
 */
public final class Profile {

  /** Where no layer is named: the JDK on its own. */
  private static final String NONE = "the JDK alone";

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
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "JFR.start",
                "settings=none",
                "+" + SAMPLE + "#enabled=true",
                "+" + SAMPLE + "#stackTrace=true",
                "+" + SAMPLE + "#throttle=5ms",
                "duration=" + length.toMillis() + "ms",
                "filename=" + file)
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    if (!said.contains("Started recording")) {
      throw new IOException("No profile could be recorded: " + said);
    }
  }

  /** Adds the samples of a recording that has ended. */
  public void read(Path file) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
          samples.merge(layer(event.getStackTrace().getFrames()), 1L, Long::sum);
        }
      }
    }
    Files.delete(file);
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
