// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import vigie.events.Identifier;
import vigie.ingest.model.SenderIdentity;

/**
 * The fields of one JSON object after another, each read in the order they come. The first fault is
 * noted and reading goes on, so that the id is found wherever it stands. A field that is null
 * counts as absent.
 */
final class FieldReader {

  /** What stands for a value that is absent or faulty. */
  static final long NO_INSTANT = Long.MIN_VALUE;

  static final long NO_NUMBER = -1;

  private static final int MAX_ECHO = 64;
  private static final int NO_ECHO = -1;
  private static final byte[] NOTHING = {};

  /** An identifier of so many visible letters of ASCII cannot be one that no address can name. */
  private static final int LEAST_PLAIN = 3;

  /** The sum of it and the negative zero is the positive one; other numbers stay as they are. */
  private static final double POSITIVE_ZERO = 0.0;

  private static final long EARLIEST = 0;
  private static final long LATEST =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  private final Rfc3339Parser instants = new Rfc3339Parser();

  /**
   * What the sender calls the record, and how much of it; a text is made for rejected ones only.
   */
  private final char[] echo = new char[MAX_ECHO];

  private int echoed;
  private JsonParser json;
  private String name;
  private RecordError fault;
  private String detail;

  /** Begins with the object whose start is the parser's current token. */
  void begin(JsonParser object) {
    json = object;
    echoed = NO_ECHO;
    fault = null;
    detail = null;
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

  /** A text in UTF-8; null when it has a fault. */
  byte[] text(int maxLength) throws IOException {
    byte[] ascii = ascii(' ', maxLength);
    return ascii != null && (ascii.length == 0 || ascii[0] == ' ')
        ? anyText(json.getText())
        : ascii;
  }

  /** What names a {@code kind}, in UTF-8; null when it has a fault. */
  byte[] identifier(Identifier kind) throws IOException {
    byte[] ascii = ascii('!', kind.maxLength());
    return ascii != null && ascii.length < LEAST_PLAIN
        ? anyIdentifier(kind, json.getText())
        : ascii;
  }

  /**
   * The current text where all of it is from {@code lowest} to the tilde, else nothing; null when
   * it is no text or too long.
   */
  private byte[] ascii(char lowest, int maxLength) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType("text");
      return null;
    }
    char[] chars = json.getTextCharacters();
    int start = json.getTextOffset();
    int length = json.getTextLength();
    if (length > maxLength) {
      note(RecordError.FIELD_TOO_LONG, name + " may have " + maxLength + " characters");
      return null;
    }
    byte[] ascii = new byte[length];
    for (int i = 0; i < length; i++) {
      char c = chars[start + i];
      if (c < lowest || c > '~') {
        return NOTHING;
      }
      ascii[i] = (byte) c;
    }
    return ascii;
  }

  /**
   * A number between {@code low} and {@code high}, both allowed; NaN when it has a fault. There is
   * one zero.
   */
  double number(double low, double high, RecordError outOfRange) throws IOException {
    if (!json.currentToken().isNumeric()) {
      wrongType("a number");
      return Double.NaN;
    }
    double value = json.getDoubleValue();
    if (!(value >= low && value <= high)) {
      note(outOfRange, "%s is %s, not %s to %s".formatted(name, value, low, high));
    }
    return value + POSITIVE_ZERO;
  }

  /** A whole number from 0 to {@code high}. */
  long wholeNumber(long high, RecordError outOfRange) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      wrongType("a whole number");
      return NO_NUMBER;
    }
    boolean fits = json.getNumberType() != NumberType.BIG_INTEGER;
    long value = fits ? json.getLongValue() : NO_NUMBER;
    if (value < 0 || value > high) {
      note(outOfRange, name + " is not 0 to " + high);
    }
    return value;
  }

  /** An RFC 3339 instant as microseconds since 1970; what is finer is cut off. */
  long instant() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType("text");
      return NO_INSTANT;
    }
    try {
      long micros =
          instants.read(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      if (micros < EARLIEST || micros >= LATEST) {
        note(RecordError.TIMESTAMP_OUT_OF_RANGE, name + " is not between 1970 and 2100");
      }
      return micros;
    } catch (DateTimeException e) {
      note(RecordError.TIMESTAMP_INVALID, name + " is not an RFC 3339 date and time with offset");
      return NO_INSTANT;
    }
  }

  /** The record's own id. */
  UUID id() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      wrongType("text");
      return null;
    }
    char[] chars = json.getTextCharacters();
    int start = json.getTextOffset();
    int length = json.getTextLength();
    echoed = Math.min(length, MAX_ECHO);
    System.arraycopy(chars, start, echo, 0, echoed);
    UUID id = UuidParser.read(chars, start, length);
    if (id == null) {
      note(RecordError.ID_INVALID, "id is not a UUID");
    }
    return id;
  }

  void require(String field, boolean present) {
    if (!present) {
      note(RecordError.FIELD_MISSING, field + " is missing");
    }
  }

  /** A laptop speaks for its own student only. */
  void requireOwn(byte[] studentId, SenderIdentity sender) {
    if (studentId != null && !sender.maySendFor(studentId)) {
      note(RecordError.NOT_YOUR_STUDENT, "studentId is not the subject of the token");
    }
  }

  void note(RecordError found, String what) {
    if (fault == null) {
      fault = found;
      detail = what;
    }
  }

  boolean isFaulty() {
    return fault != null;
  }

  RecordOutcome.Rejected rejection(int index) {
    String id = echoed == NO_ECHO ? null : new String(echo, 0, echoed);
    return new RecordOutcome.Rejected(index, id, fault, detail);
  }

  private void wrongType(String expected) throws IOException {
    note(RecordError.FIELD_TYPE, name + " must be " + expected);
    json.skipChildren();
  }

  private byte[] empty() {
    note(RecordError.FIELD_EMPTY, name + " is blank");
    return null;
  }

  private byte[] anyIdentifier(Identifier kind, String text) {
    byte[] utf8 = anyText(text);
    Optional<String> found = utf8 == null ? Optional.empty() : kind.fault(text);
    if (found.isPresent()) {
      note(RecordError.IDENTIFIER_INVALID, name + " " + found.get());
      return null;
    }
    return utf8;
  }

  /** Half a surrogate pair has no UTF-8 form, and U+0000 none that PostgreSQL stores. */
  private byte[] anyText(String text) {
    if (text.isBlank()) {
      return empty();
    }
    if (!isClean(text)) {
      note(RecordError.TEXT_INVALID, name + " has a control character or half a surrogate pair");
      return null;
    }
    return text.getBytes(UTF_8);
  }

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
