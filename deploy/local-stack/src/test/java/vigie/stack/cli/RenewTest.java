// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import vigie.stack.security.Certificates;
import vigie.stack.workspace.StackFolder;

class RenewTest {

  @Test
  void theNextStartMakesNewCertificates(@TempDir Path folder) throws Exception {
    Path keys = new StackFolder(folder).data("keys");
    Path certificate = Certificates.in(keys).of(Certificates.REDIS);
    byte[] before = Files.readAllBytes(certificate);

    assertEquals(0, new CommandLine(new Renew()).execute("--folder", folder.toString()));

    Certificates.in(keys);
    assertFalse(Arrays.equals(before, Files.readAllBytes(certificate)));
  }
}
