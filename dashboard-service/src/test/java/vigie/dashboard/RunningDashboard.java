// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives all tests of this JVM the same {@link DashboardStack}. The first that wants it starts it;
 * it ends after the last.
 */
final class RunningDashboard implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DashboardStack.class;
  }

  @Override
  public DashboardStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(RunningDashboard.class))
        .computeIfAbsent(DashboardStack.class, key -> new DashboardStack(), DashboardStack.class);
  }
}
