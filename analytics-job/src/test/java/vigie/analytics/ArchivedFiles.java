// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.iceberg.shaded.org.apache.avro.file.DataFileReader;
import org.apache.iceberg.shaded.org.apache.avro.file.SeekableByteArrayInput;
import org.apache.iceberg.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Every file of a warehouse, whether a table still knows it or not. */
record ArchivedFiles(List<Path> all) {

  /** All columns of all tables that are text, or bytes. */
  private static final String TEXTS =
      "studentId STRING, exerciseId STRING, page STRING, type STRING, key BINARY, value BINARY";

  private static final String PARQUET = ".parquet";

  /** Kept: each new one parses all defaults of Hadoop. */
  private static final Configuration HADOOP = new Configuration();

  static ArchivedFiles under(String warehouse) throws IOException {
    Path folder = new Path(warehouse);
    FileSystem hdfs = folder.getFileSystem(HADOOP);
    List<Path> all = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> files = hdfs.listFiles(folder, true);
    while (files.hasNext()) {
      all.add(files.next().getPath());
    }
    return new ArchivedFiles(all);
  }

  /** Those whose content, unpacked, holds the text. */
  List<String> naming(String text) {
    return Stream.concat(
            parquetNaming(text),
            all.stream()
                .filter(file -> !file.getName().endsWith(PARQUET))
                .filter(file -> content(file).contains(text))
                .map(Path::toString))
        .toList();
  }

  /** Spark's own reader of Parquet knows no UUIDs, hence not all columns. */
  private Stream<String> parquetNaming(String text) {
    String[] files =
        all.stream()
            .map(Path::toString)
            .filter(file -> file.endsWith(PARQUET))
            .toArray(String[]::new);
    Dataset<Row> rows = SparkSession.active().read().schema(TEXTS).parquet(files);
    String columns =
        Arrays.stream(rows.columns())
            .map("coalesce(decode(CAST(%s AS BINARY), 'ISO-8859-1'), '')"::formatted)
            .collect(joining(", "));
    return rows
        .filter("contains(concat(%s), '%s')".formatted(columns, text))
        .selectExpr("input_file_name()")
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream();
  }

  private static String content(Path file) {
    try {
      return file.getName().endsWith(".avro") ? avro(file) : raw(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Manifests: they have the least and the greatest value of each column, as bytes. */
  private static String avro(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    SeekableByteArrayInput bytes = new SeekableByteArrayInput(raw(file).getBytes(ISO_8859_1));
    try (DataFileReader<Object> entries = new DataFileReader<>(bytes, new GenericDatumReader<>())) {
      entries.forEach(entry -> text.append(entry).append('\n'));
    }
    return text.toString();
  }

  private static String raw(Path file) throws IOException {
    try (FSDataInputStream in = file.getFileSystem(HADOOP).open(file)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }
}
