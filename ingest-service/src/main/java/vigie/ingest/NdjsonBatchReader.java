// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** One record a line: a malformed line is one rejected record. Blank lines do not count. */
final class NdjsonBatchReader implements BatchReader {

  @Override
  public void read(byte[] body, BatchBuilder batch) throws RefusedException {
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        if (!isBlank(body, start, i)) {
          batch.add(line(body, start, i - start, batch));
        }
        start = i + 1;
      }
    }
  }

  private static Outcome line(byte[] body, int start, int length, BatchBuilder batch) {
    try (JsonParser json = Json.FACTORY.createParser(body, start, length)) {
      if (json.nextToken() == null) {
        return batch.malformed("The line has no value");
      }
      Outcome outcome = batch.read(json);
      return json.nextToken() == null
          ? outcome
          : batch.malformed("The line has more than one JSON value");
    } catch (IOException e) {
      return batch.malformed(Json.fault(e));
    }
  }

  private static boolean isBlank(byte[] body, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
