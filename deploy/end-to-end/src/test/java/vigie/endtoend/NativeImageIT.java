// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import vigie.endtoend.image.Recordings;
import vigie.harness.LongForm;
import vigie.issuer.Role;
import vigie.stack.VigieStack;
import vigie.stack.ports.Port;

/**
 * What the services look up by name in all that the tests of this JVM make them do is declared for
 * their native images. It comes last of those that share one Vigie.
 */
@LongForm
@ExtendWith(RunningVigie.class)
class NativeImageIT {

  private static final String EXERCISE = "image";

  private final VigieStack vigie;

  NativeImageIT(VigieStack vigie) {
    this.vigie = vigie;
  }

  @Test
  void whatIsLookedUpByNameIsDeclared(@TempDir Path folder) throws Exception {
    new ExamFlow(vigie, EXERCISE).awaitJudgedArchivedAndCounted(folder);
    byte[] body = result().getBytes(StandardCharsets.UTF_8);
    send("gzip", gzip(body));
    send("zstd", zstd(body));
    System.out.println(Recordings.table());
    Map<String, Set<String>> none = new TreeMap<>();
    Map<String, Set<String>> undeclared = Recordings.last().undeclared();
    undeclared.keySet().forEach(service -> none.put(service, Set.of()));
    assertEquals(none, undeclared);
  }

  private static String result() {
    return """
        {"timestamp": "%s", "studentId": "s-image", "exerciseId": "%s", "latitude": 48.8,
         "longitude": 2.3, "score": 50}"""
        .formatted(Instant.now(), EXERCISE);
  }

  private void send(String coding, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(vigie.url(Port.INGEST)).resolve("/v1/results"))
            .header("Authorization", "Bearer " + vigie.issuer().token(Role.LAPTOP, "s-image"))
            .header("Content-Type", "application/json")
            .header("Content-Encoding", coding)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(202, answer.statusCode(), answer.body());
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  /** One frame of one block that is not compressed (RFC 8878), of less than 256 bytes. */
  private static byte[] zstd(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0x20, (byte) body.length});
    int block = body.length << 3 | 1;
    bytes.writeBytes(new byte[] {(byte) block, (byte) (block >> 8), (byte) (block >> 16)});
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }
}
