// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import vigie.stack.workspace.UnpackedProgram;

/** The PostgreSQL programs inside a Maven artifact, unpacked to where they can run. */
final class PostgresProgram {

  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private PostgresProgram() {}

  /** The command line of a program; PostgreSQL refuses root, so root uses a user namespace. */
  static List<String> command(String program) {
    String path = file(program).toString();
    return System.getProperty("user.name").equals("root")
        ? List.of("unshare", "-U", "setpriv", "--pdeathsig", "KILL", "--", path)
        : List.of(path);
  }

  static Path file(String program) {
    return folder().resolve("bin").resolve(program);
  }

  private static Path folder() {
    return UnpackedProgram.folder("postgresql", PostgresProgram::unpack);
  }

  private static void unpack(Path folder) throws IOException {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    try (InputStream in =
        PostgresProgram.class.getResourceAsStream("/postgres-linux-" + arch + ".txz")) {
      if (in == null) {
        throw new IOException("no PostgreSQL for this machine in the artifact");
      }
      unpack(
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in))),
          folder);
    }
  }

  /** A link that leaves the folder would have a later entry written elsewhere. */
  static void unpack(TarArchiveInputStream tar, Path folder) throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path target = folder.resolve(entry.getName()).normalize();
      Path reached =
          entry.isSymbolicLink() ? target.resolveSibling(entry.getLinkName()).normalize() : target;
      if (!target.startsWith(folder) || !reached.startsWith(folder)) {
        throw new IOException("the archive leaves its folder: " + entry.getName());
      }
      Files.createDirectories(entry.isDirectory() ? target : target.getParent());
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      } else if (entry.isFile()) {
        Files.copy(tar, target);
        if ((entry.getMode() & 0111) != 0) {
          Files.setPosixFilePermissions(target, EXECUTABLE);
        }
      }
    }
  }
}
