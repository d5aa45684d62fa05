// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/**
 * The archive: each record of the archived topics exactly once in an Iceberg table on HDFS.
 *
 * <p>{@link vigie.archive.ArchiveService} runs an {@link vigie.archive.ArchiveLoop} per {@link
 * vigie.archive.table.ArchiveTable}; the loop opens an {@link vigie.archive.Archiver}, which polls
 * Kafka, fills a {@link vigie.archive.TableWriter}, notes in an {@link vigie.archive.OffsetLedger}
 * how far the files reach, and publishes files and offsets in one {@link vigie.archive.Commit}.
 */
package vigie.archive;
