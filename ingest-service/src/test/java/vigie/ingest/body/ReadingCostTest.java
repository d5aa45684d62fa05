// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vigie.ingest.Bodies;
import vigie.ingest.JsonEvents;
import vigie.ingest.event.RecordOutcome;
import vigie.ingest.event.ResultParser;
import vigie.ingest.model.RequestException;

/** Reading costs what its bytes cost, whatever is in them. */
class ReadingCostTest {

  private static final int SIZE = 8 << 20;

  /** Above, a machine would have to be slower than any that we know. */
  private static final long MOST_NANOS_EACH_BYTE = 200;

  private final ResultParser results = new ResultParser();

  /** Were a line not cut off at its end, each would be read to the end of the body. */
  @Test
  void linesThatOpenWhatEndsWithTheBodyAreReadOnce() throws Exception {
    List<Integer> rejected = read(Bodies.nestedLines(15, SIZE));
    assertEquals(16, rejected.size());
  }

  @Test
  void aLineThatOpensWhatALaterOneClosesIsARejectedRecordAndSoIsTheLater() throws Exception {
    String good = JsonEvents.result(UUID.randomUUID(), "s", 50);
    String[] cut = good.split("(?<=,)", 2);
    assertEquals(
        List.of(1, 2), read((good + "\n" + cut[0] + "\n" + cut[1] + "\n" + good).getBytes(UTF_8)));
  }

  /** Longer than the parser's own buffer. */
  @Test
  void longLinesAreReadBetweenShortOnes() throws Exception {
    String good = JsonEvents.result(UUID.randomUUID(), "s", 50);
    String padded = good.replace("{", "{\"pad\":\"" + "é".repeat(20_000) + "\",");
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      body.append(good).append(i % 2 == 0 ? "\n" : " \r\n").append(padded).append("  \n");
    }
    assertEquals(List.of(), read(body.toString().getBytes(UTF_8)));
  }

  private List<Integer> read(byte[] body) throws RequestException {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Batch batch = Batches.read(new NdjsonFormat(), results, body, 1_000);
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    long most = 50_000_000 + body.length * MOST_NANOS_EACH_BYTE;
    assertTrue(nanos < most, () -> body.length + " bytes took " + nanos + " ns");
    return batch.rejected().stream().map(RecordOutcome.Rejected::index).toList();
  }
}
