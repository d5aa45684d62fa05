// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SystemLimitException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
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

  /** The builder of a native image sees the limit before any code of ours runs in it. */
  @Test
  void aNativeImageHasTheLimitOfStringsToo() throws IOException {
    String limit = System.getProperty(SystemLimitException.MAX_STRING_LENGTH_PROPERTY);
    Properties image = new Properties();
    String file = "/META-INF/native-image/vigie/schemas/native-image.properties";
    try (InputStream in = EventCodec.class.getResourceAsStream(file)) {
      image.load(in);
    }
    assertEquals(
        "-J-D%s=%s".formatted(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, limit),
        image.getProperty("Args"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ExerciseResult.class,
        UserActivity.class,
        Alert.class,
        DeploymentReport.class,
        Hotspot.class,
        ThresholdChange.class
      })
  void everyWrittenSchemaIsInTheHistory(Class<?> type) throws ReflectiveOperationException {
    Schema current = (Schema) type.getField("SCHEMA$").get(null);
    List<Schema> history = EventCodec.history(current.getName());
    assertEquals(
        SchemaNormalization.parsingFingerprint64(current),
        SchemaNormalization.parsingFingerprint64(history.get(history.size() - 1)),
        "Add the changed schema to config/schemas/history as the next version");
    assertTrue(KnownSchemas.contain(SchemaNormalization.parsingFingerprint64(current)));
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
    assertNotUpgradable(activity);
    assertNotUpgradable(null);
    assertNotUpgradable(new byte[10]);
  }

  /** No version will ever read them. */
  private void assertNotUpgradable(byte[] bytes) {
    UndecodableEventException refusal =
        assertThrows(UndecodableEventException.class, () -> results.decode(bytes));
    assertFalse(refusal instanceof UnknownSchemaException, refusal::getMessage);
  }

  @Test
  void whatANewerVersionWroteIsToldApartAndReadAfterTheUpgrade() throws Exception {
    Schema newer = newer(EventCodec.history("ExerciseResult").get(0));
    GenericRecord result = new GenericData.Record(newer);
    result.put("id", new GenericData.Fixed(newer.getField("id").schema(), new byte[16]));
    result.put("timestamp", 1L);
    result.put("studentId", "s-1");
    result.put("exerciseId", "c-pointers");
    result.put("latitude", 0.0);
    result.put("longitude", 0.0);
    result.put("score", 31.5);
    result.put("receivedAt", 2L);
    result.put("attempts", 3L);
    byte[] bytes =
        new BinaryMessageEncoder<GenericRecord>(new GenericData(), newer).encode(result).array();

    assertThrows(UnknownSchemaException.class, () -> results.decode(bytes));

    SpecificData model = SpecificData.getForClass(ExerciseResult.class);
    SingleObjectReader<ExerciseResult> upgraded =
        new SingleObjectReader<>(model, ExerciseResult.getClassSchema(), List.of(newer));
    assertEquals("c-pointers", upgraded.read(null, bytes).getExerciseId());
  }

  /** With one more field, which has a default. */
  private static Schema newer(Schema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    fields.add(new Schema.Field("attempts", Schema.create(Schema.Type.LONG), null, 1L));
    return Schema.createRecord(
        schema.getName(), null, schema.getNamespace(), schema.isError(), fields);
  }
}
