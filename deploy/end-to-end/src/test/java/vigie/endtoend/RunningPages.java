// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link PagesAlone}, which start with the first and end after the last. */
final class RunningPages implements ParameterResolver {

  private static final Namespace STORE = Namespace.create(RunningPages.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PagesAlone.class;
  }

  @Override
  public PagesAlone resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .computeIfAbsent(PagesAlone.class, key -> start(), PagesAlone.class);
  }

  private static PagesAlone start() {
    try {
      return new PagesAlone(Files.createTempDirectory("vigie-pages"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
