// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * One object, or an array of records. After a syntax error nothing that follows can be understood,
 * so the whole request is refused.
 */
final class JsonFormat implements BodyFormat {

  @Override
  public void read(byte[] body, BatchBuilder batch) throws RequestException {
    try (JsonParser json = Json.parser(body)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw malformed("The body is empty", null);
      }
      if (first == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          batch.add(batch.read(json));
        }
      } else {
        batch.add(batch.read(json));
      }
      if (json.nextToken() != null) {
        throw malformed("The body has more than one JSON value", null);
      }
    } catch (IOException e) {
      throw malformed(Json.fault(e), e);
    }
  }

  private static RequestException malformed(String detail, IOException cause) {
    return new RequestException(RequestError.JSON_MALFORMED, detail, cause);
  }
}
