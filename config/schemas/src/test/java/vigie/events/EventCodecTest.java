// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

  private final EventCodec<ExerciseResult> results = EventCodec.of(ExerciseResult.class);
  private final EventCodec<UserActivity> activities = EventCodec.of(UserActivity.class);

  @Test
  void theGoldenBytesStayReadable() throws UndecodableEventException {
    assertEquals(GoldenSample.RESULT, results.decode(GoldenSample.bytes("ExerciseResult")));
    assertEquals(GoldenSample.ACTIVITY, activities.decode(GoldenSample.bytes("UserActivity")));
  }

  @Test
  void theGoldenBytesAreWhatIsWritten() {
    assertArrayEquals(GoldenSample.bytes("ExerciseResult"), results.encode(GoldenSample.RESULT));
    assertArrayEquals(GoldenSample.bytes("UserActivity"), activities.encode(GoldenSample.ACTIVITY));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ExerciseResult.class,
        UserActivity.class,
        Alert.class,
        DeploymentReport.class,
        Hotspot.class
      })
  void everyWrittenSchemaIsInTheHistory(Class<?> type) throws ReflectiveOperationException {
    Schema current = (Schema) type.getField("SCHEMA$").get(null);
    List<Schema> history = EventCodec.history(current.getName());
    assertEquals(
        SchemaNormalization.parsingFingerprint64(current),
        SchemaNormalization.parsingFingerprint64(history.get(history.size() - 1)),
        "Add the changed schema to config/schemas/history as the next version");
  }

  @Test
  void everyTruncationIsRefusedWithAReason() {
    byte[] golden = GoldenSample.bytes("ExerciseResult");
    for (int length = 0; length < golden.length; length++) {
      byte[] truncated = Arrays.copyOf(golden, length);
      assertThrows(UndecodableEventException.class, () -> results.decode(truncated));
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0x08, 0x10, 0x7F})
  void aDamagedLengthIsRefusedAndTakesNoMemory(byte highest) {
    byte[] result = GoldenSample.bytes("ExerciseResult");
    int studentId = new String(result, ISO_8859_1).indexOf("g02-0041");
    byte[] gigabytes = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, highest};
    System.arraycopy(gigabytes, 0, result, studentId - 1, gigabytes.length);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = memory.getCurrentThreadAllocatedBytes();
    assertThrows(UndecodableEventException.class, () -> results.decode(result));
    assertTrue(memory.getCurrentThreadAllocatedBytes() - before < 10_000_000);
  }

  @Test
  void anotherEventsBytesAreRefused() {
    byte[] activity = GoldenSample.bytes("UserActivity");
    assertThrows(UndecodableEventException.class, () -> results.decode(activity));
    assertThrows(UndecodableEventException.class, () -> results.decode(null));
  }
}
