// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import vigie.ingest.model.RequestContext;

/**
 * Reads, judges and encodes one kind of event. It works in memory that it uses again for the next
 * event, so each thread has its own.
 */
public interface EventParser {

  /**
   * Reads the object that starts at the parser's current token, to its end.
   *
   * @param index the record's place in its request
   */
  RecordOutcome read(JsonParser object, int index, RequestContext context) throws IOException;
}
