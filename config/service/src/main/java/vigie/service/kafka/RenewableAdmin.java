// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.service.kafka;

import io.quarkus.runtime.annotations.RegisterForProxy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * An Admin client that is replaced when the wall clock was set back. A call in flight with the
 * replaced one fails. Safe for use by several threads.
 */
@RegisterForReflection(targets = Admin.class)
@RegisterForProxy(targets = Admin.class)
public final class RenewableAdmin implements AutoCloseable {

  private final Supplier<Admin> connect;
  private volatile Admin current;
  private boolean closed;

  public RenewableAdmin(Supplier<Admin> connect) {
    this.connect = connect;
    this.current = connect.get();
  }

  public Admin current() {
    return current;
  }

  /** For code that keeps its client: each call goes to the client of that moment. */
  public Admin forwarding() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                close();
                return null;
              }
              try {
                return method.invoke(current, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  public synchronized void renew() {
    if (!closed) {
      Admin replaced = current;
      current = connect.get();
      replaced.close(Duration.ZERO);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    current.close(Duration.ZERO);
  }
}
