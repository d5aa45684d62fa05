// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vigie.ingest.JsonEvents;
import vigie.ingest.event.RecordError;
import vigie.ingest.event.ResultParser;
import vigie.ingest.model.RequestException;

class CloudEventsFormatTest {

  private static final String DATA = JsonEvents.result(UUID.randomUUID(), "s", 50);
  private static final String GOOD =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"t\",\"data\":"
          + DATA
          + "}";

  @Test
  void anEventIsTheSameInAndOutOfAnEnvelope() throws Exception {
    byte[] bare = Batches.json(new ResultParser(), DATA).accepted().get(0).value();
    assertArrayEquals(bare, read(false, GOOD).accepted().get(0).value());
  }

  @Test
  void aBatchNamesTheIndexOfEachEventItRejects() throws Exception {
    String late = "{\"data\":" + DATA + ",\"specversion\":\"1.0\",\"id\":\"1\"}";
    Batch batch = read(true, "[" + String.join(",", GOOD, late, "7", GOOD) + "]");
    assertEquals(2, batch.accepted().size());
    assertEquals(List.of(1, 2), batch.rejected().stream().map(r -> r.index()).toList());
    assertEquals(RecordError.CLOUD_EVENT_INVALID, batch.rejected().get(0).fault());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"t\"",
        "\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/x\",\"type\":\"t\"",
        "\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\"",
        "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":5",
        "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"t\",\"datacontenttype\":\"text/xml\""
      })
  void everyRequiredAttributeIsChecked(String attributes) throws Exception {
    Batch batch = read(false, "{" + attributes + ",\"data\":" + DATA + "}");
    assertEquals(RecordError.CLOUD_EVENT_INVALID, batch.rejected().get(0).fault());
  }

  @Test
  void anEventWithoutDataIsRejected() throws Exception {
    String empty = GOOD.substring(0, GOOD.indexOf(",\"data\"")) + ",\"data_base64\":\"e30=\"}";
    assertEquals(RecordError.CLOUD_EVENT_INVALID, read(false, empty).rejected().get(0).fault());
  }

  @Test
  void inBinaryModeTheHeadersAreChecked() throws Exception {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    CloudEventAttributes.check(headers);
    headers.set("ce-specversion", "1.0").set("ce-id", "1").set("ce-source", "/x");
    assertThrows(RequestException.class, () -> CloudEventAttributes.check(headers));
    CloudEventAttributes.check(headers.set("ce-type", "t"));
  }

  private static Batch read(boolean batched, String body) throws RequestException {
    return Batches.read(
        new CloudEventsFormat(batched), new ResultParser(), body.getBytes(UTF_8), 1_000);
  }
}
