// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.hdfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vigie.stack.ports.Ports;
import vigie.stack.workspace.StackFolder;

class HdfsClusterIT {

  /** The NameNode redirects to the DataNode. */
  private final HttpClient http = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

  @Test
  void aKilledClusterKeepsItsFiles(@TempDir Path folder) throws Exception {
    // With no template to copy: HDFS formats the folder itself.
    StackFolder ownTemplates = new StackFolder(folder, folder.resolve("templates"));
    try (HdfsCluster hdfs =
        new HdfsCluster(ownTemplates, Ports.ephemeral(), HdfsTopology.MINIMAL)) {
      hdfs.start();
      hdfs.awaitReady();
      assertEquals(201, write(hdfs, "/vigie/proof", "kept"));

      hdfs.nameNode().kill();
      hdfs.dataNode().kill();
      hdfs.start();
      hdfs.awaitReady();

      assertEquals("kept", read(hdfs, "/vigie/proof"));
    }
  }

  private int write(HdfsCluster hdfs, String path, String content) throws Exception {
    return send(HttpRequest.newBuilder(rest(hdfs, path, "CREATE"))
            .PUT(BodyPublishers.ofString(content)))
        .statusCode();
  }

  private String read(HdfsCluster hdfs, String path) throws Exception {
    return send(HttpRequest.newBuilder(rest(hdfs, path, "OPEN")).GET()).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static URI rest(HdfsCluster hdfs, String path, String operation) {
    String user = System.getProperty("user.name");
    return URI.create(
        hdfs.webUrl() + "/webhdfs/v1" + path + "?op=" + operation + "&user.name=" + user);
  }
}
