// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.util.Arrays;
import java.util.stream.Collectors;
import vigie.stack.workspace.StackException;

/** Finds the form of a system by its name, which a person typed. */
public final class TopologyName {

  private TopologyName() {}

  /** The one of {@code forms} that is called so; else a failure that names them all. */
  public static <F> F find(String system, F[] forms, String name) {
    return Arrays.stream(forms)
        .filter(form -> form.toString().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new StackException(
                    "%s is no form of %s: %s".formatted(name, system, names(forms))));
  }

  private static String names(Object[] forms) {
    return Arrays.stream(forms).map(Object::toString).collect(Collectors.joining(", "));
  }
}
