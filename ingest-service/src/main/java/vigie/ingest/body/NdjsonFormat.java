// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import vigie.ingest.event.RecordOutcome;
import vigie.ingest.model.RequestException;

/**
 * One record a line: a malformed line is one rejected record. Blank lines do not count. Each line
 * is cut off at its end before it is parsed, so that whatever a line opens is parsed once or twice
 * and never to the end of the body. One parser reads line after line as long as each holds one
 * object; the line where that ends is read alone, and another parser goes on after it.
 */
final class NdjsonFormat implements BodyFormat {

  @Override
  public void read(byte[] body, BatchBuilder batch) throws RequestException {
    int start = skipBlank(body, 0, body.length);
    while (start < body.length) {
      start = readObjects(body, start, batch);
      if (start < body.length) {
        int found = Utf8.endOfLine(body, start);
        int end = found < 0 ? ~found : found;
        batch.add(readAlone(body, start, end, batch));
        start = skipBlank(body, end, body.length);
      }
    }
  }

  /**
   * Adds the lines that hold one object each; returns the start of the first line that does not.
   */
  private static int readObjects(byte[] body, int from, BatchBuilder batch)
      throws RequestException {
    int start = from;
    try (LineParser json = Json.FACTORY.parser(body, from, from)) {
      while (start < body.length) {
        int end = Utf8.endOfLine(body, start);
        if (end < 0) {
          end = ~end;
          if (Utf8.fault(body, start, end) != Utf8.NOWHERE) {
            return start;
          }
        }
        json.begin(start, end);
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return start;
        }
        RecordOutcome outcome = batch.read(json);
        if (json.position() > end || skipBlank(body, json.position(), end) < end) {
          return start;
        }
        batch.add(outcome);
        start = skipBlank(body, end, body.length);
      }
      return start;
    } catch (IOException e) {
      return start;
    }
  }

  private static RecordOutcome readAlone(byte[] body, int start, int end, BatchBuilder batch) {
    int fault = Utf8.fault(body, start, end);
    if (fault != Utf8.NOWHERE) {
      return batch.malformed(Json.notUtf8(fault - start));
    }
    try (JsonParser json = Json.FACTORY.parser(body, start, end)) {
      json.nextToken();
      RecordOutcome outcome = batch.read(json);
      return json.nextToken() == null
          ? outcome
          : batch.malformed("The line has more than one JSON value");
    } catch (IOException e) {
      return batch.malformed(Json.fault(e));
    }
  }

  private static int skipBlank(byte[] body, int from, int to) {
    int next = from;
    while (next < to && isBlank(body[next])) {
      next++;
    }
    return next;
  }

  private static boolean isBlank(byte b) {
    return b == '\n' || b == ' ' || b == '\t' || b == '\r';
  }
}
