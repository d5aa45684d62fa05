// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.process.Executables;
import vigie.stack.workspace.WorkingCopy;

/** The unit is one that systemd can load, and starts what ships. */
@Timeout(60)
class SystemdUnitTest {

  private static final String HOME = "/opt/vigie";

  @TempDir private Path folder;

  @Test
  void systemdFindsNoFaultInTheUnit() throws IOException, InterruptedException {
    assumeTrue(Executables.onPath("systemd-analyze").isPresent(), "there is no systemd");
    String unit = Files.readString(WorkingCopy.root().resolve("deploy/systemd/vigie.service"));
    assertTrue(unit.contains("ExecStart=" + HOME + "/deploy/up\n"), unit);

    assertEquals("", faults(unit));
    assertTrue(faults(unit.replace("Restart=always", "Restrat=always")).contains("Restrat"));
  }

  /** Of the unit in this working copy; systemd looks for the command that it starts. */
  private String faults(String unit) throws IOException, InterruptedException {
    Path link = folder.resolve("vigie");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, WorkingCopy.root().toRealPath());
    Path file = folder.resolve("vigie.service");
    Files.writeString(
        file,
        unit.replace(HOME, link.toString())
            .replace("User=vigie", "User=" + System.getProperty("user.name")));
    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", "--man=no", file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(verify.getInputStream().readAllBytes(), UTF_8);
    verify.waitFor();
    return printed;
  }
}
