// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.threshold;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import vigie.alert.problem.ProblemException;

/**
 * Thresholds as CSV (RFC 4180): what is exported may be edited and loaded again. A name that a
 * spreadsheet would take for a formula has an apostrophe before it, which loading takes away; a
 * name that begins with one has another, too.
 */
final class ThresholdCsv {

  static final String MEDIA_TYPE = "text/csv";
  static final String AS_FILE = "attachment; filename=\"thresholds.csv\"";

  private static final int MOST_LINES = 10_000;
  private static final String GUARD = "'";
  private static final String GUARDED = "=+-@\t\r" + GUARD;
  private static final CsvMapper CSV =
      CsvMapper.csvBuilder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();
  private static final CsvSchema COLUMNS = CSV.schemaFor(Line.class).withHeader();
  private static final ObjectWriter WRITER = CSV.writer(COLUMNS);
  private static final ObjectReader READER =
      CSV.readerFor(Line.class).with(CsvSchema.emptySchema().withHeader());

  private ThresholdCsv() {}

  /** One line as it was written; what it means is judged line by line. */
  @RegisterForReflection
  @JsonPropertyOrder({"exerciseId", "threshold", "version"})
  record Line(String exerciseId, String threshold, String version) {

    private Line unguarded() {
      return exerciseId != null
              && exerciseId.startsWith(GUARD)
              && isGuarded(exerciseId.substring(GUARD.length()))
          ? new Line(exerciseId.substring(GUARD.length()), threshold, version)
          : this;
    }
  }

  static List<Line> read(String csv) {
    List<Line> all;
    try (MappingIterator<Line> lines = READER.readValues(csv)) {
      all = lines.readAll();
    } catch (JacksonException e) {
      throw new ProblemException(Status.BAD_REQUEST, "malformed-csv", e.getOriginalMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException("Reading from memory failed", impossible);
    }
    if (all.size() > MOST_LINES) {
      throw new ProblemException(
          Status.REQUEST_ENTITY_TOO_LARGE,
          "too-many-lines",
          "A sheet has at most %d lines".formatted(MOST_LINES));
    }
    return all.stream().map(Line::unguarded).toList();
  }

  static String write(List<ThresholdView> thresholds) {
    try {
      return WRITER.writeValueAsString(
          thresholds.stream()
              .map(
                  one ->
                      new Line(
                          guard(one.exerciseId()),
                          Double.toString(one.threshold()),
                          Long.toString(one.version())))
              .toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
  }

  private static String guard(String name) {
    return isGuarded(name) ? GUARD + name : name;
  }

  private static boolean isGuarded(String name) {
    return !name.isEmpty() && GUARDED.indexOf(name.charAt(0)) >= 0;
  }
}
