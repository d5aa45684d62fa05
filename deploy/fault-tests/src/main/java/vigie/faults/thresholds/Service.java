// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.thresholds;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vigie.stack.ports.Port;
import vigie.stack.ports.Ports;
import vigie.stack.process.ManagedProcess;
import vigie.stack.process.ServiceProcess;
import vigie.stack.workspace.StackFolder;

/** One of our services, started, and the address from which it calls Redis. */
final class Service {

  private final Ports ports = Ports.ephemeral();
  private final Port port;
  private final String host;
  private final ServiceProcess process;

  Service(Port port, String host, Path folder, Map<String, String> own) {
    this.port = port;
    this.host = host;
    Map<String, String> environment = new HashMap<>(own);
    environment.put("VIGIE_ACCESS", "open");
    process = ServiceProcess.quarkus(port, ports, new StackFolder(folder), environment);
    process.start();
  }

  ManagedProcess process() {
    return process;
  }

  String host() {
    return host;
  }

  String url(String path) {
    return ports.url(port, path);
  }
}
