// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import java.util.List;
import java.util.stream.Stream;

/** An answer that can also be read as a table. */
public interface CsvTable {

  /** The media type of a table. */
  String MEDIA_TYPE = "text/csv";

  /** The name of the file that a browser saves, without its ending. */
  String tableName();

  /** The names of the columns, in order. */
  List<String> columns();

  /** One list of cells per row; null is an empty cell. */
  Stream<List<?>> rows();
}
