// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.ethlo.time.ITU;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.uuid.impl.UUIDUtil;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The fields of one JSON object, read in the order they come. The first fault is noted and reading
 * goes on, so that the id is found wherever it stands. A field that is null counts as absent.
 */
final class RecordFields {

  private static final int MAX_TIMESTAMP = 64;
  private static final int MAX_ECHO = 64;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private final JsonParser json;
  private String name;
  private String givenId;
  private RecordFault fault;
  private String detail;

  RecordFields(JsonParser json) {
    this.json = json;
  }

  /** Moves to the next field that has a value; false after the last one. */
  boolean next() throws IOException {
    do {
      name = json.nextFieldName();
      if (name == null) {
        return false;
      }
    } while (json.nextToken() == JsonToken.VALUE_NULL);
    return true;
  }

  String name() {
    return name;
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  String text(int maxLength) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType("text");
      return null;
    }
    if (json.getTextLength() > maxLength) {
      note(RecordFault.FIELD_TOO_LONG, name + " may have " + maxLength + " characters");
      return null;
    }
    String text = json.getText();
    if (text.isBlank()) {
      note(RecordFault.FIELD_EMPTY, name + " is blank");
    } else if (!isClean(text)) {
      note(RecordFault.TEXT_INVALID, name + " has a control character or half a surrogate pair");
    }
    return text;
  }

  /** A number between {@code low} and {@code high}, both allowed. */
  Double number(double low, double high, RecordFault outOfRange) throws IOException {
    if (!json.currentToken().isNumeric()) {
      wrongType("a number");
      return null;
    }
    double value = json.getDoubleValue();
    if (!(value >= low && value <= high)) {
      note(outOfRange, "%s is %s, not %s to %s".formatted(name, value, low, high));
    }
    return value;
  }

  /** A whole number from 0 to {@code high}. */
  Long wholeNumber(long high, RecordFault outOfRange) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      wrongType("a whole number");
      return null;
    }
    boolean fits = json.getNumberType() != NumberType.BIG_INTEGER;
    long value = fits ? json.getLongValue() : -1;
    if (value < 0 || value > high) {
      note(outOfRange, name + " is not 0 to " + high);
    }
    return value;
  }

  /** An RFC 3339 instant, cut to the microseconds that events carry. */
  Instant instant() throws IOException {
    String text = text(MAX_TIMESTAMP);
    if (text == null) {
      return null;
    }
    try {
      Instant instant = ITU.parseDateTime(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      if (instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)) {
        note(RecordFault.TIMESTAMP_OUT_OF_RANGE, name + " is not between 1970 and 2100");
      }
      return instant;
    } catch (DateTimeException e) {
      note(RecordFault.TIMESTAMP_INVALID, name + " is not an RFC 3339 date and time with offset");
      return null;
    }
  }

  /** The record's own id. */
  UUID id() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType("text");
      return null;
    }
    String text = json.getText();
    givenId = text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO);
    try {
      return UUIDUtil.uuid(text);
    } catch (NumberFormatException e) {
      note(RecordFault.ID_INVALID, "id is not a UUID");
      return null;
    }
  }

  void require(String field, Object value) {
    if (value == null) {
      note(RecordFault.FIELD_MISSING, field + " is missing");
    }
  }

  void note(RecordFault found, String what) {
    if (fault == null) {
      fault = found;
      detail = what;
    }
  }

  boolean isFaulty() {
    return fault != null;
  }

  Outcome.Rejected rejection(int index) {
    return new Outcome.Rejected(index, givenId, fault, detail);
  }

  private void wrongType(String expected) throws IOException {
    note(RecordFault.FIELD_TYPE, name + " must be " + expected);
    json.skipChildren();
  }

  /** Half a surrogate pair has no UTF-8 form, and U+0000 none that PostgreSQL stores. */
  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (Character.isLowSurrogate(c) || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }
}
