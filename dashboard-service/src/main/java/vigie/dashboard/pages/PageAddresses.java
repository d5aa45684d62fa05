// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.pages;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Every page is the same document, which draws what its address asks for. */
class PageAddresses {

  private static final List<String> ADDRESSES =
      List.of("/pipeline", "/thresholds", "/patrol", "/sign-in", "/exercises/:id");

  void add(@Observes Router router) {
    for (String address : ADDRESSES) {
      router.get(address).handler(request -> request.reroute("/"));
    }
  }
}
