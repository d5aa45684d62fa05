// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.hdfs;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vigie.stack.process.Http;

/**
 * Gives folders of HDFS to their users, as the user whose NameNode it is. HDFS believes the name
 * that a client gives: this keeps parts from each other's files, but does not stop a client that
 * lies.
 */
public final class HdfsPermissions {

  public static final String ARCHIVE = "archive";
  public static final String ANALYTICS = "analytics";

  private static final String API = "/webhdfs/v1";
  private static final String ALL = "rwx";

  private final String web;

  /**
   * @param web the web address of the active NameNode
   */
  HdfsPermissions(String web) {
    this.web = web;
  }

  /** Makes the folder if it is missing; only its owner has access. */
  public void give(String folder, String owner) throws IOException, InterruptedException {
    put(folder, "MKDIRS", Map.of());
    put(folder, "SETOWNER", Map.of("owner", owner));
    put(folder, "SETPERMISSION", Map.of("permission", "700"));
  }

  /** As {@link #give}; what either of them writes there, now or later, the other may write too. */
  public void give(String folder, String owner, String other)
      throws IOException, InterruptedException {
    give(folder, owner);
    List<String> now = List.of("user::" + ALL, all(other), "group::---", "other::---");
    Stream<String> later =
        Stream.concat(now.stream(), Stream.of(all(owner))).map("default:"::concat);
    String entries = Stream.concat(now.stream(), later).collect(Collectors.joining(","));
    put(folder, "SETACL", Map.of("aclspec", entries));
  }

  private static String all(String user) {
    return "user:" + user + ":" + ALL;
  }

  private void put(String folder, String operation, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(parameter -> "&" + parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining());
    String url =
        "%s%s%s?op=%s&user.name=%s%s"
            .formatted(web, API, folder, operation, System.getProperty("user.name"), query);
    HttpResponse<String> answer = Http.send(Http.request(url).PUT(BodyPublishers.noBody()));
    if (answer.statusCode() != 200) {
      throw new IOException("PUT " + url + " answers " + answer.statusCode() + " " + answer.body());
    }
  }
}
