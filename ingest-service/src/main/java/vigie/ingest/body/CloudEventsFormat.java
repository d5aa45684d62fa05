// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import vigie.ingest.event.RecordError;
import vigie.ingest.event.RecordOutcome;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/**
 * CloudEvents 1.0 in structured mode, one or a batch: an envelope around the same data as
 * elsewhere. Its attributes are checked and then forgotten: the path says what the data is, and the
 * data alone decides the event's id, so that an event is the same in and out of an envelope.
 */
public final class CloudEventsFormat implements BodyFormat {

  public static final String ONE = "application/cloudevents+json";
  public static final String BATCH = "application/cloudevents-batch+json";

  private final boolean batched;

  CloudEventsFormat(boolean batched) {
    this.batched = batched;
  }

  @Override
  public void read(byte[] body, BatchBuilder batch) throws RequestException {
    try (JsonParser json = Json.parser(body)) {
      JsonToken first = json.nextToken();
      if (batched && first == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          batch.add(event(json, batch));
        }
      } else if (!batched && first == JsonToken.START_OBJECT) {
        batch.add(event(json, batch));
      } else {
        throw malformed(batched ? "A batch must be an array" : "An event must be an object", null);
      }
      if (json.nextToken() != null) {
        throw malformed("The body has more than one JSON value", null);
      }
    } catch (IOException e) {
      throw malformed(Json.fault(e), e);
    }
  }

  private static RecordOutcome event(JsonParser json, BatchBuilder batch) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return batch.read(json);
    }
    CloudEventAttributes attributes = new CloudEventAttributes();
    RecordOutcome data = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (name.equals("data")) {
        data = batch.read(json);
      } else if (value == JsonToken.VALUE_STRING) {
        attributes.set(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    String fault = attributes.fault();
    if (fault != null) {
      return batch.rejected(RecordError.CLOUD_EVENT_INVALID, fault);
    }
    return data != null ? data : batch.rejected(RecordError.CLOUD_EVENT_INVALID, "data is missing");
  }

  private static RequestException malformed(String detail, IOException cause) {
    return new RequestException(RequestError.JSON_MALFORMED, detail, cause);
  }
}
