// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class RawEventReaderTest {

  private final RawEventReader reader = RawEventReader.of(EventCodec.schema(ExerciseResult.class));
  private final byte[] golden = GoldenSample.bytes("ExerciseResult");

  @Test
  void aRawEventIsTheSameEvent() throws UndecodableEventException {
    IndexedRecord raw = reader.read(golden);
    assertEquals(1_781_506_800_302_000L, raw.get(1));
    assertEquals(GoldenSample.RESULT.getStudentId(), raw.get(3).toString());
    assertEquals(GoldenSample.RESULT.getScore(), raw.get(7));
  }

  @Test
  void theNextEventIsReadIntoTheSameRecordWholeAfterADamagedOne() throws UndecodableEventException {
    IndexedRecord first = reader.read(golden);
    String whole = first.toString();
    ExerciseResult another =
        ExerciseResult.newBuilder(GoldenSample.RESULT).setStudentId("g02-0042").build();
    byte[] other = EventCodec.of(ExerciseResult.class).encode(another);
    assertThrows(
        UndecodableEventException.class, () -> reader.read(Arrays.copyOf(other, other.length - 1)));
    assertSame(first, reader.read(golden));
    assertEquals(whole, first.toString());
  }
}
