// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * What a client has to know of its HDFS besides the URL: which NameNodes bear a common name, for
 * example. It is in the files that Hadoop's own programs read.
 */
public final class ClusterSettings {

  private ClusterSettings() {}

  /**
   * What {@code core-site.xml} and {@code hdfs-site.xml} in the folder that {@code HADOOP_CONF_DIR}
   * names say; nothing where it names none.
   */
  public static Configuration read() {
    String folder = System.getenv("HADOOP_CONF_DIR");
    return folder == null || folder.isBlank() ? new Configuration(false) : in(Path.of(folder));
  }

  /** What the files in this folder say. One that is missing says nothing. */
  public static Configuration in(Path folder) {
    Configuration settings = new Configuration(false);
    Stream.of("core-site.xml", "hdfs-site.xml")
        .map(folder::resolve)
        .filter(Files::exists)
        .forEach(file -> settings.addResource(new org.apache.hadoop.fs.Path(file.toUri())));
    return settings;
  }
}
