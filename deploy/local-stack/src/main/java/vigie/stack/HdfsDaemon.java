// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One process of HDFS. */
final class HdfsDaemon implements Part {

  private final Condition ready;
  private final ChildProcess process;

  HdfsDaemon(
      String name, String main, Folder folder, Path conf, List<String> arguments, Condition ready) {
    this.ready = ready;
    this.process = java(name, main, folder.log(name), conf, arguments);
  }

  /** The configuration folder comes first on the class path: Hadoop looks for its files there. */
  static ChildProcess java(String name, String main, Path log, Path conf, List<String> arguments) {
    List<String> command =
        Jvm.command(
            "256m",
            Compiler.QUICK,
            List.of("-cp", conf + File.pathSeparator + RuntimeClassPath.HDFS, main),
            arguments);
    return new ChildProcess(name, log, Map.of("HADOOP_CONF_DIR", conf.toString()), command);
  }

  @Override
  public ChildProcess process() {
    return process;
  }

  @Override
  public boolean isReady() throws Exception {
    return ready.holds();
  }
}
