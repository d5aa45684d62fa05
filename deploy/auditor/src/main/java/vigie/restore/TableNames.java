// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.restore;

import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import picocli.CommandLine.Parameters;

/** Which tables a command is about. */
final class TableNames {

  private static final List<String> ALL =
      List.of("results", "activity", "alerts", "deployments", "threshold_changes", "dead_letters");

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "For example results. Default: every table.")
  private List<String> names = List.of();

  List<TableIdentifier> identifiers() {
    return (names.isEmpty() ? ALL : names).stream().map(TableNames::identifier).toList();
  }

  private static TableIdentifier identifier(String name) {
    if (!ALL.contains(name)) {
      throw new IllegalArgumentException(
          "there is no table %s, but %s".formatted(name, String.join(", ", ALL)));
    }
    return TableIdentifier.of("exam", name);
  }
}
