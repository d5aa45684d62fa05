// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report as a stranger verifies it. */
class ReportKeyTest {

  @TempDir private Path folder;

  @Test
  void opensslVerifiesWhatWasSignedAndNothingElse() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "there is no openssl");
    Path file = folder.resolve("key");
    ReportKey key = ReportKey.readOrMake(file);
    assertEquals(key, ReportKey.readOrMake(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

    Files.writeString(folder.resolve("key.pem"), key.publicHalf());
    Files.write(folder.resolve("report.txt.sig"), key.sign("exercise é 1\n"));

    assertEquals(0, verify("exercise é 1\n"));
    assertNotEquals(0, verify("exercise é 2\n"));
  }

  private int verify(String report) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("report.txt"), report);
    String command =
        "openssl dgst -sha256 -verify key.pem -signature report.txt.sig report.txt >/dev/null";
    return new ProcessBuilder("/bin/sh", "-c", command)
        .directory(folder.toFile())
        .start()
        .waitFor();
  }
}
