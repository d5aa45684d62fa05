// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * One record a line: a malformed line is one rejected record. Blank lines do not count. One parser
 * reads line after line as long as each holds one object; the line where that ends is read alone,
 * and another parser goes on after it.
 */
final class NdjsonBatchReader implements BatchReader {

  @Override
  public void read(byte[] body, BatchBuilder batch) throws RefusedException {
    int start = skipBlank(body, 0);
    while (start < body.length) {
      start = readObjects(body, start, batch);
      if (start < body.length) {
        int end = endOfLine(body, start);
        batch.add(readAlone(body, start, end, batch));
        start = skipBlank(body, end);
      }
    }
  }

  /** Adds lines of one object each; returns where the first line begins that is none. */
  private static int readObjects(byte[] body, int from, BatchBuilder batch)
      throws RefusedException {
    int start = from;
    try (JsonParser json = Json.FACTORY.createParser(body, from, body.length - from)) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        int line = json.currentTokenLocation().getLineNr();
        Outcome outcome = batch.read(json);
        JsonLocation location = json.currentLocation();
        int end = from + (int) location.getByteOffset();
        int next = skipBlank(body, end);
        if (location.getLineNr() != line || (next < body.length && endOfLine(body, end) >= next)) {
          return start;
        }
        batch.add(outcome);
        start = next;
      }
      return start;
    } catch (IOException e) {
      return start;
    }
  }

  private static Outcome readAlone(byte[] body, int start, int end, BatchBuilder batch) {
    try (JsonParser json = Json.FACTORY.createParser(body, start, end - start)) {
      json.nextToken();
      Outcome outcome = batch.read(json);
      return json.nextToken() == null
          ? outcome
          : batch.malformed("The line has more than one JSON value");
    } catch (IOException e) {
      return batch.malformed(Json.fault(e));
    }
  }

  private static int endOfLine(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    return end;
  }

  private static int skipBlank(byte[] body, int from) {
    int next = from;
    while (next < body.length && isBlank(body[next])) {
      next++;
    }
    return next;
  }

  private static boolean isBlank(byte b) {
    return b == '\n' || b == ' ' || b == '\t' || b == '\r';
  }
}
