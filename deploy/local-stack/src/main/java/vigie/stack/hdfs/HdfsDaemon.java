// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.hdfs;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.Condition;
import vigie.stack.process.JitMode;
import vigie.stack.process.JvmCommand;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.RuntimeClassPath;
import vigie.stack.workspace.UnpackedProgram;

/** One process of HDFS. */
record HdfsDaemon(ChildProcess process, Condition ready) implements ManagedProcess {

  private static final String PAGES = "webapps.jar";

  static ChildProcess java(
      String name, String main, Path log, Path logging, List<String> arguments) {
    String classPath = RuntimeClassPath.HDFS + File.pathSeparator + webPages();
    List<String> options = List.of("-Dlog4j.configuration=file:" + logging);
    List<String> command =
        JvmCommand.program("256m", JitMode.QUICK, options, classPath, main, arguments);
    return new ChildProcess(name, log, Map.of(), command);
  }

  @Override
  public boolean isReady() throws Exception {
    return ready.holds();
  }

  /** The daemons refuse to start without the folders of their web pages, which we do not need. */
  private static Path webPages() {
    return UnpackedProgram.folder("hdfs-web", folder -> writeEmptyFolders(folder.resolve(PAGES)))
        .resolve(PAGES);
  }

  private static void writeEmptyFolders(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String folder : List.of("", "hdfs/", "datanode/", "journal/", "static/")) {
        zip.putNextEntry(new ZipEntry("webapps/" + folder));
        zip.closeEntry();
      }
    }
  }
}
